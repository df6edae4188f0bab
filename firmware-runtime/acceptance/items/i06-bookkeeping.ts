// Table I.1 row 6: a service of the issuer to the expansion platform (asynchronous bookkeeping).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { spoilt } from '../plant.ts'

export const issuerBookkeeping = defineAcceptanceItem({
  id: 'I6',
  title: t('异步记账', 'Asynchronous bookkeeping'),
  rule: { clause: 'I.1-6', evidence: ['platform'] },
  printed: 'ETC 拓展平台可对交易进行异步记账',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: spoilt('bookings', { drive: 'car', turns: 'failed' }),
  judge: (facts) => issuerFinding(facts, 'bookkeeping'),
})
