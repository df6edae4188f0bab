// A file that the platform seals for a lot (P9), written anew from the page with other code than the product's: SM2 and
// the SM4 block of sm-crypto, and GCM by its definition (NIST SP 800-38D).
import { gzipSync } from 'node:zlib'
import smCrypto from 'sm-crypto'

const blockBytes = 16

const block = (key: Uint8Array, input: Uint8Array): Uint8Array =>
  Uint8Array.from(smCrypto.sm4.encrypt([...input], [...key], { padding: 'none', output: 'array' }))

const bigOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

/** Product in the field of GCM, whose lowest power is the highest bit (6.3 there). */
function product(x: bigint, y: bigint): bigint {
  let sum = 0n
  let v = y
  for (let bit = 127n; bit >= 0n; bit--) {
    if (((x >> bit) & 1n) === 1n) sum ^= v
    v = (v & 1n) === 1n ? (v >> 1n) ^ (0xe1n << 120n) : v >> 1n
  }
  return sum
}

const filled = (bytes: Uint8Array): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)])

function ghash(hashKey: bigint, name: Uint8Array, text: Uint8Array): bigint {
  const sizes = Buffer.alloc(blockBytes)
  sizes.writeBigUInt64BE(BigInt(name.length * 8), 0)
  sizes.writeBigUInt64BE(BigInt(text.length * 8), 8)
  const all = Buffer.concat([filled(name), filled(text), sizes])
  let sum = 0n
  for (let at = 0; at < all.length; at += blockBytes)
    sum = product(sum ^ bigOf(all.subarray(at, at + blockBytes)), hashKey)
  return sum
}

const hexOfBig = (value: bigint): string => value.toString(16).padStart(32, '0')

/** Ciphertext with its tag behind it. `nonce` has 12 bytes. */
function gcm(key: Uint8Array, nonce: Uint8Array, name: Uint8Array, plain: Uint8Array): Buffer {
  const counter = Buffer.alloc(blockBytes)
  Buffer.from(nonce).copy(counter)
  const stream = (count: number): Uint8Array => {
    counter.writeUInt32BE(count, 12)
    return block(key, counter)
  }
  const text = Buffer.from(plain)
  for (let at = 0; at < text.length; at += blockBytes) {
    const mask = stream(2 + at / blockBytes)
    for (let i = at; i < Math.min(at + blockBytes, text.length); i++)
      text[i] = (text[i] ?? 0) ^ (mask[i - at] ?? 0)
  }
  const sum = ghash(bigOf(block(key, new Uint8Array(blockBytes))), name, text)
  return Buffer.concat([text, Buffer.from(hexOfBig(sum ^ bigOf(stream(1))), 'hex')])
}

const der = (tag: string, hex: string): string => {
  const count = hex.length / 2
  const size = count.toString(16).padStart(2, '0')
  return `${tag}${count < 128 ? size : `81${size}`}${hex}`
}
const derNumber = (hex: string): string => {
  const short = hex.replace(/^(?:00)+(?=.)/, '')
  return der('02', /^[89a-f]/.test(short) ? `00${short}` : short)
}

/** x, y, C3, C2 of GM/T 0009; the library writes C1 without its first byte, then C3 and C2. */
function wrapped(key: Uint8Array, publicHex: string): Uint8Array {
  const all = smCrypto.sm2.doEncrypt([...key], publicHex.toLowerCase(), 1)
  const [x, y, c3, c2] = [all.slice(0, 64), all.slice(64, 128), all.slice(128, 192), all.slice(192)]
  const parts = `${derNumber(x)}${derNumber(y)}${der('04', c3)}${der('04', c2)}`
  return Buffer.from(der('30', parts), 'hex')
}

interface FileSealParts {
  /** Of the certificate that the lot asked under: upper-case hex, and 130 digits. */
  readonly serial: string
  readonly publicHex: string
  random(count: number): Uint8Array
  sm3(data: Uint8Array): Uint8Array
}

/** `(file name, text)` to the members of the envelope. */
export const fileSealer =
  ({ serial, publicHex, random, sm3 }: FileSealParts) =>
  (name: string, text: string): Readonly<Record<string, string>> => {
    const [key, nonce] = [random(16), random(12)]
    const plain = Buffer.from(text, 'utf8')
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    return {
      alg: 'SM4-GCM',
      serial,
      encKey: base64(wrapped(key, publicHex)),
      nonce: base64(nonce),
      aad: name,
      ciphertext: base64(gcm(key, nonce, Buffer.from(name, 'utf8'), gzipSync(plain))),
      sm3: Buffer.from(sm3(plain)).toString('hex'),
    }
  }
