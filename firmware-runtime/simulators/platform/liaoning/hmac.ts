// HMAC (RFC 2104) over a 32-byte hash with 64-byte blocks, for the proof of an authorisation code.
// Written out over the suite's hash: the platform side shares no crypto library with the product.
import { joined } from '#base/pure/data/bytes.ts'

const blockBytes = 64

export function hmacOver(
  hash: (data: Uint8Array) => Uint8Array,
  key: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const block = new Uint8Array(blockBytes)
  block.set(key.length > blockBytes ? hash(key) : key)
  const pad = (byte: number): Uint8Array => block.map((one) => one ^ byte)
  return hash(joined([pad(0x5c), hash(joined([pad(0x36), data]))]))
}
