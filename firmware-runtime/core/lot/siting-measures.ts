// Measurements of a lane with a tape and an inclinometer: names, units and bounds, one table for file and form.
// Along the lane from the boom towards the cars that come; across it from the edge at the island.
import { t, type BilingualText } from '../values/fault-text.ts'
import { memberText } from '../values/member.ts'

export interface Measure {
  readonly text: BilingualText
  readonly unit: 'mm' | 'deg'
  readonly min: number
  readonly max: number
}

const mm = (zh: string, en: string, min = 0, max = 100_000): Measure => ({
  text: t(zh, en),
  unit: 'mm',
  min,
  max,
})
const deg = (zh: string, en: string): Measure => ({
  text: t(zh, en),
  unit: 'deg',
  min: -90,
  max: 90,
})

export const sitingMeasures = {
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
} as const satisfies Record<string, Measure>

export type SitingMeasure = keyof typeof sitingMeasures
export const sitingMeasureNames = Object.keys(sitingMeasures) as SitingMeasure[]
export type SitingMeasures = Readonly<Partial<Record<SitingMeasure, number | undefined>>>

/** Declaration of the measurement in the lot file. */
export const measureRow = (name: SitingMeasure) => {
  const { unit: kind, text: words, min, max } = sitingMeasures[name]
  return { kind, words, min, max, optional: true } as const
}
export const shownMeasure = (name: SitingMeasure, value: number): string =>
  memberText(measureRow(name), value).en
