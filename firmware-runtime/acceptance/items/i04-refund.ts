// Table I.1 row 4: a service of the issuer to the expansion platform (refund).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const issuerRefund = defineAcceptanceItem({
  id: 'I4',
  title: t('退款', 'Refund'),
  rule: { clause: 'I.1-4', evidence: ['platform'] },
  printed: 'ETC 拓展平台可对 ETC 卡进行退款',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: answeredWith('POST /v1/etc/refunds', 503, {
    at: 'platform',
    drive: 'refund',
    turns: 'failed',
  }),
  judge: (facts) => issuerFinding(facts, 'refund'),
})
