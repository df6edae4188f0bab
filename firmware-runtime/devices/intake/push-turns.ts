// Limits how many bytes of all pushes are read in one loop turn, so that lanes run in between.
// A request over the limit is paused; paused requests are resumed one per turn.
import type { IncomingMessage } from 'node:http'

/** Bytes that take about 2 ms in the slowest case. */
const turnBytesMax = 128 * 1024

export class PushTurns {
  private bytes = 0
  private readonly waiting: IncomingMessage[] = []
  private isPlanned = false

  /** Called for each chunk that was read. */
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
