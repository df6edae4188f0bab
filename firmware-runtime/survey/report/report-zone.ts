// Row 5 in a report: the declaration, the deciding levels with their guard band, every island of the zone, the failed
// points with their positions, and the convention used. The figures come from the judgement.
import type { PointMm } from '../pure/field/grid.ts'
import type { SurveyProject } from '../pure/file/project.ts'
import type { AreaMm } from '../pure/file/record.ts'
import type { FieldView } from '../pure/file/survey-view.ts'
import type { Zone } from '../pure/field/zone.ts'
import type { PlacedLevel } from '../pure/field/zone-verdict.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { tableOf, textOf } from './report-blocks.ts'
import type { ReportBlock, ReportLanguage } from './report-model.ts'

const words = {
  needed: t('需求区(开测前声明)', 'Needed area (declared before)'),
  undeclared: t('未声明', 'not declared'),
  because: t('理由', 'because'),
  origin: t('测试框原点(距车道左缘、天线下方)', 'Corner of the box (from lane edge, antenna foot)'),
  need: t('需求区最低电平', 'Lowest in the needed area'),
  out: t('框边及框外最高电平', 'Highest on the border or beyond'),
  rule: t('判定规则', 'Decision rule'),
  chance: t('最差一侧确属符合的概率', 'Probability that the worse side passes'),
  beside: t('邻道中线', 'Middles of the lanes beside'),
  unsaid: t('未说明', 'not stated'),
  islands: t('通信区域各片(含热点)', 'Islands of the zone'),
  openAt: t('未封闭', 'open at'),
  peak: t('峰值', 'peak'),
  obu: t('OBU 交易', 'OBU transactions'),
  back: t('已撤回的读数', 'Readings taken back'),
  failed: t('不符合的测点', 'Failed points'),
  convention: t('本软件约定', 'Our convention'),
} as const satisfies Record<string, BilingualText>

const ourWay = t(
  '需求区 ⊂ 通信区 ⊂ 测试框,电平折合 0 dBi,每点按最差的一次计;原文未规定',
  'needed area ⊂ zone ⊂ box; level referred to 0 dBi; each point by its worst level. The standard does not state this',
)

const sides = {
  left: t('左', 'left'),
  right: t('右', 'right'),
  near: t('近', 'near'),
  far: t('远', 'far'),
} as const

const metres = (mm: number): string => (mm / 1000).toFixed(2)
const areaWords = ({ leftMm, rightMm, nearMm, farMm }: AreaMm): string =>
  `${metres(rightMm - leftMm)} × ${metres(farMm - nearMm)} m, ` +
  `(${metres(leftMm)}, ${metres(nearMm)}) ~ (${metres(rightMm)}, ${metres(farMm)})`
const at = ({ xMm, yMm }: PointMm): string => `(${metres(xMm)}, ${metres(yMm)})`

function islandWords(zone: Zone, as: ReportLanguage): string {
  const { openSides, strongest } = zone
  const open = openSides.map((side) => sides[side][as]).join(as === 'zh' ? '、' : ', ')
  const more = open === '' ? '' : `, ${words.openAt[as]} ${open}`
  return `${areaWords(zone)}, ${words.peak[as]} ${strongest.levelDbm.toFixed(1)} dBm${more}`
}

function plannedRows(survey: SurveyProject, as: ReportLanguage): [string, string][] {
  const plan = survey.opened?.zone
  if (plan === undefined) return [[words.needed[as], words.undeclared[as]]]
  const { needed, neededReason, origin, neighbourAxesMm, noNeighbours } = plan
  const why = neededReason === null ? '' : `, ${words.because[as]}: ${neededReason}`
  const axes = neighbourAxesMm.map((mm) => `x = ${metres(mm)} m`).join(', ')
  return [
    [words.needed[as], areaWords(needed) + why],
    [words.origin[as], `(${metres(origin.xMm)}, ${metres(origin.yMm)}) m`],
    [words.beside[as], axes === '' ? (noNeighbours ?? words.unsaid[as]) : axes],
  ]
}

/** The facts that decide row 5, for the table of facts. */
export function zoneRows(
  survey: SurveyProject,
  { facts, islands }: FieldView,
  as: ReportLanguage,
): [string, string][] {
  const rows = plannedRows(survey, as)
  if (facts === null) return rows
  const { need, out, guardDb, decision, chance, obu } = facts
  const level = (one: PlacedLevel | null): string =>
    one === null ? '–' : `${one.levelDbm.toFixed(1)} dBm ${at(one)}`
  const { rule, uncertaintyDb } = decision
  const budget = `${rule}, u = ${uncertaintyDb} dB, w = ${guardDb.toFixed(1)} dB`
  rows.push(
    [words.need[as], level(need)],
    [words.out[as], level(out)],
    [words.rule[as], budget],
    [words.chance[as], chance === null ? '–' : `${(100 * chance).toFixed(1)} %`],
    [words.obu[as], obu.words[as]],
    ...islands.map((one, i): [string, string] => [
      `${words.islands[as]} ${i + 1}`,
      islandWords(one, as),
    ]),
    [words.back[as], String(survey.fieldsGone.length)],
    [words.convention[as], ourWay[as]],
  )
  return rows
}

const columns = [
  t('位置 x, y (m)', 'Place x, y (m)'),
  t('高度 (m)', 'Height (m)'),
  t('最差电平 (dBm)', 'Worst level (dBm)'),
  t('测次', 'Readings'),
] as const
/** Limit of failed points: a page of them is enough; the raw data has all. */
const failedMax = 40

/** The failed points with their positions; empty when no point failed. */
export function failedPoints({ facts }: FieldView, as: ReportLanguage): readonly ReportBlock[] {
  const failed = facts?.failed ?? []
  if (failed.length === 0) return []
  const table = tableOf(
    columns.map((one) => one[as]),
    [30, 20, 30, 20],
    failed
      .slice(0, failedMax)
      .map((one) => [at(one), metres(one.zMm), one.levelDbm.toFixed(1), String(one.readings)]),
  )
  const shown = `${words.failed[as]}: ${failed.length}`
  return [textOf(shown), table]
}
