// Shared by rows 7 to 10 of table D.1: loss and latencies, run by run. The printed limits are those of the table; the number
// of probes and the statistical risk are assumed, and marked so.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { finding, groups, notMeasured, type ItemExample, type SurveyItem } from '../item.ts'
import { lossProbesMax, lossVerdict } from './loss-test.ts'
import { because, nextStep, type Reason } from '../next-steps.ts'
import type { SurveyProject } from '../file/project.ts'
import { unless } from '../row-gates.ts'
import { inTime } from '../run-span.ts'
import { percentile } from '../file/samples.ts'
import { asRan, worstOf, type SeriesFinding } from '../file/series.ts'
import { rulesOf } from '../survey-rules.ts'
import { shareFrom, shareUpTo } from './statistics.ts'
import {
  lastLook,
  percentileRanks,
  tailProbesMin,
  tailVerdict,
  usualLook,
} from '../field/tail-test.ts'
import { insideWords } from '../field/outside.ts'
import type { Finding, LinkBody, LinkWay } from '../file/record.ts'

const lossLimitOf = (rules: Rules): number => rules.limit('D7', 'lossMax') / 100
const latencyRules = { ping: 'D8', up: 'D9', down: 'D10' } as const
export const latencyLimitOf = (rules: Rules, way: LinkWay): number =>
  rules.limit(latencyRules[way], 'latencyMax')
/** At most one probe per second on average, so that losses within one short moment count as one loss. */
export const probeEveryMsMin = 1_000
/** Largest clock error in ms for a usable one-way time. */
const clockErrorMsMax = 50

export const linkConventions = {
  loss: t(
    `判定由本软件约定:逐包序贯检验(限值的 0.3 倍对限值、限值对 2 倍,各 5% 风险,连续丢包按一次计,因此十几分钟内一两次约 20 s 的中断未必判出,须看更久),平均 1 s 一包、间隔随机,至多 ${lossProbesMax} 包,其后为临界`,
    `The way of judging is ours: a sequential test (0.3 of the limit against it, it against twice as much, 5 % of risk each, losses in a row corrected: one or two outages of 20 s in a quarter of an hour may pass, watch longer), one probe a second at random gaps, ${lossProbesMax} at most, then marginal`,
  ),
  tail: t(
    '判定由本软件约定:按 95% 分位,丢包和 5 s 后的应答算无限迟,95% 把握,发出的全部计入,计划数是下限,满 1000 仍不明为临界',
    'The way of judging is ours: the 95th percentile, a lost probe or an answer after 5 s being infinitely late, 95 % certain, over all that was sent, at least as many as planned, open at 1,000 is marginal',
  ),
  oneWay: t(
    '判定由本软件约定:UDP 两端打时标,95% 分位加时钟误差;误差大于 50 ms 不判;TCP 只作对照',
    'The way of judging is ours: UDP stamped at both ends, the 95th percentile with the error of the clocks, which decide nothing beyond 50 ms; TCP stands beside it',
  ),
} as const

/** If more probes than this are lost in a row at the start, the text states them (a radio that slept). They count as lost. */
const asleepMax = 5

const percent = (share: number): string => (100 * share).toFixed(2)
/** Runs of one way; an answer after the longest wait of the row is none. */
function runsOf(
  survey: SurveyProject,
  way: LinkWay,
  row: 'D7' | 'D8' | 'D9' | 'D10' = latencyRules[way],
): SurveyProject['links'] {
  const waitMs = rulesOf(survey.opened).limit(row, 'answerMax')
  return survey.links
    .filter((link) => link.way === way)
    .map((link) => ({
      ...link,
      latenciesMs: link.latenciesMs.map((ms) => (ms !== null && ms > waitMs ? null : ms)),
    }))
}

/** No answer comes at once: a clock that stands, or a figure that nothing measured. */
function atOnce({ latenciesMs = [] }: Partial<Pick<LinkBody, 'latenciesMs'>>): Reason | null {
  const n = latenciesMs.filter((ms) => ms !== null && ms <= 0).length
  return n === 0
    ? null
    : because('again', `${n} 次应答用时 0 ms,不可能`, `${n} answers came in 0 ms, which cannot be`)
}

