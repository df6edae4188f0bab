// Counts the bytes of a run of data: what comes while it warms up is not counted, then a fixed time is.
// Pure: times are arguments. A stall counts against the rate, because the time goes on.

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

  /** True when the run is over: nothing more is counted. */
  add(bytes: number, nowUs: number): boolean {
    if (this.isOver(nowUs)) return true
    this.all += bytes
    if (nowUs > this.fromUs) this.counted += bytes
    if (this.all >= this.bytesMax) this.fullAtUs = nowUs
    return this.fullAtUs !== null
  }

  /** Whoever sends has sent all: the time after it does not count against the rate. */
  end(nowUs: number): void {
    this.fullAtUs ??= nowUs
  }

  isOver(nowUs: number): boolean {
    return this.fullAtUs !== null || nowUs >= this.untilUs
  }

  /** A cap reached before half of it was counted: then all of it is, from the start. */
  count(nowUs: number): RateCount {
    const endUs = Math.min(this.fullAtUs ?? nowUs, this.untilUs)
    const isSmall = this.all >= this.bytesMax && this.counted * 2 < this.bytesMax
    if (endUs <= this.fromUs || isSmall)
      return { bytes: this.all, us: Math.max(1, endUs - this.startUs) }
    return { bytes: this.counted, us: Math.max(1, endUs - this.fromUs) }
  }
}
