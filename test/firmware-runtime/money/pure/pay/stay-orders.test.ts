// Orders rebuilt from the rows of a stay, and one that was forgotten and is restored.
// The fold forgets settled orders; the rows of a stay keep everything.
import { expect, it } from 'vitest'
import { foldPay, type PayCases } from '#money/pure/pay/cases.ts'
import { againRow } from '#money/pure/pay/order.ts'
import { payOrdersOf } from '#money/pure/pay/stay-orders.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'

const hourMs = 3_600_000
let seq = 0
const row = (orderId: string, atMs: number, body: PayRow) =>
  ({
    kind: 'pay',
    seq: ++seq,
    nodeId: 'n1',
    orderId,
    stayId: 's1',
    laneId: 'exit',
    atMs,
    body,
  }) as Extract<LedgerRow, { kind: 'pay' }>
const paid = (orderId: string, atMs: number) => {
  const attemptNo = `lot-${orderId}P1`
  return [
    row(orderId, atMs, { row: 'made', attemptNo, way: 'offer', amountFen: 900 }),
    row(orderId, atMs, { row: 'state', attemptNo, state: 'paid', paidFen: 900, reason: 'paid' }),
    row(orderId, atMs, { row: 'orderPaid', with: attemptNo }),
  ]
}
const refund: PayRow = {
  row: 'refund',
  refundNo: 'lot-O1P1R2',
  attemptNo: 'lot-O1P1',
  amountFen: 100,
  why: 'person',
  requestedBy: 'a',
  approvedBy: 'b',
}

it('keeps every order of a stay, however old', () => {
  const rows = [...paid('O1', 0), ...paid('O2', 100 * hourMs)]
  expect([...payOrdersOf(rows).keys()]).toEqual(['O1', 'O2'])
})

it('the fold forgets a settled order, and has it again as it was', () => {
  const cases: PayCases = new Map()
  const first = paid('O1', 0)
  for (const one of [...first, ...paid('O2', 100 * hourMs)]) foldPay(cases, one)
  expect([...cases.keys()]).toEqual(['O2'])
  const known = present(payOrdersOf(first).get('O1'), 'the order')
  foldPay(cases, row('O1', 101 * hourMs, againRow(known.order)))
  foldPay(cases, row('O1', 101 * hourMs, refund))
  const { order } = present(cases.get('O1'), 'the order')
  expect(order).toMatchObject({
    orderId: 'lot-O1',
    dueFen: 900,
    paidWith: 'lot-O1P1',
    attempts: [{ paidFen: 900, refunds: [{ refundNo: 'lot-O1P1R2', state: 'open' }] }],
  })
})
