// The frame console: rows of a link, the links that can be viewed, the frames that may be sent by hand. Times are ISO
// 8601 with offset; monotonic times are milliseconds since the start of the runtime.
import type { CodedFault } from '#base/calls/rows.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { FilteredFrame } from '#base/pure/data/frame-filter.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'

export interface ConsoleRowView extends FilteredFrame {
  /** Rises by one; a gap: rows that were not fetched in time. */
  readonly seq: number
  readonly atIso: string
  readonly monoMs: number
  /** Number of bytes left out, pictures or too long to be read; they are not stored. */
  readonly leftOut?: number
  readonly ok: boolean
  /** Bytes discarded before this frame. */
  readonly discarded: number
  /** A poll, its answer without news, or a heartbeat: lists may hide it. */
  readonly routine?: true
}

export interface ConsolePageView {
  readonly rows: readonly ConsoleRowView[]
  /** Value of `after` for the next page. */
  readonly next: number
  /** Rows that were dropped before this watcher fetched them. */
  readonly dropped: number
  /** More rows are available. */
  readonly more: boolean
}

interface SafeFrameView {
  readonly code: string
  readonly name: string
  readonly title: BilingualText
  readonly fields: readonly { readonly name: string; readonly bytes: number }[]
}

export interface DeviceFramesView {
  readonly laneId: string
  readonly device: LoggedDevice
  readonly link: string
  readonly variant: string
  readonly types: readonly {
    readonly code: string
    readonly name: string
    readonly from: 'device' | 'pc' | 'both'
  }[]
  /** Empty for everything but antennas. */
  readonly safe: readonly SafeFrameView[]
}

/** One frame of a pasted capture, decoded by the marks where they fit. */
export interface TriedFrameView {
  readonly monoMs: number
  readonly direction: 'in' | 'out'
  /** Type byte and fields, without framing. */
  readonly dataHex: string
  readonly wireHex: string
  readonly code: string
  readonly ok: boolean
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly reason: string
}

export interface TriedView {
  readonly frames: readonly TriedFrameView[]
  readonly problems: readonly {
    readonly code: string
    readonly length: number
    readonly text: string
    /** The text in both languages. */
    readonly why: BilingualText
  }[]
}

export interface DraftView {
  /** Empty when findings prevented writing. */
  readonly file: string
  readonly capture: string
  readonly id: string
  readonly examples: number
  readonly findings: readonly (CodedFault & { readonly pointer: string })[]
}

export interface SavedFramesView {
  readonly file: string
  readonly frames: number
  /** The capture begins with the start of the driver: a replay compares what it sends. */
  readonly whole: boolean
}
