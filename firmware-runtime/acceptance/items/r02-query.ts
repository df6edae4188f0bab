// Clause 10.3.2.2 b: a query is answered within 10 s.
// Queries are those of charges, refunds, the status list, one number of it, and bills.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredLate } from '../plant.ts'
import { percentileAssumed, responseExpected, responseFinding, responseSteps } from '../response.ts'

export const queries = defineAcceptanceItem({
  id: 'R2',
  title: t('查询类业务响应时间', 'Response of queries'),
  rule: {
    clause: '10.3.2.2 b',
    evidence: ['access'],
    thresholds: {
      within: {
        words: t('时限', 'within'),
        value: 10,
        unit: 's',
        basis: 'printed',
        min: 0.01,
        max: 3_600,
      },
      share: {
        words: t('比例', 'share'),
        value: 95,
        unit: '%',
        basis: 'assumed',
        min: 50,
        max: 100,
      },
      samplesMin: {
        words: t('至少样本', 'samples at least'),
        value: 100,
        unit: 'count',
        basis: 'assumed',
        min: 1,
        max: 1_000_000,
      },
    },
  },
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
