// Shared by rows 11 and 12 of table D.1: five runs over one connection and five over four, half a minute apart.
// With all five at or above the limit the median is so too, at 97 % (1 - 2^-5). The procedure is assumed.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { notMeasured, type ItemExample, type SurveyItem } from '../item.ts'
import { rateKbps } from './link-summary.ts'
import { nextStep } from '../next-steps.ts'
import { insideWords } from '../field/outside.ts'
import { isSimulated, type SurveyProject } from '../file/project.ts'
import type { Finding, RateBody } from '../file/record.ts'
import { asRan, worstOf, type SeriesFinding } from '../file/series.ts'
import { linkRow, witnessed } from './link-figures.ts'
import { inTime } from '../run-span.ts'
import { rulesOf } from '../survey-rules.ts'

const rateRules = { up: 'D11', down: 'D12' } as const
/** kbit/s. */
export const rateLimitOf = (rules: Rules, way: RateBody['way']): number =>
  rules.limit(rateRules[way], 'rateMin')
export const rateRuns = 5
export const rateStreams = [1, 4] as const
export const rateRunMsMin = 10_000
const rateWarmMs = 2_000
export const rateApartMs = 30_000
const seriesApartMsMax = 30 * minuteMs
/** Bytes that replace the full duration of a run: reaching them earlier means eight times the required rate. */
const rateBytesMin = 10_000_000

const rateConvention = t(
  '判定由本软件约定:单连接与四连接各 5 次,每次至少 10 s 或 10 MB(弃前 2 s)、相隔 30 s;全部达到为符合,全部不足为不符合,其余临界',
  'The way of judging is ours: five runs over one connection and five over four, 10 s each or 10 MB (2 s dropped), 30 s apart; all at the limit pass, all below fail, else marginal',
)

/** Of a series: the required rate, and more than any link of a lane carries. */
interface RateLimits {
  readonly leastKbps: number
  readonly mostKbps: number
}

/** True for a complete run: possible, long enough, without the warm-up, and at the required interval from the previous run. */
const isWhole = (run: RateBody, first: boolean, mostKbps: number): boolean =>
  rateKbps(run) <= mostKbps &&
  (run.bytes >= rateBytesMin ||
    ((run.warmMs ?? 0) >= rateWarmMs && run.durationMs + (run.warmMs ?? 0) >= rateRunMsMin)) &&
  (first || (run.apartMs ?? 0) >= rateApartMs)

function spreadWords(runs: readonly RateBody[], streams: number): BilingualText {
  const kbps = runs.map(rateKbps)
  const mean = kbps.reduce((a, b) => a + b, 0) / Math.max(1, kbps.length)
  const spread = Math.sqrt(
    kbps.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, kbps.length - 1),
  )
  const all = kbps.map((one) => one.toFixed(0))
  // 0.95 = Student's t with 4 degrees of freedom over the root of 5.
  const low = (mean - 0.95 * spread).toFixed(0)
  return t(
    `${streams} 连接 ${all.join('、')} kbps,均值 95% 下限 ${low} kbps`,
    `${streams} connection${streams === 1 ? '' : 's'} ${all.join(', ')} kbit/s, mean at least ${low} (95 %)`,
  )
}

function seriesOf(
  runs: readonly RateBody[],
  { leastKbps: limitKbps, mostKbps }: RateLimits,
): SeriesFinding {
  const whole = runs.filter((run, i) => isWhole(run, i === 0, mostKbps))
  const highest = Math.max(...runs.map(rateKbps))
  const impossible =
    highest <= mostKbps
      ? t('', '')
      : t(
          `;${highest.toFixed(0)} kbps 超过任何车道链路的 ${mostKbps} kbps(约定值),不计`,
          `; ${highest.toFixed(0)} kbit/s is more than the ${mostKbps} of any link of a lane (assumed) and does not count`,
        )
  const each = rateStreams.map((streams) => ({
    streams,
    runs: whole.filter((run) => (run.streams ?? 1) === streams),
  }))
  const by = [...new Set(runs.flatMap(({ congestion }) => congestion ?? []))].join(', ')
  const parts = each
    .filter((one) => one.runs.length > 0)
    .map((one) => spreadWords(one.runs, one.streams))
  const control = by === '' ? t('', '') : t(`;拥塞控制 ${by}`, `; congestion control ${by}`)
  const words = t(
    parts.map(({ zh }) => zh).join('；') + control.zh + impossible.zh,
    parts.map(({ en }) => en).join('; ') + control.en + impossible.en,
  )
  const kbps = whole.map(rateKbps)
  const figure = kbps.length === 0 ? null : { value: Math.min(...kbps), unit: 'kbit/s' }
  if (each.some((one) => one.runs.length < rateRuns)) {
    const open = t(
      `完整的只有 ${each.map((one) => one.runs.length).join('+')} 次,单连接与四连接各须 ${rateRuns} 次(每次 10 s、相隔 30 s)`,
      `only ${each.map((one) => one.runs.length).join(' + ')} complete runs; ${rateRuns} over one connection and ${rateRuns} over four are asked, 10 s each, 30 s apart`,
    )
    const join = words.zh === '' ? open : t(`${open.zh};${words.zh}`, `${open.en}; ${words.en}`)
    // An interrupted series fails if all five runs are below the limit, and one such run prevents a pass of another series.
    const below = (one: RateBody): boolean => rateKbps(one) < limitKbps
    const isBad = each.some((one) => one.runs.length >= rateRuns && one.runs.every(below))
    const spoils = whole.some(below) ? ({ spoils: true } as const) : {}
    const verdict = isBad ? 'fail' : 'incomplete'
    const next = nextStep(isBad ? 'line' : 'rates')
    return { verdict, words: join, next, readings: runs.length, figure, ...spoils }
  }
  const good = kbps.filter((one) => one >= limitKbps).length
  const verdict = good === kbps.length ? 'pass' : good === 0 ? 'fail' : 'marginal'
  return { verdict, words, next: nextStep('line'), readings: runs.length, figure }
}

