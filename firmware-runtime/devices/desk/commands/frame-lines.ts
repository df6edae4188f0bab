// Frames as JSON Lines for scripts, each with the time since the frame shown before it, and the filter given on the
// command line.
import type { ConsoleRowView } from '../../calls/console-views.ts'
import { frameTypesOf, type FrameFilter } from '#base/pure/data/frame-filter.ts'

interface WatchFilter {
  readonly direction: 'in' | 'out' | undefined
  readonly type: readonly string[]
  readonly text: string | undefined
}

type Filter = Pick<FrameFilter, 'direction' | 'text'> & { readonly types: readonly string[] }

export function filterOf({ direction, type, text }: WatchFilter): Filter {
  return { direction, types: frameTypesOf(type.join(',')), text }
}

export class FrameLines {
  private lastMs: number | null = null
  private readonly enough: number
  private readonly say: (row: object) => void
  /** Frames shown so far. */
  shown = 0

  constructor(say: (row: object) => void, enough = Infinity) {
    this.say = say
    this.enough = enough
  }

  get isDone(): boolean {
    return this.shown >= this.enough
  }

  row(row: Omit<ConsoleRowView, 'laneId' | 'device' | 'seq'>): void {
    if (this.isDone) return
    const { atIso, direction, type, name, hex, leftOut, ok, fields, discarded, reason } = row
    const deltaMs = this.lastMs === null ? null : Number((row.monoMs - this.lastMs).toFixed(3))
    this.lastMs = row.monoMs
    const at = { monoMs: Math.round(row.monoMs), atIso, deltaMs }
    if (direction === 'link') this.say({ event: 'link', ...at, state: type, reason })
    else {
      this.shown++
      this.say({
        event: 'frame',
        ...at,
        direction,
        type,
        name,
        ok,
        hex,
        ...(leftOut === undefined ? {} : { leftOut }),
        fields,
        discarded,
        reason,
      })
    }
  }

  dropped(count: number): void {
    if (count > 0) this.say({ event: 'dropped', count })
  }
}
