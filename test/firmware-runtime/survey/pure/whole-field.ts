// Everything that row 5 requires, as bodies: opening, instrument, background, drift, every point of the walk.
// Levels come from a field that a test gives; each part can be left out or changed.
import { parkingGrid, type PointMm } from '#survey/pure/field/grid.ts'
import type { FieldBody, InstrumentBody, OpenedBody, SurveyBody } from '#survey/pure/file/record.ts'
import { areaOf, surveyPoints } from '#survey/pure/survey-points.ts'
import { usualPlan } from '#survey/pure/field/zone-plan.ts'

export const trigger: PointMm = { xMm: 1_600, yMm: 2_250 }
/** A budget of 0.9 dB: a guard band of 1.5 dB by the usual rule. */
export const openedBody: OpenedBody = {
  kind: 'opened',
  title: '演示',
  site: '演示停车场',
  lane: '出口',
  grid: parkingGrid,
  trigger,
  access: 'wire',
  zone: {
    ...usualPlan(parkingGrid, trigger),
    uncertaintyDb: 0.9,
    noNeighbours: '单车道出口,两侧为围墙',
  },
}
/** An opening without a plan of the zone; the site has the name of the survey. */
export const openingOf = (title: string, more: Partial<OpenedBody> = {}): OpenedBody => ({
  kind: 'opened',
  title,
  site: title,
  lane: 'exit',
  grid: parkingGrid,
  trigger: null,
  access: 'wire',
  ...more,
})
export const analyser: InstrumentBody = {
  kind: 'instrument',
  instrumentId: 'a',
  model: 'example',
  serialNo: '示例 1',
  calibratedOn: '2025-06-01',
  calibratedUntil: '2028-05-01',
  correctionDb: 0,
  gainDbi: 0,
  simulated: false,
}
export const readAt = (
  { xMm, yMm }: PointMm,
  levelDbm: number,
  more: Partial<FieldBody> = {},
): FieldBody => ({
  kind: 'field',
  xMm,
  yMm,
  zMm: 1_000,
  instrumentId: 'a',
  antennaId: null,
  place: 'lane',
  levelsDbm: [levelDbm],
  ...more,
})
export const background = (levelDbm = -70): readonly FieldBody[] =>
  [0, 1_000, 2_000, 3_000, 4_000].map((yMm) =>
    readAt({ xMm: 0, yMm }, levelDbm, { place: 'background' }),
  )
export const drift = (levelDbm: number): FieldBody => readAt(trigger, levelDbm, { place: 'drift' })

/** Strong inside, weak on the border and beyond. */
export const boxField =
  (inside: number, out: number, { grid } = openedBody) =>
  ({ xMm, yMm }: PointMm): number =>
    xMm > 0 && yMm > 0 && xMm < grid.widthMm && yMm < grid.lengthMm ? inside : out

export const walked = (
  field: (at: PointMm) => number,
  opened: OpenedBody = openedBody,
): readonly FieldBody[] =>
  surveyPoints(opened).map((point) => readAt(point, field(point), { place: areaOf(point) }))

/** A whole row 5, in the order of the walk. */
export const wholeField = (
  field: (at: PointMm) => number,
  opened: OpenedBody = openedBody,
): readonly SurveyBody[] => [
  ...[opened, analyser, ...background(), drift(field(trigger))],
  ...walked(field, opened),
  drift(field(trigger)),
]
