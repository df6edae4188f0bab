// What a vendor adds to a camera that is subscribed to over HTTP: questions, address, parts.
// Connecting, proof, silence and patience are the same for all of them: driver.ts.
import type { DownText, NoteText } from '../../../core/values/notes.ts'
import type { InstantMs } from '../../../core/values/instant.ts'
import type { DeviceRequest } from '../../http/session.ts'
import type { CameraDownReason } from '../camera-driver.ts'
import type { Draft } from './assembly.ts'
import type { Part } from './multipart.ts'

/** When something came, by the clocks of the lane. */
export interface Now {
  /** Monotonic. */
  readonly atMs: number
  /** Transport time: real over links. */
  readonly wallMs: InstantMs
}

/** A camera that is not to be used, and when to look again. */
export interface Hold {
  readonly reason: CameraDownReason
  readonly note: DownText
  /** Null: with the patience of a link that went down. */
  readonly againMs: number | null
}

export interface CheckResult<D> {
  readonly d: D
  /** Null: go on. */
  readonly hold: Hold | null
  readonly clockOffsetMs: number | null
}

/** A question that is asked before the subscription and again now and then beside it. */
export interface Check<D> {
  request(d: D): DeviceRequest
  judge(d: D, status: number, body: Uint8Array, now: Now): CheckResult<D>
}

export type Found =
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** `deviceAtMs`: its clock then; absent or null: it told none. */
  | { readonly kind: 'keepAlive'; readonly deviceAtMs?: InstantMs | null }
  /** `other`: it was understood, and is no event of a car. */
  | { readonly kind: 'refused'; readonly what: NoteText; readonly other: boolean }
  /** It did what only the lane may do: asked the questions again before another word of it counts. */
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
  /** Another way to subscribe after an answer that is no stream; null: there is none. */
  otherSubscription(d: D, status: number): D | null
  /** A stream without a byte for longer is dead. */
  readonly silenceMs: number
  deviceId(d: D): string
  wholeText(part: Part): boolean
  text(d: D, part: Part, now: Now): TextResult<D>
}