/** A run to the measured computer itself, or one that no line can carry, shows no pass. */
export const witnessed = (
  survey: SurveyProject,
  run: Pick<LinkBody, 'peer' | 'peerIsSelf'> & Partial<Pick<LinkBody, 'latenciesMs'>>,
  found: SeriesFinding,
): SeriesFinding =>
  unless(
    found,
    () =>
      insideWords(survey, [{ address: run.peer, isSelf: run.peerIsSelf === true }]) ?? atOnce(run),
  )

/** TCP sends a lost SYN again after a second (RFC 6298, 2.1): a connection that took as long hides a loss. */
const secondSynMs = 1_000

const withHiddenLosses = (run: LinkBody): LinkBody =>
  run.method !== 'tcp' && run.method !== 'https'
    ? run
    : {
        ...run,
        latenciesMs: run.latenciesMs.map((ms) => (ms !== null && ms >= secondSynMs ? null : ms)),
      }

function lossOf({ latenciesMs, everyMs }: LinkBody, rules: Rules): SeriesFinding {
  const sent = latenciesMs.length
  const lost = latenciesMs.filter((ms) => ms === null).length
  const decided = lossVerdict(latenciesMs, lossLimitOf(rules))
  const isPaced = everyMs !== undefined && everyMs >= probeEveryMsMin
  const verdict =
    decided === 'pass' && !isPaced
      ? 'incomplete'
      : decided !== 'open'
        ? decided
        : sent >= lossProbesMax && isPaced
          ? 'marginal'
          : 'incomplete'
  const low = percent(shareFrom(lost, sent, 0.025))
  const high = percent(shareUpTo(lost, sent, 0.025))
  const open =
    verdict !== 'incomplete'
      ? t('', '')
      : isPaced
        ? t(',尚不足以判定,继续测', ', not enough to decide yet, go on')
        : t(',发送过密,须平均每秒一包', ', sent too densely, one a second is asked')
  const asleep = latenciesMs.findIndex((ms) => ms !== null)
  const start =
    asleep > asleepMax
      ? t(`,其中开头连丢 ${asleep}`, `, ${asleep} of them in a row at the start`)
      : t('', '')
  const words = t(
    `发 ${sent} 丢 ${lost}${start.zh}(95% 区间 ${low}%~${high}%)${open.zh}`,
    `${lost} of ${sent} lost${start.en} (95 %: ${low} to ${high} %)${open.en}`,
  )
  const next = nextStep(verdict !== 'incomplete' ? 'line' : isPaced ? 'goOn' : 'pace')
  return { verdict, words, next, readings: sent, figure: { value: (100 * lost) / sent, unit: '%' } }
}

/** True when the samples decide rows 7 and 8; a run of planned length continues until they do. */
export const isDecided =
  (rules: Rules) =>
  (samples: readonly (number | null)[]): boolean => {
    const limits = { limitMs: latencyLimitOf(rules, 'ping'), errorMs: 0 }
    return (
      lossVerdict(samples, lossLimitOf(rules)) !== 'open' &&
      tailVerdict(samples, usualLook, limits) !== 'incomplete'
    )
  }

export const judgeLoss = (survey: SurveyProject): Finding =>
  worstOf(
    runsOf(survey, 'ping', 'D7').map((run) =>
      asRan(
        inTime(
          [run],
          witnessed(survey, run, lossOf(withHiddenLosses(run), rulesOf(survey.opened))),
        ),
        run,
      ),
    ),
  ) ?? notMeasured()

