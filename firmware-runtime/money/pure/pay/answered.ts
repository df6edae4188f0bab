// Applies an answer of the gateway to an attempt: only a verified answer to our own query or charge, with the same number and
// amount, counts as money (rule P5); another amount is left to a person.
import type { AttemptAnswer, AttemptFacts } from './answer.ts'
import { isForgotten } from './cancel.ts'
import { isLive, isUndecided, type Attempt } from './order.ts'
import type { PayEvent, Turn } from './turn.ts'

type To = Extract<PayEvent, { type: 'answer' }>['to']

/** Decided; a gateway may change its mind and a customer may pay twice, so it is looked at again for a day. */
export const isDecided = (attempt: Attempt): boolean => !isUndecided(attempt)

export function watchLate(turn: Turn, { attemptNo, watches }: Attempt): void {
  const afterMs = turn.env.times.lateWatchMs[watches]
  if (afterMs === undefined) return
  turn.remember(attemptNo, { watches: watches + 1 })
  turn.wait('watch', attemptNo, afterMs)
}

function end(turn: Turn, attempt: Attempt, state: 'failed' | 'closed' | 'reversed', why: string) {
  turn.become(attempt, state, why)
  if (attempt.way === 'offer') turn.effect({ do: 'hide', attemptNo: attempt.attemptNo })
  watchLate(turn, attempt)
}

function paid(turn: Turn, attempt: Attempt, { paidFen, amountFen }: AttemptFacts): void {
  const fits = paidFen === attempt.amountFen && amountFen === attempt.amountFen
  const isKnown = attempt.paidFen === paidFen && ['paid', 'odd'].includes(attempt.state)
  if (isKnown) return
  if (attempt.way === 'offer' && attempt.paidFen === 0)
    turn.effect({ do: 'hide', attemptNo: attempt.attemptNo })
  if (fits) turn.become(attempt, 'paid', 'paid', paidFen)
  else turn.become(attempt, 'odd', 'otherAmount', paidFen)
  watchLate(turn, attempt)
}

/** A gateway may take back what it called paid; then the money is for a person to find. */
function takenBack(turn: Turn, attempt: Attempt, { state }: AttemptFacts): void {
  const isBack = attempt.refunds.length > 0
  if (attempt.state !== 'paid' || isBack) return
  if (state === 'closed' || state === 'reversed' || state === 'failed')
    turn.become(attempt, 'odd', 'paidThenNot')
}

function facts(turn: Turn, attempt: Attempt, to: To, answer: AttemptFacts): void {
  const { attemptNo, amountFen } = attempt
  const isForeign = answer.attemptNo !== attemptNo || answer.merchantNo !== turn.env.merchantNo
  if (isForeign) return turn.item(attempt, 'foreignAnswer')
  if (answer.state === 'paid') {
    // Only a query or the charge itself is taken for money.
    if (to === 'query' || to === 'charge') paid(turn, attempt, answer)
    else turn.query(attempt)
    return
  }
  if (to === 'query') takenBack(turn, attempt, answer)
  if (!isLive(attempt) && attempt.state !== 'cancelling') return
  const { state } = answer
  if (state === 'closed' || state === 'reversed' || state === 'failed')
    return end(turn, attempt, state, state)
  if (!isLive(attempt)) return
  if (answer.amountFen !== amountFen) turn.item(attempt, 'otherAmount')
  if (state !== 'unknown' && attempt.state !== 'pending') turn.become(attempt, 'pending', state)
  if (answer.qrText !== null && attempt.way === 'offer')
    turn.effect({ do: 'show', attemptNo, qrText: answer.qrText })
  if (to !== 'query') turn.wait('query', attemptNo, turn.queryStepMs)
}

export function answered(turn: Turn, attemptNo: string, to: To, answer: AttemptAnswer): void {
  const attempt = turn.attempt(attemptNo)
  if (attempt === undefined) return
  switch (answer.kind) {
    case 'attempt':
      return facts(turn, attempt, to, answer)
    case 'notFound':
      // Before the scan, or on its way: no trade is no "failed".
      if (attempt.state === 'cancelling' && isForgotten(attempt, turn))
        end(turn, attempt, 'closed', 'notFound')
      return
    case 'refused':
      if ((to === 'charge' || to === 'offer') && isLive(attempt))
        end(turn, attempt, 'failed', answer.reason)
      return
    case 'noAnswer':
      // Silence says nothing: the attempt is where it was, and is queried at once.
      if ((to === 'charge' || to === 'offer') && isLive(attempt)) turn.query(attempt)
      return
  }
}
