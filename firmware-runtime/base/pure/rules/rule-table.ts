// Every clause that this product judges, as a rule: what it may be judged by, and the thresholds that a pack gives it.
// Packs contain the figures; no other file does, except the item files of the acceptance. A threshold without a reader
// fails test/firmware-runtime/base/pure/rules.
import { t } from '../words/fault-text.ts'
import { acceptedRules } from './accepted-rules.ts'
import type { RuleKind, Threshold } from './rule-kind.ts'

const threshold = (unit: Threshold['unit'], min: number, max: number): Threshold => ({
  unit,
  min,
  max,
})
/** Of a bound that no text prints and that earlier packs do not have. */
const later = (unit: Threshold['unit'], min: number, max: number) =>
  ({ unit, min, max, isLater: true }) as const
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
const lengthMm = threshold('mm', 1, 100_000)
const antennas = threshold('count', 1, 16)
const spacesOfCar = threshold('count', 1, 10_000)
const degrees = threshold('deg', 0, 90)
/** An answer that comes later than `answerMax` is lost. */
const answer = { answerMax: later('ms', 1, 60_000) } as const
const latency = { latencyMax: threshold('ms', 1, 60_000), ...answer } as const
/** No link of a lane carries more than `rateMax`. */
const rate = {
  rateMin: threshold('kbit/s', 1, 10_000_000),
  rateMax: later('kbit/s', 1, 1_000_000_000),
} as const
const clock = {
  offsetMax: threshold('ms', 1, 86_400_000),
  syncApartMin: later('s', 1, 86_400),
  syncApartMax: later('s', 1, 86_400),
} as const
/** Positions in a lane (clauses 7.1, 7.2 and 8.1.1) and along a street (7.2); the layout selects its rules. */
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
  'siting.gantryFrame': siting('门架型式', 'Frame of the gantry', none),
  'siting.gantryHeight': siting('门架天线高度', 'Height of the gantry antenna', { min: lengthMm }),
  'siting.gantryDown': siting('门架天线俯角', 'Gantry antenna downward', {
    min: degrees,
    max: degrees,
  }),
  'siting.gantryOn': siting('门架天线常开', 'Gantry antenna always on', none),
  'siting.gantryPower': siting('门架天线功率', 'Power of the gantry antenna', none),
  'siting.gantryAntennas': siting('门架天线台数', 'Antennas over a lane', {
    width: lengthMm,
    narrow: antennas,
    wide: antennas,
  }),
  'siting.gantryEnds': siting('道路两端的门架', 'Gantries at the ends', { min: antennas }),
  'siting.gantryKey': siting('路口和卡口的门架', 'Gantries at junctions', none),
  'siting.cameraAbove': siting('高位摄像机位置', 'Place of the high cameras', none),
  'siting.cameraHeight': siting('高位摄像机高度', 'Height of the cameras', { min: lengthMm }),
  'siting.cameraHelp': siting('雷达或补光灯', 'Radar or fill light', none),
  'siting.cameraTour': siting('轮巡监控', 'Spaces looked at in turn', none),
  'siting.cameraBehind': siting('路侧摄像机位置', 'Place of the roadside cameras', none),
  'siting.headToTail': siting('首尾相邻泊位', 'Spaces head to tail', none),
  'siting.pilePlace': siting('识别桩位置', 'Place of the piles', none),
  'siting.pileKeys': siting('在线密钥服务', 'Online key service', none),
  'siting.sensorFlush': siting('地磁位置', 'Place of the sensors', none),
  'siting.handheldReads': siting('手持机', 'Handhelds', none),
  'siting.patrolVideo': siting('巡检车取证', 'Evidence of the patrol cars', none),
  'siting.patrolSpaces': siting('巡检车数量', 'Number of patrol cars', {
    min: spacesOfCar,
    max: spacesOfCar,
  }),
} as const

/** Rows of table D.1, and which car parks are tested (10.1.1.2). */
const surveyRules = {
  sampling: surveyed('抽检比例', 'Car parks that are tested', {
    share: threshold('%', 1, 100),
    allUpTo: threshold('count', 0, 100_000),
  }),
  D1: surveyed('标志标线', 'Signs and markings', none),
  D2: surveyed('车道布局', 'Lane layout', { heightMax: later('mm', 1, 100_000) }),
  D3: surveyed('机电系统', 'Electrical equipment', none),
  D4: surveyed('天线型号', 'Model of the antenna', none),
  D5: surveyed('天线场强范围', 'Field strength', {
    levelMin: threshold('dBm', -120, 0),
    step: threshold('mm', 50, 5_000),
    width: threshold('mm', 500, 20_000),
    length: threshold('mm', 500, 40_000),
    height: threshold('mm', 200, 5_000),
    /** Difference of the levels of one place, within a burst and between readings. */
    spreadMax: later('dB', 0.1, 60),
    /** Places nearer to each other are one. */
    placeApart: later('mm', 1, 10_000),
    /** Height of an OBU from that of the field. */
    triesHeight: later('mm', 1, 5_000),
    /** Fields, tries of OBUs, stress run and control of one visit. */
    visit: later('day', 0.0001, 366),
    /** From the first reading of the field to the last one. */
    fieldSpan: later('day', 0.0001, 366),
    neededMin: later('mm', 1, 20_000),
    /** A needed area with a smaller side takes a second person. */
    neededAlone: later('mm', 1, 20_000),
    uncertaintyMin: later('dB', 0.01, 20),
  }),
  D6: surveyed('邻道干扰', 'Neighbour lane', { ownReads: later('%', 1, 100) }),
  D7: surveyed('丢包率', 'Packet loss', { lossMax: threshold('%', 0.01, 40), ...answer }),
  D8: surveyed('ping 时延', 'Ping latency', latency),
  D9: surveyed('上行时延', 'Latency up', latency),
  D10: surveyed('下行时延', 'Latency down', latency),
  D11: surveyed('上传速率', 'Rate up', rate),
  D12: surveyed('下载速率', 'Rate down', rate),
  D13: surveyed('无线信号强度', 'Radio', {
    rsrpMin: threshold('dBm', -160, -20),
    sinrOver: threshold('dB', -40, 60),
    /** A reading speaks for so long. */
    gapMax: later('s', 0.1, 3_600),
  }),
  D14: surveyed('北斗授时', 'Time from BeiDou', clock),
  D15: surveyed('网络授时', 'Time from the network', clock),
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

const ruleTable = { ...sitingRules, ...surveyRules, ...acceptedRules, ...paperRules } as const

export type RuleId = keyof typeof ruleTable
export type LimitOf<R extends RuleId> = keyof (typeof ruleTable)[R]['thresholds'] & string
export const ruleIds = Object.keys(ruleTable) as RuleId[]
export const isRuleId = (id: string): id is RuleId => Object.hasOwn(ruleTable, id)
export const kindOf = (id: RuleId): RuleKind => ruleTable[id]
