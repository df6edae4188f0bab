// Money that goes back: a late success by itself, once, under a number derived from its attempt (rule P3);
// everything else asked for by one person and approved by another. Only a query says done (rule P4).
import type { RefundAnswer } from './answer.ts'
import { refundableFen, type Attempt, type PayRefund } from './order.ts'
import { waitOf } from './times.ts'
import type { PayEvent, Turn } from './turn.ts'

type RefundRequested = Extract<PayEvent, { type: 'refundRequested' }>

const lateRefundNo = (attemptNo: string): string => `${attemptNo}R1`

/** Paid, and not what its order was paid with. */
export function refundLate(turn: Turn, attempt: Attempt): void {
  const amountFen = refundableFen(attempt)
  if (amountFen <= 0 || attempt.refunds.some(({ why }) => why === 'late')) return
  const { attemptNo } = attempt
  const refundNo = lateRefundNo(attemptNo)
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
  const { attemptNo, amountFen, requestedBy, approvedBy } = event
  const attempt = turn.attempt(attemptNo)
  const refuse = (reason: 'noSuchAttempt' | 'samePerson' | 'notPaid' | 'moreThanPaid'): void =>
    turn.effect({ do: 'refuse', reason })
  if (attempt === undefined) return refuse('noSuchAttempt')
  if (requestedBy === approvedBy) return refuse('samePerson')
  if (attempt.state !== 'paid' && attempt.state !== 'odd') return refuse('notPaid')
  if (amountFen <= 0 || amountFen > refundableFen(attempt)) return refuse('moreThanPaid')
  // R1 is the number of a late one, whenever that comes.
  const byPeople = attempt.refunds.filter(({ why }) => why === 'person').length
  const refundNo = `${attemptNo}R${byPeople + 2}`
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

const openRefunds = ({ refunds }: Attempt): readonly PayRefund[] =>
  refunds.filter(({ isDone }) => !isDone)

/** What became of the refunds of this attempt is queried; a restart repeats the request itself. */
export function goOnRefunding(turn: Turn, attempt: Attempt, isRestart: boolean): void {
  const { attemptNo } = attempt
  const open = openRefunds(attempt)
  if (open.length === 0) return
  for (const { refundNo, amountFen } of open)
    turn.send(
      isRestart
        ? { ask: 'refund', refundNo, attemptNo, amountFen }
        : { ask: 'queryRefund', refundNo, attemptNo },
    )
  waitForRefund(turn, attemptNo)
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
  if (attempt === undefined || refund === undefined || refund.isDone) return
  if (answer.kind === 'refused') turn.item(attempt, 'refundRefused')
  const again = (): void =>
    turn.send({ ask: 'refund', refundNo, attemptNo, amountFen: refund.amountFen })
  if (answer.kind === 'notFound' && to === 'queryRefund') again()
  if (answer.kind !== 'refund') return
  const isOurs = answer.refundNo === refundNo && answer.attemptNo === attemptNo
  if (!isOurs || answer.amountFen !== refund.amountFen) {
    turn.item(attempt, 'refundDiffers')
    return
  }
  if (to !== 'queryRefund') return
  if (answer.state === 'done') turn.write({ row: 'refundDone', refundNo, attemptNo })
  if (answer.state !== 'failed') return
  turn.item(attempt, 'refundFailed')
  again()
}
