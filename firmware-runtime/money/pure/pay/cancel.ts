// Leaving a means: `cancelling` is durable before the cancel is sent and is repeated until the gateway
// says how it ended (rule P2). The car does not wait for that.
import { isLive, type Attempt } from './order.ts'
import { waitOf } from './times.ts'
import type { Turn } from './turn.ts'

export function beginCancel(turn: Turn, attempt: Attempt, reason: string): void {
  if (!isLive(attempt)) return
  const { attemptNo, way } = attempt
  turn.become(attempt, 'cancelling', reason)
  turn.remember(attemptNo, { cancelAtMs: turn.env.nowMs })
  if (way === 'offer') turn.effect({ do: 'hide', attemptNo })
  goOnCancelling(turn, attempt)
}

/** Sends a cancel now, or as soon as the gateway takes one of a charge. */
export function goOnCancelling(turn: Turn, { attemptNo, way, sentAtMs }: Attempt): void {
  const { nowMs, times } = turn.env
  // A previous process may have sent it a moment ago.
  const fromMs = (sentAtMs ?? nowMs) + times.cancelAfterSendMs
  const waitMs = way === 'charge' ? fromMs - nowMs : 0
  if (waitMs > 0) turn.wait('cancel', attemptNo, waitMs)
  else sendCancel(turn, attemptNo)
}

export function sendCancel(turn: Turn, attemptNo: string): void {
  const attempt = turn.attempt(attemptNo)
  if (attempt?.state !== 'cancelling') return
  const { nowMs, times } = turn.env
  if (nowMs - (attempt.cancelAtMs ?? nowMs) >= times.cancelItemMs) {
    turn.item(attempt, 'cancelUnanswered')
    return
  }
  turn.send({ ask: 'cancel', attemptNo })
  turn.wait('cancel', attemptNo, waitOf(times.cancelRetryMs, attempt.cancels) ?? times.queryStepMs)
  turn.remember(attemptNo, { cancels: attempt.cancels + 1 })
}

/**
 * True when an attempt unknown to the gateway can no longer take money: the code of a charge has expired, or the offer has
 * run out. Before that `notFound` only means: not yet.
 */
export function isForgotten({ way, sentAtMs }: Attempt, { env }: Turn): boolean {
  const { times, nowMs } = env
  const lifeMs =
    way === 'charge' ? times.chargeCodeLifeMs : times.offerExpiresMs + times.offerGraceMs
  return sentAtMs !== null && nowMs - sentAtMs >= lifeMs
}
