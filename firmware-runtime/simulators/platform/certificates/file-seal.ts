// A file that the platform seals for a lot (P9), written from the page with other code than the product's: SM2 and
// the SM4 block of sm-crypto, and GCM by its definition (NIST SP 800-38D).
import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import smCrypto from 'sm-crypto'
import type { FileCipher } from '../envelope.ts'

const blockBytes = 16

/** Encrypts whole blocks independently (ECB). */
const blocks = (key: Uint8Array, input: Uint8Array): Uint8Array =>
  Uint8Array.from(smCrypto.sm4.encrypt([...input], [...key], { padding: 'none', output: 'array' }))

/**
 * Products of the hash key with each value of each of a block's 16 bytes, four words each, in the field of GCM, whose
 * lowest power is the highest bit (6.3 there).
 */
function productsOf(hashKey: Uint8Array): Uint32Array {
  const words = new DataView(Uint8Array.from(hashKey).buffer)
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => words.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ]
  const products = new Uint32Array(16 * 256 * 4)
  for (let bit = 0; bit < 128; bit++) {
    products.set([a, b, c, d], ((bit >> 3) * 256 + (0x80 >> (bit & 7))) * 4)
    const isOdd = (d & 1) === 1
    d = (d >>> 1) | (c << 31)
    c = (c >>> 1) | (b << 31)
    b = (b >>> 1) | (a << 31)
    a = (a >>> 1) ^ (isOdd ? 0xe1000000 : 0)
  }
  for (let at = 0; at < 16 * 256; at++) {
    const lowest = at & -at & 0xff
    const [one, rest] = [(at & ~0xff) | lowest, at & ~lowest]
    if (lowest === 0 || one === at) continue
    for (let word = 0; word < 4; word++)
      products[at * 4 + word] = (products[one * 4 + word] ?? 0) ^ (products[rest * 4 + word] ?? 0)
  }
  return products
}

const filled = (bytes: Uint8Array): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)])

function ghash(hashKey: Uint8Array, name: Uint8Array, text: Uint8Array): Uint8Array {
  const sizes = Buffer.alloc(blockBytes)
  sizes.writeBigUInt64BE(BigInt(name.length * 8), 0)
  sizes.writeBigUInt64BE(BigInt(text.length * 8), 8)
  const all = Buffer.concat([filled(name), filled(text), sizes])
  const products = productsOf(hashKey)
  const sum = new Uint8Array(blockBytes)
  const words = new DataView(sum.buffer)
  for (let at = 0; at < all.length; at += blockBytes) {
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i < blockBytes; i++) {
      const from = (i * 256 + ((sum[i] ?? 0) ^ (all[at + i] ?? 0))) * 4
      a ^= products[from] ?? 0
      b ^= products[from + 1] ?? 0
      c ^= products[from + 2] ?? 0
      d ^= products[from + 3] ?? 0
    }
    for (const [word, value] of [a, b, c, d].entries()) words.setUint32(word * 4, value)
  }
  return sum
}

const xor = (left: Uint8Array, right: Uint8Array): Buffer =>
  Buffer.from(left.map((byte, i) => byte ^ (right[i] ?? 0)))

interface GcmKey {
  readonly key: Uint8Array
  /** 12 bytes. */
  readonly nonce: Uint8Array
}

/** Encrypted counter blocks from `first` on. */
function stream({ key, nonce }: GcmKey, first: number, count: number): Uint8Array {
  const counters = Buffer.alloc(count * blockBytes)
  for (let n = 0; n < count; n++) {
    counters.set(nonce, n * blockBytes)
    counters.writeUInt32BE(first + n, n * blockBytes + 12)
  }
  return blocks(key, counters)
}

/** Encrypts or decrypts: counter mode is its own inverse. */
export const gcmText = (given: GcmKey, text: Uint8Array): Buffer =>
  text.length === 0
    ? Buffer.alloc(0)
    : xor(text, stream(given, 2, Math.ceil(text.length / blockBytes)))

