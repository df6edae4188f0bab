// Table D.1 row 10: latency down.
// Never half of a round trip.
import { t } from '../../core/values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLatency, linkConventions, linkRow, oneWayExamples } from '../link-figures.ts'

export const downLatency = defineSurveyItem({
  ...linkRow,
  id: 'D10',
  title: t('下行时延', 'Latency down'),
  printed: '≤ 200 ms',
  procedure: t(
    'UDP 两端打时标的单向时延,注明时钟误差',
    'One way by UDP stamped at both ends, clock error stated',
  ),
  assumed: linkConventions.oneWay,
  judge: (survey) => judgeLatency(survey, 'down'),
  examples: () => oneWayExamples('down'),
})
