// Rows of cars that were let go in a time span: acts at a boom and ends of stays by their indexes, and the rows of
// these stays. Read by the worker; money/pure/billing/let-go.ts decides who was let go and what they owe.
import type { DatabaseSync } from 'node:sqlite'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { factColumns, factsOf } from './row-text.ts'

const acts = `FROM ledger_row INDEXED BY act_at
  WHERE kind = 'audit' AND atMs >= :from AND atMs < :to
    AND (json_extract(body, '$.act') = 'lane.open' OR json_extract(body, '$.act') IN ('lane.settle free', 'lane.settle later'))`
/** For cars let go before midnight that left after it. */
const ends = `FROM ledger_row INDEXED BY closed_at
  WHERE kind = 'stayClosed' AND atMs >= :from AND atMs < :to AND laneId IS NOT NULL
    AND json_extract(body, '$.end') IN ('later', 'open')`
const kinds = `('stayOpened', 'plateRead', 'orderMade', 'payment', 'pass', 'stayClosed', 'arrears')`

const actsSql = `SELECT ${factColumns} ${acts} ORDER BY seq`
const staysSql = `SELECT ${factColumns} FROM ledger_row INDEXED BY row_of_stay
  WHERE stayId IN (SELECT stayId ${acts} AND stayId IS NOT NULL UNION SELECT stayId ${ends})
    AND kind IN ${kinds} ORDER BY seq`

export function letGoRows(
  db: DatabaseSync,
  fromMs: InstantMs,
  toMs: InstantMs,
): readonly LedgerRow[] {
  const span = { from: fromMs, to: toMs + 60 * minuteMs }
  return [actsSql, staysSql].flatMap((text) => db.prepare(text).all(span).map(factsOf))
}
