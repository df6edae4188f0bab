// Between what a camera that turns reports and the driver of its spaces: only a report about a space in view of the preset
// where the camera stands counts, and only once the camera has stated its position after it. The rest is counted.
import type { SpaceRead, SpaceReport } from '../pure/spaces/report.ts'
import type { PlanNews } from '../pure/watch/preset-plan.ts'

/** Reports that wait for a position: a camera sends some ten a preset. */
const heldMax = 64
/** So long after a turn a change of the scene is that of the turn. Assumed. */
const sceneMs = 10_000

interface GateParts {
  /** Devices by the preset from which they are seen. */
  readonly seenFrom: ReadonlyMap<number, ReadonlySet<string>>
  nowMs(): number
  take(read: SpaceRead, picture: Uint8Array | null): void
  /** Asks the camera where it stands. */
  ask(): void
  /** These devices are out of view from now on. */
  left(deviceIds: readonly string[]): void
}

interface HeldReport {
  readonly report: SpaceReport
  readonly picture: Uint8Array | null
}

export class ViewGate {
  private readonly parts: GateParts
  private readonly planned: ReadonlySet<string>
  private held: HeldReport[] = []
  private sinceMs = 0
  /** Preset where it stands; null: it turns, or nobody knows. */
  preset: number | null = null
  /** Reports about spaces out of view. */
  unseen = 0

  constructor(parts: GateParts) {
    this.parts = parts
    this.planned = new Set([...parts.seenFrom.values()].flatMap((own) => [...own]))
  }

  /** A message of the camera. */
  take(read: SpaceRead, picture: Uint8Array | null): void {
    if (!read.ok) {
      this.parts.take(read, picture)
      return
    }
    const { view, reports } = read
    // The program turned it: this is no change by hand.
    const isOwnTurn = this.preset === null || this.parts.nowMs() - this.sinceMs < sceneMs
    const counts = view !== undefined && !(view.fault === 'turned' && !view.isOver && isOwnTurn)
    // Reports of the past and of strangers change nothing, and the driver counts them.
    const others = reports.filter((one) => one.isPast || !this.planned.has(one.deviceId))
    if (others.length > 0 || counts || (reports.length === 0 && view === undefined))
      this.parts.take({ ok: true, reports: others, ...(counts ? { view } : {}) }, picture)
    for (const report of reports) if (!others.includes(report)) this.hold(report, picture)
  }

  private hold(report: SpaceReport, picture: Uint8Array | null): void {
    const isSeen =
      this.preset !== null && this.parts.seenFrom.get(this.preset)?.has(report.deviceId) === true
    if (!isSeen || this.held.length >= heldMax) {
      this.unseen++
      return
    }
    this.held.push({ report, picture })
    this.parts.ask()
  }

  /** News of the plan. */
  plan(news: PlanNews): void {
    if (news.type === 'standing') {
      this.preset = news.preset
      this.sinceMs = this.parts.nowMs()
    } else if (news.type === 'confirmed') {
      for (const { report, picture } of this.held.splice(0, news.reports))
        this.parts.take({ ok: true, reports: [report] }, picture)
    } else if (news.type === 'away') this.leave()
  }

  private leave(): void {
    this.unseen += this.held.length
    this.held = []
    const own = this.preset === null ? undefined : this.parts.seenFrom.get(this.preset)
    this.preset = null
    if (own !== undefined) this.parts.left([...own])
  }
}
