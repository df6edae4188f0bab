// What rows 14 and 15 of table D.1 share: readings of the lane's clock against a source over a period.
// The table says "in sync" without a figure: 1 s is the limit of P24 (platform-access.md), and said so.
import { t } from '../values/fault-text.ts'
import { isoOf, minuteMs } from '../values/instant.ts'
import { finding, notMeasured, type ItemExample } from './item.ts'
import type { SurveyProject } from './project.ts'
import type { ClockBody, Finding } from './record.ts'

export const offsetMsMax = 1_000
export const clockReadingsMin = 4

export const clockAssumed = t(
  '原文未给限值:按偏差不超过 1 s 判定',
  'The text states no limit: judged by an offset of at most 1 s',
)

export function judgeClock(
  survey: SurveyProject,
  source: ClockBody['source'],
  good: (clock: ClockBody) => boolean = () => true,
): Finding {
  const readings = survey.clocks.filter((clock) => clock.source === source)
  const last = readings.at(-1)
  const first = readings[0]
  if (last === undefined || first === undefined) return notMeasured()
  const worst = Math.max(...readings.map((c) => Math.abs(c.offsetMs) + c.errorMs))
  const overMin = ((last.atMs - first.atMs) / minuteMs).toFixed(0)
  const when = isoOf(last.atMs).slice(11, 19)
  const words = t(
    `${overMin} 分钟内 ${readings.length} 次,偏差不超过 ${worst.toFixed(0)} ms,最近 ${when}`,
    `${readings.length} readings in ${overMin} min, within ${worst.toFixed(0)} ms, last ${when}`,
  )
  const figure = { value: worst, unit: 'ms' }
  if (!readings.every(good) || worst > offsetMsMax)
    return finding('fail', words, readings.length, figure)
  const enough = readings.length >= clockReadingsMin
  return finding(enough ? 'pass' : 'incomplete', words, readings.length, figure)
}

export const clock = (
  source: ClockBody['source'],
  constellation: string | null,
  offsetMs: number,
): ClockBody => ({
  ...{ kind: 'clock', source, server: 'example', constellation, offsetMs, errorMs: 100 },
})

export const clockExamples = (
  source: ClockBody['source'],
  constellation: string | null,
): readonly ItemExample[] => {
  const times = (offsetMs: number, count = clockReadingsMin): readonly ClockBody[] =>
    Array.from({ length: count }, () => clock(source, constellation, offsetMs))
  return [
    { verdict: 'incomplete', bodies: [] },
    { verdict: 'incomplete', bodies: times(10, clockReadingsMin - 1) },
    { verdict: 'pass', bodies: times(-900) },
    { verdict: 'fail', bodies: times(901) },
  ]
}
