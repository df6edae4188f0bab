// Collects what a link tells and lets a test wait for it by name, never by time.
// Used by the link tests over sockets and ptys.
import type { ByteLinkHandlers } from '../../../../firmware-runtime/ports/byte-link.ts'

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

  /** Ends when `met` holds; looks again after everything the link tells. */
  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private wake(): void {
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}
