// Table D.1 row 5: field strength every 0.25 m at about 1 m; at least -45 dBm, zone inside 3.2 m x 4.5 m.
// The part of the lane that needs the zone lies in it, and it lies in the box (zone-verdict.ts). Where that is
// is fixed in the first record: no measurement changes the requirement.
import { t } from '#base/pure/words/fault-text.ts'
import { parkingGrid, type GridTemplate, type PointMm } from '../field/grid.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import { withStep } from '../next-steps.ts'
import type { SurveyProject } from '../file/project.ts'
import { insidePlaces, ringPlaces } from '../field/obu-tries.ts'
import type { FieldBody, FieldArea, OpenedBody, SurveyBody, ZonePlan } from '../file/record.ts'
import { areaOf, surveyPoints } from '../survey-points.ts'
import { planFaults, usualPlan } from '../field/zone-plan.ts'
import { cellVerdict, zoneFacts } from '../field/zone-verdict.ts'

function judge(survey: SurveyProject) {
  const facts = zoneFacts(survey)
  if (facts === null) {
    const [fault] = survey.opened === null ? [] : planFaults(survey.opened)
    return fault === undefined
      ? notMeasured()
      : finding('incomplete', withStep('newSurvey', fault.words), 0)
  }
  const { verdict, words, readings, need } = facts
  return finding(
    verdict,
    words,
    readings,
    need === null ? null : { value: need.levelDbm, unit: 'dBm' },
  )
}

const grid: GridTemplate = { ...parkingGrid, widthMm: 2_000, lengthMm: 2_500 }
const trigger: PointMm = { xMm: 1_000, yMm: 1_250 }
const plan: ZonePlan = {
  ...usualPlan(grid, trigger),
  uncertaintyDb: 0.9,
  noNeighbours: '示例:单车道出口,两侧为围墙',
}
const opened: OpenedBody = {
  kind: 'opened',
  title: 'example',
  site: 'example',
  lane: 'exit',
  grid,
  trigger,
  access: 'wire',
  zone: plan,
}
const read = (point: PointMm, place: FieldArea, levelDbm: number): FieldBody => ({
  kind: 'field',
  xMm: point.xMm,
  yMm: point.yMm,
  zMm: grid.heightMm,
  instrumentId: 'a',
  antennaId: null,
  place,
  levelsDbm: [levelDbm],
})
const analyser: SurveyBody = {
  kind: 'instrument',
  instrumentId: 'a',
  model: 'example',
  serialNo: null,
  calibratedOn: '2026-01-01',
  calibratedUntil: '2026-12-31',
  correctionDb: 0,
  gainDbi: 0,
  simulated: true,
}
const dark = [0, 1_000, 2_000, 3_000, 4_000].map((yMm) => read({ xMm: 0, yMm }, 'background', -70))
/** All readings that row 5 requires, with one level in the needed area and another on the border and beyond. */
const all = (inside: number, out: number, of = opened): readonly SurveyBody[] => [
  ...[of, analyser, ...dark, read(trigger, 'drift', inside)],
  ...surveyPoints(of).map((point) => {
    const isOut = cellVerdict(of, point, { lowestDbm: -90, highestDbm: -90 }) === 'pass'
    return read(point, areaOf(point), isOut ? out : inside)
  }),
  read(trigger, 'drift', inside),
]
const thrice = (bodies: readonly SurveyBody[], at: PointMm, levelDbm: number) => [
  ...bodies.slice(0, -1),
  ...[levelDbm, levelDbm, levelDbm].map((level) => read(at, 'lane', level)),
  read(trigger, 'drift', -40),
]
const beyond = { xMm: 1_000, yMm: -1_000 }
const { zone: _zone, ...undeclared } = opened
const tried = ['A1', 'A2', 'A3'].flatMap((obuId) =>
  [
    ...insidePlaces(opened).map((at) => ({ at, good: 5 })),
    ...ringPlaces(opened).map((at) => ({ at, good: 0 })),
  ].map(({ at: { xMm, yMm }, good }) => ({
    kind: 'obuTries' as const,
    obuId,
    xMm,
    yMm,
    zMm: grid.heightMm + 200,
    tries: 5,
    good,
  })),
)
const wide: FieldBody = { ...read(beyond, 'lane', -50), levelsDbm: [-40, -40, -90, -90, -90] }

export const field = defineSurveyItem({
  id: 'D5',
  group: groups.zone,
  zone: true,
  title: t('天线场强范围', 'Field strength of the antenna'),
  printed:
    '距离地面约1 m高度架设天线，以0.25 m为间隔测试场强值；天线场强值应 ≥ -45 dBm；通信区域应根据车道环境控制在3.2 m（宽） × 4.5 m（长）范围内',
  procedure: t(
    '先声明需求区;天线关闭测背景 5 处,网格逐点、外圈、前后远排与邻道读峰值保持的电平,同一点按最差的一次计(框内最低、框外最高;相差不超过 6 dB,重测最多 3 次),漂移点前后各测一次',
    'Needed area declared first; background with the antenna off at 5 places; peak levels over grid, ring, rows beyond and next door, each point by its worst level (lowest inside, highest outside; within 6 dB of each other, at most 3 retakes); a drift point before and after',
  ),
  assumed: t(
    '本软件约定:需求区在通信区内、通信区在测试框内(含保护带),0 dBi 等效电平,外圈 0.25 m、远排 1 m 与 2 m,OBU 交易与场强同一次到场、同一高度;原文未规定',
    'Our convention: needed area inside the zone, zone inside the box, both with a guard band; level into 0 dBi; ring at 0.25 m, rows at 1 and 2 m, tries of OBUs in the same visit at the same height. The text states none',
  ),
  judge,
  examples: () => [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'pass', bodies: all(-40, -50) },
    { verdict: 'fail', bodies: all(-47, -50) },
    { verdict: 'fail', bodies: all(-40, -43) },
    { verdict: 'marginal', bodies: all(-44, -50) },
    { verdict: 'incomplete', bodies: all(-40, -50).slice(0, -1) },
    { verdict: 'incomplete', bodies: all(-40, -50, undeclared) },
    // Three OBUs at the corners, the trigger and around the box decide what the levels leave open.
    { verdict: 'pass', bodies: [...all(-44, -50), ...tried] },
    {
      verdict: 'marginal',
      bodies: [...all(-44, -50), ...tried.map((one) => ({ ...one, obuId: 'a' }))],
    },
    {
      verdict: 'incomplete',
      bodies: all(-40, -50, { ...opened, zone: { ...plan, uncertaintyDb: 0.5 } }),
    },
    // A burst that is 50 dB wide shows no level.
    {
      verdict: 'incomplete',
      bodies: [...all(-40, -50).slice(0, -1), wide, read(trigger, 'drift', -40)],
    },
    // The worst level of a point: good ones do not undo a bad one.
    { verdict: 'fail', bodies: thrice(all(-40, -47), beyond, -41.5) },
    { verdict: 'fail', bodies: thrice(all(-40, -42), beyond, -47) },
    { verdict: 'pass', bodies: thrice(all(-40, -50), beyond, -52) },
    // Readings that are more than 6 dB apart show no level.
    { verdict: 'incomplete', bodies: thrice(all(-40, -50), beyond, -30) },
  ],
})
