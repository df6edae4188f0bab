// Refunds and their progress (P16): only for a successful charge, never above the rest (8.3.2 d, 9.3.7). A refused
// request stores nothing, so its number may be used again.
import { done, refuse, type Outcome } from '../answers.ts'
import { oncePerNumber, type Call, type Services, type Handler, type Worked } from '../call.ts'
import { refundsPlace } from './filed.ts'
import { refundRules } from './member-tables.ts'
import { numberOf, textOf } from './members.ts'
import { actOf, actsAt, type Act, type RefundStatus } from './settlement-records.ts'

/** Fen taken from a charge by refunds in progress or done; ABNORMAL may still become done. */
function promisedFen(services: Services, appId: string, outTradeNo: string): number {
  let sum = 0
  for (const act of actsAt(services.state, 'refunds', refundsPlace(appId, outTradeNo)))
    if (act.status !== 'REJECTED') sum += act.row.refund?.refundFee ?? 0
  return sum
}

const answerData = (no: string, outTradeNo: string, refundFee: number, status: string) => ({
  outRefundNo: no,
  refundNo: `R${no}`.slice(0, 40),
  outTradeNo,
  refundFee,
  status,
})

/** One person under two spellings is one person. */
const personOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

const charged = (act: Act | undefined): boolean =>
  act?.status === 'SUCCESS' || act?.status === 'REFUNDED'

function work(services: Services, call: Call, no: string): Worked | Outcome {
  const m = call.members
  const [outTradeNo, refundFee] = [textOf(m, 'outTradeNo'), numberOf(m, 'refundFee')]
  const approvedBy = textOf(m, 'approvedBy')
  if (personOf(approvedBy) === personOf(textOf(m, 'operator')))
    return refuse('200004', '/approvedBy', approvedBy, 'another person than operator')
  const act = actOf(services.state, 'exit-charges', call.appId, outTradeNo)
  const charge = act?.row.charge
  if (!act || !charge) return refuse('300012', '/outTradeNo', outTradeNo, 'no such charge')
  if (!charged(act)) return refuse('300030', '/outTradeNo', outTradeNo, `it is ${act.status}`)
  if (numberOf(m, 'totalFee') !== charge.realFee) {
    return refuse('200004', '/totalFee', numberOf(m, 'totalFee'), `charged ${charge.realFee}`)
  }
  if (refundFee < 1) return refuse('200003', '/refundFee', refundFee, 'at least one fen')
  const left = charge.realFee - promisedFen(services, call.appId, outTradeNo)
  if (refundFee > left) return refuse('300031', '/refundFee', refundFee, `${left} fen are left`)
  const status: RefundStatus = services.policy.refunds
  return {
    status,
    facts: { refund: { outTradeNo, refundFee } },
    outcome: done(answerData(no, outTradeNo, refundFee, status)),
  }
}

/** POST /v1/etc/refunds */
export const postRefund: Handler = (services, call) => {
  const no = textOf(call.members, 'outRefundNo')
  return oncePerNumber(services, call, { kind: 'refunds', no, rules: refundRules }, () =>
    work(services, call, no),
  )
}

/** GET /v1/etc/refunds/{outRefundNo}: progress (8.3.2 f). */
export const getRefund: Handler = (services, call) => {
  const no = call.path[0] ?? ''
  const act = actOf(services.state, 'refunds', call.appId, no)
  const refund = act?.row.refund
  if (!act || !refund) return refuse('300012', '/outRefundNo', no, 'not found', 'path')
  return done(answerData(no, refund.outTradeNo, refund.refundFee, act.status))
}
