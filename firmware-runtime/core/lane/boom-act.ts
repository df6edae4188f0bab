// What became of a person's open: answered by the board, seen by the position input, or neither.
// Pure: a command is never taken for its effect, and a boom counts as open only when its input says so.
import type { BarrierEvent, BarrierPosition } from './barrier.ts'

/** `commanded`: the board took the command, and nothing saw the boom open. */
export type ActResult = 'commanded' | 'done' | 'failed'

export interface BoomAct {
  /** Null: not over yet. */
  readonly result: ActResult | null
  readonly answered: boolean
  readonly askedMs: number
  readonly answeredMs: number | null
}

export type BoomActEvent = BarrierEvent | { readonly type: 'time' }

export interface BoomActNow {
  readonly atMs: number
  readonly position: BarrierPosition
}

export const boomActTimes = {
  /** A command to a board that is away is kept so long (devices/barrier: commandKeepMs). */
  answerMs: 10_000,
  /** Longest way of a boom in good order. */
  travelMs: 7_000,
  /** No position input: what the board said is all there will be. */
  blindMs: 1_000,
} as const

export const beginBoomAct = (askedMs: number): BoomAct => ({
  result: null,
  answered: false,
  askedMs,
  answeredMs: null,
})

export function stepBoomAct(act: BoomAct, event: BoomActEvent, now: BoomActNow): BoomAct {
  if (act.result !== null) return act
  const taken = event.type === 'commandAnswered' && event.command === 'open' && event.ok
  const answered = act.answered || taken
  const answeredMs = act.answeredMs ?? (taken ? now.atMs : null)
  const next: BoomAct = { ...act, answered, answeredMs }
  // A position that was told before the command says nothing of it until the board answers.
  const seen = event.type === 'position' && event.position === 'open'
  if (seen || (answered && now.position === 'open')) return { ...next, result: 'done' }
  if (event.type === 'barrierFault' && event.fault === 'openTimeout')
    return { ...next, result: answered ? 'commanded' : 'failed' }
  return now.atMs < dueMs(next, now.position)
    ? next
    : { ...next, result: answered ? 'commanded' : 'failed' }
}

/** When it is over if nothing happens, monotonic ms. */
export function dueMs(act: BoomAct, position: BarrierPosition): number {
  if (act.answeredMs === null) return act.askedMs + boomActTimes.answerMs
  return act.answeredMs + (position === 'unknown' ? boomActTimes.blindMs : boomActTimes.travelMs)
}
