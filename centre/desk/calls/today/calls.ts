// The day of all lots of a person, from the sums of the fold, beside the same weekday a week ago and the month.
import { civil, dayMs } from '../../../../firmware-runtime/core/values/instant.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { noArguments, type CallRows } from '../../call.ts'
import { exact } from '../../exact.ts'
import { dayAt, lotsOf } from '../lots/list.ts'
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
        return {
          day,
          hour: civil(nowMs).hour,
          payments: byMeans(payments),
          refunds: byMeans(of(day, 'refund')),
          hours: hoursOf(payments, of(weekAgo, 'payment'), flows),
          weekAgo,
          month: { fen, backFen },
          lots: lots.toSorted((a, b) => b.today.fen - a.today.fen),
          matters,
        }
      }, true),
  },
}
