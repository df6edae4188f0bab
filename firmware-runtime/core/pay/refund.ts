// Money that goes back: a late success by itself, once, under a number derived from its attempt (rule P3);
// everything else asked for by one person and approved by another. Only a query says done (rule P4).
import type { RefundAnswer } from './answer.ts'
import { isOnItsWay, refundableFen, type Attempt, type PayRefund } from './order.ts'
import { isSamePerson } from '../values/same-person.ts'
import { waitOf } from './times.ts'
import type { PayEffect, PayEvent, Turn } from './turn.ts'

type RefundRequested = Extract<PayEvent, { type: 'refundRequested' }>

/** The first one is R1, whenever it comes; another amount is another refund and has a number of its own. */
function lateRefundNo({ attemptNo, refunds }: Attempt): string {
  const before = refunds.filter(({ why }) => why === 'late').length
  return before === 0 ? `${attemptNo}R1` : `${attemptNo}R1L${before + 1}`
}

/** The gateway holds less than this refund asks for: what it said first was not so, and it will never give that much. */
const asksTooMuch = ({ paidFen, refunds }: Attempt, { refundNo, amountFen }: PayRefund): boolean =>
  amountFen >
  refundableFen({ paidFen, refunds: refunds.filter((one) => one.refundNo !== refundNo) })

/**
 * Paid, and not what its order was paid with: what the gateway holds of it goes back, once. All late refunds of an attempt are one
 * purpose: another one is asked for only over what the ones before it do not give back.
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

/** A repeat under the same number asks for the same money. */
function askRefund(turn: Turn, attemptNo: string, { refundNo, amountFen }: RefundNo): void {
  turn.send({ ask: 'refund', refundNo, attemptNo, amountFen })
  waitForRefund(turn, attemptNo)
}

function waitForRefund(turn: Turn, attemptNo: string): void {
  const asks = turn.attempt(attemptNo)?.refundAsks ?? 0
  turn.remember(attemptNo, { refundAsks: asks + 1 })
  turn.wait('refund', attemptNo, waitOf(turn.env.times.refundStepMs, asks) ?? turn.queryStepMs)
}

/** What became of the refunds of this attempt is queried, after a restart as well: nothing is repeated unasked. */
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

/** The gateway said no. It may have taken an earlier request: only what it then knows nothing of is over. */
function refused(turn: Turn, attempt: Attempt, refund: PayRefund, reason: string): void {
  const { attemptNo } = attempt
  const { refundNo, why } = refund
  // Money that came too late has to go back: it is asked for until the gateway takes it, as long as the gateway holds so much.
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
