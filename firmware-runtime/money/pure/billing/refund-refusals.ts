// Reasons against a refund: the words of the cores with their display text.
// Some have their own fault code; the others are appended to the text of PAY-03.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import type { RefundBar } from './person-refund.ts'
import type { PayRefusal } from '../pay/turn.ts'

type Refusal = RefundBar | PayRefusal | 'noGateway'
type OwnCode = 'notSettled' | 'chargeHeld' | 'otherNotSettled'

/** Refusals with a fault code of their own. */
const codes: Readonly<Record<OwnCode, FaultCode>> = {
  notSettled: 'PAY-05',
  chargeHeld: 'PAY-06',
  otherNotSettled: 'PAY-07',
}

const words: Readonly<Record<Exclude<Refusal, OwnCode>, BilingualText>> = {
  noSuchAttempt: t('这次停车没有这笔付款', 'the stay has no such payment'),
  noGateway: t('没有设置支付网关', 'no payment gateway is set'),
  samePerson: t('申请人和批准人是同一个人', 'one person asked for it and approved it'),
  needsSecond: t(
    '超过一人可退的金额,要第二个人批准。没有第二个人时,请业主先在 经营 › 人员 添加',
    'it is more than one person may refund alone. Where there is no second one, an owner adds one under Business, People',
  ),
  notPaid: t('这笔没有付成', 'it was not paid'),
  moreThanPaid: t('超过还可以退的金额', 'it is more than is left'),
  firstCar: t('首车试收的钱会自动退回', 'the fee of a first car goes back by itself'),
  orderPaid: t('订单已付', 'the order is paid'),
  etcRuns: t('ETC 正在扣费', 'ETC is charging it'),
}

const hasOwnCode = (refusal: Refusal): refusal is OwnCode => Object.hasOwn(codes, refusal)

export function refundFault(attemptNo: string, refusal: Refusal): LaneFault {
  const at = { field: '/attemptNo', value: attemptNo }
  return hasOwnCode(refusal)
    ? new LaneFault(codes[refusal], at)
    : new LaneFault('PAY-03', { ...at, note: words[refusal] })
}
