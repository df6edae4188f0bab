// How far a run is: the item of how many, and how long the rest is expected to take.
import { expectedEnd } from '../../pure/expected-time.ts'
import type { ItemId } from '../../pure/items/ids.ts'
import type { DriveTime } from '../../pure/plant.ts'
import type { ProgressView } from '../../calls/acceptance-views.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'

interface Timed {
  readonly id: ItemId
  readonly takes: DriveTime | null
}

export class RunProgress {
  item: ItemId | null = null
  private readonly items: readonly Timed[]
  private sinceMs: InstantMs
  /** Since then the item has to pass without its fault. */
  private greenMs: InstantMs | null = null

  constructor(items: readonly Timed[], nowMs: InstantMs) {
    this.items = items
    this.sinceMs = nowMs
  }

  begin(id: ItemId, nowMs: InstantMs): void {
    this.item = id
    this.sinceMs = nowMs
    this.greenMs = null
  }

  green(nowMs: InstantMs): void {
    this.greenMs ??= nowMs
  }

  /** An item that takes longer than expected delays those behind it. */
  private endMs(at: number, nowMs: InstantMs): InstantMs {
    const [first = null, ...rest] = this.items.slice(at).map(({ takes }) => takes)
    const ownMs =
      this.greenMs === null
        ? expectedEnd([first], this.sinceMs)
        : this.greenMs + (first?.greenMin ?? 0) * minuteMs
    return expectedEnd(rest, Math.max(ownMs, nowMs))
  }

  view(nowMs: InstantMs): ProgressView {
    const { item, items } = this
    const at = Math.max(
      0,
      items.findIndex(({ id }) => id === item),
    )
    const leftSec = Math.ceil((this.endMs(at, nowMs) - nowMs) / 1_000)
    return { item, n: at + 1, of: items.length, leftSec }
  }
}
