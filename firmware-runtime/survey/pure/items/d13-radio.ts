// Table D.1 row 13: mobile radio, RSRP and SINR. Not required for a lane on a fixed line.
// Both limits must be met at the same time.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { medianOf } from '#base/pure/figures/burst.ts'
import { defineSurveyItem, finding, groups, notMeasured, type ItemExample } from '../item.ts'
import { nextStep } from '../next-steps.ts'
import type { SurveyProject } from '../file/project.ts'
import type { OpenedBody, SignalBody, SurveyBody } from '../file/record.ts'
import { parkingGrid } from '../field/grid.ts'
import { worstOf, type SeriesFinding } from '../file/series.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { atMost, riskMax } from '../figures/statistics.ts'
import { rulesOf } from '../survey-rules.ts'
import { minuteMs } from '#base/pure/values/instant.ts'

export const rsrpLimitOf = (rules: Rules): number => rules.limit('D13', 'rsrpMin')
/** Exclusive limit: the comparison sign in the table is strict. */
export const sinrLimitOf = (rules: Rules): number => rules.limit('D13', 'sinrOver')

export const signalReadingsMin = 30
export const signalSpanMsMin = 5 * minuteMs

type Signal = SurveyProject['signals'][number]
type Figure = 'rsrpDbm' | 'sinrDb'

/** Readings further apart than this belong to two runs, also without a statement of a new run. */
const apartMsMax = 30 * minuteMs

function runsOf(signals: readonly Signal[]): readonly (readonly Signal[])[] {
  const runs: Signal[][] = []
  for (const one of signals) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    const goesOn = last?.run === one.run && one.atMs - last.atMs <= apartMsMax
    if (run !== undefined && goesOn) run.push(one)
    else runs.push([one])
  }
  return runs
}

const valuesOf = (run: readonly Signal[], figure: Figure): readonly number[] =>
  run.flatMap((one) => one[figure] ?? [])

/**
 * Sign test over readings that meet both limits at once: at 95 %, too few on the wrong side for the median to be there. A
 * reading without one of the figures is not good; a figure that no reading of the run has was not measured.
 */
function signalRun(all: readonly Signal[], rules: Rules): SeriesFinding {
  const [least, over] = [rsrpLimitOf(rules), sinrLimitOf(rules)]
  const run = all.map(asMobile)
  const isGood = ({ rsrpDbm, sinrDb }: Signal): boolean =>
    rsrpDbm !== null && sinrDb !== null && rsrpDbm >= least && sinrDb > over
  const good = run.filter(isGood).length
  const [rsrp, sinr] = [valuesOf(run, 'rsrpDbm'), valuesOf(run, 'sinrDb')]
  const show = (values: readonly number[]): string =>
    values.length === 0 ? '?' : medianOf(values).toFixed(1)
  const spanMs = coveredMs(run, rules.limit('D13', 'gapMax') * 1_000)
  const minutes = (spanMs / minuteMs).toFixed(1)
  const n = run.length
  const words = t(
    `${n} 次中 ${good} 次两项同时符合(读数覆盖 ${minutes} 分钟;中位 RSRP ${show(rsrp)} dBm、SINR ${show(sinr)} dB)${others(all).zh}`,
    `${good} of ${n} good in both at once (readings cover ${minutes} min; median RSRP ${show(rsrp)} dBm, SINR ${show(sinr)} dB)${others(all).en}`,
  )
  const figure = rsrp.length === 0 ? null : { value: medianOf(rsrp), unit: 'dBm' }
  const said = [rsrp, sinr].filter(({ length }) => length > 0).length
  const isSilent = said === 0
  const isEnough = n >= signalReadingsMin && spanMs >= signalSpanMsMin && (said === 2 || isSilent)
  // With one figure only, readings that are bad in that figure are known.
  const bad = said === 1 ? n - run.filter((one) => isGoodAlone(one, least, over)).length : n - good
  // A run of another network measured something else.
  const isMobile = all.some((one) => isOfRow(one.technology)) || isSilentAll(all)
  const verdict = !isMobile
    ? 'incomplete'
    : atMost(n - bad, n, 0.5) <= riskMax
      ? 'fail'
      : !isEnough
        ? 'incomplete'
        : atMost(bad, n, 0.5) <= riskMax
          ? 'pass'
          : 'marginal'
  const next = nextStep(verdict === 'incomplete' ? 'signal' : 'aerial')
  return { verdict, words, next, readings: n, figure }
}

