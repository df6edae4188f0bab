// CRC-32 as zip and Ethernet have it (reflected 0xEDB88320), to be carried on over several pieces.
// Bit by bit: it counts captures, not live bytes.

const polynomial = 0xedb8_8320

/** `before`: CRC of the preceding pieces; 0 for the first one. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let sum = ~before
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) * polynomial)
  }
  return ~sum >>> 0
}
