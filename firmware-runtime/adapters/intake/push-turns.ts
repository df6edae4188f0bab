// How much of all pushes together is read in one turn of the loop: lanes have their turn in between.
// Whoever goes over it waits; those that wait are read on one after another, one a turn.
import type { IncomingMessage } from 'node:http'

/** Some two milliseconds of the dearest bytes there are. */
const turnBytesMax = 128 * 1024

export class PushTurns {
  private bytes = 0
  private readonly waiting: IncomingMessage[] = []
  private isPlanned = false

  /** Called for each piece of a push that was read. */
  took(request: IncomingMessage, bytes: number): void {
    this.bytes += bytes
    if (!this.isPlanned) this.plan()
    if (this.bytes < turnBytesMax || request.isPaused()) return
    request.pause()
    this.waiting.push(request)
  }

  private plan(): void {
    this.isPlanned = true
    setImmediate(() => {
      this.isPlanned = false
      this.bytes = 0
      this.waiting.shift()?.resume()
      if (this.waiting.length > 0) this.plan()
    })
  }
}
