// Clause 10.3.2.2 a and b: interactive requests are answered within 3 s, and queries within 10 s. Interactive are those
// for which a car at the exit, or a person, waits: charge, refund, sign-in, exception.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { responseThresholds } from '#base/pure/rules/shared-limits.ts'
import { defineAcceptanceItem, type AcceptanceItem } from '../item.ts'
import { answeredLate } from '../plant.ts'
import { limitsOf, responseFinding } from '../response.ts'

interface Response extends Pick<AcceptanceItem, 'title' | 'rule' | 'printed'> {
  readonly id: 'R1' | 'R2'
  readonly interfaces: readonly string[]
  readonly what: BilingualText
  /** The request that the plant answers late. */
  readonly late: string
}

const rows: readonly Response[] = [
  {
    id: 'R1',
    title: t('交互类业务响应时间', 'Response of interactive requests'),
    rule: { clause: '10.3.2.2 a', evidence: ['access'], thresholds: responseThresholds(3) },
    printed: '交互类业务响应时间宜≤3 s',
    interfaces: ['charge', 'refund', 'signIn', 'exception'],
    what: t('交互类请求', 'interactive requests'),
    late: 'POST /v1/etc/exit-charges',
  },
  {
    id: 'R2',
    title: t('查询类业务响应时间', 'Response of queries'),
    rule: { clause: '10.3.2.2 b', evidence: ['access'], thresholds: responseThresholds(10) },
    printed: '查询类业务响应时间宜≤10 s',
    interfaces: ['chargeQuery', 'refundQuery', 'list', 'listCheck', 'bill'],
    what: t('查询类请求', 'queries'),
    late: 'GET /v1/status-list',
  },
]

export const responseTimes: readonly AcceptanceItem[] = rows.map((row) => {
  const { id, title, rule, printed, late } = row
  return defineAcceptanceItem({
    id,
    title,
    rule,
    printed,
    needs: ['anyPlatform'],
    steps: [t('让车道运行到有足够的样本', 'Let the lanes run until there are enough samples')],
    expected: (rules) => {
      const { limitSec, share } = limitsOf(id, rules)
      return t(`${share}% 不超过 ${limitSec} 秒`, `${share} % within ${limitSec} s`)
    },
    assumed: (rules) => {
      const { share, samplesMin } = limitsOf(id, rules)
      return t(
        `按第 ${share} 百分位判定,至少 ${samplesMin} 次,各接口分别判定(次数太少的看中位数),最慢的为准;没有答复、5xx 和 429 算超时,被拒绝的请求不计`,
        `Judged by percentile ${share} of at least ${samplesMin} samples, each interface by itself (by its median when it has too few), and the slowest decides; no answer, 5xx and 429 count as late, and refused requests do not count`,
      )
    },
    plant: answeredLate(late),
    judge: (facts) => responseFinding(facts, row),
  })
})
