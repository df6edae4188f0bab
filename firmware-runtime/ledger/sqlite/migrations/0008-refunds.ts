// Schema 8: refunds of all means. v_refund also shows refunds of payments by code, by an index of their times;
// v_refund_row has only refunds with a row of their own. No row changes.
import { refundView } from './0001-rows.ts'
import type { Migration } from './migration.ts'

/** The condition of the index, word for word. */
export const refundKinds = `(kind = 'refund' OR (kind = 'pay' AND json_extract(body, '$.row') = 'refund'))`

const ofBody = (member: string): string => `json_extract(r.body, '$.${member}')`
const byCode = (code: string, own: string): string =>
  `CASE r.kind WHEN 'pay' THEN ${code} ELSE ${own} END`

/** The end of a refund by code: a row of the same stay. */
const codeEnd = `
  LEFT JOIN ledger_row e ON r.kind = 'pay' AND e.nodeId = r.nodeId AND e.seq = (
    SELECT max(x.seq) FROM ledger_row x INDEXED BY row_of_stay
    WHERE x.stayId = r.stayId AND x.kind = 'pay' AND x.nodeId = r.nodeId
      AND json_extract(x.body, '$.row') IN ('refundDone', 'refundRefused')
      AND json_extract(x.body, '$.refundNo') = ${ofBody('refundNo')}
  )`
const lastStep = `
  LEFT JOIN ledger_row s ON r.kind = 'refund' AND s.nodeId = r.nodeId AND s.seq = (
    SELECT max(x.seq) FROM ledger_row x INDEXED BY refund_state_of
    WHERE x.kind = 'refundState' AND x.subjectId = r.subjectId AND x.nodeId = r.nodeId
  )`
/** Reason of the act by which people gave it back; the act is an earlier row. */
const codeReason = `CASE ${ofBody('why')} WHEN 'late' THEN 'late' ELSE (
    SELECT json_extract(a.body, '$.reason') FROM ledger_row a INDEXED BY row_of_stay
    WHERE a.stayId = r.stayId AND a.kind = 'audit' AND a.seq < r.seq AND a.nodeId = r.nodeId
      AND json_extract(a.body, '$.act') LIKE 'pay.refund %'
    ORDER BY a.seq DESC LIMIT 1) END`
const endWord = `CASE json_extract(e.body, '$.row')
    WHEN 'refundDone' THEN 'success' WHEN 'refundRefused' THEN 'rejected' ELSE 'pending' END`

const allRefundsView = `
CREATE VIEW v_refund AS
SELECT ${byCode(ofBody('refundNo'), 'r.subjectId')} AS refundId,
  r.stayId, r.orderId, r.deductionId, r.laneId,
  ${byCode(ofBody('amountFen'), 'r.amountFen')} AS amountFen,
  ${byCode(ofBody('attemptNo'), 'r.tradeNo')} AS outTradeNo,
  ${byCode(codeReason, ofBody('reason'))} AS reason,
  ${byCode(`coalesce(${ofBody('requestedBy')}, 'system')`, ofBody('operator'))} AS operator,
  ${ofBody('approvedBy')} AS approvedBy,
  ${byCode(endWord, `coalesce(json_extract(s.body, '$.state'), 'pending')`)} AS state,
  r.atIso AS askedAtIso, coalesce(s.atIso, e.atIso) AS stateAtIso,
  ${byCode(
    `'qr'`,
    `CASE WHEN r.deductionId IS NOT NULL THEN 'etc' ELSE (
      SELECT json_extract(p.body, '$.means') FROM ledger_row p
      WHERE p.kind = 'payment' AND p.subjectId = ${ofBody('paymentId')}) END`,
  )} AS means,
  r.nodeId, r.seq AS rowSeq
FROM ledger_row r ${lastStep} ${codeEnd}
WHERE ${refundKinds.replaceAll(/\b(kind|body)\b/g, 'r.$1')}`

export const refundsMigration: Migration = {
  version: 8,
  name: 'refunds',
  up: [
    `CREATE INDEX back_at ON ledger_row (atMs, seq) WHERE ${refundKinds}`,
    'DROP VIEW v_refund',
    refundView.replace('VIEW v_refund AS', 'VIEW v_refund_row AS'),
    allRefundsView,
  ],
}