type RanRate = SurveyProject['rates'][number]

const witnessesOf = ({ peer, peerIsSelf }: RateBody) => [
  { address: peer, isSelf: peerIsSelf === true },
]

/**
 * Groups runs into series. A run without a series name is its own series, and so is a typed run that was withdrawn. A run
 * that reuses a name more than half an hour after the last run of that series starts a new one.
 */
function seriesKeys(runs: readonly RanRate[]): (run: RanRate) => unknown {
  const parts = new Map<string, { part: number; atMs: InstantMs }>()
  const keys = new Map<RanRate, unknown>()
  for (const run of runs) {
    const { series, atMs, goneFor, origin } = run
    if (series === undefined || (goneFor !== undefined && origin?.how === 'typed')) continue
    const last = parts.get(series) ?? { part: 0, atMs }
    const part = atMs - last.atMs > seriesApartMsMax ? last.part + 1 : last.part
    parts.set(series, { part, atMs })
    keys.set(run, `${part} ${series}`)
  }
  return (run) => keys.get(run) ?? run
}

function judgeRate(survey: SurveyProject, way: RateBody['way']): Finding {
  const runs = survey.rates.filter((rate) => rate.way === way)
  const rules = rulesOf(survey.opened)
  const limits: RateLimits = {
    leastKbps: rateLimitOf(rules, way),
    // Simulators on one computer are not bound by a link.
    mostKbps: isSimulated(survey) ? Infinity : rules.limit(rateRules[way], 'rateMax'),
  }
  const series = Map.groupBy(runs, seriesKeys(runs))
  const findings = [...series.values()].map((one) => {
    const gone = one.find(({ goneFor }) => goneFor !== undefined)
    const found = inTime(one, seriesOf(one, limits))
    const self = one.find((run) => insideWords(survey, witnessesOf(run)) !== null)
    return asRan(self === undefined ? found : witnessed(survey, self, found), gone ?? {})
  })
  return worstOf(findings) ?? notMeasured()
}

const rate = (way: RateBody['way'], kbps: number, more: Partial<RateBody> = {}): RateBody => ({
  kind: 'rate',
  way,
  peer: 'probe.example',
  bytes: kbps * 1_000,
  durationMs: 8_000,
  warmMs: 2_000,
  apartMs: 30_000,
  series: 'a',
  ...more,
})
const ten = (way: RateBody['way'], kbps: readonly number[], more: Partial<RateBody> = {}) =>
  rateStreams.flatMap((streams) => kbps.map((one) => rate(way, one, { streams, ...more })))

const rateExamples = (way: RateBody['way']): readonly ItemExample[] => [
  { verdict: 'incomplete', bodies: [] },
  // A single run is not enough.
  { verdict: 'incomplete', bodies: [rate(way, 5_000)] },
  { verdict: 'pass', bodies: ten(way, [1_000, 1_200, 1_100, 1_300, 1_050]) },
  { verdict: 'fail', bodies: ten(way, [999, 900, 950, 990, 999.9]) },
  { verdict: 'marginal', bodies: ten(way, [1_000, 1_200, 1_100, 1_300, 999]) },
  { verdict: 'incomplete', bodies: ten(way, [1_000, 1_200, 1_100, 1_300]) },
  // Too close together, too short, or with the warm-up included: not five runs.
  { verdict: 'incomplete', bodies: ten(way, [2, 2, 2, 2, 2], { apartMs: 1_000 }) },
  { verdict: 'incomplete', bodies: ten(way, [2, 2, 2, 2, 2], { durationMs: 4_000 }) },
  { verdict: 'incomplete', bodies: ten(way, [2, 2, 2, 2, 2], { warmMs: 0 }) },
  // 10 MB in 1 ms, or within this computer.
  {
    verdict: 'incomplete',
    bodies: ten(way, [1, 1, 1, 1, 1], { bytes: 10_000_000, durationMs: 1 }),
  },
  {
    verdict: 'incomplete',
    bodies: ten(way, [2_000, 2_000, 2_000, 2_000, 2_000], { peer: '[::1]:5209' }),
  },
  // Runs of two series do not form one, and the worse of two complete series counts.
  { verdict: 'incomplete', bodies: [rate(way, 2_000), rate(way, 2_000, { series: 'b' })] },
  {
    verdict: 'fail',
    bodies: [
      ...ten(way, [2_000, 2_000, 2_000, 2_000, 2_000], { series: 'b' }),
      ...ten(way, [900, 900, 900, 900, 900]),
    ],
  },
]

/** Rows 11 and 12 differ in their direction alone. */
export const rateRow = (
  id: 'D11' | 'D12',
  way: RateBody['way'],
  title: BilingualText,
  procedure: BilingualText,
): SurveyItem => ({
  ...linkRow,
  id,
  title,
  printed: '≥ 1 000 Kbps',
  procedure,
  assumed: rateConvention,
  judge: (survey) => judgeRate(survey, way),
  examples: () => rateExamples(way),
})
