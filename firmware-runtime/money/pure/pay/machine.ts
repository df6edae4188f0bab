// Payments of one order through a gateway: (order, event) -> (order, effects), without a clock.
// Rules P1 to P6 of reference payments-and-desk.md 1.6; times.ts holds its waits.
import type { Step } from '#base/pure/values/step.ts'
import { must } from '#base/pure/values/must.ts'
import type { PayWay } from '#base/pure/rows/pay-row.ts'
import { answered, isDecided, watchLate } from './answered.ts'
import { beginCancel, goOnCancelling, sendCancel } from './cancel.ts'
import { type Attempt, isLive, isOnItsWay, isUndecided, type PayOrder } from './order.ts'
import { goOnRefunding, refundAnswered, refundByPeople, refundLate } from './refund.ts'
import { type PayEffect, type PayEnv, type PayEvent, timerOf, Turn } from './turn.ts'

const liveOf = ({ order }: Turn): readonly Attempt[] => order.attempts.filter(isLive)

/** One means at a time: what runs is cancelled first, and the new one does not wait for its end (P2). */
function start(turn: Turn, way: PayWay, code: string): void {
  const { order, env } = turn
  if (order.paidWith !== null) return turn.effect({ do: 'refuse', reason: 'orderPaid' })
  if (order.etcRuns) return turn.effect({ do: 'refuse', reason: 'etcRuns' })
  // The same number with the same amount is the same offer: its code is shown again.
  const shown = liveOf(turn).find((one) => one.way === 'offer' && way === 'offer')
  if (shown !== undefined) return sendStart(turn, shown, code)
  for (const live of liveOf(turn)) beginCancel(turn, live, 'otherMeans')
  const attemptNo = `${order.orderId}P${env.numbersFrom + order.attempts.length + 1}`
  turn.write({ row: 'made', attemptNo, way, amountFen: order.dueFen })
  const attempt = turn.attempt(attemptNo)
  must(attempt !== undefined, 'the row of an attempt makes it')
  sendStart(turn, attempt, code)
  const { chargeGiveUpMs, offerShownMs } = env.times
  turn.wait('giveUp', attemptNo, way === 'charge' ? chargeGiveUpMs : offerShownMs)
}

function sendStart(turn: Turn, { attemptNo, amountFen, way, state }: Attempt, code: string): void {
  const { times, nowMs } = turn.env
  turn.send(
    way === 'charge'
      ? { ask: 'charge', attemptNo, amountFen, code }
      : { ask: 'offer', attemptNo, amountFen, expiresMs: times.offerExpiresMs },
  )
  if (state === 'made') turn.remember(attemptNo, { state: 'sent', sentAtMs: nowMs })
  turn.wait('query', attemptNo, Math.max(times.chargeAnswerMs, turn.queryStepMs))
}

function timerFired(turn: Turn, text: string): void {
  const fired = timerOf(text)
  const attempt = fired === null ? undefined : turn.attempt(fired.attemptNo)
  if (fired === null || attempt === undefined) return
  switch (fired.name) {
    case 'query':
      if (isLive(attempt)) turn.query(attempt)
      return
    case 'giveUp':
      return beginCancel(turn, attempt, 'notPaidInTime')
    case 'cancel':
      return sendCancel(turn, fired.attemptNo)
    case 'watch':
      if (!isDecided(attempt)) return
      turn.send({ ask: 'query', attemptNo: fired.attemptNo })
      return watchLate(turn, attempt)
    case 'refund':
      return goOnRefunding(turn, attempt)
  }
}

/** A notification is only a hint: it triggers a query, no more often than the gateway allows (P5). */
function notified(turn: Turn, attempt: Attempt | undefined): void {
  if (attempt === undefined) return
  const { attemptNo, queriedAtMs } = attempt
  const { nowMs, queryMsMin } = turn.env
  const waitMs = queriedAtMs === null ? 0 : queriedAtMs + queryMsMin - nowMs
  if (!isLive(attempt)) {
    // Attempts in cancellation, or under watch, are queried anyway.
    if (waitMs <= 0) turn.send({ ask: 'query', attemptNo })
  } else if (waitMs > 0) turn.wait('query', attemptNo, waitMs)
  else turn.query(attempt)
}

