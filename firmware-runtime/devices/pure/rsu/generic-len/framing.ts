// Framing of generic-len (rsu-interface.md 1.3): FF FF, LEN 2, DATA, CRC-16/X-25 over LEN and DATA. No sequence,
// escaping or end mark: after any failure the search continues one byte further.
import { crcX25, sealedX25 } from '../crc-x25.ts'
import { withCarry } from '#base/pure/data/bytes.ts'
import { addDiscard, emptyFraming } from '../framing.ts'
import type { Discard, Framing, FramingResult, FramingState, FramedData } from '../framing.ts'

const mark = 0xff
const headBytes = 4
const checkBytes = 2
export const lenDataMax = 1024
/** The most bytes that wait for the rest of their frame. */
export const lenPendingMax = lenDataMax + headBytes + checkBytes
/** Frames carry no sequence byte: all have the same number. */
const noSeq = 0

/** Length of the frame that may start at `at`; 0: no frame can start here; null: too few bytes. */
function lengthAt(bytes: Uint8Array, at: number): number | null {
  const have = bytes.length - at
  if (bytes[at] !== mark) return 0
  if (have > 1 && bytes[at + 1] !== mark) return 0
  if (have > 2 && (bytes[at + 2] as number) > lenDataMax >> 8) return 0
  if (have < headBytes) return null
  const length = (bytes[at + 2] as number) * 256 + (bytes[at + 3] as number)
  return length >= 1 && length <= lenDataMax ? length + headBytes + checkBytes : 0
}

/**
 * `final`: no more bytes will come, so an unfinished candidate has failed. generic-ver has the same loop: one shared
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
    frames.push({ seq: noSeq, data: bytes.subarray(at + headBytes, end) })
    at += length
  }
  return { state: { pending: bytes.slice(at), dropping: false }, frames, discards }
}

export const lenFraming: Framing = {
  decode: (state: FramingState, chunk: Uint8Array) => scan(withCarry(state.pending, chunk), false),
  flush: (state: FramingState) => ({ ...scan(state.pending, true), state: emptyFraming }),
  encode: (_seq, data) => sealedX25([mark, mark, data.length >> 8, data.length & 0xff], data),
}
