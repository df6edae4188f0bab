// Framing of the display protocol: DA VR PN PN CMD DL data CRC CRC, at any split of the stream. A complete frame with a
// right CRC counts, whatever noise is around it.
import { sealedFrames, withCrc16 } from '../../crc16-modbus.ts'

export interface DisplayFrame {
  readonly command: number
  readonly data: Uint8Array
  /** The whole frame as received: used to recognise an echoing adapter. */
  readonly bytes: Uint8Array
}

export interface Unframed {
  readonly frames: readonly DisplayFrame[]
  /** The beginning of a frame whose rest has not arrived. */
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

export const noBytes = new Uint8Array(0)

/** Version 100: one byte of data length. FFFF: the only packet. */
const version = 0x64
const headBytes = 6
const crcBytes = 2
export const frameBytesMax = headBytes + 255 + crcBytes

export function frame(address: number, command: number, data: Uint8Array): Uint8Array {
  const head = Uint8Array.of(address, version, 0xff, 0xff, command, data.length)
  const out = new Uint8Array(headBytes + data.length)
  out.set(head)
  out.set(data, headBytes)
  return withCrc16(out)
}

/** Whether a frame of that board may start at `at`, as far as the bytes have arrived. */
function mayStart(data: Uint8Array, at: number, address: number): boolean {
  const start = [address, version, 0xff, 0xff]
  return start.every((byte, i) => at + i >= data.length || data[at + i] === byte)
}

/** Extracts whole frames of that board from the stream. */
export function unframe(carried: Uint8Array, chunk: Uint8Array, address: number): Unframed {
  const found = sealedFrames(carried, chunk, frameBytesMax, (data, at) =>
    mayStart(data, at, address) ? headBytes + (data[at + 5] ?? 255) + crcBytes : null,
  )
  const frames = found.frames.map((bytes) => ({
    command: bytes[4] ?? 0,
    data: bytes.subarray(headBytes, bytes.length - crcBytes),
    bytes,
  }))
  return { ...found, frames }
}
