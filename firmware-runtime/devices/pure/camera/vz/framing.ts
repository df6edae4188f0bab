// Frames of Vzicom on TCP 8131: `VZ`, type, sequence, length, payload (lane-devices.md 1.3). A segment may hold several
// frames or a part of one; there is no checksum, so a head has to be plausible.
import { withCarry } from '#base/pure/data/bytes.ts'
import type { PictureSpan } from '../picture-gaps.ts'
import { unrolled, type Rope } from '../rope.ts'

export interface VzFrame {
  readonly type: 'data' | 'heartbeat'
  readonly sequence: number
  readonly payload: Uint8Array
}

interface OpenFrame {
  readonly sequence: number
  readonly length: number
  readonly rope: Rope | null
  readonly size: number
  /** The text has ended: the rest is pictures. */
  readonly binary: boolean
}

export interface VzFraming {
  /** Bytes of an incomplete head. */
  readonly carry: Uint8Array
  readonly open: OpenFrame | null
}

export interface VzFramingStep {
  readonly state: VzFraming
  readonly frames: readonly VzFrame[]
  readonly discardedBytes: number
  /** Positions of pictures in the bytes that were fed. */
  readonly pictures: readonly PictureSpan[]
}

export const emptyVzFraming: VzFraming = { carry: new Uint8Array(0), open: null }

/** 1 MiB, by the protocol. */
export const vzPayloadBytesMax = 1_048_576
const headBytes = 8
const [letterV, letterZ, brace] = [0x56, 0x5a, 0x7b]
const types = { data: 0, heartbeat: 1 } as const

interface Head {
  readonly type: VzFrame['type']
  readonly sequence: number
  readonly length: number
}

/** A head at `at`; `wait`: more bytes are needed; `none`: no head. */
function headAt(bytes: Uint8Array, at: number): Head | 'wait' | 'none' {
  const left = bytes.length - at
  if (bytes[at] !== letterV || (left > 1 && bytes[at + 1] !== letterZ)) return 'none'
  if (left > 2 && bytes[at + 2] !== types.data && bytes[at + 2] !== types.heartbeat) return 'none'
  if (left < headBytes) return 'wait'
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headBytes)
  const [type, sequence, length] = [view.getUint8(2), view.getUint8(3), view.getUint32(4)]
  if (type === types.heartbeat)
    return length === 0 ? { type: 'heartbeat', sequence, length } : 'none'
  if (length < 2 || length > vzPayloadBytesMax) return 'none'
  // Every payload begins with JSON text: without this check a random length would swallow a minute of frames.
  if (left === headBytes) return 'wait'
  return bytes[at + headBytes] === brace ? { type: 'data', sequence, length } : 'none'
}

class Reader {
  private readonly bytes: Uint8Array
  private at = 0
  open: OpenFrame | null
  readonly frames: VzFrame[] = []
  readonly pictures: PictureSpan[] = []
  private readonly carried: number
  discardedBytes = 0

  constructor(state: VzFraming, bytes: Uint8Array) {
    this.bytes = withCarry(state.carry, bytes)
    this.carried = state.carry.length
    this.open = state.open
  }

  run(): Uint8Array {
    for (;;) {
      if (this.open !== null) {
        if (!this.payload(this.open)) return new Uint8Array(0)
      } else if (!this.head()) return this.bytes.slice(this.at)
    }
  }

  private head(): boolean {
    while (this.at < this.bytes.length) {
      const head = headAt(this.bytes, this.at)
      if (head === 'wait') return false
      if (head === 'none') {
        this.at++
        this.discardedBytes++
        continue
      }
      this.at += headBytes
      if (head.type === 'data') this.open = { ...head, rope: null, size: 0, binary: false }
      else this.frames.push({ ...head, payload: new Uint8Array(0) })
      return true
    }
    return false
  }

  private payload(open: OpenFrame): boolean {
    const take = Math.min(this.bytes.length - this.at, open.length - open.size)
    const bytes = this.bytes.slice(this.at, this.at + take)
    const binary = this.markPicture(open.binary, bytes)
    this.at += take
    const rope = take === 0 ? open.rope : { bytes, before: open.rope }
    const size = open.size + take
    this.open = { ...open, rope, size, binary }
    if (size < open.length) return false
    this.open = null
    this.frames.push({ type: 'data', sequence: open.sequence, payload: unrolled(rope, size) })
    return true
  }

  /** No second byte of a GBK character is 00: the first NUL ends the text. */
  private markPicture(binary: boolean, bytes: Uint8Array): boolean {
    const nul = binary ? -1 : bytes.indexOf(0)
    if (!binary && nul < 0) return false
    if (nul + 1 < bytes.length)
      this.pictures.push([this.at - this.carried + nul + 1, bytes.length - nul - 1])
    return true
  }
}

export function feedVz(state: VzFraming, bytes: Uint8Array): VzFramingStep {
  const reader = new Reader(state, bytes)
  const carry = reader.run()
  return {
    state: { carry, open: reader.open },
    frames: reader.frames,
    discardedBytes: reader.discardedBytes,
    pictures: reader.pictures,
  }
}

/** The open frame was not a frame: discards its head and searches the bytes after it again. */
export function resyncVz(state: VzFraming): VzFramingStep {
  const { open } = state
  if (open === null) return { state, frames: [], discardedBytes: 0, pictures: [] }
  const step = feedVz(emptyVzFraming, unrolled(open.rope, open.size))
  return { ...step, discardedBytes: step.discardedBytes + headBytes }
}

export function vzFrame(type: VzFrame['type'], payload: Uint8Array, sequence = 0): Uint8Array {
  const out = new Uint8Array(headBytes + payload.length)
  const view = new DataView(out.buffer)
  out.set([letterV, letterZ, types[type], sequence])
  view.setUint32(4, payload.length)
  out.set(payload, headBytes)
  return out
}
