// Table D.1 row 7: packet loss.
// Judged over all runs of the survey.
import { t } from '../../values/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLoss, lossExamples, linkRow } from '../link-figures.ts'

export const loss = defineSurveyItem({
  ...linkRow,
  id: 'D7',
  title: t('丢包率', 'Packet loss'),
  printed: '≤ 1%',
  procedure: t(
    'ICMP 优先,不允许时用 TCP;至少 100 次',
    'ICMP where allowed, else TCP; at least 100 probes',
  ),
  judge: judgeLoss,
  examples: lossExamples,
})
