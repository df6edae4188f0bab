// The interface of every driver: (state, event) -> (state, effects), run by a host in app/hosts. A step works on a
// draft: its input is never changed, its first change makes the only copy, and effects are collected.
import type { DownText } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noTimer, type Step, type TimerEffect, type TimerEvent } from '#base/pure/values/step.ts'

/** Events of a driver on a byte link; `C`: its commands. */
export type LinkEvent<C = never> =
  | { readonly type: 'linkUp'; readonly descriptor?: Uint8Array }
  | { readonly type: 'linkDown'; readonly reason: DownText }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | TimerEvent
  | { readonly type: 'command'; readonly command: C }

/** `atMs` is monotonic; `businessNowMs` is by the clock of its host. */
export type DriverEvent<C = never> = {
  readonly atMs: number
  readonly businessNowMs: InstantMs
} & LinkEvent<C>

/** Effects common to all drivers; `E`: the events that it emits. */
export type LinkEffect<E> =
  | TimerEffect
  /** `afterMs`: pause that the link needs before it. */
  | { readonly do: 'send'; readonly bytes: Uint8Array; readonly afterMs?: number }
  | { readonly do: 'emit'; readonly event: E }
  | { readonly do: 'dropLink'; readonly reason: DownText }

export interface Driver<S, V, F> {
  initial(): S
  step(state: S, event: V): Step<S, F>
}

export interface Draft<S, F> {
  s: S
  /** The copy of the state made by this step: changed only until the step is over. */
  own?: S
  readonly effects: F[]
}

type EventOf<F> = F extends { readonly do: 'emit'; readonly event: infer E } ? E : never
type CounterOf<C> = { [K in keyof C]: C[K] extends number ? K : never }[keyof C]

export function change<S extends object>(d: { s: S; own?: S }, next: NoInfer<Partial<S>>): void {
  // Most polls bring nothing new: an unchanged state is not copied.
  for (const name in next) {
    if (d.s[name] === next[name]) continue
    if (d.own !== d.s) {
      d.s = { ...d.s }
      d.own = d.s
    }
    Object.assign(d.s, next)
    return
  }
}

export function count<S extends { readonly counters: object }>(
  d: { s: S; own?: S },
  name: CounterOf<S['counters']>,
  by = 1,
): void {
  if (by === 0) return
  const counters = d.s.counters as Readonly<Record<PropertyKey, number>>
  change(d, { counters: { ...counters, [name]: (counters[name] ?? 0) + by } } as Partial<S>)
}

export function emit<F>(d: { readonly effects: F[] }, event: EventOf<F>): void {
  d.effects.push({ do: 'emit', event } as F)
}

export function stopTimers(
  d: { readonly effects: { push(effect: TimerEffect): unknown } },
  names: readonly string[],
): void {
  for (const name of names) d.effects.push(noTimer(name))
}
