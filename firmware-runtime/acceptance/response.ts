// Response times of the platform (10.3.2.2) by the accesses that the lot kept: the share that the pack names within its limit, and never a verdict
// on a handful of samples. A request that was not answered counts with the time that was waited for it.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { Rules } from '../core/values/rules/rule-pack.ts'
import type { AcceptanceFacts } from './facts.ts'
import { accessEvidence, judged, type Evidence, type Finding } from './item.ts'
import { secondsOf } from './seconds.ts'

interface ResponseRule {
  readonly id: 'R1' | 'R2'
  readonly interfaces: readonly string[]
  readonly what: BilingualText
}

/** Nearest rank. */
const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0

export function responseFinding({ accesses, rules }: AcceptanceFacts, rule: ResponseRule): Finding {
  const { limitSec, share, samplesMin } = limitsOf(rule.id, rules)
  const own = accesses.filter(
    ({ interfaceId, tookMs }) => tookMs !== undefined && rule.interfaces.includes(interfaceId),
  )
  const sorted = own.map(({ tookMs = 0 }) => tookMs / 1_000).toSorted((a, b) => a - b)
  const [p50, p99] = [0.5, 0.99].map((part) => secondsOf(percentile(sorted, part)))
  const judgedSec = percentile(sorted, share / 100)
  const within = secondsOf(judgedSec)
  const worst = own.toSorted((a, b) => (b.tookMs ?? 0) - (a.tookMs ?? 0)).slice(0, 3)
  const figures: Evidence = {
    source: 'access',
    ref: `${own.length}`,
    text: `n=${own.length} p50=${p50} s p${share}=${within} s p99=${p99} s max=${secondsOf(sorted.at(-1) ?? 0)} s`,
  }
  const evidence = own.length === 0 ? [] : [figures, ...worst.map(accessEvidence)]
  if (own.length < samplesMin) {
    const { zh, en } = rule.what
    const few = t(
      `${zh}只有 ${own.length} 次,${samplesMin} 次起才判定`,
      `${en}: ${own.length} samples, judged from ${samplesMin} on`,
    )
    return judged([], [few], few, evidence)
  }
  const said = t(
    `${rule.what.zh} ${own.length} 次,${share}% 在 ${within} 秒内,限值 ${limitSec} 秒`,
    `${rule.what.en}: ${own.length} samples, ${share} % within ${within} s, limit ${limitSec} s`,
  )
  const isSlow = judgedSec > limitSec
  return judged(
    isSlow ? [{ assertion: 'slow', severity: 'should', words: said, evidence }] : [],
    [],
    said,
    isSlow ? [] : evidence,
  )
}

export const responseSteps: readonly BilingualText[] = [
  t('让车道运行到有足够的样本', 'Let the lanes run until there are enough samples'),
]

function limitsOf(id: ResponseRule['id'], rules: Rules) {
  const [limitSec, share] = [rules.limit(id, 'within'), rules.limit(id, 'share')]
  return { limitSec, share, samplesMin: rules.limit(id, 'samplesMin') }
}

export const responseExpected = (id: ResponseRule['id']) => (rules: Rules) => {
  const { limitSec, share } = limitsOf(id, rules)
  return t(`${share}% 不超过 ${limitSec} 秒`, `${share} % within ${limitSec} s`)
}

export const percentileAssumed = (id: ResponseRule['id']) => (rules: Rules) => {
  const { share, samplesMin } = limitsOf(id, rules)
  return t(
    `按第 ${share} 百分位判定,至少 ${samplesMin} 次;从发出到收到答复`,
    `Judged by percentile ${share} of at least ${samplesMin}; from sending to the answer`,
  )
}
