// Where one pile or handheld is, as its reports tell it, and whether it may charge there now.
// Reports come from its receiver or from its host; the decision is core/place/place.ts.
import {
  emptyTrack,
  withReport,
  lostReceiver,
  placeBar,
  type PlaceBar,
  type PlaceConfig,
  type PlaceTrack,
  type PositionReport,
} from '../../core/place/place.ts'
import type { MonoClock } from '../../ports/clocks.ts'

export class PlaceWatch {
  readonly config: PlaceConfig
  track: PlaceTrack = emptyTrack
  /** Whether its receiver talks; one whose host reports has none. */
  receiverUp = false
  private receivedAtMs: number | null = null
  private readonly mono: MonoClock

  constructor(config: PlaceConfig, mono: MonoClock) {
    this.config = config
    this.mono = mono
  }

  private nowMs(): number {
    return Math.floor(this.mono.nowUs() / 1000)
  }

  report(report: PositionReport): void {
    this.track = withReport(this.track, report, this.nowMs())
  }

  /** The receiver said something, a position or not. */
  received(): void {
    this.receiverUp = true
    this.receivedAtMs = this.nowMs()
  }

  /** Since the receiver's last report; null before the first. */
  get receivedMsAgo(): number | null {
    return this.receivedAtMs === null ? null : this.nowMs() - this.receivedAtMs
  }

  /** Nobody tells where it is any more. */
  lost(): void {
    this.receiverUp = false
    this.track = lostReceiver(this.track)
  }

  bar(): PlaceBar | null {
    return placeBar(this.config, this.track, this.nowMs())
  }

  /** Since the last report that told something new; null: there was none. */
  get ageMs(): number | null {
    const { freshAtMs } = this.track
    return freshAtMs === null ? null : this.nowMs() - freshAtMs
  }
}
