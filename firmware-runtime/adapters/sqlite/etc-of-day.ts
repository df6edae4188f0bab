// Charges of ETC around a day with what went back of each, for the platform's bill: of the days beside it too, because
// a platform and a lane see midnight at different moments. Read by the worker through the index of their times.
import type { DatabaseSync } from 'node:sqlite'
import { dayMs, type InstantMs } from '../../core/values/instant.ts'
import type { EtcOfDay } from '../../ports/ledger-service.ts'

/** What people gave by hand the platform never hears of. */
const back = (states: string): string => `
  (SELECT coalesce(sum(r.amountFen), 0) FROM v_refund_row r
   WHERE r.stayId = d.stayId AND r.deductionId = d.deductionId AND r.state IN (${states})
     AND NOT EXISTS (SELECT 1 FROM ledger_row s INDEXED BY refund_state_of
       WHERE s.kind = 'refundState' AND s.subjectId = r.refundId
         AND json_extract(s.body, '$.means') IS NOT NULL))`

const etcSql = `
  WITH page AS MATERIALIZED (
    SELECT deductionId AS pageKey, atMs FROM ledger_row
    WHERE kind = 'intent' AND atMs >= :from AND atMs < :to)
  SELECT d.outTradeNo, d.stayId, d.amountFen, d.state, page.atMs,
    ${back(`'success'`)} AS refundedFen, ${back(`'pending', 'approved', 'abnormal'`)} AS onItsWayFen
  FROM page CROSS JOIN v_deduction d ON d.deductionId = page.pageKey
  ORDER BY page.atMs, d.outTradeNo`

export const etcOfDay = (db: DatabaseSync, startMs: InstantMs): readonly EtcOfDay[] =>
  db
    .prepare(etcSql)
    .all({ from: startMs - dayMs, to: startMs + 2 * dayMs })
    .map((row) => ({
      outTradeNo: String(row['outTradeNo']),
      stayId: String(row['stayId']),
      paidFen: row['state'] === 'paid' ? Number(row['amountFen']) : 0,
      refundedFen: Number(row['refundedFen']),
      onItsWayFen: Number(row['onItsWayFen']),
      atMs: Number(row['atMs']),
    }))
