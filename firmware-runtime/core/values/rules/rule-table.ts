// Every clause that this product judges, as a rule: what it may be judged by, and the thresholds that a pack gives it.
// A pack says the figures; no other file has them. A threshold without a reader fails test/firmware-runtime/core/values/rules.
import { t, type BilingualText } from '../fault-text.ts'

/** Where evidence comes from. */
const ruleSources = ['lot', 'survey', 'ledger', 'platform', 'frame', 'access', 'paper'] as const
export type RuleSource = (typeof ruleSources)[number]

type RuleUnit = 'mm' | 'deg' | 'dBm' | 'dB' | '%' | 'ms' | 's' | 'day' | 'kbit/s' | 'count'

interface Threshold {
  readonly unit: RuleUnit
  /** What a pack may say: beyond it a figure is a slip of the pen. */
  readonly min: number
  readonly max: number
}

interface RuleKind {
  readonly title: BilingualText
  /** What a pack may ask a pass to stand on. */
  readonly sources: readonly RuleSource[]
  readonly thresholds: Readonly<Record<string, Threshold>>
}

const threshold = (unit: RuleUnit, min: number, max: number): Threshold => ({ unit, min, max })
const none = {} as const

const siting = <T extends RuleKind['thresholds']>(zh: string, en: string, thresholds: T) => ({
  title: t(zh, en),
  sources: ['lot'] as const,
  thresholds,
})
const surveyed = <T extends RuleKind['thresholds']>(zh: string, en: string, thresholds: T) => ({
  title: t(zh, en),
  sources: ['survey'] as const,
  thresholds,
})
const accepted = <T extends RuleKind['thresholds']>(zh: string, en: string, thresholds: T) => ({
  title: t(zh, en),
  sources: ['ledger', 'platform', 'frame', 'access'] as const,
  thresholds,
})

const lengthMm = threshold('mm', 1, 100_000)
const degrees = threshold('deg', 0, 90)
const latency = { latencyMax: threshold('ms', 1, 60_000) } as const
const rate = { rateMin: threshold('kbit/s', 1, 10_000_000) } as const
const clock = { offsetMax: threshold('ms', 1, 86_400_000) } as const
const response = {
  within: threshold('s', 0.01, 3_600),
  share: threshold('%', 50, 100),
  samplesMin: threshold('count', 1, 1_000_000),
} as const

/** Where things of a lane stand (clauses 7.1 and 8.1.1); which lane is asked what, its layout says. */
const sitingRules = {
  'siting.devices': siting('车道设备', 'Devices of a lane', none),
  'siting.noEtc': siting('入口不增设 ETC', 'No ETC at an entry', none),
  'siting.etc': siting('出口 ETC', 'ETC at an exit', none),
  'siting.antennaPlace': siting('天线位置', 'Place of the antenna', none),
  'siting.antennaHeight': siting('天线高度', 'Height of the antenna', { min: lengthMm }),
  'siting.antennaDown': siting('天线俯角', 'Antenna downward', { angle: degrees, within: degrees }),
  'siting.antennaYaw': siting('天线偏转角', 'Antenna turned', { min: degrees, max: degrees }),
  'siting.antennaPower': siting('天线功率', 'Power of the antenna', none),
  'siting.trigger': siting('触发装置', 'Trigger in the zone', none),
  'siting.strongest': siting('信号最强处', 'Strongest point', none),
  'siting.laneWidth': siting('车道宽', 'Width of the lane', { min: lengthMm }),
  'siting.boothMiddle': siting('岗亭居中', 'Booth in the middle', { offMax: lengthMm }),
  'siting.cameraView': siting('摄像机视线', 'View of the camera', none),
  'siting.islandWidth': siting('安全岛宽', 'Width of the island', { min: lengthMm, max: lengthMm }),
  'siting.islandLength': siting('安全岛长', 'Length of the island', { min: lengthMm }),
  'siting.islandHeight': siting('安全岛高', 'Height of the island', { min: lengthMm }),
} as const

/** Rows of table D.1, and which car parks are tested (10.1.1.2). */
const surveyRules = {
  sampling: surveyed('抽检比例', 'Car parks that are tested', {
    share: threshold('%', 1, 100),
    allUpTo: threshold('count', 0, 100_000),
  }),
  D1: surveyed('标志标线', 'Signs and markings', none),
  D2: surveyed('车道布局', 'Lane layout', none),
  D3: surveyed('机电系统', 'Electrical equipment', none),
  D4: surveyed('天线型号', 'Model of the antenna', none),
  D5: surveyed('天线场强范围', 'Field strength', {
    levelMin: threshold('dBm', -120, 0),
    step: threshold('mm', 50, 5_000),
    width: threshold('mm', 500, 20_000),
    length: threshold('mm', 500, 40_000),
    height: threshold('mm', 200, 5_000),
  }),
  D6: surveyed('邻道干扰', 'Neighbour lane', none),
  D7: surveyed('丢包率', 'Packet loss', { lossMax: threshold('%', 0.01, 40) }),
  D8: surveyed('ping 时延', 'Ping latency', latency),
  D9: surveyed('上行时延', 'Latency up', latency),
  D10: surveyed('下行时延', 'Latency down', latency),
  D11: surveyed('上传速率', 'Rate up', rate),
  D12: surveyed('下载速率', 'Rate down', rate),
  D13: surveyed('无线信号强度', 'Radio', {
    rsrpMin: threshold('dBm', -160, -20),
    sinrOver: threshold('dB', -40, 60),
  }),
  D14: surveyed('北斗授时', 'Time from BeiDou', clock),
  D15: surveyed('网络授时', 'Time from the network', clock),
} as const

