// Events and frames of one passage: those stored on disk and those of this process in memory, each once. Stored ones
// are as displayed, so equal text means the same trace.
import type { EventView, FrameView } from '../calls/views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PassageTrace } from '#base/ports/passage-traces.ts'

/** A trace may be written a little after its row, and after midnight. */
const lateMs = 3_600_000

/** Days on which a stay left traces: each has a row of the stay. */
export function daysOf(rows: readonly LedgerRow[]): readonly string[] {
  const times = rows.flatMap(({ atMs }) => [atMs, atMs + lateMs])
  return [...new Set(times.map((atMs) => isoOf(atMs).slice(0, 10)))].toSorted()
}

/** All of `kept`, and those of `live` that are not among them. Repeated equal traces stay. */
function joined<T>(kept: readonly T[], live: readonly T[]): readonly T[] {
  const there = new Map<string, number>()
  for (const one of kept) {
    const text = JSON.stringify(one)
    there.set(text, (there.get(text) ?? 0) + 1)
  }
  const fresh = live.filter((one) => {
    const text = JSON.stringify(one)
    const left = there.get(text) ?? 0
    if (left > 0) there.set(text, left - 1)
    return left === 0
  })
  return [...kept, ...fresh]
}

interface PassageTraces {
  readonly events: readonly EventView[]
  readonly frames: readonly FrameView[]
}

/** In order of time; at the same time in order of arrival. */
export function passageTraces(kept: readonly PassageTrace[], live: PassageTraces): PassageTraces {
  const of = <T>(kind: PassageTrace['kind']): readonly T[] =>
    kept.filter((trace) => trace.kind === kind).map(({ value }) => value as T)
  const byTime = (a: { readonly atIso: string }, b: { readonly atIso: string }): number =>
    a.atIso < b.atIso ? -1 : a.atIso > b.atIso ? 1 : 0
  return {
    events: joined(of<EventView>('event'), live.events).toSorted(byTime),
    frames: joined(of<FrameView>('frame'), live.frames).toSorted(byTime),
  }
}
