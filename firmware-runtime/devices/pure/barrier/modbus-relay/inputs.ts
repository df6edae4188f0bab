// Interprets the input bits: debounced contacts, presence, loops, position of the boom. The position comes from limit
// inputs alone; a command only names the movement between two limits.
import type { BarrierPosition, LoopName, LoopState } from '../../lane/barrier.ts'
import type { BarrierConfig, InputName, InputWiring } from './config.ts'
import { type BarrierDraft, type BarrierState, type Debounced, outsideOf, unread } from './state.ts'
import { change, emit } from '../../driver.ts'

const inputNames = ['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive'] as const

/** Number of inputs to read: up to the highest wired one. */
export const inputCount = ({ wiring }: BarrierConfig): number =>
  1 +
  Math.max(
    ...inputNames.map((name) => wiring.inputs[name]?.di ?? 0),
    wiring.inputs.loopInner?.di ?? 0,
    ...wiring.presence.map((input) => input.di),
  )

export const levelOf = (bits: Uint8Array, input: InputWiring): boolean =>
  (((bits[input.di >> 3] ?? 0) >> (input.di & 7)) & 1) === (input.activeHigh ? 1 : 0)

export function debounce<I extends Debounced>(
  was: I,
  level: boolean,
  nowMs: number,
  forMs: number,
): I {
  const now = was.raw === level ? was : { ...was, raw: level, rawSinceMs: nowMs }
  if (now.stable === level || nowMs - now.rawSinceMs < forMs) return now
  return { ...now, stable: level, stableSinceMs: nowMs }
}

/** An input that is not on this board, as another device reported it. */
function elsewhere(d: BarrierDraft, name: InputName): Debounced {
  const role = name === 'loopUnder' ? 'under' : name === 'loopArrive' ? 'arrive' : null
  return (role === null ? null : outsideOf(d.config, d.s.outside, role)) ?? unread
}

/** Takes one answer of the board into the state. */
export function takeBits(d: BarrierDraft, bits: Uint8Array): void {
  const { wiring, debounceLimitMs, debounceLoopMs } = d.config
  const next = (name: InputName, forMs: number): Debounced => {
    const input = wiring.inputs[name]
    if (input === null) return elsewhere(d, name)
    return debounce(d.s.inputs[name], levelOf(bits, input), d.nowMs, forMs)
  }
  const inputs = {
    limitOpen: next('limitOpen', debounceLimitMs),
    limitClosed: next('limitClosed', debounceLimitMs),
    loopUnder: next('loopUnder', debounceLoopMs),
    loopArrive: next('loopArrive', debounceLoopMs),
  }
  const presence = wiring.presence.map((input, i) =>
    debounce(d.s.presence[i] ?? unread, levelOf(bits, input), d.nowMs, debounceLoopMs),
  )
  // Most readings equal the one before: then the state object is kept.
  const was = d.s
  if (inputNames.some((name) => inputs[name] !== was.inputs[name])) change(d, { inputs })
  if (presence.some((sensor, i) => sensor !== was.presence[i])) change(d, { presence })
  const { loopInner } = wiring.inputs
  const inner =
    loopInner === undefined
      ? (outsideOf(d.config, d.s.outside, 'inner') ?? unread)
      : debounce(d.s.inner, levelOf(bits, loopInner), d.nowMs, debounceLoopMs)
  change(d, { inner })
  presenceKnown(d)
}

/** Updates since when nothing is under the boom. */
export function presenceKnown(d: BarrierDraft): void {
  const clear = presenceOf(d.s, d.config) === null
  change(d, { clearSinceMs: clear ? (d.s.clearSinceMs ?? d.nowMs) : null })
}

/**
 * Why the boom must not come down; null: nothing is under it (rule 1). loopUnder and the further presence sensors
 * count; loopArrive lies in front of the boom and does not count, otherwise the boom could never close between two
 * cars. An edge to `on` counts at once, without debounce; clear needs both the reading and the debounced value, so a
 * bounce never clears a car.
 */
