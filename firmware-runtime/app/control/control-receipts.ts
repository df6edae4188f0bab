// The calls about receipts, as the API tells them.
// Absent where the lot has no folder: there is no key to sign with.
import type { AnswerOf, ArgsOf } from '../../api/table.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { Receipts } from '../money/receipts.ts'

type Calls = 'receipt.give' | 'receipt.day'
type ReceiptHandlers = { readonly [N in Calls]: (args: ArgsOf<N>) => Promise<AnswerOf<N>> }

export function receiptHandlers(receipts: Receipts | null): ReceiptHandlers {
  const there = (): Receipts => {
    if (receipts === null) throw new LaneFault('RECEIPT-01', { note: 'this lot has no folder' })
    return receipts
  }
  return {
    'receipt.give': async ({ stayId }) => {
      const { receipt, ...rest } = await there().give(stayId)
      const { plate, enteredAtMs, leftAtMs, amountFen, means } = receipt
      const at = { enteredAtIso: isoOf(enteredAtMs), leftAtIso: isoOf(leftAtMs) }
      return { stayId, plate, amountFen, means, ...at, ...rest }
    },
    'receipt.day': ({ day }) => there().day(day),
  }
}
