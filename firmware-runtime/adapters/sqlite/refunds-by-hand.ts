// Refunds that no platform carries out: it was never asked, or it said no. People give the money back.
// Read by the worker; oldest first, for the one who waits longest is served first.
import type { DatabaseSync } from 'node:sqlite'
import type { RefundByHand } from '../../core/pay/refund-by-hand.ts'
import { overchargedReason } from '../../core/values/refund-means.ts'
import type { SqlRow } from './connection.ts'
import { stayPlate } from './migrations/0010-late-plates.ts'

const refundsMax = 200

const refundsSql = `
  SELECT v.refundId, v.stayId, v.laneId, v.amountFen, v.state, r.atMs, json_extract(r.body, '$.reason') AS reason,
    (SELECT ${stayPlate} FROM ledger_row s WHERE s.stayId = v.stayId AND s.kind = 'stayOpened') AS plate
  FROM v_refund_row v JOIN ledger_row r ON r.kind = 'refund' AND r.subjectId = v.refundId
  WHERE (v.state = 'rejected' AND json_extract(r.body, '$.byPeople') IS NULL) OR (v.state = 'pending' AND NOT EXISTS (
    SELECT 1 FROM ledger_row o
    WHERE o.stayId = v.stayId AND o.kind = 'outbox' AND o.tradeNo = v.refundId))
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
})

export const refundsByHand = (db: DatabaseSync): readonly RefundByHand[] =>
  db.prepare(refundsSql).all().map(refundOf)
