// The state of a lot as text for comparison: stays, orders, deductions, passes and unsent records.
// Without what a process knows besides the rows: tries in flight, timers, numbers used in vain.
import { emptyFolded, foldInto } from '#ledger/pure/fold/folded.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { outboxRowIn, type OutboxRecord } from '#ledger/pure/queue/records.ts'
import { ledgerRows } from '../../wire/kit/ledger-rows.ts'

const records = (map: { values(): Iterable<OutboxRecord> }): unknown[] =>
  [...map.values()]
    .map(({ outboxId, seq, op, businessNo, deductionId, stayId, amountFen, atMs }) => ({
      outboxId,
      seq,
      op,
      businessNo,
      deductionId,
      stayId,
      amountFen,
      atMs,
    }))
    .sort((a, b) => a.seq - b.seq)

/** Sorts members by name, since a row read back has them in another order than a new one. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

export function foldOf(lot: LotState, queue: QueueState): string {
  return JSON.stringify(
    {
      stays: [...lot.stays],
      byPlate: [...lot.byPlate],
      byColour: [...lot.byColour],
      orders: [...lot.orders],
      deductions: [...lot.deductions],
      unsettled: [...lot.unsettled.keys()],
      chargedAtMs: [...lot.chargedAtMs],
      passByLane: [...lot.passByLane],
      commands: [...lot.commands],
      entries: lot.entries,
      exits: lot.exits,
      signInUntilMs: lot.signInUntilMs,
      queue: records(queue.records),
      aside: records(queue.aside),
      byDeduction: [...queue.byDeduction],
      confirmed: queue.confirmed,
    },
    ordered,
    1,
  )
}

/** The fold of all rows on disk, without any stored state. */
export function foldOfFile(dir: string): string {
  const rows = [...ledgerRows(dir)]
  const folded = emptyFolded(outboxRowIn((seq) => rows.slice(seq, seq + 1)))
  for (const row of rows) foldInto(folded, row, 0)
  return foldOf(folded.lot, folded.queue)
}
