// Seals bytes under a file key (P9): gzip, GCM of the suite bound to a name, and the digest of the plain bytes.
// Used for transfers and for files of a platform.
import { gunzipSync, gzipSync } from 'node:zlib'
import { hexOf } from '../pure/data/bytes.ts'
import { t } from '../pure/words/fault-text.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import type { SuiteName } from '../pure/data/suite.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { joinBytes } from './der.ts'
import type { GcmKey } from './sm4.ts'
import { aesGcmKey } from './suites.ts'

const tagBytes = 16
const utf8 = new TextEncoder()

interface GzipSeal {
  readonly nonce: Uint8Array
  /** Ends with the 16 bytes of the tag. */
  readonly ciphertext: Uint8Array
  /** 64 hexadecimal digits. */
  readonly digest: string
}

/** The cipher and the digest of a suite. */
interface SealBy {
  digest(data: Uint8Array): Uint8Array
  gcmKey(key: Uint8Array): GcmKey
}

export const gmSeal = (crypto: Pick<GmCrypto, 'sm3' | 'gcmKey'>): SealBy => ({
  digest: (data) => crypto.sm3(data),
  gcmKey: (key) => crypto.gcmKey(key),
})

/** For a suite whose files have an authentication tag. */
export const sealByOf = (suite: SuiteName, crypto: GmCrypto): SealBy =>
  suite === 'GM' ? gmSeal(crypto) : { digest: (data) => crypto.sha256(data), gcmKey: aesGcmKey }

export const digestText = (plain: Uint8Array, by: Pick<SealBy, 'digest'>): string =>
  hexOf(by.digest(plain)).toLowerCase()

export function gzipSealed(plain: Uint8Array, name: string, key: Uint8Array, by: SealBy): GzipSeal {
  const zipped = new Uint8Array(gzipSync(plain))
  const { nonce, ciphertext, tag } = by.gcmKey(key).seal(zipped, utf8.encode(name))
  return { nonce, ciphertext: joinBytes(ciphertext, tag), digest: digestText(plain, by) }
}

/** Throws what the compression throws, and CRYPTO-03 where the digest is another. */
export function unzipped(
  zipped: Uint8Array,
  digest: string,
  by: Pick<SealBy, 'digest'>,
  plainBytesMax: number,
): Uint8Array {
  const plain = new Uint8Array(gunzipSync(zipped, { maxOutputLength: plainBytesMax }))
  if (digestText(plain, by) !== digest.toLowerCase())
    throw new LaneFault('CRYPTO-03', { note: t('它的摘要不同', 'its digest is another') })
  return plain
}

/** Throws what the cipher or the compression throws, and CRYPTO-03 where the digest is another. */
export function gzipOpened(
  { nonce, ciphertext, digest }: GzipSeal,
  name: string,
  key: Uint8Array,
  by: SealBy,
  plainBytesMax: number,
): Uint8Array {
  const box = {
    nonce,
    ciphertext: ciphertext.subarray(0, -tagBytes),
    tag: ciphertext.subarray(-tagBytes),
  }
  return unzipped(by.gcmKey(key).open(box, utf8.encode(name)), digest, by, plainBytesMax)
}
