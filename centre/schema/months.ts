// The months of lot_batch, made ahead by the owner of its tables: a batch is kept in the month of its receipt, so a clock
// of a lot never needs one. There is no default partition, which would lock the table for each new month.
import type pg from 'pg'
import { civil, type InstantMs } from '../../firmware-runtime/core/values/instant.ts'

/** Months made ahead of the present one. */
const ahead = 4

const two = (n: number): string => String(n).padStart(2, '0')
/** First day of the month `after` months later, in China. */
function monthOf(atMs: InstantMs, after = 0): string {
  const { year, month } = civil(atMs)
  const months = year * 12 + month - 1 + after
  return `${Math.floor(months / 12)}-${two((months % 12) + 1)}-01`
}

/** `2026-11-01` for a receipt in November 2026: the month that a batch is kept in. */
export const receiptMonth = (atMs: InstantMs): string => monthOf(atMs)

/** Called at each start after `migrate`, and daily. `owner`: of the tables. */
export async function ensureMonths(
  owner: pg.ClientBase | pg.Pool,
  nowMs: InstantMs,
): Promise<void> {
  for (let after = 0; after <= ahead; after++) {
    const [from, to] = [monthOf(nowMs, after), monthOf(nowMs, after + 1)]
    const name = `lot_batch_${from.slice(0, 4)}${from.slice(5, 7)}`
    const { rows } = await owner.query<{ found: boolean }>(
      'SELECT to_regclass($1) IS NOT NULL AS found',
      [`centre.${name}`],
    )
    // Making one locks all of them, so it is not tried for those that are there.
    if (rows[0]?.found === true) continue
    await owner.query(`CREATE TABLE IF NOT EXISTS centre.${name} PARTITION OF centre.lot_batch
      FOR VALUES FROM ('${from}') TO ('${to}')`)
  }
}
