// Cars for which no payment method of a gateway works: since when, and whether long enough to call a person. A method
// that works again, or another car, restarts the time.
import type { MonoClock } from '#base/ports/clocks.ts'
import { Timers } from '#base/process/machine.ts'

export class Stranded {
  readonly #timers: Timers
  readonly #waits = new Map<string, string>()
  readonly #over = new Set<string>()
  readonly #afterMs: number
  readonly #changed: () => void

  /** `afterMs`: time after which a person is called. */
  constructor(mono: MonoClock, afterMs: number, changed: () => void) {
    this.#timers = new Timers(mono)
    this.#afterMs = afterMs
    this.#changed = changed
  }

  stop(): void {
    this.#timers.stop()
  }

  isOver(laneId: string): boolean {
    return this.#over.has(laneId)
  }

  /** `orderId`: order of a car without a payment method, else null. `fromMs`: since when no method is known to work. */
  look(laneId: string, orderId: string | null, nowMs: number, fromMs: number): void {
    if ((this.#waits.get(laneId) ?? null) === orderId) return
    this.#over.delete(laneId)
    this.#timers.set(laneId, null, this.#changed)
    if (orderId === null) {
      this.#waits.delete(laneId)
      return
    }
    const leftMs = fromMs + this.#afterMs - nowMs
    this.#waits.set(laneId, orderId)
    if (leftMs <= 0) this.#over.add(laneId)
    else
      this.#timers.set(laneId, leftMs, () => {
        this.#over.add(laneId)
        this.#changed()
      })
  }
}
