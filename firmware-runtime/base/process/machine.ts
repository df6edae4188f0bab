// Runs a pure state machine: events one at a time in order of arrival, timers by name, effects one by one. Events that
// arise meanwhile wait until the effects are done.
import { isTurnBroken, wholeTurn } from '../pure/faults/whole-turn.ts'
import type { Step, TimerEffect, TimerEvent } from '../pure/values/step.ts'
import type { Cancel, MonoClock } from '../ports/clocks.ts'

/** Ends the process by an error that broke a turn: a start folds the ledger. False for any other error. */
export function endsByBrokenTurn(mono: Pick<MonoClock, 'after'>, error: unknown): boolean {
  if (!isTurnBroken(error)) return false
  mono.after(0, () => {
    throw error
  })
  return true
}

/** Drivers set the same few timers at each poll: names are kept for reuse, up to this number. */
const keptMax = 16

interface NamedTimer {
  /** Null: it does not run. */
  cancel: Cancel | null
  fire: () => void
  readonly ring: () => void
}

export class Timers {
  private readonly mono: MonoClock
  private readonly named = new Map<string, NamedTimer>()

  constructor(mono: MonoClock) {
    this.mono = mono
  }

  /** Replaces an earlier timer of that name; null cancels it. */
  set(name: string, afterMs: number | null, fire: () => void): void {
    const known = this.named.get(name)
    known?.cancel?.()
    if (afterMs !== null) {
      const timer = known ?? this.made(name)
      timer.fire = fire
      timer.cancel = this.mono.after(afterMs, timer.ring)
    } else if (known !== undefined) this.ended(name, known)
  }

  private made(name: string): NamedTimer {
    const timer: NamedTimer = {
      cancel: null,
      fire: () => undefined,
      ring: () => {
        this.ended(name, timer)
        timer.fire()
      },
    }
    this.named.set(name, timer)
    return timer
  }

  private ended(name: string, timer: NamedTimer): void {
    timer.cancel = null
    if (this.named.size > keptMax) this.named.delete(name)
  }

  has(name: string): boolean {
    return (this.named.get(name)?.cancel ?? null) !== null
  }

  stop(): void {
    for (const { cancel } of this.named.values()) cancel?.()
    this.named.clear()
  }
}

export class Inbox<E extends object> {
  private readonly events: E[] = []
  private readonly run: (event: E) => void
  busy = false

  constructor(run: (event: E) => void) {
    this.run = run
  }

  take(event: E): void {
    this.events.push(event)
    // Otherwise a timer set by this event could be replaced by an older one of the event before.
    if (this.busy) return
    this.busy = true
    try {
      for (let next = this.events.shift(); next !== undefined; next = this.events.shift())
        wholeTurn(() => this.run(next))
    } finally {
      this.busy = false
    }
  }

  /** Puts an event in front: for consequences of the current turn. */
  putFirst(event: E): void {
    this.events.unshift(event)
  }
}

interface MachineParts<S, H, E, F> {
  readonly mono: MonoClock
  readonly initial: S
  /** Adds the times that the step needs. */
  stamped(happening: H): E
  step(state: S, event: E): Step<S, F>
  carryOut(effect: Exclude<F, TimerEffect>): void
}

const isTimer = (effect: { readonly do: string }): effect is TimerEffect => effect.do === 'timer'

export class Machine<S, H extends object, E, F extends { readonly do: string }> {
  state: S
  private readonly timers: Timers
  private readonly inbox: Inbox<H | TimerEvent>

  constructor(parts: MachineParts<S, H | TimerEvent, E, F>) {
    this.state = parts.initial
    this.timers = new Timers(parts.mono)
    this.inbox = new Inbox((happening) => {
      const { state, effects } = parts.step(this.state, parts.stamped(happening))
      this.state = state
      for (const effect of effects)
        if (isTimer(effect)) this.setTimer(effect)
        else parts.carryOut(effect as Exclude<F, TimerEffect>)
    })
  }

  take(happening: H): void {
    this.inbox.take(happening)
  }

  /** No timer fires after this. */
  stop(): void {
    this.timers.stop()
  }

  private setTimer({ name, afterMs }: TimerEffect): void {
    this.timers.set(name, afterMs, () => this.inbox.take({ type: 'timer', name }))
  }
}
