// The columns of each kind of ledger row: member, heading and format.
// A further kind or column is one row here and one word in each language.
import type { LedgerQuery } from '#ledger/calls/ledger.ts'

export type LedgerKind = LedgerQuery['kind']
type Shape = 'text' | 'mono' | 'money' | 'time' | 'plate' | 'word' | 'said' | 'lane'

export interface Column {
  readonly member: string
  /** Key under `ledger.col`. */
  readonly head: string
  readonly shape: Shape
  /** For `word`: the list of the catalogue that has the value's word. */
  readonly list?: string
}

const lane: Column = { member: 'laneId', head: 'lane', shape: 'lane' }
const plate: Column = { member: 'plate', head: 'plate', shape: 'plate' }
const amount: Column = { member: 'amountFen', head: 'amount', shape: 'money' }
const reason: Column = { member: 'reason', head: 'reason', shape: 'said' }

export const ledgerKinds: readonly LedgerKind[] = [
  'stay',
  'deduction',
  'payment',
  'refund',
  'event',
]

export const ledgerColumns: Readonly<Record<LedgerKind, readonly Column[]>> = {
  stay: [
    { member: 'enteredAtIso', head: 'in', shape: 'time' },
    { member: 'leftAtIso', head: 'out', shape: 'time' },
    plate,
    // Amount of the last order; the column `end` says what became of it, which is not always a payment.
    { ...amount, head: 'due' },
    { member: 'end', head: 'end', shape: 'word', list: 'end' },
  ],
  deduction: [
    { member: 'intentAtIso', head: 'time', shape: 'time' },
    plate,
    amount,
    { member: 'state', head: 'state', shape: 'word', list: 'ledger.deductionState' },
    { member: 'cardNo', head: 'card', shape: 'mono' },
    { member: 'upload', head: 'upload', shape: 'word', list: 'ledger.uploadState' },
    { member: 'outTradeNo', head: 'trade', shape: 'mono' },
  ],
  payment: [
    { member: 'atIso', head: 'time', shape: 'time' },
    lane,
    plate,
    amount,
    { member: 'means', head: 'means', shape: 'word', list: 'act.meansOf' },
    { member: 'changeFen', head: 'change', shape: 'money' },
    { member: 'by', head: 'by', shape: 'text' },
    reason,
  ],
  refund: [
    { member: 'askedAtIso', head: 'time', shape: 'time' },
    plate,
    amount,
    { member: 'means', head: 'means', shape: 'word', list: 'act.meansOf' },
    { member: 'state', head: 'state', shape: 'word', list: 'ledger.refundState' },
    { member: 'backMeans', head: 'backMeans', shape: 'word', list: 'act.meansOf' },
    { member: 'operator', head: 'by', shape: 'text' },
    reason,
    { member: 'outTradeNo', head: 'trade', shape: 'mono' },
  ],
  event: [
    { member: 'atIso', head: 'time', shape: 'time' },
    lane,
    plate,
    { member: 'type', head: 'type', shape: 'word', list: 'row' },
    { member: 'by', head: 'by', shape: 'text' },
    amount,
    { member: 'detail', head: 'detail', shape: 'said' },
  ],
}
