// Table D.1 row 6: interference with the neighbour lane, after GB/T 35070.2-2018 clause 5.3.
// That text is not public: limit and count are ours until a person cites it (criterion.ts), and say so.
import { t } from '../../values/fault-text.ts'
import { assumedCriterion, criterionOf } from '../criterion.ts'
import { levelsAt } from '../field-readings.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import { shareInterval } from '../samples.ts'
import type { CriterionBody, CrossReadBody, FieldBody } from '../record.ts'

function judge(survey: SurveyProject) {
  const { triesMin, readsMax, neighbourDbmMax } = criterionOf(survey)
  const tries = survey.crossReads.reduce((sum, r) => sum + r.inLane + r.inNeighbour, 0)
  const reads = survey.crossReads.reduce((sum, r) => sum + r.inNeighbour, 0)
  const levels = [...levelsAt(survey, 'neighbour').values()].map(({ levelDbm }) => levelDbm)
  const strongest = levels.length === 0 ? null : Math.max(...levels)
  if (tries === 0) return notMeasured()
  const { low, high } = shareInterval(reads, tries)
  const percent = (share: number): string => (100 * share).toFixed(1)
  const field = strongest === null ? '' : `${strongest.toFixed(1)} dBm`
  const words = t(
    `${tries} 次中误读邻道 ${reads} 次(95% 区间 ${percent(low)}%~${percent(high)}%)${field === '' ? '' : `,邻道场强 ${field}`}`,
    `${reads} of ${tries} reads were in the neighbour lane (95 %: ${percent(low)} to ${percent(high)} %)${field === '' ? '' : `, field there ${field}`}`,
  )
  const figure = { value: (100 * reads) / tries, unit: '%' }
  const isStrong = neighbourDbmMax !== null && strongest !== null && strongest > neighbourDbmMax
  if (reads > readsMax || isStrong) return finding('fail', words, tries, figure)
  const isOpen = tries < triesMin || (neighbourDbmMax !== null && strongest === null)
  return finding(isOpen ? 'incomplete' : 'pass', words, tries, figure)
}

const reads = (inLane: number, inNeighbour: number): CrossReadBody => ({
  kind: 'crossRead',
  antennaId: null,
  inLane,
  inNeighbour,
})
const cited = (triesMin: number, readsMax: number, dBm: number | null): CriterionBody => ({
  ...{ kind: 'criterion', item: 'D6', triesMin, readsMax, neighbourDbmMax: dBm },
  ...{ text: 'example', source: 'example' },
})
const nextDoor = (levelDbm: number): FieldBody => ({
  ...{ kind: 'field', xMm: 4_800, yMm: 2_250, zMm: 1_000, instrumentId: 'a', antennaId: null },
  ...{ place: 'neighbour', levelsDbm: [levelDbm] },
})

export const neighbour = defineSurveyItem({
  id: 'D6',
  group: groups.zone,
  title: t('邻道干扰', 'Interference with the neighbour lane'),
  printed: '测试结果应符合GB/T 35070.2—2018中5.3的规定',
  procedure: assumedCriterion.procedure,
  assumed: t(
    `标准原文未公开:按至少 ${assumedCriterion.triesMin} 次、无一误读判定,录入引用原文后按其限值`,
    `The text is not public: judged by no wrong read in at least ${assumedCriterion.triesMin}, until a person enters the cited text`,
  ),
  cited(survey) {
    const { status, text, source } = criterionOf(survey)
    if (status === 'assumed') return null
    return { procedure: t(`${text}(${source})`, `${text} (${source})`), assumed: null }
  },
  judge,
  examples: [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'pass', bodies: [reads(30, 0), reads(20, 0)] },
    { verdict: 'incomplete', bodies: [reads(49, 0)] },
    { verdict: 'fail', bodies: [reads(1000, 1)] },
    { verdict: 'pass', bodies: [reads(999, 1), cited(1000, 1, null)] },
    { verdict: 'incomplete', bodies: [reads(500, 0), cited(1000, 1, null)] },
    // The last one that was cited counts.
    { verdict: 'fail', bodies: [reads(999, 1), cited(1000, 1, null), cited(50, 0, null)] },
    { verdict: 'incomplete', bodies: [reads(50, 0), cited(50, 0, -60)] },
    { verdict: 'pass', bodies: [reads(50, 0), cited(50, 0, -60), nextDoor(-60)] },
    { verdict: 'fail', bodies: [reads(50, 0), cited(50, 0, -60), nextDoor(-59.9)] },
  ],
})
