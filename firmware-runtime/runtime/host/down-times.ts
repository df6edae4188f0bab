// Since when each device of a lane is down without a break. What it sends meanwhile does not count: a device whose answers
// are of no use is as lost as a silent one.
export class DownTimes {
  private readonly sinceMs = new Map<string, number>()

  /** Null: it is not down. */
  msOf(laneId: string, device: string, isDown: boolean, nowMs: number): number | null {
    const key = `${laneId} ${device}`
    if (!isDown) {
      this.sinceMs.delete(key)
      return null
    }
    const sinceMs = this.sinceMs.get(key) ?? nowMs
    this.sinceMs.set(key, sinceMs)
    return Math.round(nowMs - sinceMs)
  }
}
