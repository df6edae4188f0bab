// CRC-16/MODBUS: 0xA001 reflected, initial 0xFFFF, no final XOR; low byte first on the link. Shared by relay boards on
// RTU and by display boards (lane-devices.md section 0).

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
