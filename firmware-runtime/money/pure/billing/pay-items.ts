// Payments by code that a person must review, as items of the day's books: wrong amount, double payment, unknown result,
// late payment. A certain outcome removes its item automatically.
import type { PayOrder } from '../pay/order.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { Difference, DifferenceKind, TallyRow } from '#base/pure/rows/tally-row.ts'

/** Final states of an attempt. */
const certain: readonly string[] = ['paid', 'failed', 'closed', 'reversed']

const idOf = (kind: DifferenceKind, attemptNo: string): string => `${kind} ${attemptNo}`

/** Rows that stand with these steps of an order; `order` is as it was before them. */
export function payItemRows(order: PayOrder, rows: readonly PayRow[], day: string): TallyRow[] {
  const of = (attemptNo: string) => order.attempts.find((one) => one.attemptNo === attemptNo)
  const item = (
    kind: DifferenceKind,
    attemptNo: string,
    amounts: Pick<Difference, 'expectedFen' | 'foundFen'>,
  ): TallyRow[] => [
    {
      row: 'item',
      owner: '',
      itemId: idOf(kind, attemptNo),
      day,
      means: 'qr',
      kind,
      ref: attemptNo,
      ...amounts,
    },
  ]
  const end = (
    kind: DifferenceKind,
    attemptNo: string,
    how: 'refunded' | 'explained',
    reason: string,
  ): TallyRow[] => [
    { row: 'end', itemId: idOf(kind, attemptNo), how, by: '', approvedBy: null, reason },
  ]
  return rows.flatMap((row): TallyRow[] => {
    if (!('attemptNo' in row)) return []
    const { attemptNo } = row
    const { amountFen = 0, paidFen = 0, item: open = null, refunds = [] } = of(attemptNo) ?? {}
    if (row.row === 'item')
      return item('payment', attemptNo, { expectedFen: amountFen, foundFen: paidFen })
    if (row.row === 'state' && row.state === 'odd')
      return item('payment', attemptNo, { expectedFen: amountFen, foundFen: row.paidFen })
    if (row.row === 'state' && certain.includes(row.state) && open !== null)
      return end('payment', attemptNo, 'explained', row.state)
    if (row.row === 'refund' && row.why === 'late')
      return item('late', attemptNo, { expectedFen: 0, foundFen: row.amountFen })
    if (row.row !== 'refundDone') return []
    const back = refunds.find(({ refundNo }) => refundNo === row.refundNo)
    return [
      ...(back?.why === 'late' ? end('late', attemptNo, 'refunded', row.refundNo) : []),
      ...(open === null ? [] : end('payment', attemptNo, 'refunded', row.refundNo)),
    ]
  })
}
