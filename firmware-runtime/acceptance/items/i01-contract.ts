// Table I.1 row 1: a service of the issuer to the expansion platform (contract number).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { spoilt } from '../plant.ts'

export const issuerContract = defineAcceptanceItem({
  id: 'I1',
  title: t('签约号获取', 'Contract number'),
  rule: { clause: 'I.1-1', evidence: ['platform'] },
  printed: 'ETC 拓展平台可根据 OBU 标签号、卡号获取签约编号或签约卡号',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: spoilt('contracts', { drive: 'nothing', turns: 'failed' }),
  judge: (facts) => issuerFinding(facts, 'contractNo'),
})
