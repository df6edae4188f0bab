// Table D.1 row 8: round trip.
// Each run is judged separately; the worst complete one counts.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLatency, latencyExamples, linkConventions, linkRow } from '../figures/link-figures.ts'

export const ping = defineSurveyItem({
  ...linkRow,
  id: 'D8',
  title: t('ping 时延', 'Round trip'),
  printed: '≤ 200 ms',
  procedure: t('往返时延,按 95% 分位判定', 'Round trip, judged by its 95th percentile'),
  assumed: linkConventions.tail,
  judge: (survey) => judgeLatency(survey, 'ping'),
  examples: () => latencyExamples('ping'),
})