/**
 * Number of readings of the first complete run that fails: going on measuring is a second run (survey-verdicts 7.21). The length
 * of the run where none fails.
 */
function firstFail(all: readonly Signal[], rules: Rules): number {
  const [least, over] = [rsrpLimitOf(rules), sinrLimitOf(rules)]
  const gapMs = rules.limit('D13', 'gapMax') * 1_000
  const said = (['rsrpDbm', 'sinrDb'] as const).filter((figure) =>
    all.some((one) => asMobile(one)[figure] !== null),
  )
  let [good, spanMs, lastMs] = [0, 0, all[0]?.atMs ?? 0]
  for (const [i, one] of all.entries()) {
    const is = asMobile(one)
    const isSaid = said.every((figure) => is[figure] !== null)
    if (said.length > 0 && isSaid && isGoodAlone(is, least, over)) good++
    spanMs += Math.min(gapMs, Math.max(0, one.atMs - lastMs))
    lastMs = Math.max(lastMs, one.atMs)
    const isComplete = i + 1 >= signalReadingsMin && spanMs >= signalSpanMsMin
    if (isComplete && atMost(good, i + 1, 0.5) <= riskMax) return i + 1
  }
  return all.length
}

/** A run as it stood when it first failed, else as a whole. */
const judgedRun = (all: readonly Signal[], rules: Rules): SeriesFinding =>
  signalRun(all.slice(0, firstFail(all, rules)), rules)

/** The clause means 4G and 5G: words of modems for them, and of ModemManager. */
const isOfRow = (technology: string): boolean =>
  /^(?:LTE|NR|EN-?DC|NE-?DC|NGEN-?DC|NSA|SA|[45]G|E-?UTRAN|EMTC|CAT-?(?:M|NB|1)|NB-?IOT)/i.test(
    technology.trim(),
  )

/** A reading of another network is one without a cell of the row. */
const asMobile = (one: Signal): Signal =>
  isOfRow(one.technology) ? one : { ...one, rsrpDbm: null, sinrDb: null }

const isSilentAll = (all: readonly Signal[]): boolean =>
  all.every(({ rsrpDbm, sinrDb }) => rsrpDbm === null && sinrDb === null)

function others(all: readonly Signal[]): BilingualText {
  const strange = all.filter(
    ({ technology, rsrpDbm, sinrDb }) =>
      !isOfRow(technology) && (rsrpDbm !== null || sinrDb !== null),
  )
  const names = [...new Set(strange.map(({ technology }) => technology))].join(', ')
  return strange.length === 0
    ? t('', '')
    : t(
        `;其中 ${strange.length} 次不是 4G 或 5G(${names}),不算符合`,
        `; ${strange.length} of them are not 4G or 5G (${names}) and are not good`,
      )
}

/** Time for which the readings speak, each for a limited one: many at once are one moment. */
function coveredMs(run: readonly Signal[], eachMs: number): number {
  const times = run.map(({ atMs }) => atMs).toSorted((a, b) => a - b)
  return times.reduce((sum, ms, i) => sum + Math.min(eachMs, ms - (times[i - 1] ?? ms)), 0)
}

const isGoodAlone = ({ rsrpDbm, sinrDb }: Signal, least: number, over: number): boolean =>
  (rsrpDbm === null || rsrpDbm >= least) && (sinrDb === null || sinrDb > over)

function judge(survey: SurveyProject) {
  if (survey.opened?.access === 'wire')
    return finding('notApplicable', t('专线接入,不适用', 'On a wire: not asked'), 0)
  const rules = rulesOf(survey.opened)
  return worstOf(runsOf(survey.signals).map((run) => judgedRun(run, rules))) ?? notMeasured()
}

const signal = (rsrpDbm: number | null, sinrDb: number | null, technology = 'LTE'): SignalBody => ({
  kind: 'signal',
  technology,
  rsrpDbm,
  sinrDb,
  raw: 'example',
})
const opened = (access: OpenedBody['access']): SurveyBody => ({
  kind: 'opened',
  title: 'example',
  site: 'example',
  lane: 'exit',
  grid: parkingGrid,
  trigger: null,
  access,
})

const many = (count: number, of: (i: number) => SurveyBody): readonly SurveyBody[] =>
  Array.from({ length: count }, (_, i) => of(i))

