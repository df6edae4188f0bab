// Table D.1 row 13: radio of a mobile network, RSRP and SINR. Not asked of a lane on a wire.
// Both figures must hold at the same time.
import { t } from '../../values/fault-text.ts'
import { medianOf } from '../burst.ts'
import { defineSurveyItem, finding, groups, notMeasured } from '../item.ts'
import type { SurveyProject } from '../project.ts'
import type { OpenedBody, SignalBody, SurveyBody } from '../record.ts'
import { parkingGrid } from '../grid.ts'

export const rsrpDbmMin = -100
/** More than this: the sign is strict in the table. */
export const sinrDbOver = 3

function judge(survey: SurveyProject) {
  if (survey.opened?.access === 'wire')
    return finding('notApplicable', t('专线接入,不适用', 'On a wire: not asked'), 0)
  const { signals } = survey
  const rsrp = signals.flatMap((s) => (s.rsrpDbm === null ? [] : [s.rsrpDbm]))
  const sinr = signals.flatMap((s) => (s.sinrDb === null ? [] : [s.sinrDb]))
  if (rsrp.length === 0 && sinr.length === 0) return notMeasured()
  const level = rsrp.length === 0 ? null : medianOf(rsrp)
  const ratio = sinr.length === 0 ? null : medianOf(sinr)
  const show = (value: number | null): string => (value === null ? '?' : value.toFixed(1))
  const words = t(
    `RSRP ${show(level)} dBm,SINR ${show(ratio)} dB(${signals.length} 次中位)`,
    `RSRP ${show(level)} dBm, SINR ${show(ratio)} dB (median of ${signals.length})`,
  )
  const figure = level === null ? null : { value: level, unit: 'dBm' }
  const bad = (level !== null && level < rsrpDbmMin) || (ratio !== null && ratio <= sinrDbOver)
  if (bad) return finding('fail', words, signals.length, figure)
  const half = level === null || ratio === null
  return finding(half ? 'incomplete' : 'pass', words, signals.length, figure)
}

const signal = (rsrpDbm: number | null, sinrDb: number | null): SignalBody => ({
  ...{ kind: 'signal', technology: 'LTE', rsrpDbm, sinrDb, raw: 'example' },
})
const opened = (access: OpenedBody['access']): SurveyBody => ({
  ...{ kind: 'opened', title: 'example', site: 'example', lane: 'exit' },
  ...{ grid: parkingGrid, trigger: null, access },
})

export const radio = defineSurveyItem({
  id: 'D13',
  group: groups.link,
  title: t('无线信号强度', 'Radio of the mobile network'),
  printed:
    '无线信号强度指标测试 (仅针对移动网络接入): 参考信号接收功率(RSRP) ≥ -100 dBm，同时信号与干扰加噪声比(SINR) > 3 dB',
  procedure: t('由调制解调器多次读取,取中位数', 'Read from the modem several times, the median'),
  assumed: null,
  judge,
  examples: [
    { verdict: 'notApplicable', bodies: [opened('wire'), signal(-120, 0)] },
    { verdict: 'incomplete', bodies: [opened('mobile')] },
    { verdict: 'pass', bodies: [opened('mobile'), signal(-100, 3.1)] },
    { verdict: 'fail', bodies: [opened('mobile'), signal(-100.5, 20)] },
    { verdict: 'fail', bodies: [opened('mobile'), signal(-80, 3)] },
    { verdict: 'incomplete', bodies: [opened('mobile'), signal(-80, null)] },
  ],
})
