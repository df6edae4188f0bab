// Clause 10.3.2.2 b: a query is answered within 10 s. Queries are those about charges, refunds, the status list, a
// single number on it, and bills.
import { t } from '../../core/values/fault-text.ts'
import { responseThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredLate } from '../plant.ts'
import { percentileAssumed, responseExpected, responseFinding, responseSteps } from '../response.ts'

export const queries = defineAcceptanceItem({
  id: 'R2',
  title: t('查询类业务响应时间', 'Response of queries'),
  rule: { clause: '10.3.2.2 b', evidence: ['access'], thresholds: responseThresholds(10) },
  printed: '查询类业务响应时间宜≤10 s',
  needs: ['anyPlatform'],
  steps: responseSteps,
  expected: responseExpected('R2'),
  assumed: percentileAssumed('R2'),
  plant: answeredLate('GET /v1/status-list'),
  judge: (facts) =>
    responseFinding(facts, {
      id: 'R2',
      interfaces: ['chargeQuery', 'refundQuery', 'list', 'listCheck', 'bill'],
      what: t('查询类请求', 'queries'),
    }),
})
