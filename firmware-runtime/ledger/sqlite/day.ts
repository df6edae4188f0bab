// The sums of a day so far, for a board that starts during the day: cars, and fen paid by ETC.
// Read once at the start by the worker; afterwards the board counts events.
import type { DatabaseSync } from 'node:sqlite'
import { tacTold } from '../pure/lot/not-uploaded.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerDay, PassageOfDay } from '../ports/ledger-service.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'
import { countsSql } from './test-orders.ts'

const lastMax = 20

const leftKinds = `(kind = 'stayClosed' AND laneId IS NOT NULL
  OR (kind = 'event' AND json_extract(body, '$.type') = 'passUsed'
      AND json_extract(body, '$.detail') = 'entered'))`

/** Rows are in order of time except for a few that waited: read from this many rows earlier. */
const slackRows = 200
const eventKinds = `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`
const firstSql = (kinds: string): string =>
  `SELECT seq FROM ledger_row WHERE ${kinds} AND atMs >= ? ORDER BY atMs, seq LIMIT 1`

const today = `nodeId = :node AND seq >= :seq AND atMs >= :since`
const countSql = `SELECT count(*) AS n FROM ledger_row WHERE ${today} AND ${leftKinds}`
const paidSql = `
  SELECT coalesce(sum(amountFen), 0) AS n FROM ledger_row
  WHERE ${today} AND kind = 'outcome' AND json_extract(body, '$.state') = 'paid'
    AND json_extract(body, '$.reason') <> '${tacTold}' AND ${countsSql()}`
/** The photo of a car that entered is that of its stay; at an exit it is in the row that ends the stay or in an order. */
const photoSql = `
  SELECT json_extract(p.body, '$.photo') FROM ledger_row p
  WHERE p.stayId = r.stayId AND json_extract(p.body, '$.photo') IS NOT NULL
    AND CASE r.kind WHEN 'stayClosed' THEN p.kind IN ('stayClosed', 'orderMade')
      ELSE p.kind IN ('stayOpened', 'plateRead') END
  ORDER BY p.seq DESC LIMIT 1`
const leftSql = `
  SELECT *, row_number() OVER (ORDER BY seq DESC) AS place,
    row_number() OVER (PARTITION BY laneId ORDER BY seq DESC) AS ofLane
  FROM ledger_row WHERE ${today} AND ${leftKinds}`
const lastSql = `
  SELECT r.atMs, r.laneId, r.stayId, coalesce(json_extract(r.body, '$.end'), 'entry') AS word,
    (${photoSql}) AS photo,
    (SELECT s.plate FROM v_stay s WHERE s.stayId = r.stayId) AS plate,
    (SELECT s.amountFen FROM v_stay s
     WHERE s.stayId = r.stayId AND ${countsSql('s.orderId')}) AS amountFen,
    (SELECT sum(p.amountFen) FROM ledger_row p
     WHERE p.kind = 'payment' AND p.stayId = r.stayId AND ${countsSql('p.orderId')}) AS takenFen
  FROM (${leftSql}) r WHERE r.place <= ${lastMax} OR r.ofLane = 1
  ORDER BY r.seq DESC`

const textOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise

const passageOf = (row: SqlRow): PassageOfDay => {
  return {
    atMs: Number(row['atMs']),
    laneId: textOr(row['laneId'], ''),
    stayId: textOr(row['stayId'], null),
    plate: textOr(row['plate'], null),
    end: textOr(row['word'], ''),
    photoId: textOr(row['photo'], null),
    amountFen: Number(row['amountFen'] ?? 0),
    takenFen: Number(row['takenFen'] ?? 0),
  }
}

export function dayOf(db: DatabaseSync, nodeId: string, sinceMs: InstantMs): LedgerDay {
  const first = [eventKinds, `kind = 'stayOpened'`].map((kinds) =>
    Number(db.prepare(firstSql(kinds)).get(sinceMs)?.['seq'] ?? Infinity),
  )
  const seq = Math.min(...first) - slackRows
  if (seq === Infinity) return { passages: 0, paidFen: 0, last: [] }
  const values = { node: nodeId, seq, since: sinceMs }
  return {
    passages: Number(db.prepare(countSql).get(values)?.['n'] ?? 0),
    paidFen: Number(db.prepare(paidSql).get(values)?.['n'] ?? 0),
    last: db.prepare(lastSql).all(values).map(passageOf),
  }
}
