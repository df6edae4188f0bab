// Clause 10.3.2.1 b: service without a stop, 7 x 24 h. Judged by the starts in the ledger: each says that the lanes had stopped,
// at most since the row before it. A stop that was not longer than its rows show is not called longer.
import { t } from '../../core/values/fault-text.ts'
import { dayMs, minuteMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import type { Rules } from '../../core/values/rules/rule-pack.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'

const daysOf = (rules: Rules): number => rules.limit('R3', 'days')
/** What a restart takes: a lane is back before a car gives up. */
const stopSec = (rules: Rules): number => rules.limit('R3', 'stopMax')

interface Stop {
  readonly boot: LedgerRow
  readonly before: LedgerRow
  readonly atMostMs: number
}

const stopsOf = (rows: readonly LedgerRow[]): readonly Stop[] =>
  rows.flatMap((boot, i) => {
    const before = rows[i - 1]
    if (boot.kind !== 'boot' || before === undefined) return []
    return [{ boot, before, atMostMs: boot.atMs - before.atMs }]
  })

export const service = defineAcceptanceItem({
  id: 'R3',
  title: t('7×24 小时不间断服务', 'Service 7 x 24 h'),
  printed: '系统应满足 7×24 h 不间断服务的要求',
  steps: [
    t(
      '让车道连续运行,再以 --from 从那时起判定',
      'Let the lanes run without a stop, then judge with --from of that time',
    ),
  ],
  expected: (rules) =>
    t(
      `${daysOf(rules)} 天里没有超过 ${stopSec(rules)} 秒的停顿`,
      `No stop of more than ${stopSec(rules)} s in ${daysOf(rules)} days`,
    ),
  assumed: t(
    '停顿按启动行与前一行之差的上限计;天数和容许的停顿是假定',
    'A stop is at most the time between a start and the row before it; days and the stop allowed are assumed',
  ),
  judge({ rows, rules }) {
    const stops = stopsOf(rows)
    const [first, last] = [rows[0], rows.at(-1)]
    const spanMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs
    const days = Math.floor((spanMs / dayMs) * 10) / 10
    const wrong = stops
      .filter(({ atMostMs }) => atMostMs > stopSec(rules) * 1_000)
      .map(({ boot, before, atMostMs }): Wrong => ({
        words: t(
          `停过,最长 ${Math.ceil(atMostMs / minuteMs)} 分钟`,
          `it had stopped, for ${Math.ceil(atMostMs / minuteMs)} minutes at most`,
        ),
        evidence: [rowEvidence(before), rowEvidence(boot)],
      }))
    const missing =
      spanMs >= daysOf(rules) * dayMs
        ? []
        : [
            t(
              `记录只有 ${days} 天,需要 ${daysOf(rules)} 天`,
              `${days} days on record, ${daysOf(rules)} are needed`,
            ),
          ]
    return judged(
      wrong,
      missing,
      t(`${days} 天没有停顿`, `${days} days without a stop`),
      [first, last].filter((row) => row !== undefined).map(rowEvidence),
    )
  },
})
