// Opens a file that a lot sealed for the platform (P9) with code of its own: SM2 and the SM4 block of sm-crypto, GCM
// and CBC by their definitions.
import { createHmac, getHashes, timingSafeEqual } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import smCrypto from 'sm-crypto'
import { gcmTag, gcmText } from './file-seal.ts'
import { textOf, type Members } from '../records/members.ts'

const tagBytes = 16
const plainBytesMax = 64 * 1024 * 1024

const bytesOf = (members: Members, name: string): Buffer =>
  Buffer.from(textOf(members, name), 'base64')

/** One DER element: its content and the bytes after it. */
function element(
  from: Buffer,
  tag: number,
): { readonly inside: Buffer; readonly rest: Buffer } | null {
  if (from[0] !== tag) return null
  const short = from[1] ?? 0
  const long = short - 0x80
  const [head, size] =
    short < 0x80 ? [2, short] : [2 + long, from.length < 4 ? 0 : from.readUIntBE(2, long || 1)]
  if (long > 2 || long === 0 || head + size > from.length) return null
  return { inside: from.subarray(head, head + size), rest: from.subarray(head + size) }
}

const number32 = (bytes: Buffer): string =>
  bytes
    .toString('hex')
    .replace(/^(?:00)+/, '')
    .padStart(64, '0')

/** SEQUENCE of x, y, C3, C2 (GM/T 0009); null when it does not open. */
function unwrapped(der: Buffer, privateHex: string): Buffer | null {
  const x = element(element(der, 0x30)?.inside ?? Buffer.alloc(0), 0x02)
  const y = element(x?.rest ?? Buffer.alloc(0), 0x02)
  const c3 = element(y?.rest ?? Buffer.alloc(0), 0x04)
  const c2 = element(c3?.rest ?? Buffer.alloc(0), 0x04)
  if (x === null || y === null || c3 === null || c2 === null || c2.rest.length > 0) return null
  const raw = `${number32(x.inside)}${number32(y.inside)}${c3.inside.toString('hex')}${c2.inside.toString('hex')}`
  const key = Buffer.from(smCrypto.sm2.doDecrypt(raw, privateHex, 1, { output: 'array' }))
  return key.length === 0 ? null : key
}

function gcmOpened(key: Buffer, nonce: Buffer, name: Buffer, sealed: Buffer): Buffer | null {
  if (key.length !== 16 || nonce.length !== 12 || sealed.length < tagBytes) return null
  const [text, tag] = [sealed.subarray(0, -tagBytes), sealed.subarray(-tagBytes)]
  return gcmTag({ key, nonce }, name, text).equals(tag) ? gcmText({ key, nonce }, text) : null
}

const hmacSm3 = (key: Buffer, data: Buffer): Buffer | null =>
  getHashes().includes('sm3') ? createHmac('sm3', key).update(data).digest() : null

/** 16 key bytes, then 16 of its MAC; CBC over single blocks, with the padding length in the last byte. */
function cbcOpened(keys: Buffer, iv: Buffer, sealed: Buffer, mac: Buffer): Buffer | null {
  if (keys.length !== 32 || iv.length !== 16 || sealed.length === 0 || sealed.length % 16 > 0)
    return null
  const expected = hmacSm3(keys.subarray(16), Buffer.concat([iv, sealed]))
  if (expected === null || expected.length !== mac.length || !timingSafeEqual(expected, mac))
    return null
  const plain = Buffer.from(
    smCrypto.sm4.decrypt([...sealed], [...keys.subarray(0, 16)], {
      mode: 'cbc',
      padding: 'none',
      output: 'array',
      iv: [...iv],
    }),
  )
  const drop = plain.at(-1) ?? 0
  return drop >= 1 && drop <= 16 ? plain.subarray(0, -drop) : null
}

/** The name that CBC does not bind is in front of the sealed text. */
function afterName(plain: Buffer, name: string): Buffer | null {
  const head = Buffer.from(`${name}\n`)
  return plain.subarray(0, head.length).equals(head) ? plain.subarray(head.length) : null
}

/** A sealed member, sealed like a file's key (P8). */
export const fieldOpener =
  (privates: ReadonlyMap<string, string>) =>
  (serial: string, base64: string): string | null => {
    const own = privates.get(serial)
    const isBase64 = /^[A-Za-z0-9+/]{4,}={0,2}$/.test(base64)
    const found =
      own === undefined || !isBase64 ? null : unwrapped(Buffer.from(base64, 'base64'), own)
    return found?.toString('utf8') ?? null
  }

export const fileOpener =
  (privates: ReadonlyMap<string, string>, sm3: (data: Uint8Array) => Uint8Array) =>
  (members: Members): string | null => {
    const own = privates.get(textOf(members, 'serial'))
    const key = own === undefined ? null : unwrapped(bytesOf(members, 'encKey'), own)
    if (key === null) return null
    const name = textOf(members, 'aad')
    const [nonce, sealed] = [bytesOf(members, 'nonce'), bytesOf(members, 'ciphertext')]
    const isCbc = textOf(members, 'alg') === 'SM4-CBC'
    const zipped = isCbc
      ? afterName(cbcOpened(key, nonce, sealed, bytesOf(members, 'mac')) ?? Buffer.alloc(0), name)
      : gcmOpened(key, nonce, Buffer.from(name, 'utf8'), sealed)
    if (zipped === null) return null
    try {
      const plain = gunzipSync(zipped, { maxOutputLength: plainBytesMax })
      const digest = Buffer.from(sm3(plain)).toString('hex')
      return digest === textOf(members, 'sm3') ? plain.toString('utf8') : null
    } catch (error) {
      // Bytes that are not gzip, or that expand without limit, are refused.
      if (error instanceof Error) return null
      throw error
    }
  }
