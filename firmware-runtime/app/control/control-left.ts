// What cars of an open lot owe after they left their spaces, at the desk: found by plate, and paid there. A charge without a result is
// waited for, so that nothing is taken twice.
import type { ArrearsView } from '../../api/coupon-views.ts'
import type { SettleAnswer } from '../../api/rows.ts'
import type { ArgsOf, Role } from '../../api/table.ts'
import { leftOwing, type LeftOwing } from '../../core/open/left-owing.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { Fen } from '../../core/values/fen.ts'
import { isoOf } from '../../core/values/instant.ts'
import { takesOf } from '../../core/values/payment-means.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { ControlActs } from './control-acts.ts'
import { changeOf, mustBeDue } from './settle-amounts.ts'

export const leftView = ({ order, stayId, plate, leftAtMs, dueFen }: LeftOwing): ArrearsView => ({
  orderId: order.orderId,
  stayId,
  plate,
  amountFen: dueFen,
  leftAtIso: isoOf(leftAtMs),
  isOpen: true,
  isDue: false,
  backFrom: null,
})

/** Throws COUPON-08, LANE-02, CASH-01 or CASH-02: nothing is written. */
export function payLeft(
  runtime: LotRuntime,
  acts: ControlActs,
  args: ArgsOf<'arrears.pay'>,
  role: Role,
): SettleAnswer {
  const { orderId, means, givenFen } = args
  let changeFen: Fen | null = null
  const act = acts.of('arrears.pay', args, role)
  const answer = act.once(() => {
    const owing = leftOwing(runtime.lot).find(({ order }) => order.orderId === orderId)
    if (owing === undefined) throw new LaneFault('COUPON-08', { field: '/orderId', value: orderId })
    const { stayId, dueFen, isPending } = owing
    if (isPending)
      throw new LaneFault('LANE-02', {
        field: '/orderId',
        value: orderId,
        note: t(
          '它的扣费还没有结果,等结果出来再收',
          'a charge of it has no result yet: wait for it',
        ),
      })
    mustBeDue(args, dueFen)
    changeFen = changeOf({ ...args, amountFen: dueFen })
    const atMs = runtime.nowMs()
    const refs = { stayId, orderId }
    const { by, reason } = args
    const cash = changeFen === null || givenFen === undefined ? {} : { givenFen, changeFen }
    runtime.append([
      act.row(`${orderId} ${means}`, refs),
      {
        kind: 'payment',
        atMs,
        ...refs,
        amountFen: takesOf(means) === 'amount' ? dueFen : 0,
        body: { paymentId: runtime.mint('M'), means, by, reason, ...cash },
      },
    ])
  })
  // At a repeat nothing is owed any more, so the change is computed from the arguments.
  if (answer.repeated && args.amountFen !== undefined)
    changeFen = changeOf({ ...args, amountFen: args.amountFen })
  return changeFen === null ? answer : { ...answer, changeFen }
}
