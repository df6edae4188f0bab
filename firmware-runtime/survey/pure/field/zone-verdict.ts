// Row 5 as a rule: the needed area lies inside the zone, and the zone inside the box, both by more than the
// guard band. A smaller margin is marginal, and transactions of OBUs decide (note under table D.1). Each point counts by its
// worst side: inside by its lowest single level, outside by its highest (survey-verdicts 7.21).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { inArea } from './area.ts'
import { chanceOf, guardDb, usualDecision, type Decision } from '../decision.ts'
import { rasterOf } from './field-map.ts'
import { gridLevels, levelsAt, type FieldLevel } from './field-readings.ts'
import { columnsOf, pointKey, rowsOf, type GridTemplate, type PointMm } from './grid.ts'
import { because, becauseAll, nextStep, type Reason } from '../next-steps.ts'
import { obuVerdict, type ObuFacts } from './obu-tries.ts'
import type { SurveyProject } from '../file/project.ts'
import type { AreaMm, OpenedBody, Verdict, ZonePlan } from '../file/record.ts'
import { isLastRow } from '../survey-points.ts'
import { zoneGaps } from './zone-gaps.ts'
import { fieldLimitOf } from '../survey-rules.ts'

export interface PlacedLevel extends PointMm {
  readonly zMm: number
  readonly levelDbm: number
  readonly readings: number
}

export interface ZoneFacts {
  readonly verdict: Verdict
  readonly words: Reason
  readonly decision: Decision
  readonly guardDb: number
  /** Lowest over the needed area, its edges by interpolation; highest on the border of the box or beyond. */
  readonly need: PlacedLevel | null
  readonly out: PlacedLevel | null
  /** That the worse of both is truly on its side. */
  readonly chance: number | null
  /** Points on the wrong side by the guard band or more. */
  readonly failed: readonly PlacedLevel[]
  /** Why nothing is decided yet. */
  readonly gaps: readonly Reason[]
  readonly obu: ObuFacts
  readonly readings: number
}

export type CellVerdict = 'pass' | 'fail' | 'marginal' | 'free' | 'open'

/** The part of the lane that needs the zone; older surveys named it afterwards, and are not judged by it. */
export const neededArea = (survey: SurveyProject): AreaMm | null =>
  survey.opened?.zone?.needed ??
  survey.deviations.findLast(({ item, area }) => item === 'D5' && area !== null)?.area ??
  null

/** On its border or beyond. */
export const isOut = ({ widthMm, lengthMm }: GridTemplate, { xMm, yMm }: PointMm): boolean =>
  xMm <= 0 || yMm <= 0 || xMm >= widthMm || yMm >= lengthMm

const sideVerdict = (byDb: number, guard: number): 'pass' | 'fail' | 'marginal' =>
  byDb >= guard ? 'pass' : byDb < -guard ? 'fail' : 'marginal'

/** Verdict of a single point: its requirement and its margin. */
export function cellVerdict(
  opened: OpenedBody,
  at: PointMm,
  level: Pick<FieldLevel, 'lowestDbm' | 'highestDbm'> | null,
): CellVerdict {
  if (level === null) return 'open'
  const { zone, grid } = opened
  const guard = guardDb(zone ?? { ...usualDecision, rule: 'r0' })
  const limitDbm = fieldLimitOf(opened)
  if (isOut(grid, at)) return outVerdict(level.highestDbm - limitDbm, guard)
  return zone !== undefined && inArea(zone.needed, at)
    ? sideVerdict(level.lowestDbm - limitDbm, guard)
    : 'free'
}

/** Outside, the limit itself is a fail. */
const outVerdict = (aboveDb: number, guard: number): 'pass' | 'fail' | 'marginal' =>
  aboveDb >= guard ? 'fail' : aboveDb < -guard ? 'pass' : 'marginal'

