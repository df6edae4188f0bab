// Replays a capture: a driver gets the recorded events again, and what it would send and emit is returned event by
// event. Each kind of device says which events its driver gets; the rest is the same for all.
import { systemText } from '#base/pure/words/notes.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { filled } from '#base/pure/words/gaps.ts'
import type { Step } from '#base/pure/values/step.ts'
import type { DriverEvent } from '../pure/driver.ts'
import { uncounted, type RingEvent } from './frame-ring.ts'

interface DriverTurn {
  /** `late`: sent after a pause on the link, and not at all when the link breaks before. */
  readonly sent: readonly { readonly hex: string; readonly late: boolean }[]
  /** Types of the events that it emitted. */
  readonly told: readonly string[]
}

/** A driver that gets recorded events again. */
export interface ReplayDriver {
  take(event: RingEvent): DriverTurn
}

export interface Effect {
  readonly do: string
  readonly bytes?: Uint8Array
  readonly afterMs?: number | null
  readonly event?: { readonly type: string }
}

function turnOf(effects: readonly Effect[]): DriverTurn {
  const sent: { hex: string; late: boolean }[] = []
  const told: string[] = []
  for (const { do: what, bytes, afterMs, event } of effects) {
    if (what === 'send' && bytes !== undefined)
      sent.push({ hex: hexOf(bytes), late: (afterMs ?? 0) > 0 })
    if (what === 'emit' && event !== undefined && !uncounted.includes(event.type))
      told.push(event.type)
  }
  return { sent, told }
}

const nothing: DriverTurn = { sent: [], told: [] }

/** Null for events that a driver does not get: its own sends, and invalid commands. */
function eventReceived<C>(
  event: RingEvent,
  commandOf: (value: unknown) => C | null,
): DriverEvent<C> | null {
  const at = { atMs: Math.floor(event.monoUs / 1000), businessNowMs: event.atMs }
  switch (event.kind) {
    case 'in':
      return { ...at, type: 'bytes', bytes: filled(event) }
    case 'linkUp':
      return { ...at, type: 'linkUp' }
    case 'linkDown':
      return { ...at, type: 'linkDown', reason: systemText(event.reason) }
    case 'timer':
      return { ...at, type: 'timer', name: event.name }
    case 'command': {
      const command = commandOf(event.command)
      return command === null ? null : { ...at, type: 'command', command }
    }
    case 'out':
      return null
  }
}

/** Replay of a driver on a byte link. */
export const replaying = <S, C>(
  start: S,
  step: (state: S, event: DriverEvent<C>) => Step<S, Effect>,
  commandOf: (value: unknown) => C | null,
): ReplayDriver => replayingBy(start, step, (event) => eventReceived(event, commandOf))

export function replayingBy<S, E>(
  start: S,
  step: (state: S, event: E) => Step<S, Effect>,
  hear: (event: RingEvent) => E | null,
): ReplayDriver {
  let state = start
  return {
    take(event) {
      const given = hear(event)
      if (given === null) return nothing
      const turn = step(state, given)
      state = turn.state
      return turnOf(turn.effects)
    },
  }
}
