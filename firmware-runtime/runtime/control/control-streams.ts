// The streams: events in order, resumable by number; board and measurements, of which only the latest is sent. There is
// no queue for each listener: a slow one falls behind, and is told how many items it missed.
import { streamNames, type StreamItem, type StreamName } from '../api/table.ts'
import type { MeasureView } from '#survey/calls/measure-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { StreamHandle, StreamSink } from '#base/ports/api-host.ts'
import type { EventLog } from '#lane/lot/event-log.ts'

/** At most ten boards a second while something changes; one a second otherwise, for clocks and ages. */
const boardEveryMs = 100
const boardIdleMs = 1000

interface StreamParts {
  readonly mono: MonoClock
  readonly events: EventLog
  board(): BoardView
  /** Absent: no measurements here. */
  readonly measuring?: {
    readonly measuring: MeasureView
    readonly onMeasuring: Set<(view: MeasureView) => void>
  }
}

interface Listener {
  readonly sink: StreamSink
  readonly ended: () => void
  open: boolean
  /** The last number that this listener got. */
  seq: number
}

export class ControlStreams {
  private readonly parts: StreamParts
  private readonly eventListeners = new Set<Listener>()
  private readonly boardListeners = new Set<Listener>()
  private readonly measureListeners = new Set<Listener>()
  private readonly unlisten: () => void
  private measureSeq = 1
  private boardSeq = 0
  private lastBoard: BoardView | null = null
  private lastBoardUs = -Infinity
  private dirty = false
  private timer: Cancel | null = null
  private timerAtUs = Infinity

  constructor(parts: StreamParts) {
    this.parts = parts
    this.unlisten = parts.events.listen(() => {
      for (const listener of this.eventListeners) this.pushEvents(listener)
    })
    parts.measuring?.onMeasuring.add(this.measured)
  }

  private readonly measured = (): void => {
    this.measureSeq++
    for (const listener of this.measureListeners) this.pushMeasuring(listener)
  }

  private pushMeasuring(listener: Listener): void {
    const data = this.parts.measuring?.measuring
    if (!listener.open || data === undefined || listener.seq >= this.measureSeq) return
    listener.seq = this.measureSeq
    const item = { stream: 'measuring', seq: this.measureSeq, dropped: 0, data } as const
    listener.open = listener.sink(item)
  }

  /** Something shown on a board may have changed. */
  changed(): void {
    this.dirty = true
    if (this.boardListeners.size > 0) this.arm(boardEveryMs)
  }

  subscribe(name: StreamName, sinceSeq: number, sink: StreamSink, ended: () => void): StreamHandle {
    const own = this.listenersOf(name)
    // A number from before a restart: every event of this process is new.
    const seq = name !== 'events' || sinceSeq > this.parts.events.lastSeq ? 0 : sinceSeq
    const listener: Listener = { sink, ended, open: true, seq }
    own.add(listener)
    const push = (): void => {
      if (!own.has(listener)) return
      if (name === 'board') this.firstBoard(listener)
      else if (name === 'measuring') this.pushMeasuring(listener)
      else this.pushEvents(listener)
    }
    queueMicrotask(push)
    return {
      resume: () => {
        listener.open = true
        push()
      },
      end: () => {
        own.delete(listener)
      },
    }
  }

  private listenersOf(name: StreamName): Set<Listener> {
    if (name === 'board') return this.boardListeners
    return name === 'events' ? this.eventListeners : this.measureListeners
  }

  close(): void {
    this.unlisten()
    this.parts.measuring?.onMeasuring.delete(this.measured)
    this.timer?.()
    const lists = [this.eventListeners, this.boardListeners, this.measureListeners]
    const all = lists.flatMap((list) => [...list])
    for (const list of lists) list.clear()
    for (const { ended } of all) ended()
  }

  private pushEvents(listener: Listener): void {
    if (!listener.open) return
    const { events, dropped } = this.parts.events.since(listener.seq)
    let missed = dropped
    for (const data of events) {
      if (!listener.open) return
      const item: StreamItem<'events'> = { stream: 'events', seq: data.seq, dropped: missed, data }
      missed = 0
      listener.seq = data.seq
      listener.open = listener.sink(item)
    }
  }

  private firstBoard(listener: Listener): void {
    if (this.lastBoard === null || this.ageMs() >= boardEveryMs) this.nextBoard()
    this.pushBoard(listener)
    this.arm(boardIdleMs)
  }

  private ageMs(): number {
    return (this.parts.mono.nowUs() - this.lastBoardUs) / 1000
  }

  private nextBoard(): void {
    this.boardSeq++
    this.dirty = false
    this.lastBoardUs = this.parts.mono.nowUs()
    this.lastBoard = this.parts.board()
  }

  private pushBoard(listener: Listener): void {
    if (!listener.open || this.lastBoard === null || listener.seq >= this.boardSeq) return
    listener.seq = this.boardSeq
    const data = this.lastBoard
    const item: StreamItem<'board'> = { stream: 'board', seq: this.boardSeq, dropped: 0, data }
    listener.open = listener.sink(item)
  }

  /** Plans the next board `everyMs` after the last one; an earlier plan stays. */
  private arm(everyMs: number): void {
    const nowUs = this.parts.mono.nowUs()
    const dueUs = Math.max(nowUs, this.lastBoardUs + everyMs * 1000)
    if (dueUs >= this.timerAtUs) return
    this.timer?.()
    this.timerAtUs = dueUs
    this.timer = this.parts.mono.after(Math.ceil((dueUs - nowUs) / 1000), () => this.look())
  }

  private look(): void {
    this.timer = null
    this.timerAtUs = Infinity
    if (this.boardListeners.size === 0) return
    if (this.dirty || this.ageMs() >= boardIdleMs) this.nextBoard()
    for (const listener of this.boardListeners) this.pushBoard(listener)
    this.arm(boardIdleMs)
  }
}

export const isStreamName = (name: string): name is StreamName =>
  streamNames.some((known) => known === name)
