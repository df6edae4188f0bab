// Cars of a simulated lot as coroutines: each is a generator that yields the condition it waits for.
// Generators whose wait has ended continue in the order in which they started; virtual time runs meanwhile.
import type { VirtualTime } from './virtual-time.ts'

interface Wait {
  readonly done: () => boolean
  readonly untilUs: number
}

/** Steps of one car, or of the site; each wait returns whether its condition came true in time. */
export type Going<T = void> = Generator<Wait, T, boolean>

export class Roads {
  readonly #time: VirtualTime
  /** Runs events; false where the runtime died of one and was started again. */
  readonly #act: (events: () => void) => boolean
  readonly #under = new Map<Going, Wait>()

  constructor(time: VirtualTime, act: (events: () => void) => boolean) {
    this.#time = time
    this.#act = act
  }

  *until(done: () => boolean, limitUs: number): Going<boolean> {
    return yield { done, untilUs: this.#time.nowUs + limitUs }
  }

  /** Runs the generator to its first wait; it continues while others are waited for. */
  setOut(going: Going): void {
    this.#step(going, true)
  }

  /** Runs until this generator has finished. */
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
    // Checked after every event in between: no generator starts meanwhile.
    const waits = [...this.#under.values()]
    const [only] = waits
    const isOver =
      waits.length === 1 && only !== undefined
        ? only.done
        : (): boolean => waits.some(({ done }) => done())
    const untilUs = Math.min(...waits.map((wait) => wait.untilUs))
    if (!this.#act(() => void this.#time.runTo(untilUs, isOver))) return
    for (const [going, { done, untilUs: limitUs }] of [...this.#under]) {
      const came = done()
      if (!came && this.#time.nowUs < limitUs) continue
      this.#step(going, came)
      return
    }
  }
}
