// Seals a file that the lot sends (P9, 9.3.4 c): compressed, a key of its own under the platform's certificate, bound to its
// name. The certificate is the valid one that ends last (P8); without one nothing is sealed and nothing leaves.
import { gzipSync } from 'node:zlib'
import { hexOf } from '../../core/values/bytes.ts'
import type { Random } from '../../ports/clocks.ts'
import type { FileCipher, FileSealer, LotFile } from '../../ports/platform-file.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { gzipSealed, sealByOf } from './gzip-seal.ts'
import { newestOf, type Holder } from './newest-certificate.ts'
import { ciphers, suiteBy } from './suites.ts'

const macKeyBytes = 16

interface SealParts extends Holder {
  readonly crypto: GmCrypto
  readonly random: Random
}

type Sealed = Pick<LotFile, 'nonce' | 'ciphertext' | 'digest' | 'mac'> & {
  readonly wrapped: Uint8Array
}

/** CBC binds no name: the name stands in front of the text that is sealed, ended by one LF (assumed). */
function cbc(
  { crypto, random }: SealParts,
  name: string,
  plain: Uint8Array,
  key: Uint8Array,
): Sealed {
  const macKey = random.bytes(macKeyBytes)
  const named = Buffer.concat([Buffer.from(`${name}\n`), gzipSync(plain)])
  const { iv, ciphertext, mac } = crypto.cbcSeal(key, macKey, new Uint8Array(named))
  const digest = hexOf(crypto.sm3(plain)).toLowerCase()
  const wrapped = new Uint8Array(Buffer.concat([key, macKey]))
  return { nonce: iv, ciphertext, digest, mac, wrapped }
}

function sealedBy(parts: SealParts, name: string, plain: Uint8Array, cipher: FileCipher): Sealed {
  const { crypto } = parts
  const { suite, keyBytes } = ciphers[cipher]
  const key = parts.random.bytes(keyBytes)
  if (cipher === 'SM4-CBC') return cbc(parts, name, plain, key)
  return { ...gzipSealed(plain, name, key, sealByOf(suite, crypto)), mac: null, wrapped: key }
}

export const lotFileSealer =
  (parts: SealParts): FileSealer =>
  (name, plain, cipher) => {
    const { suite } = ciphers[cipher]
    // A certificate of another suite opens no such file.
    const own = () => parts.certificates().filter((one) => one.suite === suite)
    const to = newestOf({ certificates: own, nowMs: () => parts.nowMs() })
    if (to === null) return null
    const { wrapped, ...sealed } = sealedBy(parts, name, plain, cipher)
    const encKey = suiteBy(suite, parts.crypto).encryptText(to.publicKey, wrapped)
    return { ...sealed, name, cipher, serial: to.certSerial, encKey }
  }
