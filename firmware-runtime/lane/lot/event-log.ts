// The event stream of a runtime: events in order, with a number to resume from. Bounded in memory; a sink may store it
// on disk. It explains; the ledger proves.
import type { EventView } from '../calls/views.ts'
import type { LaneTraceType } from '../pure/lane.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'

/** One event of contract.md section 5. */
export interface RuntimeEvent extends EventView {
  readonly type: LaneTraceType
}

type EventListener = (event: RuntimeEvent) => void

const keptMax = 5000

export class EventLog {
  private readonly kept: RuntimeEvent[] = []
  private readonly listeners = new Set<EventListener>()
  private seq: number

  constructor(lastSeq = 0) {
    this.seq = lastSeq
  }

  get lastSeq(): number {
    return this.seq
  }

  add(
    atMs: InstantMs,
    monoUs: number,
    event: Pick<RuntimeEvent, 'laneId' | 'stayId' | 'type' | 'detail'>,
  ): void {
    this.seq++
    const full: RuntimeEvent = { seq: this.seq, atIso: isoOf(atMs), monoUs, ...event }
    this.kept.push(full)
    if (this.kept.length > keptMax) this.kept.splice(0, keptMax / 5)
    for (const listener of this.listeners) listener(full)
  }

  /** Events after `seq`, and how many of them were dropped already. */
  since(seq: number): { events: readonly RuntimeEvent[]; dropped: number } {
    const first = this.kept[0]?.seq ?? this.seq + 1
    const events = this.kept.slice(Math.max(0, seq + 1 - first))
    return { events, dropped: Math.max(0, first - seq - 1) }
  }

  /** Calls `listener` for every further event; the returned function ends it. */
  listen(listener: EventListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
