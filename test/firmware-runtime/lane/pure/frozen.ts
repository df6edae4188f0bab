// The outbox row of a record that a state machine requests, with an empty body: tests of the core know no platform's
// format. How a dialect encodes the facts is tested with the dialect.
import type { FreezeRow } from '#devices/pure/charge/freeze-row.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

export function frozen(row: FreezeRow): RowDraft {
  const { op, atMs, outboxId, facts } = row
  const of = row.op === 'refund' ? row.facts.deduction : row.facts
  const businessNo = 'refundId' in facts ? facts.refundId : facts.businessNo
  return {
    kind: 'outbox',
    atMs,
    laneId: of.laneId,
    ...(of.stayId === '' ? {} : { stayId: of.stayId }),
    ...(of.orderId === null ? {} : { orderId: of.orderId }),
    ...(of.deductionId === null ? {} : { deductionId: of.deductionId }),
    amountFen: facts.amountFen,
    body: { outboxId, destination: 'platform', op, businessNo, body: '{}', bodySm3: '' },
  }
}