/** Rows of tables E.1 to I.1, and clause 10.3.2. */
const acceptanceRules = {
  E1: accepted('协议符合性', 'Protocol conformity', none),
  E2: accepted('接口', 'Interfaces', none),
  E3: accepted('正常交易', 'Normal transactions', none),
  E4: accepted('异常处理', 'Exceptions', none),
  F1: accepted('入口签到', 'Sign-in of the entry', none),
  F2: accepted('入口信息上传', 'Upload of entries', { within: threshold('s', 0.1, 86_400) }),
  F3: accepted('出口签到', 'Sign-in of the exit', none),
  F4: accepted('联机扣款', 'Online charge', none),
  F5: accepted('查询扣款结果', 'Query of a charge', none),
  F6: accepted('联机退款', 'Online refund', none),
  G1: accepted('联机通信', 'Online communication', none),
  G2: accepted('上班信息下载', 'Download of shifts', none),
  G3: accepted('配置信息下载', 'Download of configuration', none),
  G4: accepted('上班信息上传', 'Upload of shifts', none),
  G5: accepted('入口交易', 'Entry transactions', none),
  G6: accepted('入口交易小时批次', 'Entry transactions, hourly', none),
  G7: accepted('入口牌识', 'Entry plates', none),
  G8: accepted('入口牌识小时批次', 'Entry plates, hourly', none),
  G9: accepted('入口监测', 'Entry monitoring', none),
  G10: accepted('出口交易', 'Exit transactions', none),
  G11: accepted('出口交易小时批次', 'Exit transactions, hourly', none),
  G12: accepted('出口牌识', 'Exit plates', none),
  G13: accepted('出口牌识小时批次', 'Exit plates, hourly', none),
  G14: accepted('出口监测', 'Exit monitoring', none),
  H1: accepted('出口交易账单', 'Bill of exit transactions', none),
  H2: accepted('拆分账单', 'Split bill', none),
  I1: accepted('签约号', 'Contract number', none),
  I2: accepted('状态名单验证', 'Status check', none),
  I3: accepted('扣款', 'Charge', none),
  I4: accepted('退款', 'Refund', none),
  I5: accepted('查询', 'Query', none),
  I6: accepted('异步记账', 'Bookkeeping', none),
  I7: accepted('交易账单', 'Bill', none),
  I8: accepted('记账对账', 'Reconciliation', none),
  R1: accepted('交互类响应', 'Interactive response', response),
  R2: accepted('查询类响应', 'Response of queries', response),
  R3: accepted('不间断服务', 'Service without a stop', {
    days: threshold('day', 1, 366),
    stopMax: threshold('s', 1, 86_400),
  }),
  R4: accepted('系统吞吐量', 'Throughput', {
    tps: threshold('count', 1, 100_000),
    lots: threshold('count', 1, 100_000),
    span: threshold('s', 1, 3_600),
  }),
} as const

const written = <T extends RuleKind['thresholds']>(zh: string, en: string, thresholds: T) => ({
  title: t(zh, en),
  sources: ['paper'] as const,
  thresholds,
})

/** Tables J.1 and K.1, and clauses 9.2 and 10.3.2.1 a. */
const paperRules = {
  J1: written('项目概况', 'The project', none),
  J2: written('安全责任制度', 'Responsibility', none),
  J3: written('安全操作规程', 'Operation', none),
  J4: written('监督检查制度', 'Supervision', none),
  J5: written('设备与密钥安全管理', 'Devices and keys', none),
  K1: written('概况与总则', 'Overview', none),
  K2: written('事故风险', 'Risks', none),
  K3: written('组织机构及职责', 'Organisation', none),
  K4: written('预警及信息报告', 'Warning and reporting', none),
  K5: written('应急响应', 'Response', none),
  K6: written('信息公开', 'Information', none),
  K7: written('后期处置', 'Afterwards', none),
  K8: written('保障措施', 'Means', none),
  K9: written('培训与演练', 'Training and drills', { every: threshold('day', 1, 3_660) }),
  K10: written('联系方式与物资', 'Contacts and goods', none),
  M1: written('故障处理预案', 'Plan for faults', none),
  N1: written('处理能力和带宽', 'Capacity', none),
  N2: written('区域和地址', 'Zones', none),
  N3: written('边界防护', 'Boundary', none),
  N4: written('冗余', 'Redundancy', none),
  N5: written('等级保护', 'Grading', none),
  N6: written('密码保障', 'Cryptography', none),
} as const

const ruleTable = { ...sitingRules, ...surveyRules, ...acceptanceRules, ...paperRules } as const

export type RuleId = keyof typeof ruleTable
export type LimitOf<R extends RuleId> = keyof (typeof ruleTable)[R]['thresholds'] & string
export const ruleIds = Object.keys(ruleTable) as RuleId[]
export const isRuleId = (id: string): id is RuleId => Object.hasOwn(ruleTable, id)
export const kindOf = (id: RuleId): RuleKind => ruleTable[id]
