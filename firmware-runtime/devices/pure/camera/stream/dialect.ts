// What a vendor defines for a camera that is subscribed to over HTTP: check requests, address, decoding of parts.
// Connecting, authentication, silence and retry times are the same for all vendors: driver.ts.
import type { DownText, NoteText } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import type { DeviceRequest } from '../../http/session.ts'
import type { CameraDownReason } from '../camera-driver.ts'
import type { Draft } from './assembly.ts'
import type { Part } from './multipart.ts'

/** Arrival time by the clocks of the lane. */
export interface Now {
  /** Monotonic. */
  readonly atMs: number
  /** Wall clock of the transport: the real time on links. */
  readonly wallMs: InstantMs
}

/** The camera must not be used for now, and when to check again. */
export interface Hold {
  readonly reason: CameraDownReason
  readonly note: DownText
  /** Null: after the retry times of a link that went down. */
  readonly againMs: number | null
}

export interface CheckResult<D> {
  readonly d: D
  /** Null: go on. */
  readonly hold: Hold | null
  readonly clockOffsetMs: number | null
  /** Absent: it was not asked for its version; null: it did not tell it. */
  readonly version?: DeviceReading | null
}

/** A request sent before the subscription and repeated at intervals beside it. */
export interface Check<D> {
  /** It is only asked beside the stream: no car waits for it, and nothing but its answer depends on it. */
  readonly beside?: true
  request(d: D): DeviceRequest
  judge(d: D, status: number, body: Uint8Array, now: Now): CheckResult<D>
}

export type Found =
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** `deviceAtMs`: the camera's clock at that time; absent or null: not stated. */
  | { readonly kind: 'keepAlive'; readonly deviceAtMs?: InstantMs | null }
  /** `other`: it was decoded, but is not an event about a car. */
  | { readonly kind: 'refused'; readonly what: NoteText; readonly other: boolean }
  /** The camera did what only the lane may do; the checks run again before its messages count again. */
  | { readonly kind: 'distrust'; readonly hold: Hold }

export interface TextResult<D> {
  readonly d: D
  readonly found: readonly Found[]
}

/** Vendor state `D` is plain data. */
export interface StreamDialect<D> {
  initial(): D
  readonly checks: readonly Check<D>[]
  readonly recheckMs: number
  subscription(d: D): DeviceRequest
  /** Another way to subscribe, after an answer that is not a stream; null: no other way. */
  otherSubscription(d: D, status: number): D | null
  /** A stream without a byte for longer than this is treated as dead. */
  readonly silenceMs: number
  deviceId(d: D): string
  wholeText(part: Part): boolean
  text(d: D, part: Part, now: Now): TextResult<D>
}
