// What the frame console shows: rows of a link, who may be looked at, what may be sent by hand.
// Times are ISO 8601 with offset; monotonic times are milliseconds of this life of the runtime.
import type { CodedFault } from './rows.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { FrameDirection } from '../core/values/frame-filter.ts'
import type { LoggedDevice } from '../core/values/logged-device.ts'

export interface ConsoleRowView {
  /** Rises by one; a gap is what nobody fetched in time. */
  readonly seq: number
  readonly atIso: string
  readonly monoMs: number
  readonly laneId: string
  readonly device: string
  readonly direction: FrameDirection
  /** Frame type; `up` or `down` of a link; empty for bytes that are no frame. */
  readonly type: string
  readonly name: string
  /** The whole frame as on the link, but for what is left out; empty for thrown away bytes. */
  readonly hex: string
  /** Bytes of pictures, and of what is too long to be read: they are kept nowhere. */
  readonly leftOut?: number
  readonly ok: boolean
  readonly fields: Readonly<Record<string, unknown>>
  /** Bytes thrown away before this frame. */
  readonly discarded: number
  readonly reason: string
  /** A poll, or its answer when nothing is new in it, or a heartbeat: lists may leave it out. */
  readonly routine?: true
}

export interface ConsolePageView {
  readonly rows: readonly ConsoleRowView[]
  /** Give it as `after` for the next page. */
  readonly next: number
  /** Rows that were gone before this watcher fetched them. */
  readonly dropped: number
  /** More is there already. */
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
  /** Antennas alone have any. */
  readonly safe: readonly SafeFrameView[]
}

/** One frame of a pasted capture, by the marks where they fit. */
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
  /** Empty where findings kept it from being written. */
  readonly file: string
  readonly capture: string
  readonly id: string
  readonly examples: number
  readonly findings: readonly (CodedFault & { readonly pointer: string })[]
}

export interface SavedFramesView {
  readonly file: string
  readonly frames: number
  /** The capture begins with the driver's start: a replay compares what it sends. */
  readonly whole: boolean
}
