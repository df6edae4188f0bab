// The position of one pile or handheld, from its reports, and whether charging is allowed there now. Reports come from
// its receiver or its host; devices/pure/place/place.ts decides.
import {
  emptyTrack,
  withReport,
  lostReceiver,
  placeBar,
  type PlaceBar,
  type PlaceConfig,
  type PlaceTrack,
  type PositionReport,
} from '#devices/pure/place/place.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

export class PlaceWatch {
  readonly config: PlaceConfig
  track: PlaceTrack = emptyTrack
  /** Whether its receiver sends; one with reports by its host has none. */
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

  /** The receiver sent something, with or without a position. */
  received(): void {
    this.receiverUp = true
    this.receivedAtMs = this.nowMs()
  }

  /** Time since the receiver's last report; null before the first one. */
  get receivedMsAgo(): number | null {
    return this.receivedAtMs === null ? null : this.nowMs() - this.receivedAtMs
  }

  /** The source of its position is lost. */
  lost(): void {
    this.receiverUp = false
    this.track = lostReceiver(this.track)
  }

  bar(): PlaceBar | null {
    return placeBar(this.config, this.track, this.nowMs())
  }

  /** Time since the last report with new information; null: none. */
  get ageMs(): number | null {
    const { freshAtMs } = this.track
    return freshAtMs === null ? null : this.nowMs() - freshAtMs
  }
}
