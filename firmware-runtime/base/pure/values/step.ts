// The shape of every machine of the product: (state, event) -> (state, effects), nothing else.
// Named timers are part of it: an effect sets or cancels one, an event says that it fired.

export interface Step<S, F> {
  readonly state: S
  readonly effects: readonly F[]
}

/** Asks the runner to fire `{ type: 'timer', name }` once, replacing an earlier timer of that name. */
export interface TimerEffect {
  readonly do: 'timer'
  readonly name: string
  /** Null cancels. */
  readonly afterMs: number | null
}

export interface TimerEvent {
  readonly type: 'timer'
  readonly name: string
}

export const timer = (name: string, afterMs: number): TimerEffect => ({
  do: 'timer',
  name,
  afterMs,
})
export const noTimer = (name: string): TimerEffect => ({ do: 'timer', name, afterMs: null })
