// Declarations of the members of lot.json: allowed values, titles, and the form that contains them.
// Schema, types, draft, list of changes, flags of `lot init` and docs/lot-file.md are derived from them.
import {
  areasRow,
  boardsRow,
  copiesRow,
  idShape,
  onRecordRows,
  invoicesRow,
  printersRow,
  scannersRow,
  stampsRow,
  timeRow,
} from './beside-members.ts'
import { destinationRows, platformRow } from './destination-members.ts'
import { t } from '../words/fault-text.ts'
import { lotIdShape } from '../values/ids.ts'
import { rowsOfLot, rowsUnder } from './lot-settings.ts'
import type { Members } from './member.ts'
import { reportKinds } from '../values/report-kinds.ts'
import { publishedRow } from './published-members.ts'
import { centreRow, gatewayRow, helpRow, reservationRow } from './service-members.ts'
import { updatesRow } from './update-members.ts'
import { laneMembers, layoutRow } from './lane-members.ts'
import { streetsRow } from './street-members.ts'

const kindCount = { kind: 'whole', min: 0, max: 100_000 } as const

const identity = {
  version: { kind: 'only', is: 1, words: t('文件格式', 'File format') },
  mode: {
    kind: 'choice',
    flag: 'mode',
    of: { demo: t('演练', 'rehearsal'), production: t('正式', 'live') },
    words: t('用途', 'Kind'),
    why: t(
      '演示停车场不碰真实设备,正式的不用模拟',
      'A demo car park uses no real devices, a real one no simulators',
    ),
  },
  lotId: {
    kind: 'text',
    flag: 'lot-id ID',
    shape: lotIdShape,
    typed: 8,
    words: t('停车场编号', 'Number of the car park'),
    why: t(
      '平台和网关收到的每个编号里都有',
      'Part of every number sent to the platform and the gateway',
    ),
  },
  name: {
    kind: 'group',
    flag: 'name NAME',
    words: t('停车场名称', 'Name of the car park'),
    members: {
      zh: { kind: 'text', min: 1, max: 60, words: t('停车场名称', 'Name of the car park') },
      en: {
        kind: 'text',
        min: 1,
        max: 60,
        words: t('停车场名称(英文)', 'Name of the car park in English'),
      },
    },
  },
  provinceCode: {
    kind: 'text',
    flag: 'province CODE',
    shape: /^\d{4}$/,
    typed: 4,
    words: t('地区代码', 'Region code'),
    why: t('GB/T 2260 的 4 位', '4 digits of GB/T 2260'),
  },
  nodeId: {
    kind: 'text',
    flag: 'node-id ID',
    shape: /^[a-z0-9]{1,4}$/,
    words: t('本机编号', 'Computer number'),
    why: t('每个编号里都有', 'Part of every number'),
  },
  layout: {
    ...layoutRow,
    flag: 'layout',
    words: t('车道布局条款', 'Clause for the lane layout'),
    why: t('车道自己没有写时', 'For lanes that do not name one'),
  },
} as const

/** How the program turns a high camera (7.2.1 f). A space stands with the one preset from which it is seen. */
const planRow = {
  kind: 'group',
  optional: true,
  words: t('轮巡计划', 'Plan of presets'),
  why: t(
    '程序让高位相机按顺序转到各预置位;固定的相机不写',
    'The program turns a high camera from preset to preset; absent for a camera that does not turn',
  ),
  members: {
    control: {
      kind: 'link',
      min: 1,
      max: 400,
      optional: true,
      words: t('相机的控制地址', 'Address for turning the camera'),
      why: t(
        '推送的相机要写,密码另行封存',
        'Needed for a camera that pushes; its password is sealed apart',
      ),
    },
    dwellSec: {
      kind: 'whole',
      min: 30,
      max: 3_600,
      unit: t('秒', 'seconds'),
      words: t('每个预置位停多久', 'Time at each preset'),
      why: t(
        '车停满 20 秒才计时,所以至少 30 秒',
        'At least 30 seconds: a car counts after 20 seconds in its space',
      ),
    },
    presets: {
      kind: 'list',
      min: 2,
      max: 64,
      words: t('预置位', 'Presets'),
      why: t('按转动的顺序', 'In the order of the plan'),
      of: {
        kind: 'group',
        words: t('预置位', 'Preset'),
        members: {
          number: {
            kind: 'whole',
            min: 1,
            max: 300,
            words: t('预置位编号', 'Number of the preset'),
            why: t('在相机里存的编号', 'As it is stored in the camera'),
          },
          spaces: {
            kind: 'list',
            min: 1,
            max: 64,
            words: t('从预置位看到的泊位', 'Spaces seen from the preset'),
            why: t('一个泊位只写在一个预置位', 'Each space stands with one preset'),
            of: {
              kind: 'text',
              shape: /^[A-Za-z0-9._-]{1,32}$/,
              words: t('泊位号', 'Number of a space'),
            },
          },
        },
      },
    },
  },
} as const

