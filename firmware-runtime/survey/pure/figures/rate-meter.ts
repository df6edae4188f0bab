// Counts the bytes of a data run: ignores the warm-up, then counts for a fixed time.
// Pure: times are arguments. A stall lowers the rate, because the time goes on.

export interface RateCount {
  readonly bytes: number
  readonly us: number
}

export class RateMeter {
  private readonly fromUs: number
  private readonly untilUs: number
  private readonly bytesMax: number
  private readonly startUs: number
  private all = 0
  private counted = 0
  private fullAtUs: number | null = null

  constructor(startUs: number, run: { warmMs: number; runMs: number; bytesMax: number }) {
    this.startUs = startUs
    this.fromUs = startUs + run.warmMs * 1000
    this.untilUs = this.fromUs + run.runMs * 1000
    this.bytesMax = run.bytesMax
  }

  /** Returns true when the run has ended and later bytes are ignored. */
  add(bytes: number, nowUs: number): boolean {
    if (this.isOver(nowUs)) return true
    this.all += bytes
    if (nowUs > this.fromUs) this.counted += bytes
    if (this.all >= this.bytesMax) this.fullAtUs = nowUs
    return this.fullAtUs !== null
  }

  /** The sender has sent everything: later time does not lower the rate. */
  end(nowUs: number): void {
    this.fullAtUs ??= nowUs
  }

  isOver(nowUs: number): boolean {
    return this.fullAtUs !== null || nowUs >= this.untilUs
  }

  /** If the byte limit was reached with less than half of it counted, the whole run is counted from its start. */
  count(nowUs: number): RateCount {
    const endUs = Math.min(this.fullAtUs ?? nowUs, this.untilUs)
    const isSmall = this.all >= this.bytesMax && this.counted * 2 < this.bytesMax
    if (endUs <= this.fromUs || isSmall)
      return { bytes: this.all, us: Math.max(1, endUs - this.startUs) }
    return { bytes: this.counted, us: Math.max(1, endUs - this.fromUs) }
  }
}
