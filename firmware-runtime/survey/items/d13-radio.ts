// Table D.1 row 13: radio of a mobile network, RSRP and SINR. Not asked of a lane on a fixed line.
// Both figures must hold at the same time.
import { t } from '../../core/values/fault-text.ts'
import { medianOf } from '../burst.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import type { OpenedBody, SignalBody, SurveyBody } from '../record.ts'
import { parkingGrid } from '../grid.ts'
import type { Rules } from '../../core/values/rules/rule-pack.ts'
import { atMost, riskMax } from '../statistics.ts'
import { rulesOf } from '../survey-rules.ts'
import { minuteMs } from '../../core/values/instant.ts'

export const rsrpLimitOf = (rules: Rules): number => rules.limit('D13', 'rsrpMin')
/** More than this: the sign is strict in the table. */
export const sinrLimitOf = (rules: Rules): number => rules.limit('D13', 'sinrOver')

export const signalReadingsMin = 30
export const signalSpanMsMin = 5 * minuteMs

type Side = 'good' | 'bad' | 'open'

/** The sign test: too few on the wrong side of the limit for a median there, at 95 %. */
function sideOf(values: readonly number[], isGood: (value: number) => boolean): Side {
  const good = values.filter(isGood).length
  if (atMost(values.length - good, values.length, 0.5) <= riskMax) return 'good'
  return atMost(good, values.length, 0.5) <= riskMax ? 'bad' : 'open'
}

function judge(survey: SurveyProject) {
  if (survey.opened?.access === 'wire')
    return finding('notApplicable', t('专线接入,不适用', 'On a wire: not asked'), 0)
  const { signals } = survey
  const rsrp = signals.flatMap((s) => (s.rsrpDbm === null ? [] : [s.rsrpDbm]))
  const sinr = signals.flatMap((s) => (s.sinrDb === null ? [] : [s.sinrDb]))
  const [first, last] = [signals[0], signals.at(-1)]
  if (first === undefined || last === undefined) return notMeasured()
  const show = (values: readonly number[]): string =>
    values.length === 0 ? '?' : medianOf(values).toFixed(1)
  const minutes = ((last.atMs - first.atMs) / minuteMs).toFixed(1)
  const words = t(
    `RSRP ${show(rsrp)} dBm,SINR ${show(sinr)} dB(${minutes} 分钟内 ${signals.length} 次中位)`,
    `RSRP ${show(rsrp)} dBm, SINR ${show(sinr)} dB (median of ${signals.length} in ${minutes} min)`,
  )
  const figure = rsrp.length === 0 ? null : { value: medianOf(rsrp), unit: 'dBm' }
  const rules = rulesOf(survey.opened)
  const [least, over] = [rsrpLimitOf(rules), sinrLimitOf(rules)]
  const sides = [sideOf(rsrp, (dBm) => dBm >= least), sideOf(sinr, (dB) => dB > over)]
  const enough =
    Math.min(rsrp.length, sinr.length) >= signalReadingsMin &&
    last.atMs - first.atMs >= signalSpanMsMin
  const verdict = sides.includes('bad')
    ? 'fail'
    : !enough
      ? 'incomplete'
      : sides.includes('open')
        ? 'marginal'
        : 'pass'
  return finding(verdict, words, signals.length, figure)
}

const signal = (rsrpDbm: number | null, sinrDb: number | null): SignalBody => ({
  kind: 'signal',
  technology: 'LTE',
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
    '判定由本软件约定:以符号检验判中位数(95% 把握);分档上报的按该档下沿计',
    'The way of judging is ours: a sign test of the median (95 %); a reading by steps counts as the lower end of its step',
  ),
  judge,
  examples: () => [
    { verdict: 'notApplicable', bodies: [opened('wire'), signal(-120, 0)] },
    { verdict: 'incomplete', bodies: [opened('mobile')] },
    { verdict: 'pass', bodies: [opened('mobile'), ...many(301, () => signal(-100, 3.1))] },
    { verdict: 'fail', bodies: [opened('mobile'), ...many(301, () => signal(-100.5, 20))] },
    { verdict: 'fail', bodies: [opened('mobile'), ...many(301, () => signal(-80, 3))] },
    { verdict: 'incomplete', bodies: [opened('mobile'), ...many(301, () => signal(-80, null))] },
    // Three readings were enough before; thirty in half a minute are not.
    { verdict: 'incomplete', bodies: [opened('mobile'), ...many(30, () => signal(-80, 20))] },
    // Half above and half below show no median.
    {
      verdict: 'marginal',
      bodies: [opened('mobile'), ...many(301, (i) => signal(i % 2 === 0 ? -99 : -101, 20))],
    },
  ],
})
