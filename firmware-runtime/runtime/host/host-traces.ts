// Writes the timelines of a running lot: events, frames and turns, to the event file and the passage files.
// Also keeps when each camera last missed a plate, and what passages show about the antennas' zones.
import { EventFile } from '#ledger/files/event-file.ts'
import { PassageFile } from '#ledger/files/passage-file.ts'
import type { FrameView } from '#lane/calls/views.ts'
import type { PassingService } from '#survey/runs/passing-service.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import type { Site } from '../site/site-parts.ts'
import { DownTimes } from './down-times.ts'
import { hostPassing, type HostPassingPorts } from './host-passing.ts'

const missing = ['plateNotRead', 'passInDoubt']

export class HostTraces {
  readonly downTimes = new DownTimes()
  private readonly events: EventFile
  private readonly passages: PassageFile
  private readonly zones: ReturnType<typeof hostPassing>
  private readonly missedUs = new Map<string, number>()
  private readonly unlisten: readonly (() => void)[]

  constructor(dir: string, site: Site, by: HostPassingPorts) {
    const { runtime, frames } = site
    this.zones = hostPassing(dir, site, by)
    this.events = new EventFile(dir)
    this.passages = new PassageFile(dir)
    const { listeners } = runtime.turnRecords
    listeners.add(this.keepTurn)
    this.unlisten = [
      runtime.events.listen((event) => {
        this.keepEvent(event)
        if (event.type === 'fault' && missing.includes(event.detail))
          this.missedUs.set(event.laneId, event.monoUs)
      }),
      frames.listen((frame) => this.keep('frame', frame)),
      () => listeners.delete(this.keepTurn),
    ]
    for (const event of runtime.events.since(0).events) this.keepEvent(event)
  }

  get passing(): PassingService {
    return this.zones.service
  }

  /** Monotonic µs at which the camera of a lane last missed a plate, or null. */
  lastMissedUs(laneId: string): number | null {
    return this.missedUs.get(laneId) ?? null
  }

  flush(): Promise<void> {
    return this.passages.flush()
  }

  stop(): void {
    for (const end of this.unlisten) end()
  }

  async close(): Promise<void> {
    await Promise.all([this.events.close(), this.passages.close(), this.zones.close()])
  }

  private keepEvent(event: RuntimeEvent): void {
    this.events.add(event)
    this.keep('event', event)
  }

  /** Keeps a value for the timeline of its stay; one without a stay is not kept. */
  private keep(kind: 'event' | 'frame', value: RuntimeEvent | FrameView): void {
    const { stayId, atIso } = value
    if (stayId !== null) this.passages.add(atIso.slice(0, 10), { stayId, kind, value })
  }

  private readonly keepTurn = (stayId: string, turn: TurnRecord): void => {
    this.passages.add(turn.atIso.slice(0, 10), { stayId, kind: 'turn', value: turn })
  }
}
