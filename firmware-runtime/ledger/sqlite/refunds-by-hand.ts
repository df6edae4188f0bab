// Refunds that no platform carries out: it was never asked, it said no, or the record is held. People give the money back.
// Read by the worker; oldest first, for the one who waits longest is served first.
import type { DatabaseSync } from 'node:sqlite'
import type { RefundByHand } from '#money/pure/pay/refund-by-hand.ts'
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'
import { stayPlate } from './migrations/0014-zero-plates.ts'

const refundsMax = 200

/** A page of its stay says the same by its rows (money/pure/billing/stay-payments.ts). */
const heldSql = `
  SELECT coalesce(u.note, '') FROM v_outbox u
  WHERE u.businessNo = v.refundId AND u.op = 'refund' AND u.state = 'held' AND v.state <> 'success'`

const refundsSql = `
  SELECT v.refundId, v.stayId, v.laneId, v.amountFen, v.state, r.atMs, json_extract(r.body, '$.reason') AS reason,
    (SELECT ${stayPlate} FROM ledger_row s WHERE s.stayId = v.stayId AND s.kind = 'stayOpened') AS plate,
    (${heldSql}) AS held
  FROM v_refund_row v JOIN ledger_row r ON r.kind = 'refund' AND r.subjectId = v.refundId
  WHERE (v.state = 'rejected' AND json_extract(r.body, '$.byPeople') IS NULL) OR (v.state = 'pending' AND NOT EXISTS (
    SELECT 1 FROM ledger_row o
    WHERE o.stayId = v.stayId AND o.kind = 'outbox' AND o.tradeNo = v.refundId)) OR EXISTS (${heldSql})
  ORDER BY r.atMs, r.seq LIMIT ${refundsMax}`

const refundOf = (row: SqlRow): RefundByHand => ({
  refundId: String(row['refundId']),
  stayId: String(row['stayId']),
  laneId: String(row['laneId'] ?? ''),
  plate: row['plate'] === null ? null : String(row['plate']),
  amountFen: Number(row['amountFen']),
  askedAtMs: Number(row['atMs']),
  rejected: row['state'] === 'rejected',
  ...(row['reason'] === overchargedReason ? { overcharged: true as const } : {}),
  ...(row['held'] === null ? {} : { held: String(row['held']) }),
})

export const refundsByHand = (db: DatabaseSync): readonly RefundByHand[] =>
  db.prepare(refundsSql).all().map(refundOf)