const placed = ({ xMm, yMm, zMm, readings }: FieldLevel, levelDbm: number): PlacedLevel => ({
  xMm,
  yMm,
  zMm,
  levelDbm,
  readings,
})
const asInside = (level: FieldLevel): PlacedLevel => placed(level, level.lowestDbm)
const asOutside = (level: FieldLevel): PlacedLevel => placed(level, level.highestDbm)

/** Between the grid's lines the field is as its four neighbours: the least is on a line or an edge. */
function leastOver(survey: SurveyProject, grid: GridTemplate, area: AreaMm): PlacedLevel | null {
  const read = [...levelsAt(survey, 'lane').values()].map(asInside)
  const within = (all: readonly number[], from: number, to: number): readonly number[] => [
    ...new Set([from, ...all.filter((mm) => mm > from && mm < to), to]),
  ]
  const columns = within(columnsOf(grid), area.leftMm, area.rightMm)
  const rows = within(rowsOf(grid), area.nearMm, area.farMm)
  const raster = rasterOf(read, columns, rows)
  const byKey = new Map(read.map((level) => [pointKey(level), level]))
  const between = raster.levels.flatMap((levelDbm, i): readonly PlacedLevel[] => {
    const xMm = columns[i % columns.length] ?? 0
    const yMm = rows[Math.floor(i / columns.length)] ?? 0
    if (levelDbm === null) return []
    const readings = byKey.get(pointKey({ xMm, yMm }))?.readings ?? 0
    return [{ xMm, yMm, zMm: grid.heightMm, levelDbm, readings }]
  })
  const own = read.filter((level) => inArea(area, level))
  return lowest([...own, ...between])
}

const lowest = (all: readonly PlacedLevel[]): PlacedLevel | null =>
  all.reduce<PlacedLevel | null>((a, b) => (a === null || b.levelDbm < a.levelDbm ? b : a), null)
const highest = (all: readonly PlacedLevel[]): PlacedLevel | null =>
  all.reduce<PlacedLevel | null>((a, b) => (a === null || b.levelDbm > a.levelDbm ? b : a), null)

const at = ({ xMm, yMm }: PointMm): string =>
  `(${(xMm / 1000).toFixed(2)}, ${(yMm / 1000).toFixed(2)})`
const dbm = (level: PlacedLevel | null): string =>
  level === null ? '-' : `${level.levelDbm.toFixed(1)} dBm`

function words(facts: Omit<ZoneFacts, 'words'>): Reason {
  const { verdict, gaps, need, out, guardDb: guard, obu } = facts
  if (verdict === 'incomplete')
    return { ...gapWords(gaps), next: gaps[0]?.next ?? nextStep('again') }
  const zh = `需求区最低 ${dbm(need)}，框边及框外最高 ${dbm(out)}，保护带 ${guard.toFixed(1)} dB`
  const en = `lowest needed ${dbm(need)}, highest outside ${dbm(out)}, guard ${guard.toFixed(1)} dB`
  const more = verdict === 'fail' ? failWords(facts) : obu.words
  const isOpen = verdict === 'marginal' && obu.inside !== 'bad' && obu.ring !== 'bad'
  return because(isOpen ? 'tryObus' : 'adjust', `${zh}: ${more.zh}`, `${en}: ${more.en}`)
}

/** Three of them are read at a glance; the report lists all. */
const shownMax = 3

function gapWords(gaps: readonly BilingualText[]): BilingualText {
  const shown = gaps.slice(0, shownMax)
  const left = gaps.length - shown.length
  const zh = shown.map((one) => one.zh).join(';')
  const en = shown.map((one) => one.en).join('; ')
  return left === 0 ? t(zh, en) : t(`${zh};另有 ${left} 项`, `${en}; and ${left} more`)
}

function failWords({ failed, obu }: Omit<ZoneFacts, 'words'>): BilingualText {
  if (obu.outside !== null) return obu.words
  const places = failed.slice(0, shownMax).map(at).join(' ')
  return t(`${failed.length} 点不符合 ${places}`, `${failed.length} points fail ${places}`)
}

