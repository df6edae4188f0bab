// What a person measures, counts and states of a lane or of a street: names, units and bounds, one table for file and form.
// Along the lane from the boom towards the cars that come; across it from the edge at the island.
import { t, type BilingualText } from '../words/fault-text.ts'
import { memberText } from './member.ts'

interface Amount {
  readonly text: BilingualText
  readonly unit: 'mm' | 'deg' | 'count'
  readonly min: number
  readonly max: number
}
/** A fact without a figure, which a person states. */
interface Fact {
  readonly text: BilingualText
  readonly unit: 'yesNo'
}
export type Measure = Amount | Fact

const mm = (zh: string, en: string, min = 0, max = 100_000): Amount => ({
  text: t(zh, en),
  unit: 'mm',
  min,
  max,
})
const deg = (zh: string, en: string): Amount => ({
  text: t(zh, en),
  unit: 'deg',
  min: -90,
  max: 90,
})
const count = (zh: string, en: string, max: number): Amount => ({
  text: t(zh, en),
  unit: 'count',
  min: 0,
  max,
})
const fact = (zh: string, en: string): Fact => ({ text: t(zh, en), unit: 'yesNo' })

/** Of a lane, or of the road lane below a gantry. */
const laneMeasures = {
  antennaMm: mm('天线在道闸后方', 'antenna beyond the boom', -100_000),
  antennaHeightMm: mm('天线距路面高度', 'antenna above the road', 0, 20_000),
  antennaDownDeg: deg('天线俯角', 'antenna downward'),
  antennaYawDeg: deg('天线向车道偏转', 'antenna turned to the lane'),
  triggerMm: mm('触发线圈中心到道闸', 'middle of the trigger to the boom'),
  triggerLengthMm: mm('触发线圈沿车道的长度', 'trigger along the lane', 1, 20_000),
  zoneNearMm: mm('天线覆盖近端到道闸', 'near end of the zone to the boom', -100_000),
  zoneFarMm: mm('天线覆盖远端到道闸', 'far end of the zone to the boom', -100_000),
  strongestMm: mm('信号最强处到道闸', 'strongest point to the boom', -100_000),
  laneWidthMm: mm('车道宽', 'width of the lane', 1, 20_000),
  islandWidthMm: mm('安全岛宽', 'width of the island', 1, 20_000),
  islandLengthMm: mm('安全岛长', 'length of the island', 1),
  islandHeightMm: mm('安全岛高', 'height of the island', 1, 5_000),
  boothGapMm: mm('岗亭到本车道边', 'booth to the edge of this lane', 0, 20_000),
  boothWidthMm: mm('岗亭宽', 'width of the booth', 1, 20_000),
  boothNearMm: mm('岗亭近道闸端到道闸', 'end of the booth at the boom, to the boom', -100_000),
  boothLengthMm: mm('岗亭长', 'length of the booth', 1, 20_000),
  cameraMm: mm('摄像机到道闸', 'camera to the boom', -100_000),
  cameraAsideMm: mm(
    '摄像机到本车道边(岛上为负)',
    'camera into the lane (on the island: minus)',
    -20_000,
  ),
  laneAntennas: count('覆盖这条车道的门架天线', 'antennas of the gantry over the lane', 16),
  gantryFrame: fact(
    '门架是 L 型立柱加横杆或龙门架',
    'the gantry is an L-shaped pole with an arm, or a portal',
  ),
  gantryPower: fact('天线功率设为最大值', 'the power of the antenna is set to its maximum'),
} as const satisfies Record<string, Measure>

