// Table I.1 row 5: a service of the issuer to the expansion platform (query).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const issuerQuery = defineAcceptanceItem({
  id: 'I5',
  title: t('查询', 'Query'),
  rule: { clause: 'I.1-5', evidence: ['platform'] },
  printed: 'ETC 拓展平台可对 ETC 卡交易结果查询',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: answeredWith('GET /v1/etc/exit-charges', 503, {
    at: 'platform',
    drive: 'car',
    turns: 'failed',
  }),
  judge: (facts) => issuerFinding(facts, 'query'),
})
