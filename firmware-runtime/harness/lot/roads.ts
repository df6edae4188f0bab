// The ways of cars through a simulated lot: each is a generator that yields what it waits for.
// Whoever's wait is over goes on, in the order in which they set out; meanwhile virtual time runs.
import type { VirtualTime } from './virtual-time.ts'

interface Wait {
  readonly done: () => boolean
  readonly untilUs: number
}

/** Steps of one car, or of the world; each wait gives back whether it came in time. */
export type Going<T = void> = Generator<Wait, T, boolean>

export class Roads {
  readonly #time: VirtualTime
  /** Takes what an event threw. */
  readonly #died: (error: unknown) => void
  readonly #under = new Map<Going, Wait>()

  constructor(time: VirtualTime, died: (error: unknown) => void) {
    this.#time = time
    this.#died = died
  }

  *until(done: () => boolean, limitUs: number): Going<boolean> {
    return yield { done, untilUs: this.#time.nowUs + limitUs }
  }

  /** Goes up to its first wait; the rest comes while others are waited for. */
  setOut(going: Going): void {
    this.#step(going, true)
  }

  /** Until this one is there. */
  finish(going: Going): void {
    this.setOut(going)
    while (this.#under.has(going)) this.#goOn()
  }

  finishAll(): void {
    while (this.#under.size > 0) this.#goOn()
  }

  #step(going: Going, came: boolean): void {
    const next = going.next(came)
    if (next.done === true) this.#under.delete(going)
    else this.#under.set(going, next.value)
  }

  #goOn(): void {
    // Asked after every event of the time between: nobody sets out meanwhile.
    const waits = [...this.#under.values()]
    const [only] = waits
    const isOver =
      waits.length === 1 && only !== undefined
        ? only.done
        : (): boolean => waits.some(({ done }) => done())
    const untilUs = Math.min(...waits.map((wait) => wait.untilUs))
    try {
      this.#time.runTo(untilUs, isOver)
    } catch (error) {
      this.#died(error)
      return
    }
    for (const [going, { done, untilUs: limitUs }] of [...this.#under]) {
      const came = done()
      if (!came && this.#time.nowUs < limitUs) continue
      this.#step(going, came)
      return
    }
  }
}