/** Text for sorted times, lost probes last; null: lost. */
function rankWords(samples: readonly (number | null)[]): BilingualText {
  const times = samples.map((ms) => ms ?? Infinity)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (rank: number, as: 'zh' | 'en'): string => {
    const ms = sorted[rank - 1] ?? Infinity
    return ms === Infinity ? (as === 'zh' ? '丢失' : 'lost') : `${ms.toFixed(1)} ms`
  }
  const p95 = Math.ceil(0.95 * sorted.length)
  const { low, high } = percentileRanks(sorted.length)
  return t(
    `95% 分位 ${at(p95, 'zh')}(第 ${low}~${high} 位,${at(low, 'zh')}~${at(high, 'zh')})`,
    `95th percentile ${at(p95, 'en')} (ranks ${low} to ${high}: ${at(low, 'en')} to ${at(high, 'en')})`,
  )
}

/** Least number of probes of a run: as planned; a run that ends when it is decided plans its longest only. */
function leastProbes({ way, gaps, planned, latenciesMs }: LinkBody): number {
  const isUntilDecided = way === 'ping' && gaps === 'exponential'
  if (planned === undefined) return latenciesMs.length
  return isUntilDecided && planned >= lastLook ? usualLook : planned
}

function latencyOf(run: LinkBody, rules: Rules): SeriesFinding {
  const { latenciesMs, clockErrorMs, way } = run
  const sent = latenciesMs.length
  // Clocks without any error are not two clocks.
  const errorMs = way === 'ping' ? 0 : clockErrorMs || Infinity
  const lost = latenciesMs.filter((ms) => ms === null).length
  const ranks = rankWords(latenciesMs)
  const clock =
    way === 'ping' ? t('', '') : t(`,时钟误差 ±${errorMs} ms`, `, clocks +-${errorMs} ms`)
  const words = t(
    `${sent} 次丢 ${lost} 次,${ranks.zh}${clock.zh}`,
    `${lost} of ${sent} lost, ${ranks.en}${clock.en}`,
  )
  const times = latenciesMs.map((ms) => ms ?? Infinity)
  const p95 = percentile(times, 0.95)
  const figure = Number.isFinite(p95) ? { value: p95, unit: 'ms' } : null
  const isVague = errorMs > clockErrorMsMax
  const verdict =
    sent < tailProbesMin || isVague
      ? 'incomplete'
      : tailVerdict(latenciesMs, leastProbes(run), { limitMs: latencyLimitOf(rules, way), errorMs })
  const next = nextStep(isVague ? 'clocks' : verdict === 'incomplete' ? 'goOn' : 'line')
  return { verdict, words, next, readings: sent, figure }
}

const noPeer = because(
  'peer',
  '单向时延须有 UDP 打时标的对端(probe-server),不以往返时延折半、也不以 TCP 代替',
  'One-way latency needs a peer that stamps UDP (probe-server); neither half of a round trip nor TCP is taken for it',
)

export function judgeLatency(survey: SurveyProject, way: LinkWay): Finding {
  const runs = runsOf(survey, way)
  const packets = way === 'ping' ? runs : runs.filter(({ method }) => method === 'udp')
  const rules = rulesOf(survey.opened)
  const worst = worstOf(
    packets.map((run) => asRan(inTime([run], witnessed(survey, run, latencyOf(run, rules))), run)),
  )
  if (worst !== null) return worst
  const nothing = runs.length === 0 && (way === 'ping' || runsOf(survey, 'ping').length === 0)
  return nothing ? notMeasured() : finding('incomplete', noPeer, 0)
}

export const linkRow = { group: groups.link, assumed: null } as const

const times = (count: number, ms: number): readonly number[] => Array<number>(count).fill(ms)
const lostOnes = (count: number): readonly null[] => Array<null>(count).fill(null)

const link = (
  way: LinkWay,
  latenciesMs: readonly (number | null)[],
  more: Partial<LinkBody> = {},
): LinkBody => ({
  kind: 'link',
  way,
  peer: 'probe.example',
  interfaceName: null,
  latenciesMs,
  ...(way === 'ping'
    ? { method: 'icmp', clockErrorMs: null, everyMs: 1_000 }
    : { method: 'udp', clockErrorMs: 5 }),
  ...more,
})
/** One lost probe in every `each`, evenly spread. */
const leaky = (count: number, each: number): readonly (number | null)[] =>
  Array.from({ length: count }, (_, i) => (i % each === each - 1 ? null : 20))

