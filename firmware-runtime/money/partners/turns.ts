// Limits requests to one a loop turn, so that a burst of them does not delay the lanes: judging and signing one takes
// about a millisecond of the thread on which the lanes run.
import { LaneFault } from '#base/pure/faults/faults.ts'

export class RequestTurns {
  private readonly waiting: (() => void)[] = []
  private readonly waitingMax: number
  private isPlanned = false

  constructor(waitingMax: number) {
    this.waitingMax = waitingMax
  }

  /** Resolves when it is the request's turn. Throws ORDER-11 when too many wait. */
  next(): Promise<void> {
    if (this.waiting.length >= this.waitingMax)
      throw new LaneFault('ORDER-11', { value: String(this.waiting.length) })
    const { promise, resolve } = Promise.withResolvers<void>()
    this.waiting.push(resolve)
    this.plan()
    return promise
  }

  private plan(): void {
    if (this.isPlanned || this.waiting.length === 0) return
    this.isPlanned = true
    setImmediate(() => {
      this.isPlanned = false
      this.waiting.shift()?.()
      this.plan()
    })
  }
}
