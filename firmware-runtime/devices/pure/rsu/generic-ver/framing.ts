// Framing of generic-ver (rsu-interface.md 1.2): FF FF, VER 00, SEQ, LEN 4, DATA, CRC-16/X-25.
// No escaping, so FF FF may occur in DATA: after any failure the search continues one byte further.
import { crcX25, sealedX25 } from '../crc-x25.ts'
import { withCarry } from '#base/pure/data/bytes.ts'
import { addDiscard, emptyFraming } from '../framing.ts'
import type { Discard, Framing, FramingResult, FramingState, FramedData } from '../framing.ts'

const mark = 0xff
const headBytes = 8
const checkBytes = 2
const verDataMax = 1024
/** The most bytes that wait for the rest of their frame. */
export const verPendingMax = verDataMax + headBytes + checkBytes

/** Length of the frame that may start at `at`; 0: no frame can start here; null: too few bytes. */
function lengthAt(bytes: Uint8Array, at: number): number | null {
  const have = bytes.length - at
  if (have < headBytes) return partLengthAt(bytes, at, have)
  // The five constant bytes of every frame, tested as one sum: no term is negative, so 0 means that all match.
  const differs =
    ((bytes[at] as number) ^ mark) +
    ((bytes[at + 1] as number) ^ mark) +
    (bytes[at + 2] as number) +
    (bytes[at + 4] as number) +
    (bytes[at + 5] as number)
  if (differs !== 0) return 0
  const length = (bytes[at + 6] as number) * 256 + (bytes[at + 7] as number)
  return length >= 1 && length <= verDataMax ? length + headBytes + checkBytes : 0
}

/** The same for less than a whole head: null while the bytes may still become one. */
function partLengthAt(bytes: Uint8Array, at: number, have: number): 0 | null {
  if (bytes[at] !== mark) return 0
  if (have > 1 && bytes[at + 1] !== mark) return 0
  if (have > 2 && bytes[at + 2] !== 0) return 0
  if (have > 4 && bytes[at + 4] !== 0) return 0
  if (have > 5 && bytes[at + 5] !== 0) return 0
  return have > 6 && (bytes[at + 6] as number) > verDataMax >> 8 ? 0 : null
}

/**
 * `final`: no more bytes will come, so an unfinished candidate has failed. generic-len has the same loop: one shared
 * loop that calls the head function of each was a quarter slower and missed its budget (ADR 20).
 */
function scan(bytes: Uint8Array, final: boolean): FramingResult {
  const frames: FramedData[] = []
  const discards: Discard[] = []
  let at = 0
  while (at < bytes.length) {
    const length = lengthAt(bytes, at)
    if (length === 0) {
      addDiscard(discards, 1, bytes[at] === mark ? 'header' : 'noise')
      at++
      continue
    }
    if (length === null || at + length > bytes.length) {
      if (!final) break
      addDiscard(discards, 1, 'flush')
      at++
      continue
    }
    const end = at + length - checkBytes
    const sentCrc = (bytes[end] as number) * 256 + (bytes[end + 1] as number)
    if (crcX25(bytes, at + 2, end) !== sentCrc) {
      addDiscard(discards, 1, 'check')
      at++
      continue
    }
    frames.push({ seq: bytes[at + 3] as number, data: bytes.subarray(at + headBytes, end) })
    at += length
  }
  return { state: { pending: bytes.slice(at), dropping: false }, frames, discards }
}

export const verFraming: Framing = {
  decode: (state: FramingState, chunk: Uint8Array) => scan(withCarry(state.pending, chunk), false),
  flush: (state: FramingState) => ({ ...scan(state.pending, true), state: emptyFraming }),
  encode: (seq, data) =>
    sealedX25([mark, mark, 0, seq, 0, 0, data.length >> 8, data.length & 0xff], data),
}
