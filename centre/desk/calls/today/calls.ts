// The day of all lots of a person, from the sums of the fold, beside the same weekday a week ago and the month.
import { civil, dayMs, dayStartMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { noArguments, type CallRows } from '../../call.ts'
import type { Transaction } from '../../in-lots.ts'
import { isLevelWith } from '#ledger/pure/centre/level.ts'
import { sumNotesOf } from '../../sum-notes.ts'
import { exact } from '../../exact.ts'
import { dayAt, lotsOf } from '../lots/list.ts'
import type { LotRow } from '../lots/views.ts'
import type { HourSums, MeansSum, TodayCalls, TodayView } from './views.ts'

/** From lot to lot, as its index goes. `$1`: days. */
const takingsQuery = `SELECT day::text, hour, what, means, sum(n) AS n, sum(fen) AS fen
  FROM centre.lot l CROSS JOIN LATERAL (SELECT day, hour, what, means, n, fen FROM centre.taking t
    WHERE t.lot_id = l.lot_id AND day = ANY ($1::date[])) t
  GROUP BY day, hour, what, means ORDER BY means`
const flowQuery = `SELECT hour, sum(entered) AS entered, sum(left_n) AS "left"
  FROM centre.lot l CROSS JOIN LATERAL (SELECT hour, entered, left_n FROM centre.flow w
    WHERE w.lot_id = l.lot_id AND day = $1) w GROUP BY hour`
const monthQuery = `SELECT
  coalesce(sum(fen) FILTER (WHERE what = 'payment'), 0) AS fen,
  coalesce(sum(fen) FILTER (WHERE what = 'refund'), 0) AS "backFen",
  (SELECT count(*)::int FROM desk.matter WHERE ended_at IS NULL) AS matters
  FROM centre.lot l CROSS JOIN LATERAL (SELECT what, fen FROM centre.taking t
    WHERE t.lot_id = l.lot_id AND day BETWEEN $1 AND $2) t`

/** `$1`: lots; `$2`, `$3`: today and a week ago; `$4`: hours before it. */
const comparedQuery = `SELECT
  coalesce(sum(fen) FILTER (WHERE day = $2 AND hour < $4), 0)::float8 AS fen,
  coalesce(sum(fen) FILTER (WHERE day = $3 AND hour < $4), 0)::float8 AS "weekAgoFen",
  coalesce(sum(fen) FILTER (WHERE day = $3), 0)::float8 AS "weekAgoDayFen"
  FROM centre.taking WHERE lot_id = ANY ($1::text[]) AND day IN ($2::date, $3::date) AND what = 'payment'`

type Compared = NonNullable<TodayView['compared']>

/** Only lots that are level with the full hour, on both sides: others would seem to take less than last week. */
async function comparedOf(
  db: Transaction,
  lots: readonly LotRow[],
  nowMs: InstantMs,
): Promise<Compared | null> {
  const [day, weekAgo, { hour }] = [dayAt(nowMs), dayAt(nowMs - 7 * dayMs), civil(nowMs)]
  const untilMs = dayStartMs(nowMs) + hour * 60 * minuteMs
  const level = lots.filter(({ upTo }) => isLevelWith(upTo, untilMs, nowMs))
  if (level.length === 0) return null
  const ids = level.map(({ lotId }) => lotId)
  const { rows } = await db.query<Omit<Compared, 'lots' | 'without'>>(comparedQuery, [
    ...[ids, day, weekAgo, hour],
  ])
  const sums = present(rows[0], 'one row')
  return { lots: level.length, without: lots.length - level.length, ...sums }
}

interface TakingData extends MeansSum {
  readonly day: string
  readonly hour: number
  readonly what: string
}
interface FlowData {
  readonly hour: number
  readonly entered: number
  readonly left: number
}

/** Sums of the hours, by means. */
function byMeans(rows: readonly TakingData[]): readonly MeansSum[] {
  const sums = new Map<string, MeansSum>()
  for (const { means, n, fen } of rows) {
    const before = sums.get(means)
    sums.set(means, { means, n: n + (before?.n ?? 0), fen: exact(fen + (before?.fen ?? 0)) })
  }
  return [...sums.values()]
}

const fenOf = (rows: readonly TakingData[], hour: number): number =>
  rows.filter((row) => row.hour === hour).reduce((sum, { fen }) => exact(sum + fen), 0)

function hoursOf(
  today: readonly TakingData[],
  weekAgo: readonly TakingData[],
  flows: readonly FlowData[],
): readonly HourSums[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const { entered, left } = flows.find((one) => one.hour === hour) ?? { entered: 0, left: 0 }
    return { takenFen: fenOf(today, hour), entered, left, weekAgoFen: fenOf(weekAgo, hour) }
  })
}

export const todayCalls: CallRows<TodayCalls> = {
  'today.get': {
    right: 'person',
    onWalls: true,
    args: noArguments,
    answer: (_, { run, nowMs }) =>
      run(async (db): Promise<TodayView> => {
        const [day, weekAgo] = [dayAt(nowMs), dayAt(nowMs - 7 * dayMs)]
        const takings = (await db.query<TakingData>(takingsQuery, [[day, weekAgo]])).rows
        const flows = (await db.query<FlowData>(flowQuery, [day])).rows
        const month = await db.query<TodayView['month'] & { readonly matters: number }>(
          monthQuery,
          [`${day.slice(0, 8)}01`, day],
        )
        const { fen, backFen, matters } = present(month.rows[0], 'one row')
        const lots = await lotsOf(db, nowMs)
        const of = (wanted: string, kind: string): readonly TakingData[] =>
          takings.filter((row) => row.day === wanted && row.what === kind)
        const payments = of(day, 'payment')
        const ids = lots.map(({ lotId }) => lotId)
        const span = { from: `${day.slice(0, 8)}01`, to: day }
        return {
          day,
          hour: civil(nowMs).hour,
          payments: byMeans(payments),
          refunds: byMeans(of(day, 'refund')),
          hours: hoursOf(payments, of(weekAgo, 'payment'), flows),
          weekAgo,
          compared: await comparedOf(db, lots, nowMs),
          notes: await sumNotesOf(db, ids, span),
          month: { fen, backFen },
          lots: lots.toSorted((a, b) => b.today.fen - a.today.fen),
          matters,
        }
      }, true),
  },
}
