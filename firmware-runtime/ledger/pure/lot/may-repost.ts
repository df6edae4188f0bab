// Decides whether a charge may still be posted: not once its order was settled otherwise or a person decides about it.
// Applies to the lot's own queue and to records that leave by other ways.
import type { LotState } from './lot-state.ts'

interface Charge {
  readonly deductionId: string | null
  /** Set while a lane waits for it, which is no reason against it. */
  readonly live: unknown
}

export function mayRepost({ deductions, orders, stays }: LotState, record: Charge): boolean {
  const deduction = deductions.get(record.deductionId ?? '')
  const order = orders.get(deduction?.orderId ?? '')
  if (deduction === undefined || order === undefined || order.settledOtherwise) return false
  const stay = stays.get(order.stayId)
  // In an open lot no lane waits for the result: the car has left its space.
  const isGone = stay === undefined || stay.pass !== null || stay.leftAtMs !== null
  return isGone || record.live !== null
}

/** An order may be with an access system only while a lane waits for it, and nothing else has paid for its car. */
export function mayOrder(
  { deductions, orders }: LotState,
  { deductionId }: Pick<Charge, 'deductionId'>,
  inLanes: ReadonlySet<string>,
): boolean {
  const order = orders.get(deductions.get(deductionId ?? '')?.orderId ?? '')
  return order !== undefined && !order.settledOtherwise && inLanes.has(deductionId ?? '')
}
