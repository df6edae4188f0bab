// Table D.1 row 9: latency up.
// Never half of a round trip.
import { t } from '../../values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLatency, oneWayExamples, linkRow } from '../link-figures.ts'

export const upLatency = defineSurveyItem({
  ...linkRow,
  id: 'D9',
  title: t('上行时延', 'Latency up'),
  printed: '≤ 200 ms',
  procedure: t(
    '对端加时间戳的单向时延,注明时钟误差',
    'One way by a stamping peer, clock error stated',
  ),
  judge: (survey) => judgeLatency(survey, 'up'),
  examples: oneWayExamples('up'),
})
