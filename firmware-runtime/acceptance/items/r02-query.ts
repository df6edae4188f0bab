// Clause 10.3.2.2 b: a query is answered within 10 s.
// Queries are those of charges, refunds, the status list, one number of it, and bills.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { percentileAssumed, responseExpected, responseFinding, responseSteps } from '../response.ts'

export const queries = defineAcceptanceItem({
  id: 'R2',
  title: t('查询类业务响应时间', 'Response of queries'),
  printed: '查询类业务响应时间宜≤10 s',
  steps: responseSteps,
  expected: responseExpected('R2'),
  assumed: percentileAssumed('R2'),
  plant: {
    why: t(
      '样本要几天或上百次,不在一次植入里',
      'It takes days or a hundred samples, and is not driven in one plant',
    ),
  },
  judge: (facts) =>
    responseFinding(facts, {
      id: 'R2',
      interfaces: ['chargeQuery', 'refundQuery', 'list', 'listCheck', 'bill'],
      what: t('查询类请求', 'queries'),
    }),
})
