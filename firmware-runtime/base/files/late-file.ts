// A file that is written beside the hot path: entries wait a moment, so that a burst is one write, and one write follows
// the other.
export abstract class LateFile {
  private timer: NodeJS.Timeout | null = null
  private writing: Promise<void> = Promise.resolve()
  /** Entries that were not written: too many, or refused by the disk. */
  dropped = 0

  protected writeSoon(afterMs: number): void {
    if (this.timer !== null) return
    this.timer = setTimeout(() => {
      this.timer = null
      const lost = (): void => {
        this.dropped++
      }
      this.flush().catch(lost)
    }, afterMs)
    this.timer.unref()
  }

  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write())
    return this.writing
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    await this.flush()
  }

  /** Writes all that waits. */
  protected abstract write(): Promise<void>
}
