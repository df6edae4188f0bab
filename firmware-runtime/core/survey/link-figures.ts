// What rows 7 to 12 of table D.1 share: loss, latencies and rates over the runs of a survey.
// Latencies are judged by their 95th percentile: the table says "at most", and a mean hides the tail.
import { t } from '../values/fault-text.ts'
import { finding, groups, notMeasured, type ItemExample } from './item.ts'
import type { SurveyProject } from './project.ts'
import { percentile, shareInterval } from './samples.ts'
import type { Finding, LinkBody, LinkWay, RateBody } from './record.ts'

export const lossPercentMax = 1
export const latencyMsMax = 200
export const rateKbpsMin = 1_000
/** With fewer probes one lost packet is already over the limit. */
export const probesMin = 100

const samplesOf = (survey: SurveyProject, way: LinkWay): readonly (number | null)[] =>
  survey.links.filter((link) => link.way === way).flatMap(({ latenciesMs }) => latenciesMs)

export function judgeLoss(survey: SurveyProject): Finding {
  const sent = samplesOf(survey, 'ping')
  if (sent.length === 0) return notMeasured()
  const lost = sent.filter((ms) => ms === null).length
  const { share, low, high } = shareInterval(lost, sent.length)
  const percent = (part: number): string => (100 * part).toFixed(2)
  const words = t(
    `发 ${sent.length} 丢 ${lost}(95% 区间 ${percent(low)}%~${percent(high)}%)`,
    `${lost} of ${sent.length} lost (95 %: ${percent(low)} to ${percent(high)} %)`,
  )
  const figure = { value: 100 * share, unit: '%' }
  if (sent.length < probesMin) return finding('incomplete', words, sent.length, figure)
  const ok = figure.value <= lossPercentMax
  return finding(ok ? 'pass' : 'fail', words, sent.length, figure)
}

export function judgeLatency(survey: SurveyProject, way: LinkWay): Finding {
  const came = samplesOf(survey, way).filter((ms) => ms !== null)
  if (came.length === 0) {
    if (way === 'ping' || samplesOf(survey, 'ping').length === 0) return notMeasured()
    const words = t(
      '单向时延须有带时间戳的对端(probe-server),不以往返时延折半代替',
      'One-way latency needs a stamping peer (probe-server); half of a round trip is not taken for it',
    )
    return finding('incomplete', words, 0)
  }
  const p95 = percentile(came, 0.95)
  const p50 = percentile(came, 0.5)
  const errorMs = Math.max(
    0,
    ...survey.links.filter((link) => link.way === way).map((link) => link.clockErrorMs ?? 0),
  )
  const clock =
    errorMs === 0 ? t('', '') : t(`,时钟误差 ±${errorMs} ms`, `, clocks +-${errorMs} ms`)
  const words = t(
    `中位 ${p50.toFixed(1)} ms、95% 不超过 ${p95.toFixed(1)} ms${clock.zh}`,
    `median ${p50.toFixed(1)} ms, 95 % within ${p95.toFixed(1)} ms${clock.en}`,
  )
  const figure = { value: p95, unit: 'ms' }
  // What the clocks may hide counts against the limit.
  const verdict =
    p95 + errorMs <= latencyMsMax ? 'pass' : p95 > latencyMsMax ? 'fail' : 'incomplete'
  return finding(verdict, words, came.length, figure)
}

export function judgeRate(survey: SurveyProject, way: RateBody['way']): Finding {
  const runs = survey.rates.filter((rate) => rate.way === way)
  if (runs.length === 0) return notMeasured()
  // kbit/s; the slowest run counts.
  const kbps = runs.map(({ bytes, durationMs }) => (bytes * 8) / durationMs)
  const slowest = Math.min(...kbps)
  const words = t(
    `最低 ${slowest.toFixed(0)} kbps(${runs.length} 次)`,
    `slowest ${slowest.toFixed(0)} kbps of ${runs.length} runs`,
  )
  const verdict = slowest >= rateKbpsMin ? 'pass' : 'fail'
  return finding(verdict, words, runs.length, { value: slowest, unit: 'kbps' })
}

export const linkRow = { group: groups.link, assumed: null } as const

const link = (way: LinkWay, latenciesMs: readonly (number | null)[]): LinkBody => ({
  ...{ kind: 'link', way, method: way === 'ping' ? 'icmp' : 'stamped', peer: 'example' },
  ...{ interfaceName: null, latenciesMs, clockErrorMs: way === 'ping' ? null : 10 },
})
const times = (count: number, ms: number | null): readonly (number | null)[] =>
  Array.from({ length: count }, () => ms)

export const lossExamples: readonly ItemExample[] = [
  { verdict: 'incomplete', bodies: [] },
  { verdict: 'pass', bodies: [link('ping', [...times(99, 20), null])] },
  { verdict: 'fail', bodies: [link('ping', [...times(98, 20), null, null])] },
  { verdict: 'incomplete', bodies: [link('ping', times(99, 20))] },
]

export const latencyExamples = (way: LinkWay): readonly ItemExample[] => [
  { verdict: 'incomplete', bodies: [] },
  { verdict: 'pass', bodies: [link(way, [...times(95, 180), ...times(5, 900), null])] },
  { verdict: 'fail', bodies: [link(way, [...times(94, 180), ...times(6, 201)])] },
]

/** One-way rows also: no peer, and clocks that could hide the limit. */
export const oneWayExamples = (way: 'up' | 'down'): readonly ItemExample[] => [
  ...latencyExamples(way),
  { verdict: 'incomplete', bodies: [link('ping', times(100, 20))] },
  { verdict: 'incomplete', bodies: [link(way, times(100, 195))] },
]

const rate = (way: RateBody['way'], bytes: number): RateBody => ({
  ...{ kind: 'rate', way, peer: 'example', bytes, durationMs: 10_000 },
})

export const rateExamples = (way: RateBody['way']): readonly ItemExample[] => [
  { verdict: 'incomplete', bodies: [] },
  { verdict: 'pass', bodies: [rate(way, 1_250_000)] },
  { verdict: 'fail', bodies: [rate(way, 1_250_000), rate(way, 1_249_999)] },
]
