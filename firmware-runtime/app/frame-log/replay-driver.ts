// A driver that hears again what it heard then: what it would send and tell, event by event.
// Each kind of device says what its driver hears of an event; the rest is the same for all.
import { systemText } from '../../core/values/notes.ts'
import { hexOf } from '../../core/values/bytes.ts'
import { filled } from '../../core/values/gaps.ts'
import type { Step } from '../../core/values/step.ts'
import type { DriverEvent } from '../../devices/driver.ts'
import type { RingEvent } from './frame-ring.ts'

interface DriverTurn {
  /** `late`: it leaves after a rest of the link, and not at all where the link breaks before. */
  readonly sent: readonly { readonly hex: string; readonly late: boolean }[]
  /** Types of what it told its lane. */
  readonly told: readonly string[]
}

/** A driver that hears again what it heard then. */
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
    // Captures from before an answer was told to the lane stay whole: its frame is compared.
    if (what === 'emit' && event !== undefined && event.type !== 'commandAnswered')
      told.push(event.type)
  }
  return { sent, told }
}

const nothing: DriverTurn = { sent: [], told: [] }

/** Null for what a driver does not hear: what it sent itself, and a command that is none. */
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

/** A driver on a link of bytes. */
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
