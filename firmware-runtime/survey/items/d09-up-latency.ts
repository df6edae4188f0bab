// Table D.1 row 9: latency up.
// Never half of a round trip.
import { t } from '../../core/values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLatency, linkConventions, linkRow, oneWayExamples } from '../link-figures.ts'

export const upLatency = defineSurveyItem({
  ...linkRow,
  id: 'D9',
  title: t('上行时延', 'Latency up'),
  printed: '≤ 200 ms',
  procedure: t(
    'UDP 两端打时标的单向时延,注明时钟误差',
    'One way by UDP stamped at both ends, clock error stated',
  ),
  assumed: linkConventions.oneWay,
  judge: (survey) => judgeLatency(survey, 'up'),
  examples: () => oneWayExamples('up'),
})
