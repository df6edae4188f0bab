// CRC-16/MODBUS bit by bit, independent of the product's table.
// Devices of this kind send its low byte first.

export function crc16Of(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) {
      const carry = (crc & 1) === 1
      crc >>>= 1
      if (carry) crc ^= 0xa001
    }
  }
  return crc
}

/** The bytes followed by their CRC. */
export function sealed(bytes: Uint8Array): Uint8Array {
  const crc = crc16Of(bytes)
  return Uint8Array.of(...bytes, crc % 256, crc >>> 8)
}

/** Whether the last two bytes are the CRC of the others. */
export function isSealed(bytes: Uint8Array): boolean {
  const at = bytes.length - 2
  if (at < 1) return false
  return crc16Of(bytes.subarray(0, at)) === (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
}
