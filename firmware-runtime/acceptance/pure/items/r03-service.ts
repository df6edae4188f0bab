// Clause 10.3.2.1 b: service without interruption, 7 x 24 h. Judged by the starts in the ledger: each start ends an
// interruption that began at the row of the stop. A start without such a row followed a kill: the interruption began at
// the earliest after the last row, which may be hours before in a quiet night, so it is judged only when that time is
// short.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import { dayMs, isoOf, minuteMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { declarationOf } from '../declaration.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { isUnproven, silenceWords, silentLanes } from '../heartbeats.ts'
import { defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'

const daysOf = (rules: Rules): number => rules.limit('R3', 'days')
/** Longest allowed restart, s: a lane is back before a driver gives up. */
const stopSec = (rules: Rules): number => rules.limit('R3', 'stopMax')

interface Stop {
  readonly boot: LedgerRow
  readonly before: LedgerRow
  readonly ms: number
  /** False: `ms` is an upper bound. */
  readonly isTold: boolean
}

function stopsOf(rows: readonly LedgerRow[]): readonly Stop[] {
  const newest = newestUpTo(rows)
  return rows.flatMap((boot, i) => {
    const last = rows[i - 1]
    if (boot.kind !== 'boot' || last === undefined) return []
    const before = isStopRow(last) ? last : (newest[i - 1] ?? last)
    return [{ boot, before, ms: boot.atMs - before.atMs, isTold: isStopRow(before) }]
  })
}

/** Stops that are short add up: together they last at most as long as the longest one does, for each day. */
function sumOf(
  stops: readonly Stop[],
  rules: Rules,
  days: number,
): { readonly wrong: readonly Wrong[]; readonly missing: readonly BilingualText[] } {
  const short = stops.filter(({ ms }) => ms <= stopSec(rules) * 1_000)
  const mostMs = days * stopSec(rules) * 1_000
  const sumMs = (all: readonly Stop[]): number => all.reduce((sum, { ms }) => sum + ms, 0)
  const [told, all] = [sumMs(short.filter(({ isTold }) => isTold)), sumMs(short)]
  if (all <= mostMs) return { wrong: [], missing: [] }
  const n = short.length
  const minutes = (ms: number): string => (ms / minuteMs).toFixed(1)
  const words = t(
    `${n} 次停顿合计最多 ${minutes(all)} 分钟,这段时间容许 ${minutes(mostMs)} 分钟`,
    `${n} stops last ${minutes(all)} minutes together at most, ${minutes(mostMs)} are permitted in this time`,
  )
  if (told <= mostMs) return { wrong: [], missing: [words] }
  const evidence = short.flatMap(({ before, boot }) => [rowEvidence(before), rowEvidence(boot)])
  return { wrong: [{ assertion: 'stoppedOften', words, evidence }], missing: [] }
}

/** The lanes were stopped and have not been started since. */
function stoppedNow({ rows, rules, nowMs }: AcceptanceFacts): readonly Wrong[] {
  const last = rows.at(-1)
  if (last === undefined || !isStopRow(last)) return []
  const ms = nowMs - last.atMs
  if (ms <= stopSec(rules) * 1_000) return []
  return [
    {
      assertion: 'stopped',
      words: t(
        `自 ${isoOf(last.atMs)} 停止,没有再启动`,
        `the lanes were stopped at ${isoOf(last.atMs)} and have not been started since`,
      ),
      evidence: [rowEvidence(last)],
    },
  ]
}

/** A running lot writes rows each day, by its sign-ins and its hours (assumed): without one nothing shows that it ran. */
const quietMs = 26 * 60 * minuteMs

/** The row with the newest time up to each row: some rows have the time of an earlier act. */
function newestUpTo(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  let newest: LedgerRow | undefined
  return rows.map(
    (row) => (newest = newest === undefined || row.atMs >= newest.atMs ? row : newest),
  )
}

function quietOf(rows: readonly LedgerRow[]): readonly BilingualText[] {
  const newest = newestUpTo(rows)
  const found = rows.flatMap((row, i) => {
    const before = newest[i - 1]
    const isLong = before !== undefined && row.atMs - before.atMs > quietMs && row.kind !== 'boot'
    return isLong ? [before] : []
  })
  return found
    .slice(0, 1)
    .map((row) =>
      t(
        `账本自 ${isoOf(row.atMs)} 起有一天以上没有记录`,
        `the ledger has no row for more than a day since ${isoOf(row.atMs)}`,
      ),
    )
}

/** Lanes that report to a platform and were silent while the lot ran: its other lanes do not serve for them. */
function deadLanes(facts: AcceptanceFacts): {
  readonly wrong: readonly Wrong[]
  readonly missing: readonly BilingualText[]
} {
  const { features } = declarationOf(facts)
  if (!features.includes('recordsTo') || !features.includes('monitor'))
    return { wrong: [], missing: [] }
  const ids = facts.lanes.map(({ laneId }) => laneId)
  const words = silentLanes(facts, ids, () => true).map(silenceWords)
  if (isUnproven(facts)) return { wrong: [], missing: words }
  return {
    wrong: words.map((one) => ({ assertion: 'laneSilent', words: one, evidence: [] })),
    missing: [],
  }
}

export const service = defineAcceptanceItem({
  id: 'R3',
  title: t('7×24 小时不间断服务', 'Service 7 x 24 h'),
  rule: {
    clause: '10.3.2.1 b',
    evidence: ['ledger'],
    thresholds: {
      days: { words: t('天数', 'days'), value: 7, unit: 'day', basis: 'assumed', min: 1, max: 366 },
      stopMax: {
        words: t('最长停顿', 'longest stop'),
        value: 120,
        unit: 's',
        basis: 'assumed',
        min: 1,
        max: 86_400,
      },
    },
  },
  printed: '系统应满足 7×24 h 不间断服务的要求',
  needs: [],
  steps: [
    t(
      '让车道连续运行,再以 --from 从那时起判定',
      'Let the lanes run without a stop, then judge from that time with --from',
    ),
  ],
  expected: (rules) =>
    t(
      `${daysOf(rules)} 天里没有超过 ${stopSec(rules)} 秒的停顿`,
      `There is no stop of more than ${stopSec(rules)} s in ${daysOf(rules)} days`,
    ),
  assumed: t(
    '停顿从停止行算到启动行;没有停止行而间隔较长的启动不下结论;接入平台的车道看心跳,90 分钟没有算中断;各次停顿合计每天不超过一次最长停顿;天数和容许的停顿是假定',
    'A stop lasts from the stop row to the start row; a start after a long gap without a stop row is not judged; lanes that report to a platform are judged by their heartbeats, and 90 minutes without one are a stop; all stops together may last as long as one of the longest a day; the days and the permitted stop are assumed',
  ),
  plant: {
    why: t(
      '要停的就是执行这一项的车道,之后还要连续几天',
      'The lanes that would have to stop are the ones that run this item, and several days without a stop must follow',
    ),
  },
  judge(facts) {
    const { rows, rules } = facts
    const stops = stopsOf(rows)
    const [first, last] = [rows[0], newestUpTo(rows).at(-1)]
    const spanMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs
    const days = Math.floor((spanMs / dayMs) * 10) / 10
    const long = stops.filter(({ ms }) => ms > stopSec(rules) * 1_000)
    const wrong = long
      .filter(({ isTold }) => isTold)
      .map(({ boot, before, ms }): Wrong => ({
        assertion: 'stopped',
        words: t(
          `停过 ${Math.ceil(ms / minuteMs)} 分钟`,
          `the lanes were stopped for ${Math.ceil(ms / minuteMs)} minutes`,
        ),
        evidence: [rowEvidence(before), rowEvidence(boot)],
      }))
    const dead = deadLanes(facts)
    const often = sumOf(stops, rules, Math.max(1, spanMs / dayMs))
    const untold = long.filter(({ isTold }) => !isTold)
    const missing = [
      ...dead.missing,
      ...often.missing,
      ...quietOf(rows),
      ...untold.map(({ boot, before, ms }) =>
        t(
          `${isoOf(boot.atMs)} 的启动之前没有停止行,最长停了 ${Math.ceil(ms / minuteMs)} 分钟(自 ${isoOf(before.atMs)} 起)`,
          `no row tells of the stop before the start at ${isoOf(boot.atMs)}, ${Math.ceil(ms / minuteMs)} minutes at most since ${isoOf(before.atMs)}`,
        ),
      ),
      ...(spanMs >= daysOf(rules) * dayMs
        ? []
        : [
            t(
              `记录只有 ${days} 天,需要 ${daysOf(rules)} 天`,
              `there are ${days} days on record, ${daysOf(rules)} are needed`,
            ),
          ]),
    ]
    return judged(
      [...wrong, ...often.wrong, ...stoppedNow(facts), ...dead.wrong],
      missing,
      t(
        `${days} 天没有超过 ${stopSec(rules)} 秒的停顿`,
        `there were ${days} days without a stop of more than ${stopSec(rules)} s`,
      ),
      [first, ...untold.flatMap(({ before, boot }) => [before, boot]), last]
        .filter((row) => row !== undefined)
        .map(rowEvidence),
    )
  },
})
