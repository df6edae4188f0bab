// Modbus TCP framing: the seven bytes of the MBAP header around one PDU, at any split of the stream. Bounded: never
// more than one frame is carried over; discarded bytes are counted.
import { withCarry } from '#base/pure/data/bytes.ts'

interface MbapFrame {
  readonly transactionId: number
  readonly unitId: number
  /** Function code and data, 1 to 253 bytes. */
  readonly pdu: Uint8Array
}

interface Unframed {
  readonly frames: readonly MbapFrame[]
  /** The beginning of a frame whose rest has not arrived. */
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

export const noBytes = new Uint8Array(0)

/** Header without the unit id, which the length field already counts. */
const prefixBytes = 6
const pduBytesMax = 253
const lengthMin = 2
const lengthMax = 1 + pduBytesMax
export const frameBytesMax = prefixBytes + lengthMax

/** Whether a header may start at `at`: protocol id 0 and a possible length, as far as the bytes have arrived. */
function mayStart(data: Uint8Array, at: number): boolean {
  const here = data.length - at
  if (here > 2 && data[at + 2] !== 0) return false
  if (here > 3 && data[at + 3] !== 0) return false
  if (here > 4 && data[at + 4] !== 0) return false
  const length = data[at + 5]
  return here <= 5 || (length !== undefined && length >= lengthMin && length <= lengthMax)
}

/**
 * Extracts frames from the stream. Bytes that cannot begin a header are skipped one by one, so that a damaged length
 * costs the frames it covers and not the whole connection.
 */
export function unframe(carried: Uint8Array, chunk: Uint8Array): Unframed {
  const data = withCarry(carried, chunk)
  const frames: MbapFrame[] = []
  let discardedBytes = 0
  let at = 0
  while (at < data.length) {
    if (!mayStart(data, at)) {
      at += 1
      discardedBytes += 1
      continue
    }
    const end = at + prefixBytes + (data[at + 5] ?? lengthMax)
    if (data.length - at < prefixBytes + 1 || data.length < end) break
    frames.push({
      transactionId: ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0),
      unitId: data[at + 6] ?? 0,
      pdu: data.slice(at + prefixBytes + 1, end),
    })
    at = end
  }
  return { frames, carry: at === data.length ? noBytes : data.slice(at), discardedBytes }
}

/** The bytes of one frame. */
export function frame(transactionId: number, unitId: number, pdu: Uint8Array): Uint8Array {
  const length = 1 + pdu.length
  const out = new Uint8Array(prefixBytes + length)
  out[0] = transactionId >> 8
  out[1] = transactionId
  out[4] = length >> 8
  out[5] = length
  out[6] = unitId
  for (let i = 0; i < pdu.length; i++) out[prefixBytes + 1 + i] = pdu[i] ?? 0
  return out
}