export function presenceOf(s: BarrierState, config: BarrierConfig): string | null {
  let why = blockedBy('loopUnder', s.inputs.loopUnder)
  for (const [i, sensor] of s.presence.entries()) why ??= blockedBy(`presence ${i}`, sensor)
  for (const name of outsidePresence(config)) why ??= blockedBy(name, s.outside[name] ?? unread)
  return why
}

function blockedBy(name: string, { raw, stable }: Debounced): string | null {
  if (raw === true || stable === true) return `${name} on`
  return raw === null || stable === null ? `${name} unknown` : null
}

/** Presence under the boom in the last reading alone; null does not mean clear. */
export function seenUnder(s: BarrierState, config: BarrierConfig): string | null {
  if (s.inputs.loopUnder.raw === true) return 'loopUnder on'
  const at = s.presence.findIndex((sensor) => sensor.raw === true)
  if (at >= 0) return `presence ${at} on`
  const name = outsidePresence(config).find((one) => s.outside[one]?.raw === true)
  return name === undefined ? null : `${name} on`
}

/** Every loop and sensor is read and free, also those in front of the boom and at the inner end. */
export function loopsFree(s: BarrierState, config: BarrierConfig): boolean {
  const { inputs, presence, inner } = s
  const { wiring } = config
  const isThere = (role: 'arrive' | 'inner', input: InputWiring | null | undefined): boolean =>
    !!input || outsideOf(config, s.outside, role) !== null
  const seen = [
    inputs.loopUnder,
    ...presence,
    ...outsidePresence(config).map((name) => s.outside[name] ?? unread),
    ...(isThere('arrive', wiring.inputs.loopArrive) ? [inputs.loopArrive] : []),
    ...(isThere('inner', wiring.inputs.loopInner) ? [inner] : []),
  ]
  return seen.every(({ raw }) => raw === false)
}

const none: readonly string[] = []

const outsidePresence = ({ outside }: BarrierConfig): readonly string[] =>
  outside?.filter(({ role }) => role === 'presence').map(({ name }) => name) ?? none

/** The position by the inputs. */
function positionOf(s: BarrierState): BarrierPosition {
  const open = s.inputs.limitOpen.stable
  const closed = s.inputs.limitClosed.stable
  if (open === null || closed === null) return 'unknown'
  if (open && closed) return 'fault'
  if (open) return s.heldBy.length > 0 ? 'heldOpen' : 'open'
  if (closed) return 'closed'
  return s.travelFault ? 'fault' : (s.motion ?? 'unknown')
}

const loopStateOf = ({ stable }: Debounced): LoopState =>
  stable === null ? 'unknown' : stable ? 'on' : 'off'

/**
 * Reports changed inputs to the lane. Inputs that came on are reported first: a car that moved from one loop to the
 * next between two polls was never off both.
 */
export function tellInputs(d: BarrierDraft): void {
  const position = positionOf(d.s)
  if (position !== d.s.position) {
    change(d, { position })
    emit(d, { type: 'position', position })
  }
  const loops: Record<LoopName, LoopState> = {
    arrive: loopStateOf(d.s.inputs.loopArrive),
    under: loopStateOf(d.s.inputs.loopUnder),
  }
  const before = d.s.loops
  const innerLoop = loopStateOf(d.s.inner)
  const isInnerNew = innerLoop !== d.s.innerLoop
  if (loops.arrive === before.arrive && loops.under === before.under && !isInnerNew) return
  const changed = (['arrive', 'under'] as const).filter((loop) => loops[loop] !== before[loop])
  change(d, { loops: changed.length === 0 ? before : loops, innerLoop })
  if (isInnerNew && innerLoop === 'on') emit(d, { type: 'innerLoop', state: innerLoop })
  const cameOn = (loop: LoopName): number => (loops[loop] === 'on' ? 0 : 1)
  for (const loop of changed.toSorted((a, b) => cameOn(a) - cameOn(b)))
    emit(d, { type: 'loop', loop, state: loops[loop] })
  if (isInnerNew && innerLoop !== 'on') emit(d, { type: 'innerLoop', state: innerLoop })
}
