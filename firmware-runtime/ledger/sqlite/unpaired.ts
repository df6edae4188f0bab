// Entries of an enclosed lot that no exit has ended, and exits without an entry, each with what was taken for them: of the
// whole ledger, or of the stays that began in a time span. A misread plate leaves one, the other, or both.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { nothingUnpaired, type Unpaired } from '#base/pure/values/unpaired.ts'
import { joinedExits } from './exits-without-entry.ts'
import { countsSql } from './test-orders.ts'

/** A stay in a space of a street is neither. The exits are few, and each is a row of its own. */
const unpairedSql = (inSpan: string): string => `
  WITH page AS MATERIALIZED (
    SELECT stayId, atMs, json_extract(body, '$.noEntry') AS noEntry, EXISTS (
      SELECT 1 FROM ledger_row c INDEXED BY row_of_stay
      WHERE c.stayId = s.stayId AND c.kind = 'stayClosed'
    ) AS isOver
    FROM ledger_row s
    WHERE kind = 'stayOpened' AND ${inSpan} AND json_extract(body, '$.spaceId') IS NULL
  )
  SELECT iif(noEntry, stayId, NULL) AS exitId, min(atMs) AS atMs, count(*) AS count, sum(coalesce((
    SELECT sum(p.amountFen) FROM ledger_row p INDEXED BY row_of_stay
    WHERE p.stayId = page.stayId AND p.kind = 'payment' AND ${countsSql('p.orderId')}
  ), 0)) AS amountFen
  FROM page WHERE noEntry = isOver GROUP BY 1`

/** Without the exits that a person joined with an entry. */
export function unpairedIn(
  db: DatabaseSync,
  inSpan: string,
  given: Readonly<Record<string, SQLInputValue>> = {},
): Unpaired {
  const rows = db.prepare(unpairedSql(inSpan)).all(given)
  const exits = rows.filter(({ exitId }) => exitId !== null)
  const firstMs = Math.min(...exits.map(({ atMs }) => Number(atMs)))
  const joined = exits.length === 0 ? null : joinedExits(db, firstMs)
  const found = { ...nothingUnpaired }
  for (const { exitId, count, amountFen } of rows) {
    if (joined?.has(String(exitId)) === true) continue
    const word = exitId === null ? 'entriesWithoutExit' : 'exitsWithoutEntry'
    const before = found[word]
    found[word] = {
      count: before.count + Number(count),
      amountFen: before.amountFen + Number(amountFen),
    }
  }
  return found
}
