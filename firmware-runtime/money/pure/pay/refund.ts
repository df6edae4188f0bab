// Refunds: of a late success automatically, once, under a number derived from its attempt (rule P3); all others are
// requested by one person and approved by another. Only a query confirms completion (rule P4).
import type { RefundAnswer } from './answer.ts'
import { isOnItsWay, refundableFen, type Attempt, type PayRefund } from './order.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { waitOf } from './times.ts'
import type { PayEffect, PayEvent, Turn } from './turn.ts'

type RefundRequested = Extract<PayEvent, { type: 'refundRequested' }>

/** The first one is R1, whenever it comes; another amount is another refund and has a number of its own. */
function lateRefundNo({ attemptNo, refunds }: Attempt): string {
  const before = refunds.filter(({ why }) => why === 'late').length
  return before === 0 ? `${attemptNo}R1` : `${attemptNo}R1L${before + 1}`
}

/** True when the gateway has less than this refund needs: its first report was wrong, and it can never refund that much. */
const asksTooMuch = ({ paidFen, refunds }: Attempt, { refundNo, amountFen }: PayRefund): boolean =>
  amountFen >
  refundableFen({ paidFen, refunds: refunds.filter((one) => one.refundNo !== refundNo) })

/**
 * Refunds, once, an attempt that was paid but did not pay its order. All late refunds of an attempt have one purpose: a
 * further one covers only the amount that the earlier ones do not.
 */
export function refundLate(turn: Turn, attempt: Attempt): void {
  const amountFen = refundableFen(attempt)
  if (amountFen <= 0) return
  const { attemptNo } = attempt
  const refundNo = lateRefundNo(attempt)
  turn.write({
    row: 'refund',
    refundNo,
    attemptNo,
    amountFen,
    why: 'late',
    requestedBy: null,
    approvedBy: null,
  })
  askRefund(turn, attemptNo, { refundNo, amountFen })
}

export function refundByPeople(turn: Turn, event: RefundRequested): void {
  const { attemptNo, amountFen, requestedBy, approvedBy, aloneFenMax } = event
  const attempt = turn.attempt(attemptNo)
  const refuse = (reason: Extract<PayEffect, { do: 'refuse' }>['reason']): void =>
    turn.effect({ do: 'refuse', reason })
  if (attempt === undefined) return refuse('noSuchAttempt')
  if (approvedBy !== null && isSamePerson(requestedBy, approvedBy)) return refuse('samePerson')
  if (approvedBy === null && amountFen > aloneFenMax) return refuse('needsSecond')
  if (attempt.state !== 'paid' && attempt.state !== 'odd') return refuse('notPaid')
  if (amountFen <= 0 || amountFen > refundableFen(attempt)) return refuse('moreThanPaid')
  // R1 is the number of a late one, whenever that comes.
  const byPeople = attempt.refunds.filter(({ why }) => why === 'person').length
  const refundNo = `${attemptNo}R${turn.env.numbersFrom + byPeople + 2}`
  turn.write({
    row: 'refund',
    refundNo,
    attemptNo,
    amountFen,
    why: 'person',
    requestedBy,
    approvedBy,
  })
  askRefund(turn, attemptNo, { refundNo, amountFen })
}

type RefundNo = Pick<PayRefund, 'refundNo' | 'amountFen'>

/** A repeated request under the same number refunds the money only once. */
function askRefund(turn: Turn, attemptNo: string, { refundNo, amountFen }: RefundNo): void {
  turn.send({ ask: 'refund', refundNo, attemptNo, amountFen })
  waitForRefund(turn, attemptNo)
}

function waitForRefund(turn: Turn, attemptNo: string): void {
  const asks = turn.attempt(attemptNo)?.refundAsks ?? 0
  turn.remember(attemptNo, { refundAsks: asks + 1 })
  turn.wait('refund', attemptNo, waitOf(turn.env.times.refundStepMs, asks) ?? turn.queryStepMs)
}

/** Queries the refunds of this attempt, also after a restart: no refund is requested again without a query. */
export function goOnRefunding(turn: Turn, attempt: Attempt): void {
  const { attemptNo } = attempt
  const open = attempt.refunds.filter(isOnItsWay)
  if (open.length === 0) return
  for (const { refundNo } of open) turn.send({ ask: 'queryRefund', refundNo, attemptNo })
  waitForRefund(turn, attemptNo)
}

function note(turn: Turn, attemptNo: string, refundNo: string, known: Partial<PayRefund>): void {
  const refunds = turn.attempt(attemptNo)?.refunds ?? []
  turn.remember(attemptNo, {
    refunds: refunds.map((one) => (one.refundNo === refundNo ? { ...one, ...known } : one)),
  })
}

/** The gateway refused. It may have accepted an earlier request: only a refund unknown to it has ended. */
function refused(turn: Turn, attempt: Attempt, refund: PayRefund, reason: string): void {
  const { attemptNo } = attempt
  const { refundNo, why } = refund
  // A late payment must be refunded: the request is repeated as long as the gateway has the amount.
  if (why === 'late' && !asksTooMuch(attempt, refund)) return turn.item(attempt, 'refundRefused')
  note(turn, attemptNo, refundNo, { refusal: reason, isHeard: true })
  turn.send({ ask: 'queryRefund', refundNo, attemptNo })
}

export function refundAnswered(
  turn: Turn,
  attemptNo: string,
  refundNo: string,
  to: 'refund' | 'queryRefund',
  answer: RefundAnswer,
): void {
  const attempt = turn.attempt(attemptNo)
  const refund = attempt?.refunds.find((one) => one.refundNo === refundNo)
  if (attempt === undefined || refund === undefined || !isOnItsWay(refund)) return
  const { amountFen, refusal } = refund
  const again = (): void => turn.send({ ask: 'refund', refundNo, attemptNo, amountFen })
  if (answer.kind === 'refused' && to === 'refund')
    return refused(turn, attempt, refund, answer.reason)
  if (answer.kind === 'notFound' && to === 'queryRefund') {
    if (refusal === null) return again()
    return turn.write({ row: 'refundRefused', refundNo, attemptNo, reason: refusal })
  }
  if (answer.kind !== 'refund') return
  const isOurs = answer.refundNo === refundNo && answer.attemptNo === attemptNo
  if (!isOurs || answer.amountFen !== amountFen) {
    turn.item(attempt, 'refundDiffers')
    return
  }
  note(turn, attemptNo, refundNo, { isHeard: true, refusal: null })
  if (to !== 'queryRefund') return
  if (answer.state === 'done') turn.write({ row: 'refundDone', refundNo, attemptNo })
  if (answer.state !== 'failed') return
  turn.item(attempt, 'refundFailed')
  again()
}
