// Response times of the platform (10.3.2.2) by the access log of the lot: the share named by the pack must be within
// its limit, for each interface, and a few samples give no verdict. Only an answer that did the work is in time: a
// request without one counts as slower than any limit, however soon it failed.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { isTaken } from './accesses.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import { accessEvidence, judged, type Evidence, type Finding } from './item.ts'
import { secondsOf } from './seconds.ts'

interface ResponseRule {
  readonly id: 'R1' | 'R2'
  readonly interfaces: readonly string[]
  readonly what: BilingualText
}

/** The platform broke down, or turned the request away for its load: no answer that did the work. */
const isFailed = ({ status }: AccessFact): boolean =>
  status === null || status >= 500 || status === 429 || status === 408

/** Response time in seconds; infinite: no answer that did the work. */
const tookSec = (access: AccessFact): number =>
  isFailed(access) ? Infinity : (access.tookMs ?? 0) / 1_000
const said = (sec: number): string => (Number.isFinite(sec) ? `${secondsOf(sec)} s` : '-')

/** A refusal did no work, however soon it came: it is no sample. */
const isSample = (access: AccessFact): boolean =>
  access.tookMs !== undefined && (isFailed(access) || isTaken(access))

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

interface Kind {
  readonly interfaceId: string
  readonly own: readonly AccessFact[]
  readonly sorted: readonly number[]
  readonly judgedSec: number
}

const kindOf = (interfaceId: string, own: readonly AccessFact[], share: number): Kind => {
  const sorted = own.map(tookSec).toSorted((a, b) => a - b)
  return { interfaceId, own, sorted, judgedSec: percentile(sorted, share / 100) }
}

/** The slowest kind. With too few samples for its percentile to leave one out, a kind is judged by its median. */
function worstOf(
  rule: ResponseRule,
  own: readonly AccessFact[],
  share: number,
): { readonly all: Kind; readonly worst: Kind } {
  const all = kindOf(rule.interfaces.join(','), own, share)
  const least = share < 100 ? Math.ceil(100 / (100 - share)) : 1
  const kinds = [...Map.groupBy(own, ({ interfaceId }) => interfaceId)].map(([id, some]) =>
    kindOf(id, some, some.length >= least ? share : 50),
  )
  const [worst = all] = [...kinds, all].toSorted((a, b) => b.judgedSec - a.judgedSec)
  return { all, worst }
}

const figuresOf = ({ interfaceId, own, sorted, judgedSec }: Kind, share: number): Evidence => {
  const silent = sorted.filter((sec) => !Number.isFinite(sec)).length
  const [p50 = 0, p99 = 0] = [0.5, 0.99].map((part) => percentile(sorted, part))
  return {
    source: 'access',
    ref: `${own.length}`,
    text: `${interfaceId} n=${own.length} unanswered=${silent} p50=${said(p50)} p${share}=${said(judgedSec)} p99=${said(p99)} max=${said(sorted.at(-1) ?? 0)}`,
    said: {
      words: t(
        `${own.length} 次请求,没有应答 ${silent} 次;一半在 ${said(p50)} 内,${share}% 在 ${said(judgedSec)} 内,最慢 ${said(sorted.at(-1) ?? 0)}`,
        `${own.length} requests, ${silent} without an answer; half within ${said(p50)}, ${share} % within ${said(judgedSec)}, slowest ${said(sorted.at(-1) ?? 0)}`,
      ),
      atIso: null,
    },
  }
}

export function responseFinding(facts: AcceptanceFacts, rule: ResponseRule): Finding {
  const { limitSec, share, samplesMin } = limitsOf(rule.id, facts.rules)
  const own = facts.accesses.filter(
    (one) => isSample(one) && rule.interfaces.includes(one.interfaceId),
  )
  const { all, worst } = worstOf(rule, own, share)
  const slowest = worst.own.toSorted((a, b) => tookSec(b) - tookSec(a)).slice(0, 3)
  const figures = [all, ...(worst === all ? [] : [worst])].map((one) => figuresOf(one, share))
  const evidence = own.length === 0 ? [] : [...figures, ...slowest.map(accessEvidence)]
  const { zh, en } = rule.what
  if (own.length < samplesMin) {
    const few = t(
      `${zh}只有 ${own.length} 次,${samplesMin} 次起才判定`,
      `${en}: only ${own.length} samples, at least ${samplesMin} are needed`,
    )
    return judged([], [few], few, evidence)
  }
  const { judgedSec } = worst
  const silent = worst.sorted.filter((sec) => !Number.isFinite(sec)).length
  const within = shareWords(judgedSec, share, silent)
  const of =
    worst === all
      ? t('', '')
      : t(`,最慢的是 ${worst.interfaceId}`, `, slowest ${worst.interfaceId}`)
  const words = t(
    `${zh} ${own.length} 次${of.zh},${within.zh},限值 ${limitSec} 秒`,
    `${en}: ${own.length} samples${of.en}, ${within.en}, limit ${limitSec} s`,
  )
  const isSlow = judgedSec > limitSec
  return judged(
    isSlow ? [{ assertion: 'slow', severity: 'should', words, evidence }] : [],
    [],
    words,
    isSlow ? [] : evidence,
  )
}

export function limitsOf(id: ResponseRule['id'], rules: Rules) {
  const [limitSec, share] = [rules.limit(id, 'within'), rules.limit(id, 'share')]
  return { limitSec, share, samplesMin: rules.limit(id, 'samplesMin') }
}
