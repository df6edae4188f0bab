// The ledger against the records that each destination has (table G.1): what it confirmed is there once, with the same bytes,
// nothing is there without a row, and when all is healed each record of the ledger is there.
// Part of the checker of invariants.ts.
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import {
  recordOps,
  uploadNo,
  type Checker,
  type Ledgered,
  type OutsideRecords,
} from './invariant-cases.ts'

const isRecord = (op: string): boolean => recordOps.some((one) => one === op)
/** Ends without the destination having it, which are a person's. */
const ended = new Set(['rejected', 'held', 'replaced'])

export function checkRecords(
  c: Checker,
  ledger: Ledgered,
  of: { readonly records: NonNullable<OutsideRecords['records']>; readonly healed: boolean },
  shelf: ShelfMaker,
): void {
  const seen = shelf<true>()
  for (const record of of.records) {
    const no = uploadNo(record)
    c.check('M3', !seen.has(no), null, `${no} is twice in the books of ${record.destination}`)
    seen.set(no, true)
    const upload = ledger.outbox.get(no)
    const isOurs = upload?.op === record.op
    c.check('M4', isOurs, null, `${record.destination} has ${record.op} ${no} without its row`)
    if (upload === undefined || !isOurs) continue
    const isSame = upload.bodySm3.toLowerCase() === record.bodySm3.toLowerCase()
    c.check('M3', isSame, null, `${no}: ${record.destination} has other bytes than the ledger`)
  }
  for (const { no, op, outboxId } of ledger.outbox.values()) {
    if (!isRecord(op)) continue
    const state = ledger.uploadState.get(outboxId)
    const isDue = state === 'confirmed' || (of.healed && !ended.has(state ?? ''))
    const detail = `${op} ${no} is ${state ?? 'unsent'}, and not in the books of its destination`
    c.check('M4', !isDue || seen.has(no), null, detail)
  }
}
