// Records what a link reports, and lets a test wait for an event instead of a time.
// Used by the link tests over sockets and ptys.
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'

export class Recorder implements ByteLinkHandlers {
  ups = 0
  readonly downs: string[] = []
  readonly received: number[] = []
  private waiting: (() => void)[] = []

  up(): void {
    this.ups += 1
    this.wake()
  }

  bytes(chunk: Uint8Array): void {
    this.received.push(...chunk)
    this.wake()
  }

  down(reason: string): void {
    this.downs.push(reason)
    this.wake()
  }

  /** Resolves when `met` holds; checks again after every report of the link. */
  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private wake(): void {
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