/** Example levels: RSRP is good where SINR is bad. */
const halves = (i: number): [number, number] => (i % 3 === 1 ? [-80, 1] : [-110, 20])
const again: SurveyBody = { kind: 'rerun', items: ['D13'], reason: '示例:更换天线位置后重测' }

const goingOn: readonly ItemExample[] = [
  // Measuring on in the same run does not lift a fail.
  {
    verdict: 'fail',
    bodies: [
      opened('mobile'),
      ...many(301, () => signal(-110, 20)),
      ...many(1_200, () => signal(-80, 20)),
    ],
  },
  // A weak minute at the beginning is no complete run.
  {
    verdict: 'pass',
    bodies: [
      opened('mobile'),
      ...many(20, () => signal(-110, 20)),
      ...many(600, () => signal(-80, 20)),
    ],
  },
]

export const radio = defineSurveyItem({
  id: 'D13',
  group: groups.link,
  title: t('无线信号强度', 'Radio of the mobile network'),
  printed:
    '无线信号强度指标测试 (仅针对移动网络接入): 参考信号接收功率(RSRP) ≥ -100 dBm，同时信号与干扰加噪声比(SINR) > 3 dB',
  procedure: t(
    `由调制解调器读取至少 ${signalReadingsMin} 次,不少于 5 分钟`,
    `Read from the modem at least ${signalReadingsMin} times in 5 minutes or more`,
  ),
  assumed: t(
    '判定由本软件约定:两项在同一次读数中同时符合,以符号检验过半(95% 把握),无信号或不是 4G、5G 算不符合,一次读数只代表约 30 s,多组取最差,满 30 次和 5 分钟后一旦不符合即为定论;分档上报的按该档下沿计',
    'The way of judging is ours: both figures in the same reading, more than half by a sign test (95 %), silence, or another network than 4G or 5G, is not good, a reading speaks for about 30 s, the worst run counts, and a run of 30 readings and 5 minutes that fails stays failed; a reading by steps counts as the lower end of its step',
  ),
  judge,
  examples: () => [
    { verdict: 'notApplicable', bodies: [opened('wire')] },
    // A lane on a wire has no modem.
    { verdict: 'incomplete', bodies: [opened('wire'), signal(-120, 0)] },
    { verdict: 'incomplete', bodies: [opened('mobile')] },
    { verdict: 'pass', bodies: [opened('mobile'), ...many(301, () => signal(-100, 3.1))] },
    { verdict: 'fail', bodies: [opened('mobile'), ...many(301, () => signal(-100.5, 20))] },
    { verdict: 'fail', bodies: [opened('mobile'), ...many(301, () => signal(-80, 3))] },
    { verdict: 'incomplete', bodies: [opened('mobile'), ...many(301, () => signal(-80, null))] },
    // Each figure is good in its half of the readings, never both at once.
    {
      verdict: 'fail',
      bodies: [
        opened('mobile'),
        ...many(302, (i) => (i % 3 === 0 ? signal(-80, 20) : signal(...halves(i)))),
      ],
    },
    // A modem searching for a network is a bad reading.
    {
      verdict: 'fail',
      bodies: [
        opened('mobile'),
        ...many(301, (i) => (i % 3 > 0 ? signal(null, null) : signal(-80, 20))),
      ],
    },
    // A later good run does not replace a bad one.
    {
      verdict: 'fail',
      bodies: [
        opened('mobile'),
        ...many(301, () => signal(-110, 20)),
        again,
        ...many(900, () => signal(-80, 20)),
      ],
    },
    ...goingOn,
    // Two half runs do not make a complete one.
    {
      verdict: 'incomplete',
      bodies: [
        opened('mobile'),
        ...many(200, () => signal(-80, 20)),
        again,
        ...many(200, () => signal(-80, 20)),
      ],
    },
    // Thirty readings in half a minute are not enough.
    { verdict: 'incomplete', bodies: [opened('mobile'), ...many(30, () => signal(-80, 20))] },
    {
      verdict: 'incomplete',
      bodies: [opened('mobile'), ...many(301, () => signal(-80, 20, 'GSM'))],
    },
    {
      verdict: 'fail',
      bodies: [
        opened('mobile'),
        ...many(301, (i) => signal(-80, 20, i % 3 === 0 ? 'LTE' : 'WCDMA')),
      ],
    },
    // Half above and half below the limit do not determine the median.
    {
      verdict: 'marginal',
      bodies: [opened('mobile'), ...many(301, (i) => signal(i % 2 === 0 ? -99 : -101, 20))],
    },
  ],
})
