// Outcome of a manual open: confirmed by the relay board, seen by the position input, or neither.
// Pure: an accepted command does not prove its effect; a boom counts as open only when its input says so.
import type { BarrierEvent, BarrierPosition } from '#devices/pure/lane/barrier.ts'

/** `commanded`: the board accepted the command, but the boom was not seen open. */
type ActResult = 'commanded' | 'done' | 'failed'

export interface BoomAct {
  /** Null: not over yet. */
  readonly result: ActResult | null
  readonly answered: boolean
  readonly requestedMs: number
  readonly answeredMs: number | null
  /** Time since which the position is unknown; null: known. */
  readonly unseenMs: number | null
}

export type BoomActEvent = BarrierEvent | { readonly type: 'time' }

interface BoomActNow {
  readonly atMs: number
  readonly position: BarrierPosition
}

export const boomActTimes = {
  /** A command to a board that is away is kept so long (devices/pure/barrier: commandKeepMs). */
  answerMs: 10_000,
  /** Longest way of a boom in good order. */
  travelMs: 7_000,
  /** Without a position report for this long, for example without a position input, the answer of the board is the result. */
  blindMs: 1_000,
} as const

export const beginBoomAct = (requestedMs: number): BoomAct => ({
  result: null,
  answered: false,
  requestedMs,
  answeredMs: null,
  unseenMs: null,
})

const isOpen = (position: BarrierPosition): boolean =>
  position === 'open' || position === 'heldOpen'

export function stepBoomAct(act: BoomAct, event: BoomActEvent, now: BoomActNow): BoomAct {
  if (act.result !== null) return act
  const taken = event.type === 'commandAnswered' && event.command === 'open' && event.ok
  const answered = act.answered || taken
  const answeredMs = act.answeredMs ?? (taken ? now.atMs : null)
  const unseenMs = now.position === 'unknown' ? (act.unseenMs ?? now.atMs) : null
  const next: BoomAct = { ...act, answered, answeredMs, unseenMs }
  // A position reported before the command does not count until the board answers.
  const seen = event.type === 'position' && isOpen(event.position)
  if (seen || (answered && isOpen(now.position))) return { ...next, result: 'done' }
  if (event.type === 'barrierFault' && event.fault === 'openTimeout')
    return { ...next, result: answered ? 'commanded' : 'failed' }
  return now.atMs < dueMs(next) ? next : { ...next, result: answered ? 'commanded' : 'failed' }
}

/** Monotonic ms at which the act ends without further events. A short loss of the position is waited for. */
export function dueMs({ requestedMs, answeredMs, unseenMs }: BoomAct): number {
  if (answeredMs === null) return requestedMs + boomActTimes.answerMs
  const travelledMs = answeredMs + boomActTimes.travelMs
  if (unseenMs === null) return travelledMs
  return Math.min(travelledMs, Math.max(answeredMs, unseenMs) + boomActTimes.blindMs)
}