/** Of a street with its spaces: what is alike at all of them is stated once. */
const streetMeasures = {
  gantryEnds: count('装有门架天线的道路端头', 'ends of the road with a gantry', 16),
  gantryKey: fact(
    '关键路段、卡口和主干道路口有门架天线',
    'gantries stand at key sections, checkpoints and main junctions',
  ),
  cameraAbove: fact('摄像机在泊位上方', 'the cameras are above the spaces'),
  cameraHeightMm: mm('摄像机距路面高度', 'cameras above the road', 0, 20_000),
  cameraHelp: fact('摄像机有雷达或补光灯', 'the cameras have a radar or a fill light'),
  cameraTour: fact('摄像机轮流看完每个泊位', 'the cameras look at every space in turn'),
  cameraBehind: fact(
    '摄像机在泊位车尾的右后方',
    'the cameras are behind the tail of the cars, at the right',
  ),
  pileAtFront: fact(
    '识别桩在泊位右前方,能与 OBU 通信',
    'the piles are at the right front of their spaces and reach the OBU',
  ),
  pileKeysOnline: fact('识别桩使用远程在线密钥服务', 'the piles use an online key service'),
  sensorFlush: fact(
    '地磁在泊位路面地下,与路面齐平',
    'the sensors are in the road of their spaces, flush with its surface',
  ),
  handheldPhotos: fact('手持机拍停放照片', 'the handhelds take photos of the parked cars'),
  patrolVideo: fact('巡检车录像取证', 'the patrol cars record video as evidence'),
} as const satisfies Record<string, Measure>

export const sitingMeasures = { ...laneMeasures, ...streetMeasures }

type Measured<T> = {
  readonly [K in keyof T]: T[K] extends Fact ? boolean : number
}
export type SitingMeasure = keyof typeof sitingMeasures
/** All measures with their values. */
export type Known = Measured<typeof sitingMeasures>
/** The measures with a figure. */
export type SitingAmount = {
  [K in SitingMeasure]: Known[K] extends number ? K : never
}[SitingMeasure]
export type SitingFact = Exclude<SitingMeasure, SitingAmount>
export const sitingMeasureNames = Object.keys(sitingMeasures) as SitingMeasure[]
export type SitingMeasures = { readonly [K in SitingMeasure]?: Known[K] | undefined }

interface AmountRow {
  readonly kind: 'mm' | 'deg' | 'whole'
  readonly words: BilingualText
  readonly min: number
  readonly max: number
  readonly optional: true
}
interface FactRow {
  readonly kind: 'flag'
  readonly words: BilingualText
  readonly optional: true
}

/** Declaration of the measurement in the lot file. */
function measureRow(measure: Measure): AmountRow | FactRow {
  const { text: words, unit } = measure
  if (unit === 'yesNo') return { kind: 'flag', words, optional: true }
  const { min, max } = measure
  return { kind: unit === 'count' ? 'whole' : unit, words, min, max, optional: true }
}

type RowsOf<T> = { readonly [K in keyof T]: T[K] extends Fact ? FactRow : AmountRow }
const rowsOf = <T extends Readonly<Record<string, Measure>>>(measures: T): RowsOf<T> =>
  Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => [name, measureRow(measure)]),
  ) as RowsOf<T>

/** The group `siting` of a lane or a street in the lot file. */
const sitingRow = <const M>(words: BilingualText, why: BilingualText, measures: M) =>
  ({
    kind: 'group',
    form: 'devices',
    optional: true,
    words,
    why,
    members: {
      measures: { kind: 'group', words: t('量到和看到的', 'measured and seen'), members: measures },
      deviation: {
        kind: 'text',
        trim: true,
        max: 400,
        optional: true,
        words: t('安装位置不照做的原因', 'reason for deviating'),
      },
    },
  }) as const

export const laneSitingRow = sitingRow(
  t('安装位置', 'mounting position'),
  t('7.1、7.2 和 8.1.1 的条文按它判断', 'Clauses 7.1, 7.2 and 8.1.1 are judged by it'),
  rowsOf(laneMeasures),
)
export const streetSitingRow = sitingRow(
  t('路段设备的安装位置', 'mounting positions along the street'),
  t(
    '7.2 的条文按它判断;每个泊位都一样的只写一次',
    'Clause 7.2 is judged by it; what is alike at every space is written once',
  ),
  rowsOf(streetMeasures),
)

export const shownMeasure = (name: SitingAmount, value: number): string =>
  memberText(measureRow(sitingMeasures[name]), value).en