/** Tag over the ciphertext and its bound name. */
export const gcmTag = (given: GcmKey, name: Uint8Array, ciphertext: Uint8Array): Buffer =>
  xor(ghash(blocks(given.key, new Uint8Array(blockBytes)), name, ciphertext), stream(given, 1, 1))

const der = (tag: string, hex: string): string => {
  const count = hex.length / 2
  const size = count.toString(16).padStart(2, '0')
  return `${tag}${count < 128 ? size : `81${size}`}${hex}`
}
const derNumber = (hex: string): string => {
  const short = hex.replace(/^(?:00)+(?=.)/, '')
  return der('02', /^[89a-f]/.test(short) ? `00${short}` : short)
}

/** x, y, C3, C2 of GM/T 0009; the library gives C1 without its first byte, then C3 and C2. */
function wrapped(key: Uint8Array, publicHex: string): Uint8Array {
  const all = smCrypto.sm2.doEncrypt([...key], publicHex.toLowerCase(), 1)
  const [x, y, c3, c2] = [all.slice(0, 64), all.slice(64, 128), all.slice(128, 192), all.slice(192)]
  const parts = `${derNumber(x)}${derNumber(y)}${der('04', c3)}${der('04', c2)}`
  return Buffer.from(der('30', parts), 'hex')
}

/** A member (P8), in Base64. */
export const fieldSealer =
  (publicHex: string) =>
  (text: string): string =>
    Buffer.from(wrapped(Buffer.from(text, 'utf8'), publicHex)).toString('base64')

type Random = (count: number) => Uint8Array
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function gcmSealed(random: Random, name: string, zipped: Uint8Array) {
  const [key, nonce] = [random(16), random(12)]
  const sealed = gcmText({ key, nonce }, zipped)
  const tag = gcmTag({ key, nonce }, Buffer.from(name, 'utf8'), sealed)
  const ciphertext = base64(Buffer.concat([sealed, tag]))
  return { keys: key, nonce: base64(nonce), ciphertext }
}

/** PKCS#7, then HMAC-SM3 under a key of its own over IV and ciphertext. */
function cbcSealed(random: Random, text: Uint8Array) {
  const [key, macKey, iv] = [random(16), random(16), random(16)]
  const fill = blockBytes - (text.length % blockBytes)
  const ciphertext = Uint8Array.from(
    smCrypto.sm4.encrypt([...text, ...Array<number>(fill).fill(fill)], [...key], {
      mode: 'cbc',
      padding: 'none',
      output: 'array',
      iv: [...iv],
    }),
  )
  const mac = createHmac('sm3', macKey).update(iv).update(ciphertext).digest('base64')
  const keys = Buffer.concat([key, macKey])
  return { keys, nonce: base64(iv), ciphertext: base64(ciphertext), mac }
}

interface FileSealParts {
  /** Certificate of the request: upper-case hex serial, and public key of 130 hex digits. */
  readonly serial: string
  readonly publicHex: string
  readonly random: Random
  sm3(data: Uint8Array): Uint8Array
}

/** `(file name, text)` to the members of the envelope. */
export const fileSealer =
  ({ serial, publicHex, random, sm3 }: FileSealParts) =>
  (
    name: string,
    text: string,
    cipher: FileCipher = 'SM4-GCM',
  ): Readonly<Record<string, string>> => {
    const plain = Buffer.from(text, 'utf8')
    const zipped = gzipSync(plain)
    const { keys, ...sealed } =
      cipher === 'SM4-CBC'
        ? cbcSealed(random, Buffer.concat([Buffer.from(`${name}\n`), zipped]))
        : gcmSealed(random, name, zipped)
    return {
      alg: cipher,
      serial,
      encKey: base64(wrapped(keys, publicHex)),
      aad: name,
      ...sealed,
      sm3: Buffer.from(sm3(plain)).toString('hex'),
    }
  }
