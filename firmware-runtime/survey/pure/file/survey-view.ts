// A survey as commands and pages show it: each row of table D.1 with its verdict, the field as a picture.
// Made from the records alone, so that the same file looks the same everywhere.
import { inArea } from '../field/area.ts'
import { containmentOf } from '../field/containment.ts'
import { contourOf } from '../field/contour.ts'
import { rasterOf } from '../field/field-map.ts'
import { gridLevels, levelsAt } from '../field/field-readings.ts'
import { stations, type GridPoint, type GridTemplate, type PointMm } from '../field/grid.ts'
import { surveyItems } from '../items/index.ts'
import type { SurveyItem } from '../item.ts'
import type { SurveyProject } from './project.ts'
import type { AreaMm, Finding, Verdict } from './record.ts'
import { strongestPoint, type StrongestPoint } from '../field/strongest-point.ts'
import { islandsOf, pointIslands, type Zone } from '../field/zone.ts'
import {
  cellVerdict,
  neededArea,
  zoneFacts,
  type CellVerdict,
  type ZoneFacts,
} from '../field/zone-verdict.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { alteredWords } from '#base/pure/rules/rule-alterations.ts'
import { fieldLimitOf, rulesOf } from '../survey-rules.ts'

export interface ItemView
  extends
    Finding,
    Pick<SurveyItem, 'id' | 'group' | 'title' | 'printed' | 'procedure' | 'assumed'> {
  /** How the rule pack of the survey alters its rule; null: it does not. */
  readonly altered: BilingualText | null
}

export const itemViews = (survey: SurveyProject): readonly ItemView[] =>
  surveyItems.map(({ id, group, title, printed, procedure, assumed, cited, judge }) => ({
    id,
    group,
    title,
    printed: rulesOf(survey.opened).printed(id) ?? printed,
    procedure,
    assumed,
    altered: alteredWords(rulesOf(survey.opened).altered, id),
    ...cited?.(survey),
    ...judge(survey),
  }))

/** Verdict of the worst row; passed when every row has passed or is not required. */
export function wholeVerdict(items: readonly Finding[]): Verdict {
  const worst = (['fail', 'incomplete', 'marginal'] as const).find((one) =>
    items.some(({ verdict }) => verdict === one),
  )
  return worst ?? 'pass'
}

export interface CellView extends PointMm {
  readonly part: GridPoint['part']
  readonly verdict: CellVerdict
  readonly levelDbm: number | null
  readonly spreadDb: number | null
}

export interface FieldView {
  readonly limitDbm: number
  readonly widthMm: number
  readonly lengthMm: number
  readonly cells: readonly CellView[]
  /** Area around the box and every place that is required or was read. */
  readonly extent: AreaMm
  readonly neighbour: readonly (PointMm & { readonly levelDbm: number })[]
  readonly contour: readonly (readonly PointMm[])[]
  /** Where the level is highest. */
  readonly zone: Zone | null
  /** All of the zone: every place that reaches the limit. */
  readonly islands: readonly Zone[]
  /** Facts behind row 5; null: no reading. */
  readonly facts: ZoneFacts | null
  readonly containment: number | null
  readonly trigger: PointMm | null
  /** The part of the lane that needs the zone; null: all of it. */
  readonly needed: AreaMm | null
  /** Against clause 7.1.1 e; null: no reading. */
  readonly strongest: StrongestPoint | null
}

function extentOf({ widthMm, lengthMm }: GridTemplate, points: readonly PointMm[]): AreaMm {
  const [xs, ys] = [points.map(({ xMm }) => xMm), points.map(({ yMm }) => yMm)]
  return {
    leftMm: Math.min(0, ...xs),
    rightMm: Math.max(widthMm, ...xs),
    nearMm: Math.min(0, ...ys),
    farMm: Math.max(lengthMm, ...ys),
  }
}

/** Between measured points: five to a step of 0.25 m. */
const rasterStepMm = 50

export function fieldView(survey: SurveyProject): FieldView | null {
  const { opened } = survey
  if (opened === null) return null
  const { widthMm, lengthMm, ring } = opened.grid
  const needed = neededArea(survey)
  const limitDbm = fieldLimitOf(opened)
  const levels = gridLevels(survey)
  const cells = levels.map((cell) => ({
    xMm: cell.xMm,
    yMm: cell.yMm,
    part: cell.part,
    verdict: cellVerdict(opened, cell, cell.level),
    levelDbm: cell.level?.levelDbm ?? null,
    spreadDb: cell.level?.spreadDb ?? null,
  }))
  const out = ring?.offsetMm ?? 0
  const axis = (mm: number): readonly number[] =>
    stations(mm + 2 * out, rasterStepMm).map((at) => at - out)
  const taken = [...levelsAt(survey, 'lane').values()]
  const neighbour = [...levelsAt(survey, 'neighbour').values()]
  const raster = rasterOf(taken, axis(widthMm), axis(lengthMm))
  const beyond = cells.flatMap(({ part, xMm, yMm, levelDbm }) =>
    levelDbm !== null && (part === 'outlook' || part === 'axis') ? [{ xMm, yMm, levelDbm }] : [],
  )
  const near = islandsOf(raster, limitDbm)
  const islands = [...near, ...pointIslands(beyond, limitDbm)]
  const zone = near[0] ?? null
  // Places outside the needed area have neither a lower nor an upper limit.
  const counts = (c: CellView): boolean => c.part === 'ring' || needed === null || inArea(needed, c)
  const of = (part: CellView['part']): readonly number[] =>
    cells.flatMap((c) => (c.part === part && c.levelDbm !== null && counts(c) ? [c.levelDbm] : []))
  const { trigger } = opened
  const facts = zoneFacts(survey)
  return {
    limitDbm,
    widthMm,
    lengthMm,
    cells,
    zone,
    islands,
    trigger,
    needed,
    facts,
    extent: extentOf(opened.grid, [...cells, ...neighbour]),
    neighbour: neighbour.map(({ xMm, yMm, levelDbm }) => ({ xMm, yMm, levelDbm })),
    contour: contourOf(raster, limitDbm),
    containment: containmentOf(
      {
        inside: of('inside'),
        around: of('ring'),
        neighbour: neighbour.map(({ levelDbm }) => levelDbm),
      },
      limitDbm,
    ),
    strongest: facts === null ? null : strongestPoint(survey, facts.guardDb),
  }
}
