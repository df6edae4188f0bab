// Declarations of a lane in the lot file: identity, device links, sensors, positions and measurements.
// A pile or a handheld is a lane with a place.
import { placeRow } from '../place/place-members.ts'
import { idShape } from '../values/beside-members.ts'
import { laneDeviceMembers } from '../values/device-members.ts'
import { t } from '../values/fault-text.ts'
import type { Members } from '../values/member.ts'
import { sensorKinds, sensorRoles } from './sensor.ts'
import { measureRow, sitingMeasureNames, type SitingMeasure } from './siting-measures.ts'

/** Layout of the lane; absent: that of the lot. */
export const layoutRow = {
  kind: 'layout',
  optional: true,
  words: t('车道布局条款', 'clause of its layout'),
} as const

const link = { kind: 'link', min: 1, max: 400 } as const
/** Measurements of a lane. */
const sitingRow = {
  kind: 'group',
  form: 'devices',
  optional: true,
  words: t('安装位置', 'where it stands'),
  why: t('7.1 和 8.1.1 的条文按它判断', 'As measured, for clauses 7.1 and 8.1.1'),
  members: {
    measures: {
      kind: 'group',
      words: t('量到的尺寸', 'what was measured'),
      members: Object.fromEntries(
        sitingMeasureNames.map((name) => [name, measureRow(name)]),
      ) as Readonly<Record<SitingMeasure, ReturnType<typeof measureRow>>>,
    },
    deviation: {
      kind: 'text',
      trim: true,
      max: 400,
      optional: true,
      words: t('安装位置不照做的原因', 'why it stands otherwise'),
    },
  },
} as const

export const laneMembers = {
  id: {
    kind: 'id',
    shape: idShape,
    words: t('车道的名字', 'name of the lane'),
    why: t('写在每条记录里,以后不改', 'It stands in each row and call'),
  },
  name: {
    kind: 'group',
    words: t('名称', 'name'),
    members: {
      zh: { kind: 'text', min: 1, max: 60, words: t('名称', 'name') },
      en: { kind: 'text', min: 1, max: 60, words: t('名称(英文)', 'name in English') },
    },
  },
  direction: {
    kind: 'choice',
    of: { entry: t('入口', 'entry'), exit: t('出口', 'exit') },
    words: t('方向', 'direction'),
  },
  layout: layoutRow,
  ...laneDeviceMembers,
  sharesBarrierOf: {
    kind: 'lane',
    shape: idShape,
    form: 'lot',
    optional: true,
    words: t('共用道闸的车道', 'shares the barrier of'),
    why: t(
      '复用车道的出口写入口(7.1.3)',
      'Of the exit in a reused lane: the entry whose boom and loops it shares (7.1.3)',
    ),
  },
  sensors: {
    kind: 'list',
    flag: 'sensor KIND:ROLE@LINK',
    form: 'devices',
    max: 8,
    optional: true,
    words: t('地感和雷达', 'loops and radars'),
    why: t('没有:按道闸自己的接线', "Absent: as the barrier's own wiring says"),
    of: {
      kind: 'group',
      words: t('地感或雷达', 'sensor'),
      members: {
        kind: { kind: 'named', of: sensorKinds, words: t('地感或雷达的种类', 'kind of a sensor') },
        role: {
          kind: 'named',
          of: sensorRoles,
          words: t('地感或雷达的用途', 'what a sensor is for'),
          why: t(
            'arrive:触发;under:防砸,车压过即用掉放行;presence:只防砸;inner:复用车道里端的触发',
            '`arrive` triggers, `under` keeps the boom up and uses a pass, `presence` only keeps it up, `inner` triggers at the inner end of a reused lane',
          ),
        },
        link: {
          ...link,
          words: t('地感或雷达的接线', 'where a sensor is wired'),
          why: t(
            'barrier:?di=5,或自己的板卡 tcp://host:port?di=2',
            'barrier:?di=5, or a board of its own: tcp://host:port?di=2',
          ),
        },
      },
    },
  },
  area: {
    kind: 'text',
    trim: true,
    min: 1,
    max: 40,
    optional: true,
    words: t('通向的区域', 'leads into the area'),
    why: t('收费标准里的叫法', 'As the tariff calls it'),
  },
  place: placeRow,
  siting: sitingRow,
} as const satisfies Members