export function levelVerdict(need: number, out: number, guard: number, limitDbm: number): Verdict {
  const [inside, outside] = [sideVerdict(need - limitDbm, guard), outVerdict(out - limitDbm, guard)]
  if (inside === 'fail' || outside === 'fail') return 'fail'
  return inside === 'pass' && outside === 'pass' ? 'pass' : 'marginal'
}

/** OBU results never remove a fail; they decide marginal cases, and a transaction outside fails the zone. */
function verdictOf(byLevel: Verdict, obu: ObuFacts): Verdict {
  if (byLevel === 'fail' || obu.outside !== null) return 'fail'
  if (byLevel === 'pass') return obu.inside === 'bad' ? 'marginal' : 'pass'
  return obu.inside === 'good' && obu.ring === 'good' ? 'pass' : 'marginal'
}

/** An island that reaches the last row may continue beyond the measured area. */
function islandGap(opened: OpenedBody, survey: SurveyProject): readonly Reason[] {
  const last = [...levelsAt(survey, 'lane').values()].filter(
    (level) => isLastRow(opened, level) && level.highestDbm >= fieldLimitOf(opened),
  )
  const [first] = last
  return first === undefined
    ? []
    : becauseAll(
        'island',
        [t(`热点延伸到最外排 ${at(first)}`, `an island reaches the last row at ${at(first)}`)],
        at(first),
      )
}

function pointsFailed(survey: SurveyProject, opened: OpenedBody): readonly PlacedLevel[] {
  const all = [...levelsAt(survey, 'lane').values(), ...levelsAt(survey, 'neighbour').values()]
  return all
    .filter((level) => cellVerdict(opened, level, level) === 'fail')
    .map((level) => (isOut(opened.grid, level) ? asOutside(level) : asInside(level)))
    .toSorted((a, b) => a.yMm - b.yMm || a.xMm - b.xMm)
}

export function zoneFacts(survey: SurveyProject): ZoneFacts | null {
  const { opened } = survey
  const readings = survey.fieldsNow.length
  if (opened === null || readings === 0) return null
  const plan: ZonePlan | null = opened.zone ?? null
  const decision: Decision =
    plan === null ? usualDecision : { rule: plan.rule, uncertaintyDb: plan.uncertaintyDb }
  const guard = guardDb(decision)
  const limitDbm = fieldLimitOf(opened)
  const need = plan === null ? null : leastOver(survey, opened.grid, plan.needed)
  const beyond = [...levelsAt(survey, 'lane').values(), ...levelsAt(survey, 'neighbour').values()]
  const out = highest(beyond.filter((level) => isOut(opened.grid, level)).map(asOutside))
  const obu = obuVerdict(survey, opened)
  const open = gridLevels(survey).filter(({ level }) => level === null)
  const byLevel =
    need === null || out === null
      ? null
      : levelVerdict(need.levelDbm, out.levelDbm, guard, limitDbm)
  // The measured part of an island may suffice for a fail; otherwise its end must be measured.
  const unseen = byLevel === 'fail' ? [] : islandGap(opened, survey)
  const gaps = [...zoneGaps(survey, opened, open), ...unseen]
  const margins = [
    ...(need === null ? [] : [need.levelDbm - limitDbm]),
    ...(out === null ? [] : [limitDbm - out.levelDbm]),
  ]
  const facts = {
    decision,
    guardDb: guard,
    need,
    out,
    gaps,
    obu,
    readings,
    chance: margins.length === 0 ? null : chanceOf(Math.min(...margins), decision),
    failed: pointsFailed(survey, opened),
    verdict:
      gaps.length > 0 || byLevel === null ? ('incomplete' as const) : verdictOf(byLevel, obu),
  }
  return { ...facts, words: words(facts) }
}
