// Table I.1 row 2: a service of the issuer to the expansion platform (status list).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const issuerStatusCheck = defineAcceptanceItem({
  id: 'I2',
  title: t('状态名单验证', 'Status list'),
  rule: { clause: 'I.1-2', evidence: ['platform'] },
  printed: 'ETC 拓展平台可实时验证 ETC 用户状态名单',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: answeredWith('POST /v1/status-list/check', 503, {
    at: 'platform',
    drive: 'listedCar',
    turns: 'failed',
  }),
  judge: (facts) => issuerFinding(facts, 'statusCheck'),
})
