// CRC-16/X-25 (rsu-interface.md 1.2.1): polynomial 8408 reflected, initial FFFF, final XOR FFFF.
// Check value for ASCII 123456789 is 906E.

const table = new Uint16Array(256)
for (let i = 0; i < 256; i++) {
  let crc = i
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  table[i] = crc
}

/** CRC over bytes[from, to). */
export function crcX25(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff
  for (let i = from; i < to; i++)
    crc = (crc >> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number)
  return crc ^ 0xffff
}
