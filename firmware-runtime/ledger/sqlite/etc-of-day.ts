// ETC charges around a day with their refunds, for the platform's bill; includes the neighbouring days, because
// platform and lane have midnight at different moments. Read by the worker through the index of their times.
import type { DatabaseSync } from 'node:sqlite'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { EtcOfDay } from '../ports/ledger-service.ts'

/** Fen refunded of a charge and fen on the way. Refunds given by hand are unknown to the platform. */
const back = `
  (SELECT json_array(
     coalesce(sum(CASE r.state WHEN 'success' THEN r.amountFen END), 0),
     coalesce(sum(CASE WHEN r.state IN ('pending', 'approved', 'abnormal') THEN r.amountFen END), 0))
   FROM v_refund_row r
   WHERE r.stayId = d.stayId AND r.deductionId = d.deductionId
     AND NOT EXISTS (SELECT 1 FROM ledger_row s INDEXED BY refund_state_of
       WHERE s.kind = 'refundState' AND s.subjectId = r.refundId
         AND json_extract(s.body, '$.means') IS NOT NULL))`

/** An operator's exit record of a charge has the number of the charge (D.2 rule 13). */
const record = `
  (SELECT json_array(coalesce(u.amountFen, 0), u.state) FROM v_outbox u
   WHERE u.businessNo = d.outTradeNo AND u.op = 'exitRecord' AND u.destination = 'operator' LIMIT 1)`

const etcSql = `
  WITH page AS MATERIALIZED (
    SELECT deductionId AS pageKey, atMs FROM ledger_row
    WHERE kind = 'intent' AND atMs >= :from AND atMs < :to)
  SELECT d.outTradeNo, d.stayId, d.amountFen, d.state, page.atMs,
    ${back} AS back, ${record} AS record
  FROM page CROSS JOIN v_deduction d ON d.deductionId = page.pageKey
  ORDER BY page.atMs, d.outTradeNo`

function recordOf(text: string): EtcOfDay['record'] {
  const [fen, state] = JSON.parse(text) as [number, string]
  return { fen, isThere: state === 'confirmed' }
}

export const etcOfDay = (db: DatabaseSync, startMs: InstantMs): readonly EtcOfDay[] =>
  db
    .prepare(etcSql)
    .all({ from: startMs - dayMs, to: startMs + 2 * dayMs })
    .map((row) => {
      const [refundedFen, onItsWayFen] = JSON.parse(String(row['back'])) as [number, number]
      const record = row['record'] === null ? null : recordOf(String(row['record']))
      return {
        outTradeNo: String(row['outTradeNo']),
        stayId: String(row['stayId']),
        paidFen: row['state'] === 'paid' ? Number(row['amountFen']) : 0,
        refundedFen,
        onItsWayFen,
        atMs: Number(row['atMs']),
        record,
      }
    })
