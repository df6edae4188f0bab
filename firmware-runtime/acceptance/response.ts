// Response times of the platform (10.3.2.2) by the access log of the lot: the share named by the pack must be within
// its limit, and a few samples give no verdict. An unanswered request counts as slower than any limit, however soon the
// lane gave up.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { Rules } from '../core/values/rules/rule-pack.ts'
import type { AcceptanceFacts, AccessFact } from './facts.ts'
import { accessEvidence, judged, type Evidence, type Finding } from './item.ts'
import { secondsOf } from './seconds.ts'

interface ResponseRule {
  readonly id: 'R1' | 'R2'
  readonly interfaces: readonly string[]
  readonly what: BilingualText
}

/** Response time in seconds; infinite: not answered. */
const tookSec = ({ status, tookMs = 0 }: AccessFact): number =>
  status === null ? Infinity : tookMs / 1_000
const said = (sec: number): string => (Number.isFinite(sec) ? `${secondsOf(sec)} s` : '-')

/** Nearest rank. */
const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0

/** The time within which that share was answered, and the number of unanswered requests. */
function shareWords(judgedSec: number, share: number, silent: number): BilingualText {
  const isAnswered = Number.isFinite(judgedSec)
  const within = isAnswered
    ? t(`${share}% 在 ${secondsOf(judgedSec)} 秒内`, `${share} % within ${secondsOf(judgedSec)} s`)
    : t(`有答复的不到 ${share}%`, `less than ${share} % were answered`)
  if (silent === 0) return within
  return t(
    `${silent} 次没有答复,${within.zh}`,
    `${silent} requests without an answer, ${within.en}`,
  )
}

export function responseFinding({ accesses, rules }: AcceptanceFacts, rule: ResponseRule): Finding {
  const { limitSec, share, samplesMin } = limitsOf(rule.id, rules)
  const own = accesses.filter(
    ({ interfaceId, tookMs }) => tookMs !== undefined && rule.interfaces.includes(interfaceId),
  )
  const sorted = own.map(tookSec).toSorted((a, b) => a - b)
  const silent = sorted.filter((sec) => !Number.isFinite(sec)).length
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((part) => percentile(sorted, part))
  const judgedSec = percentile(sorted, share / 100)
  const worst = own.toSorted((a, b) => tookSec(b) - tookSec(a)).slice(0, 3)
  const figures: Evidence = {
    source: 'access',
    ref: `${own.length}`,
    text: `n=${own.length} unanswered=${silent} p50=${said(p50)} p${share}=${said(judgedSec)} p99=${said(p99)} max=${said(sorted.at(-1) ?? 0)}`,
  }
  const evidence = own.length === 0 ? [] : [figures, ...worst.map(accessEvidence)]
  const { zh, en } = rule.what
  if (own.length < samplesMin) {
    const few = t(
      `${zh}只有 ${own.length} 次,${samplesMin} 次起才判定`,
      `${en}: only ${own.length} samples, at least ${samplesMin} are needed`,
    )
    return judged([], [few], few, evidence)
  }
  const within = shareWords(judgedSec, share, silent)
  const words = t(
    `${zh} ${own.length} 次,${within.zh},限值 ${limitSec} 秒`,
    `${en}: ${own.length} samples, ${within.en}, limit ${limitSec} s`,
  )
  const isSlow = judgedSec > limitSec
  return judged(
    isSlow ? [{ assertion: 'slow', severity: 'should', words, evidence }] : [],
    [],
    words,
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
    `按第 ${share} 百分位判定,至少 ${samplesMin} 次;从发出到收到答复,没有答复的算超时`,
    `Judged by percentile ${share} of at least ${samplesMin} samples, from sending to the answer; a request without an answer counts as late`,
  )
}
