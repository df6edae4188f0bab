// Table D.1 row 7: packet loss.
// Each run is judged separately; the worst complete one counts.
import { t } from '#base/pure/words/fault-text.ts'
import { defineSurveyItem } from '../item.ts'
import { judgeLoss, linkConventions, linkRow, lossExamples } from '../figures/link-figures.ts'

export const loss = defineSurveyItem({
  ...linkRow,
  id: 'D7',
  title: t('丢包率', 'Packet loss'),
  printed: '≤ 1%',
  procedure: t(
    'ICMP 优先,不允许时用 TCP;平均每秒一次,直到可以判定',
    'ICMP where allowed, else TCP; one a second until it can be decided',
  ),
  assumed: linkConventions.loss,
  judge: judgeLoss,
  examples: lossExamples,
})
