// Exits without a recorded entry, for a person who looks for the matching entries.
// Read by the worker; only the newest, because an older pair was offered when it was new.
import type { DatabaseSync } from 'node:sqlite'
import type { ExitWithoutEntry } from '../pure/lot/stays-to-check.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'

const exitsMax = 2_000

const exitsSql = `
  SELECT s.stayId, s.plate, s.laneId, json_extract(c.body, '$.leftAtMs') AS leftAtMs
  FROM ledger_row s
  JOIN ledger_row c ON c.stayId = s.stayId AND c.kind = 'stayClosed' AND c.laneId IS NOT NULL
  WHERE s.kind = 'stayOpened' AND s.atMs >= :since AND s.plate IS NOT NULL
    AND json_extract(s.body, '$.noEntry') = 1
  ORDER BY s.atMs DESC, s.seq DESC LIMIT ${exitsMax}`

const joinsSql = `
  SELECT json_extract(body, '$.act') AS act FROM ledger_row INDEXED BY act_at
  WHERE kind = 'audit' AND atMs >= :since AND json_extract(body, '$.act') LIKE 'stays.close % %'`

/** Exits that a stay was closed with since. */
export function joinedExits(db: DatabaseSync, sinceMs: InstantMs): ReadonlySet<string> {
  const acts = db.prepare(joinsSql).all({ since: sinceMs })
  return new Set(acts.map(({ act }) => String(act).split(' ')[2] ?? ''))
}

const exitOf = (row: SqlRow, joined: ReadonlySet<string>): ExitWithoutEntry => ({
  stayId: String(row['stayId']),
  plate: String(row['plate']),
  laneId: String(row['laneId']),
  leftAtMs: Number(row['leftAtMs']),
  isJoined: joined.has(String(row['stayId'])),
})

export function exitsWithoutEntry(
  db: DatabaseSync,
  sinceMs: InstantMs,
): readonly ExitWithoutEntry[] {
  const joined = joinedExits(db, sinceMs)
  const exits = db.prepare(exitsSql).all({ since: sinceMs })
  return exits.map((row) => exitOf(row, joined))
}
