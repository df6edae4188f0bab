// CRC-16/MODBUS: 0xA001 reflected, initial 0xFFFF, no final XOR; low byte first on the link. Shared by relay boards on
// RTU and by display boards (lane-devices.md section 0).
import { withCarry } from '#base/pure/data/bytes.ts'

const table = Uint16Array.from({ length: 256 }, (_, b) => {
  let crc = b
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  return crc
})

/** CRC over bytes[start, end). */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffff
  for (let i = start; i < end; i++) crc = (crc >> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0)
  return crc
}

/** The bytes followed by their CRC. */
export function withCrc16(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 2)
  const crc = crc16(bytes)
  out.set(bytes)
  out.set([crc & 0xff, crc >> 8], bytes.length)
  return out
}

/** Whether the last two bytes of bytes[start, end) are the CRC of the bytes before them. */
export const crc16Fits = (bytes: Uint8Array, start: number, end: number): boolean =>
  end - start > 2 &&
  crc16(bytes, start, end - 2) === ((bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8))

interface SealedFrames {
  /** Each as on the link, with its CRC. */
  readonly frames: readonly Uint8Array[]
  /** The beginning of a frame whose rest has not arrived. */
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

/**
 * Extracts whole frames with a right CRC from the stream, wherever they are. A false start is skipped byte by byte, and
 * an incomplete one does not hide a whole frame after it: noise sometimes looks like a start. `lengthAt`: length of the
 * frame that may start at `at`, or a lower limit while it is not known; null: no frame can start here.
 */
export function sealedFrames(
  carried: Uint8Array,
  chunk: Uint8Array,
  bytesMax: number,
  lengthAt: (data: Uint8Array, at: number) => number | null,
): SealedFrames {
  const data = withCarry(carried, chunk)
  const frames: Uint8Array[] = []
  let discardedBytes = 0
  let taken = 0
  let open: number | null = null
  for (let at = 0; at < data.length;) {
    const length = lengthAt(data, at)
    const end = at + (length ?? 0)
    if (length !== null && end <= data.length && crc16Fits(data, at, end)) {
      discardedBytes += at - taken
      frames.push(data.slice(at, end))
      taken = at = end
      open = null
    } else {
      if (end > data.length) open ??= at
      at++
    }
  }
  const from = Math.max(open ?? data.length, data.length - bytesMax + 1)
  discardedBytes += from - taken
  return { frames, carry: data.slice(from), discardedBytes }
}
