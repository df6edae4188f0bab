// The months of the tables that are kept by month, made by the owner of the tables: ahead of time, and for the fold when a
// row is of another month. A batch is kept in the month of its receipt, so a clock of a lot never needs one. There is no
// default partition, which would lock the table for each new month.
import type pg from 'pg'
import { civil, type InstantMs } from '#base/pure/values/instant.ts'

/** Months made ahead of the present one. */
const ahead = 4

const two = (n: number): string => String(n).padStart(2, '0')
/** First day of a month: of months since the year 0. */
const firstDayOf = (months: number): string =>
  `${Math.floor(months / 12)}-${two((months % 12) + 1)}-01`

function monthsSinceZero(atMs: InstantMs): number {
  const { year, month } = civil(atMs)
  return year * 12 + month - 1
}

/** `2026-11-01` for a receipt in November 2026: the month that a batch is kept in. */
export const receiptMonth = (atMs: InstantMs): string => firstDayOf(monthsSinceZero(atMs))

/** Months of the figures of the fold, each by any of its days, `2026-11-29`. */
export type MakeMonths = (days: readonly string[]) => Promise<void>

const figureTables = ['stay', 'money'] as const
type MonthlyTable = 'lot_batch' | (typeof figureTables)[number]

/** Attached, a month locks out no reader of the others; in one statement, so that none is there and not attached. */
function monthSql(table: MonthlyTable, day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const months = year * 12 + month - 1
  const [from, to] = [firstDayOf(months), firstDayOf(months + 1)]
  const name = `centre.${table}_${from.slice(0, 4)}${from.slice(5, 7)}`
  return `DO $$ BEGIN
    IF to_regclass('${name}') IS NULL THEN
      CREATE TABLE ${name} (LIKE centre.${table} INCLUDING ALL EXCLUDING INDEXES);
      ALTER TABLE centre.${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}');
    END IF;
  END $$`
}

/** `owner`: of the tables. */
export async function makeMonths(
  owner: pg.ClientBase | pg.Pool,
  days: readonly string[],
  tables: readonly MonthlyTable[] = figureTables,
): Promise<void> {
  for (const day of new Set(days.map((one) => `${one.slice(0, 7)}-01`)))
    for (const table of tables) await owner.query(monthSql(table, day))
}

/** Called at each start after `migrate`, and daily. */
export async function ensureMonths(
  owner: pg.ClientBase | pg.Pool,
  nowMs: InstantMs,
): Promise<void> {
  const first = monthsSinceZero(nowMs)
  const days = Array.from({ length: ahead + 1 }, (_, after) => firstDayOf(first + after))
  await makeMonths(owner, days, ['lot_batch', ...figureTables])
}
