// Orders with attempts through a gateway, as a fold over ledger rows, from which a restart continues.
// A case is dropped once it is settled and no query can change its result.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { applyPayRow, emptyOrder, isSettled, isUndecided, type PayOrder } from './order.ts'

export interface PayCase {
  /** Its `orderId` is the number at the gateway, under which attempts are counted. */
  readonly order: PayOrder
  readonly laneId: string
  readonly stayId: string
  readonly lastAtMs: InstantMs
}

/** By the id of the order in the ledger, those longest untouched first. */
export type PayCases = Map<string, PayCase>

/** True while a driver may be paying the order by code. */
export const isBeingTried = (cases: PayCases, orderId: string): boolean =>
  cases.get(orderId)?.order.attempts.some(isUndecided) === true

/** Longer than the last late query (times.ts). */
const keptMs = 36 * 3_600_000

const attemptCount = /P\d+$/

function firstOrder({ body }: Extract<LedgerRow, { kind: 'pay' }>): PayOrder {
  // An order that is taken up again brings all that it was.
  if (body.row !== 'made') return emptyOrder('', 0)
  return emptyOrder(body.attemptNo.replace(attemptCount, ''), body.amountFen)
}

const isOver = ({ order }: PayCase): boolean =>
  isSettled(order) && order.attempts.every(({ item }) => item === null)

export function foldPay(cases: PayCases, row: Extract<LedgerRow, { kind: 'pay' }>): void {
  const orderId = present(row.orderId, 'a step of a payment has its order')
  const before = cases.get(orderId)
  const order = applyPayRow(before?.order ?? firstOrder(row), row.body)
  cases.delete(orderId)
  const { laneId = '', stayId = '', atMs } = row
  cases.set(orderId, { order, laneId, stayId, lastAtMs: atMs })
  for (const [oldest, one] of cases) {
    if (one.lastAtMs >= atMs - keptMs) return
    if (isOver(one)) cases.delete(oldest)
  }
}
