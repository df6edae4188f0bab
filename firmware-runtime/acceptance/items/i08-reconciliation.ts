// Table I.1 row 8: a service of the issuer to the expansion platform (reconciliation).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { spoilt } from '../plant.ts'

export const issuerReconciliation = defineAcceptanceItem({
  id: 'I8',
  title: t('记账数据对账', 'Reconciliation'),
  rule: { clause: 'I.1-8', evidence: ['platform'] },
  printed: '每日可对 ETC 拓展交易的记账数据进行对账',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: spoilt('bookings', { drive: 'car', turns: 'failed' }),
  judge: (facts) => issuerFinding(facts, 'reconciliation'),
})
