// All that is known of a passage in the order of time: rows, events, frames and turns, each with how long after the
// first of its lane it came. Where two have one time the lane decided before its row stood there.
import type { InstantMs } from '#base/pure/values/instant.ts'

const kinds = ['frame', 'turn', 'row', 'event'] as const

export interface StoryItem {
  readonly of: (typeof kinds)[number]
  /** In the list of its kind. */
  readonly index: number
  readonly laneId: string | null
  /** Offset in ms from the first turn of its lane; of the previous lane where it names none. */
  readonly offsetMs: number
}

interface Told {
  readonly atMs: InstantMs
  readonly laneId: string | null
}

type Lists = Readonly<Record<StoryItem['of'], readonly Told[]>>

export function storyOf(lists: Lists): readonly StoryItem[] {
  const all = kinds.flatMap((of) => lists[of].map((told, index) => ({ of, index, ...told })))
  const firstMs = new Map<string, InstantMs>()
  let lane: string | null = null
  return all
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ of, index, laneId, atMs }) => {
      lane = laneId === null || laneId === '' ? lane : laneId
      const known = firstMs.get(lane ?? '')
      if (known === undefined) firstMs.set(lane ?? '', atMs)
      return { of, index, laneId: lane, offsetMs: atMs - (known ?? atMs) }
    })
}
