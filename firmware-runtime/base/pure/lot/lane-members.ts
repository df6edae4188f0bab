// Declarations of a lane in the lot file: identity, device links, sensors, positions and measurements.
// A pile or a handheld is a lane with a place.
import { placeRow } from '../place/place-members.ts'
import { idShape } from './beside-members.ts'
import { laneDeviceMembers } from './device-members.ts'
import { t } from '../words/fault-text.ts'
import type { Members } from './member.ts'
import { sensorKinds, sensorRoles } from './sensor.ts'
import { laneSitingRow } from './siting-measures.ts'

/** Layout of the lane; absent: that of the lot. */
export const layoutRow = {
  kind: 'layout',
  optional: true,
  words: t('车道布局条款', 'layout clause'),
} as const

const link = { kind: 'link', min: 1, max: 400 } as const
export const laneMembers = {
  id: {
    kind: 'id',
    shape: idShape,
    words: t('车道的名字', 'name of the lane'),
    why: t('写在每条记录里,以后不改', 'Written in every record; not changed later'),
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
      'For the exit of a reused lane: the entry whose boom and loops it shares (7.1.3)',
    ),
  },
  sensors: {
    kind: 'list',
    flag: 'sensor KIND:ROLE@LINK',
    form: 'devices',
    max: 8,
    optional: true,
    words: t('地感和雷达', 'loops and radars'),
    why: t('没有:按道闸自己的接线', "Absent: by the barrier's own wiring"),
    of: {
      kind: 'group',
      words: t('地感或雷达', 'sensor'),
      members: {
        kind: { kind: 'named', of: sensorKinds, words: t('地感或雷达的种类', 'sensor kind') },
        role: {
          kind: 'named',
          of: sensorRoles,
          words: t('地感或雷达的用途', 'sensor use'),
          why: t(
            'arrive:触发;under:防砸,车压过即用掉放行;presence:只防砸;inner:复用车道里端的触发',
            '`arrive`: trigger; `under`: keeps the boom up, and a car on it uses up the pass; `presence`: only keeps the boom up; `inner`: trigger at the inner end of a reused lane',
          ),
        },
        link: {
          ...link,
          words: t('地感或雷达的接线', 'sensor wiring'),
          why: t(
            'barrier:?di=5,或自己的板卡 tcp://host:port?di=2',
            'barrier:?di=5, or its own board: tcp://host:port?di=2',
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
    why: t('收费标准里的叫法', 'Named as in the tariff'),
  },
  place: placeRow,
  siting: laneSitingRow,
} as const satisfies Members
