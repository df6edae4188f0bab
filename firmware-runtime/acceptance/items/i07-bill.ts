// Table I.1 row 7: a service of the issuer to the expansion platform (download of transactions).
// Judged by the books of the issuer's side; a lot cannot see them, so on site the issuer carries this out.
import { t } from '../../core/values/fault-text.ts'
import { issuerFinding, issuerSteps, issuersTest } from '../issuer.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const issuerBill = defineAcceptanceItem({
  id: 'I7',
  title: t('交易数据下载', 'Download of transactions'),
  rule: { clause: 'I.1-7', evidence: ['platform'] },
  printed: '每日 ETC 拓展平台可获取拓展应用交易账单',
  needs: ['platform'],
  steps: issuerSteps,
  expected: t('发行方账簿里有成功的记录', 'The books of the issuer have a successful record'),
  assumed: issuersTest,
  plant: answeredWith('GET /v1/bills/exit', 503, {
    at: 'platform',
    drive: 'morning',
    turns: 'failed',
  }),
  judge: (facts) => issuerFinding(facts, 'bill'),
})