/** What watches parking spaces: sensors through their gateway, or a camera each. 2,000 spaces, eight a camera. */
const spacesRow = {
  kind: 'list',
  max: 250,
  optional: true,
  words: t('车位检测器和相机', 'Watchers of parking spaces'),
  of: {
    kind: 'group',
    words: t('车位检测器或相机', 'Watcher of spaces'),
    members: {
      id: {
        kind: 'id',
        shape: idShape,
        words: t('车位检测器或相机的名字', 'Name of the watcher of spaces'),
      },
      link: {
        kind: 'link',
        min: 1,
        max: 400,
        words: t('车位检测器或相机的接入', 'Connection of the watcher of spaces'),
      },
      spaces: {
        kind: 'byName',
        name: /^[A-Za-z0-9._-]{1,64}$/,
        words: t('各检测器的车位', 'Spaces by sensor'),
        why: t('哪个检测器在哪个车位', 'Which sensor belongs to which space'),
        of: {
          kind: 'text',
          shape: /^[A-Za-z0-9._-]{1,32}$/,
          words: t('检测器所在的车位', 'Space of a sensor'),
        },
      },
      heartbeatMin: {
        kind: 'whole',
        min: 1,
        max: 10_080,
        unit: t('分钟', 'minutes'),
        optional: true,
        words: t('车位检测器或相机至少多久报一次', 'A watcher of spaces reports at least every'),
        why: t(
          '不填:检测器 1440 分钟,相机 30 分钟。两次都没有报,它的泊位就算未知',
          'Empty: a sensor 1,440 minutes, a camera 30. After two that are missed, its spaces are unknown',
        ),
      },
      plan: planRow,
    },
  },
} as const

const reportsRow = {
  kind: 'list',
  max: 8,
  optional: true,
  words: t('定时报表', 'Scheduled reports'),
  why: t('每天或每月结束以后自己做', 'Made automatically after each day or month'),
  of: {
    kind: 'group',
    words: t('定时报表', 'Scheduled report'),
    members: {
      report: { kind: 'named', of: reportKinds, words: t('定时报表', 'Scheduled report') },
      every: { kind: 'named', of: ['day', 'month'], words: t('报表周期', 'Report period') },
      at: {
        kind: 'text',
        shape: /^([01]\d|2[0-3]):[0-5]\d$/,
        words: t('出报表的时间', 'Report made at'),
      },
      to: {
        kind: 'folder',
        max: 400,
        shape: /^(?:\/|[A-Za-z]:[\\/]|\\\\)./,
        words: t('报表放到', 'Reports go to'),
        why: t('已有的文件夹,完整路径', 'Full path of an existing folder'),
      },
      formats: {
        kind: 'list',
        min: 1,
        max: 3,
        words: t('报表格式', 'Report formats'),
        of: { kind: 'named', of: ['csv', 'xlsx', 'pdf'], words: t('报表格式', 'Report format') },
      },
      language: {
        kind: 'named',
        of: ['zh', 'en'],
        optional: true,
        words: t('报表语言', 'Report language'),
      },
    },
  },
} as const

const intakeRow = {
  kind: 'group',
  form: 'devices',
  optional: true,
  words: t('相机推送', 'Camera push'),
  why: t(
    '支付网关的通知也到这里;没有:只有这台电脑自己',
    'Payment gateway notifications also arrive here; absent: only this computer itself',
  ),
  members: {
    host: { kind: 'ipv4', words: t('相机推送到网卡', 'Network card for camera pushes') },
    port: {
      kind: 'whole',
      min: 1024,
      max: 65_535,
      words: t('相机推送到端口', 'Port for camera pushes'),
    },
    allow: {
      kind: 'list',
      min: 1,
      max: 64,
      words: t('收这些相机的推送', 'Cameras allowed to push'),
      of: {
        kind: 'text',
        shape: /^[0-9a-fA-F:.]{2,45}(\/\d{1,3})?$/,
        words: t('收这个相机的推送', 'Camera allowed to push'),
      },
    },
  },
} as const

