// A day by hours: cars that came in and left through a lane, and takings. First cars do not count.
// Read through the indexes of time: a busy day has some thousands of rows.
import type { DatabaseSync } from 'node:sqlite'
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { HourOfDay } from '../ports/ledger-service.ts'
import { countsSql } from './test-orders.ts'

const hourMs = 60 * minuteMs

/** Numbers are bound as fractions: without the cast the hour would be a fraction, too. */
const hourSql = (what: string, where: string): string => `
  SELECT CAST((atMs - :from) / ${hourMs} AS INTEGER) AS hour, ${what} AS n FROM ledger_row
  WHERE ${where} AND atMs >= :from AND atMs < :to GROUP BY 1`

/** A car came in. Excludes stays that began at their exit or by a person's list: they entered through no lane. */
export const cameIn = `kind = 'stayOpened' AND laneId IS NOT NULL
  AND json_extract(body, '$.noEntry') = 0 AND json_extract(body, '$.imported') IS NULL`
const enteredSql = hourSql('count(*)', cameIn)
const leftSql = hourSql('count(*)', `kind = 'stayClosed' AND laneId IS NOT NULL`)
const takenSql = hourSql('sum(amountFen)', `kind = 'payment' AND ${countsSql()}`)

/** The 24 hours of the day from this time. */
export function hoursOfDay(db: DatabaseSync, startMs: InstantMs): readonly HourOfDay[] {
  const byHour = (sql: string): ReadonlyMap<number, number> => {
    const rows = db.prepare(sql).all({ from: startMs, to: startMs + dayMs })
    return new Map(rows.map(({ hour, n }) => [Number(hour), Number(n)]))
  }
  const [entered, left, taken] = [byHour(enteredSql), byHour(leftSql), byHour(takenSql)]
  return Array.from({ length: dayMs / hourMs }, (_, hour) => ({
    entered: entered.get(hour) ?? 0,
    left: left.get(hour) ?? 0,
    takenFen: taken.get(hour) ?? 0,
  }))
}
