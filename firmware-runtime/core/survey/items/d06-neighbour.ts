// Table D.1 row 6: interference with the neighbour lane, after GB/T 35070.2-2018 clause 5.3.
// That text is not public: limit and count here are ours until a person cites it, and say so.
import { t } from '../../values/fault-text.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import { shareInterval } from '../samples.ts'
import type { CrossReadBody } from '../record.ts'

/** Cars in the neighbour lane that must be tried, and how many of them may be read. */
const triesMin = 50
const readsMax = 0

function judge(survey: SurveyProject) {
  const tries = survey.crossReads.reduce((sum, r) => sum + r.inLane + r.inNeighbour, 0)
  const reads = survey.crossReads.reduce((sum, r) => sum + r.inNeighbour, 0)
  if (tries === 0) return notMeasured()
  const { low, high } = shareInterval(reads, tries)
  const percent = (share: number): string => (100 * share).toFixed(1)
  const words = t(
    `${tries} 次中误读邻道 ${reads} 次(95% 区间 ${percent(low)}%~${percent(high)}%)`,
    `${reads} of ${tries} reads were in the neighbour lane (95 %: ${percent(low)} to ${percent(high)} %)`,
  )
  const figure = { value: (100 * reads) / tries, unit: '%' }
  if (reads > readsMax) return finding('fail', words, tries, figure)
  return finding(tries < triesMin ? 'incomplete' : 'pass', words, tries, figure)
}

const reads = (inLane: number, inNeighbour: number): CrossReadBody => ({
  kind: 'crossRead',
  antennaId: null,
  inLane,
  inNeighbour,
})

export const neighbour = defineSurveyItem({
  id: 'D6',
  group: groups.zone,
  title: t('邻道干扰', 'Interference with the neighbour lane'),
  printed: '测试结果应符合GB/T 35070.2—2018中5.3的规定',
  procedure: t(
    '逐台及同时驱动天线,记录应答标签所在车道',
    'Drive each antenna alone and all together, note in which lane the answering OBU is',
  ),
  assumed: t(
    '标准原文未公开:按至少 50 次、无一误读判定,引用原文后可改',
    'The text is not public: judged by no wrong read in at least 50, until it is cited',
  ),
  judge,
  examples: [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'pass', bodies: [reads(30, 0), reads(20, 0)] },
    { verdict: 'incomplete', bodies: [reads(49, 0)] },
    { verdict: 'fail', bodies: [reads(1000, 1)] },
  ],
})