export const lossExamples = (): readonly ItemExample[] => [
  { verdict: 'incomplete', bodies: [] },
  { verdict: 'pass', bodies: [link('ping', times(900, 20))] },
  { verdict: 'fail', bodies: [link('ping', leaky(400, 20))] },
  // One lost of 100 probes, or no loss in 100, proves nothing.
  { verdict: 'incomplete', bodies: [link('ping', times(100, 20))] },
  { verdict: 'marginal', bodies: [link('ping', leaky(3_000, 100))] },
  // A run sent within a few seconds describes those seconds only.
  { verdict: 'incomplete', bodies: [link('ping', times(900, 20), { everyMs: 200 })] },
  { verdict: 'incomplete', bodies: [link('ping', times(900, 20), { peer: 'localhost' })] },
  { verdict: 'fail', bodies: [link('ping', times(900, 5_001))] },
  // A clean run after a bad one, or two half runs, change nothing.
  { verdict: 'fail', bodies: [link('ping', leaky(400, 20)), link('ping', times(900, 20))] },
  { verdict: 'incomplete', bodies: [link('ping', times(500, 20)), link('ping', times(500, 20))] },
]

export const latencyExamples = (way: LinkWay): readonly ItemExample[] => [
  { verdict: 'incomplete', bodies: [] },
  { verdict: 'incomplete', bodies: [link(way, times(58, 20))] },
  { verdict: 'pass', bodies: [link(way, times(59, 180))] },
  { verdict: 'pass', bodies: [link(way, [...times(177, 180), ...times(4, 900)])] },
  // A lost probe counts as later than any limit.
  { verdict: 'fail', bodies: [link(way, [...times(90, 20), ...lostOnes(10)])] },
  { verdict: 'fail', bodies: [link(way, [...times(184, 20), ...times(16, 240)])] },
  { verdict: 'incomplete', bodies: [link(way, [...times(190, 20), ...times(10, 240)])] },
  {
    verdict: 'marginal',
    bodies: [link(way, [...times(95, 20), ...times(5, 240), ...leaky(900, 20)], { planned: 100 })],
  },
  { verdict: 'fail', bodies: [link(way, times(59, 240)), link(way, times(286, 20))] },
  // All that was sent counts, not the planned part alone.
  { verdict: 'fail', bodies: [link(way, [...times(59, 20), ...lostOnes(900)], { planned: 59 })] },
  { verdict: 'fail', bodies: [link(way, times(300, 5_001))] },
  // A peer on the measured computer is no witness.
  { verdict: 'incomplete', bodies: [link(way, times(286, 20), { peer: '127.0.0.1:5209' })] },
]

/** Further examples for one-way rows: no peer, TCP only, and clock errors that could hide the limit. */
const oneWayExamples = (way: 'up' | 'down'): readonly ItemExample[] => [
  ...latencyExamples(way),
  { verdict: 'incomplete', bodies: [link('ping', times(100, 20))] },
  { verdict: 'incomplete', bodies: [link(way, times(286, 20), { method: 'stamped' })] },
  { verdict: 'incomplete', bodies: [link(way, times(286, 20), { clockErrorMs: 50.1 })] },
  { verdict: 'incomplete', bodies: [link(way, times(286, 20), { clockErrorMs: null })] },
  { verdict: 'incomplete', bodies: [link(way, times(286, 198))] },
  { verdict: 'marginal', bodies: [link(way, times(1_000, 198))] },
]

/** Rows 9 and 10 differ in their direction alone. */
export const oneWayRow = (
  id: 'D9' | 'D10',
  way: 'up' | 'down',
  title: BilingualText,
): SurveyItem => ({
  ...linkRow,
  id,
  title,
  printed: '≤ 200 ms',
  procedure: t(
    'UDP 两端打时标的单向时延,注明时钟误差',
    'One way by UDP stamped at both ends, clock error stated',
  ),
  assumed: linkConventions.oneWay,
  judge: (survey) => judgeLatency(survey, way),
  examples: () => oneWayExamples(way),
})
