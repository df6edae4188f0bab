// HMAC (RFC 2104) over a hash of 32 bytes with blocks of 64, for the proof of an authorisation code.
// By hand over the hash of the suite in use: this side shares no crypto library with the product.
import { joined } from '../../../core/values/bytes.ts'

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
