// Bytes under a key of their own (P9): compressed, SM4-GCM bound to a name, with the digest of what they were.
// A transfer and a file of a platform are both sealed so.
import { gunzipSync, gzipSync } from 'node:zlib'
import { hexOf } from '../../core/values/bytes.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { joinBytes } from './der.ts'

const tagBytes = 16
const utf8 = new TextEncoder()

interface GzipSeal {
  readonly nonce: Uint8Array
  /** Ends with the 16 bytes of the tag. */
  readonly ciphertext: Uint8Array
  /** 64 hexadecimal digits. */
  readonly sm3: string
}

const digest = (plain: Uint8Array, crypto: GmCrypto): string =>
  hexOf(crypto.sm3(plain)).toLowerCase()

export function gzipSealed(
  plain: Uint8Array,
  name: string,
  key: Uint8Array,
  crypto: GmCrypto,
): GzipSeal {
  const zipped = new Uint8Array(gzipSync(plain))
  const { nonce, ciphertext, tag } = crypto.gcmKey(key).seal(zipped, utf8.encode(name))
  return { nonce, ciphertext: joinBytes(ciphertext, tag), sm3: digest(plain, crypto) }
}

/** Throws what the cipher or the compression throws, and CRYPTO-03 where the digest is another. */
export function gzipOpened(
  { nonce, ciphertext, sm3 }: GzipSeal,
  name: string,
  key: Uint8Array,
  crypto: GmCrypto,
  plainBytesMax: number,
): Uint8Array {
  const box = {
    nonce,
    ciphertext: ciphertext.subarray(0, -tagBytes),
    tag: ciphertext.subarray(-tagBytes),
  }
  const zipped = crypto.gcmKey(key).open(box, utf8.encode(name))
  const plain = new Uint8Array(gunzipSync(zipped, { maxOutputLength: plainBytesMax }))
  if (digest(plain, crypto) !== sm3.toLowerCase())
    throw new LaneFault('CRYPTO-03', { note: t('它的摘要不同', 'its digest is another') })
  return plain
}
