// Records that wait for a time, earliest first: a binary heap, so that a year's backlog costs no scan.
// An entry that was moved or taken out stays in the heap until it surfaces; the map is the truth.

interface Entry {
  readonly outboxId: string
  readonly atMs: number
}

export interface Waiting {
  /** Monotonic ms by record. */
  readonly times: Map<string, number>
  readonly heap: Entry[]
}

export const emptyWaiting = (): Waiting => ({ times: new Map(), heap: [] })

/** Replaces an earlier time of the record. */
export function waitUntil(waiting: Waiting, outboxId: string, atMs: number): void {
  waiting.times.set(outboxId, atMs)
  waiting.heap.push({ outboxId, atMs })
  rise(waiting.heap)
  // Stale entries never outnumber the live ones by much.
  if (waiting.heap.length > 2 * waiting.times.size + 64) rebuild(waiting)
}

/** Earliest record, or null. */
export function firstWaiting(waiting: Waiting): Entry | null {
  for (let top = waiting.heap[0]; top !== undefined; top = waiting.heap[0]) {
    if (waiting.times.get(top.outboxId) === top.atMs) return top
    dropTop(waiting.heap)
  }
  return null
}

/** Takes out the earliest record. */
export function takeFirst(waiting: Waiting): void {
  const first = firstWaiting(waiting)
  if (first === null) return
  waiting.times.delete(first.outboxId)
  dropTop(waiting.heap)
}

/** Takes out every record, whatever its time. */
export function takeAll(waiting: Waiting): string[] {
  const all = [...waiting.times.keys()]
  waiting.times.clear()
  waiting.heap.length = 0
  return all
}

/** A list in order is a heap. */
function rebuild(waiting: Waiting): void {
  waiting.heap.length = 0
  for (const [outboxId, atMs] of waiting.times) waiting.heap.push({ outboxId, atMs })
  waiting.heap.sort((a, b) => a.atMs - b.atMs)
}

const atMsOf = (heap: readonly Entry[], i: number): number => heap[i]?.atMs ?? Infinity

function swap(heap: Entry[], i: number, j: number): void {
  const [a, b] = [heap[i], heap[j]]
  if (a === undefined || b === undefined) return
  heap[i] = b
  heap[j] = a
}

function rise(heap: Entry[]): void {
  for (let i = heap.length - 1; i > 0;) {
    const parent = (i - 1) >> 1
    if (atMsOf(heap, parent) <= atMsOf(heap, i)) return
    swap(heap, i, parent)
    i = parent
  }
}

function dropTop(heap: Entry[]): void {
  swap(heap, 0, heap.length - 1)
  heap.pop()
  for (let i = 0; ;) {
    const left = 2 * i + 1
    const least = atMsOf(heap, left + 1) < atMsOf(heap, left) ? left + 1 : left
    if (atMsOf(heap, least) >= atMsOf(heap, i)) return
    swap(heap, i, least)
    i = least
  }
}