/** After a restart every undecided attempt is queried under its number. */
function resume(turn: Turn, attempt: Attempt): void {
  const { attemptNo, way } = attempt
  const { nowMs, times } = turn.env
  if (isLive(attempt)) {
    const state = attempt.state === 'made' ? 'sent' : attempt.state
    turn.remember(attemptNo, { sentAtMs: nowMs, state })
    turn.query(attempt)
    turn.wait('giveUp', attemptNo, way === 'charge' ? times.chargeGiveUpMs : times.offerShownMs)
  } else if (attempt.state === 'cancelling') {
    turn.remember(attemptNo, { sentAtMs: nowMs, cancelAtMs: nowMs })
    goOnCancelling(turn, attempt)
  } else if (isDecided(attempt)) watchLate(turn, attempt)
  goOnRefunding(turn, attempt)
}

/** At the end of a day every undecided attempt and every pending refund gets an open item (P6). */
function dayEnd(turn: Turn): void {
  for (const attempt of turn.order.attempts) {
    const isBackOpen = attempt.refunds.some(isOnItsWay)
    if (isUndecided(attempt) || isBackOpen) turn.item(attempt, 'openAtDayEnd')
  }
}

function take(turn: Turn, event: PayEvent): void {
  switch (event.type) {
    case 'charge':
      return start(turn, 'charge', event.code)
    case 'offer':
      return start(turn, 'offer', '')
    case 'answer':
      return answered(turn, event.attemptNo, event.to, event.answer)
    case 'refundAnswer':
      return refundAnswered(turn, event.attemptNo, event.refundNo, event.to, event.answer)
    case 'notified':
      return notified(turn, turn.attempt(event.attemptNo))
    case 'timer':
      return timerFired(turn, event.name)
    case 'etc':
      return etc(turn, event.now)
    case 'paidOtherwise':
      if (turn.order.paidWith === null) return paidWith(turn, event.means)
      return turn.effect({ do: 'refuse', reason: 'orderPaid' })
    case 'stopped':
      for (const live of liveOf(turn)) beginCancel(turn, live, 'carGone')
      return
    case 'refundRequested':
      return refundByPeople(turn, event)
    case 'resumed':
      if (turn.attempt(turn.order.paidWith ?? '') !== undefined)
        turn.effect({ do: 'open', attemptNo: turn.order.paidWith ?? '' })
      for (const attempt of turn.order.attempts) resume(turn, attempt)
      return
    case 'dayEnded':
      return dayEnd(turn)
  }
}

/** A deduction has no cancel: while it runs nothing else may begin, nor be what the order was paid with. */
function etc(turn: Turn, now: 'started' | 'paid' | 'ended'): void {
  if (now === 'started' && turn.order.paidWith !== null)
    return turn.effect({ do: 'refuse', reason: 'orderPaid' })
  turn.order = { ...turn.order, etcRuns: now === 'started' }
  if (now === 'paid') paidWith(turn, 'etc')
}

function paidWith(turn: Turn, means: string): void {
  if (turn.order.paidWith === null) turn.write({ row: 'orderPaid', with: means })
}

/** Settles the order: one attempt pays it, every other payment is refunded (P1 to P3). */
function settle(turn: Turn): void {
  const { order } = turn
  const first = order.attempts.find(
    ({ state, refunds }) => state === 'paid' && refunds.length === 0,
  )
  if (order.paidWith === null && !order.etcRuns && first !== undefined) {
    paidWith(turn, first.attemptNo)
    turn.effect({ do: 'open', attemptNo: first.attemptNo })
  }
  const { paidWith: kept, etcRuns } = turn.order
  if (kept === null && !etcRuns) return
  for (const attempt of turn.order.attempts) {
    if (attempt.attemptNo === kept) continue
    beginCancel(turn, attempt, kept === null ? 'etcRuns' : 'paidOtherwise')
    if (kept !== null && attempt.paidFen > 0) refundLate(turn, attempt)
  }
}

export function stepPay(order: PayOrder, event: PayEvent, env: PayEnv): Step<PayOrder, PayEffect> {
  const turn = new Turn(order, env)
  take(turn, event)
  settle(turn)
  return { state: turn.order, effects: turn.effects() }
}
