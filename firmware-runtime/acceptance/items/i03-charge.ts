// Table I.1 row 3: a service of the issuer to the expansion platform (charge).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const issuerCharge = defineAcceptanceItem({
  id: 'I3',
  title: t('扣款', 'Charge'),
  rule: { clause: 'I.1-3', evidence: ['platform'] },
  printed: 'ETC 拓展平台可对 ETC 卡进行扣款',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: answeredWith('POST /v1/etc/exit-charges', 503, {
    at: 'platform',
    drive: 'car',
    turns: 'failed',
  }),
  judge: (facts) => issuerFinding(facts, 'charge'),
})
