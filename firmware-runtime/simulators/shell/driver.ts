// Drives a pure model in real time: one timer, set to the next due time.
// The harness drives the same models in virtual time.

export interface DrivenModel<Output> {
  /** All outputs of the model up to that time, in order. */
  advance(atUs: number): readonly Output[]
  nextDueUs(): number | null
}

/** The clock of a simulator process: monotonic microseconds. */
export const nowUs = (): number => Math.round(performance.now() * 1000)

export class ModelDriver<Output> {
  readonly #model: DrivenModel<Output>
  readonly #put: (outputs: readonly Output[]) => void
  #timer: NodeJS.Timeout | null = null
  #timerUs = Infinity

  constructor(model: DrivenModel<Output>, put: (outputs: readonly Output[]) => void) {
    this.#model = model
    this.#put = put
    this.arm()
  }

  /** Passes on outputs of a model call, and sets the timer anew. */
  out(outputs: readonly Output[]): void {
    this.#put(outputs)
    this.arm()
  }

  /** Brings the model to the present, for example before its state is read. */
  catchUp(): void {
    this.out(this.#model.advance(nowUs()))
  }

  arm(): void {
    const dueUs = this.#model.nextDueUs()
    // A timer that fires early only sets itself again: cheaper than one timer per frame.
    if (dueUs === null || dueUs >= this.#timerUs) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timerUs = dueUs
    const waitMs = Math.max(0, Math.ceil((dueUs - nowUs()) / 1000))
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#timerUs = Infinity
      this.catchUp()
    }, waitMs)
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timerUs = -Infinity
  }
}