/** In the order in which the file is judged. */
export const lotMembers = {
  ...identity,
  chargeMode: {
    kind: 'choice',
    form: 'charge',
    flag: 'charge',
    of: {
      card: t('在车道直接扣卡', 'by card in the lane'),
      online: t('由平台扣费', 'by the platform'),
    },
    words: t('ETC 怎样扣费', 'How ETC is charged'),
  },
  offline: {
    kind: 'choice',
    form: 'offline',
    flag: 'offline',
    of: {
      'other-payment': t('改由人收费', 'a person takes payment'),
      'settle-later': t('先放行,联网后追缴', 'cars leave, payment is collected later'),
      'accept-within-caps': t('在限额内扣卡放行', 'cards are charged within caps'),
    },
    words: t('断网时', 'Without network'),
  },
  caps: { kind: 'group', words: t('断网限额', 'Offline caps'), members: rowsUnder('caps') },
  ...rowsOfLot,
  plateMatch: {
    kind: 'group',
    optional: true,
    words: t('纠正车牌', 'Plate correction'),
    members: rowsUnder('plateMatch'),
  },
  cardNetworks: {
    kind: 'list',
    min: 1,
    max: 200,
    optional: true,
    words: t('可以付费的卡网络', 'Accepted card networks'),
    why: t(
      '卡号和 OBU 发行方的前四位(000 A.2.3 a 4);没有:按省份的规则',
      'First four digits of the card number and of the OBU issuer (000 A.2.3 a 4); absent: by the rules of the province',
    ),
    of: { kind: 'text', shape: /^\d{4}$/, words: t('可以付费的卡网络', 'Accepted card network') },
  },
  capacity: { kind: 'whole', flag: 'capacity', min: 1, max: 100_000, words: t('车位数', 'Spaces') },
  spaceKinds: {
    kind: 'group',
    form: 'lot',
    optional: true,
    words: t('车位分类', 'Spaces by kind'),
    why: t(
      '三类之和是车位数;没有:都是普通车位',
      'Their sum is the capacity; absent: all are ordinary',
    ),
    members: {
      ordinary: { ...kindCount, words: t('其中普通车位', 'Ordinary spaces') },
      charging: { ...kindCount, words: t('其中充电车位', 'Charging spaces') },
      special: { ...kindCount, words: t('其中专用车位', 'Special spaces') },
    },
  },
  areas: areasRow,
  ...onRecordRows,
  lanes: {
    kind: 'list',
    max: 64,
    tooMany: t(
      '最多 64 条;泊位的识别桩不是车道,写在路段的泊位里',
      'at most 64; the pile of a space is no lane: it stands with its space in a street',
    ),
    words: t('车道', 'Lanes and handhelds'),
    why: t(
      '最多 64 条;泊位的识别桩写在路段里',
      'At most 64; piles stand with their spaces in the streets',
    ),
    of: { kind: 'group', words: t('车道', 'Lane'), members: laneMembers },
  },
  platform: platformRow,
  ...destinationRows,
  gateway: gatewayRow,
  help: helpRow,
  reservation: reservationRow,
  centre: centreRow,
  tariffFile: {
    kind: 'text',
    min: 1,
    max: 200,
    words: t('收费标准文件', 'Tariff file'),
    why: t('数据文件夹里的', 'In the data folder'),
  },
  upkeep: {
    kind: 'group',
    optional: true,
    words: t('日常维护', 'Upkeep'),
    members: rowsUnder('upkeep'),
  },
  copies: copiesRow,
  reports: reportsRow,
  time: timeRow,
  stamps: stampsRow,
  safety: {
    kind: 'group',
    optional: true,
    words: t('人接管设备', 'Takeover of devices'),
    members: rowsUnder('safety'),
  },
  streets: streetsRow,
  spaces: spacesRow,
  printers: printersRow,
  invoices: invoicesRow,
  scanners: scannersRow,
  boards: boardsRow,
  intake: intakeRow,
  published: publishedRow,
  updates: updatesRow,
} as const satisfies Members
