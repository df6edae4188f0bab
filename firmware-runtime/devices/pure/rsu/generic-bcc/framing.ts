// Framing of generic-bcc (rsu-interface.md 1.1): FF FF, escaped body with XOR check, FF. FF cannot occur inside a body,
// so each FF is a delimiter: lost or repeated marks do no harm.
import { withCarry } from '#base/pure/data/bytes.ts'
import { addDiscard, emptyFraming } from '../framing.ts'
import type { Discard, Framing, FramingResult, FramingState, FramedData } from '../framing.ts'

const delimiter = 0xff
const escape = 0xfe
/** Limit of escaped bytes between two delimiters. */
export const bccBodyMax = 512

interface BccOptions {
  /** Also accepts a frame whose BCC byte was sent unescaped (a sender fault, rsu-interface.md 1.1.2). */
  readonly tolerateUnescapedBcc: boolean
}

/** Un-escaped body, or null on an escape that is neither FE 00 nor FE 01. */
function unescaped(body: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(body.length)
  let length = 0
  for (let i = 0; i < body.length; i++) {
    let b = body[i] as number
    if (b === escape) {
      i++
      const mark = body[i]
      if (mark !== 0 && mark !== 1) return null
      b = escape + mark
    }
    out[length++] = b
  }
  return out.subarray(0, length)
}

function xorOf(bytes: Uint8Array): number {
  let x = 0
  for (const b of bytes) x ^= b
  return x
}

const frameOf = (clear: Uint8Array, checkBytes: number): FramedData => ({
  seq: clear[0] as number,
  data: clear.subarray(1, clear.length - checkBytes),
})

/** A body with an unescaped BCC of FE or FF. */
function bareBcc(body: Uint8Array): FramedData | null {
  const endsBare = body.at(-1) === escape
  const clear = unescaped(endsBare ? body.subarray(0, -1) : body)
  if (clear === null || clear.length < 2) return null
  return xorOf(clear) === (endsBare ? escape : delimiter) ? frameOf(clear, 0) : null
}

function takeBody(
  body: Uint8Array,
  hasEscape: boolean,
  options: BccOptions,
  frames: FramedData[],
  discards: Discard[],
): void {
  const clear = hasEscape ? unescaped(body) : body
  if (clear !== null && clear.length >= 2 && xorOf(clear) === 0) {
    frames.push(frameOf(clear, 1))
    return
  }
  const bare = options.tolerateUnescapedBcc ? bareBcc(body) : null
  if (bare !== null) {
    frames.push(bare)
    return
  }
  const reason = clear === null ? 'escape' : clear.length < 2 ? 'short' : 'check'
  addDiscard(discards, body.length, reason)
}

function decode(state: FramingState, chunk: Uint8Array, options: BccOptions): FramingResult {
  const frames: FramedData[] = []
  const discards: Discard[] = []
  let { pending, dropping } = state
  let hasEscape = pending.includes(escape)
  let start = 0
  // The check is summed on the way to the delimiter: a body inside one chunk and without escapes is a frame without
  // further work. All others go through takeBody.
  let check = 0
  let isWhole = pending.length === 0 && !dropping
  const end = chunk.length
  for (let i = 0; i < end; i++) {
    const b = chunk[i] as number
    if (b < escape) {
      check ^= b
      continue
    }
    if (b === escape) {
      hasEscape = true
      continue
    }
    if (i === start && isWhole) {
      start++
      continue
    }
    const length = pending.length + i - start
    if (dropping || length > bccBodyMax) addDiscard(discards, length, 'overflow')
    else if (length >= 2 && check === 0 && !hasEscape && isWhole)
      frames.push({ seq: chunk[start] as number, data: chunk.subarray(start + 1, i - 1) })
    else if (length > 0)
      takeBody(withCarry(pending, chunk.subarray(start, i)), hasEscape, options, frames, discards)
    start = i + 1
    isWhole = true
    check = 0
    pending = emptyFraming.pending
    dropping = false
    hasEscape = false
  }
  const tail = chunk.subarray(start)
  if (dropping || pending.length + tail.length > bccBodyMax) {
    addDiscard(discards, pending.length + tail.length, 'overflow')
    return { state: { pending: emptyFraming.pending, dropping: true }, frames, discards }
  }
  // Copied: the caller may reuse its chunk before the frame is complete.
  return { state: { pending: withCarry(pending, tail).slice(), dropping }, frames, discards }
}

function flush(state: FramingState): FramingResult {
  const discards: Discard[] = []
  addDiscard(discards, state.pending.length, 'flush')
  return { state: emptyFraming, frames: [], discards }
}

export function encodeBcc(seq: number, data: Uint8Array): Uint8Array {
  const out: number[] = [delimiter, delimiter]
  const put = (b: number): void => {
    if (b >= escape) out.push(escape, b - escape)
    else out.push(b)
  }
  put(seq)
  for (const b of data) put(b)
  put(seq ^ xorOf(data))
  out.push(delimiter)
  return Uint8Array.from(out)
}

export const makeBccFraming = (options: BccOptions): Framing => ({
  decode: (state, chunk) => decode(state, chunk, options),
  flush,
  encode: encodeBcc,
})
