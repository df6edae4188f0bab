// Seals a file that the lot sends (P9, 9.3.4 c): compressed, a key of its own under the platform's certificate, bound to its
// name. The certificate is the valid one that ends last (P8); without one nothing is sealed and nothing leaves.
import type { Random } from '../ports/clocks.ts'
import type { FileCipher, FileSealer, SealedFile } from '../ports/platform-file.ts'
import { cbcFileSealed } from './cbc-seal.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { gzipSealed, sealByOf } from './gzip-seal.ts'
import { newestOf, type Holder } from './newest-certificate.ts'
import { ciphers, suiteBy } from './suites.ts'

interface SealParts extends Holder {
  readonly crypto: GmCrypto
  readonly random: Random
}

type Sealed = Pick<SealedFile, 'nonce' | 'ciphertext' | 'digest' | 'mac'> & {
  /** The file key; with SM4-CBC the MAC key behind it. */
  readonly keys: Uint8Array
}

function sealedBy(parts: SealParts, name: string, plain: Uint8Array, cipher: FileCipher): Sealed {
  if (cipher === 'SM4-CBC') return cbcFileSealed(plain, name, parts)
  const { suite, keyBytes } = ciphers[cipher]
  const keys = parts.random.bytes(keyBytes)
  return { ...gzipSealed(plain, name, keys, sealByOf(suite, parts.crypto)), mac: null, keys }
}

export const lotFileSealer =
  (parts: SealParts): FileSealer =>
  (name, plain, cipher) => {
    const { suite } = ciphers[cipher]
    // A certificate of another suite cannot open such a file.
    const own = () => parts.certificates().filter((one) => one.suite === suite)
    const to = newestOf({ certificates: own, nowMs: () => parts.nowMs() })
    if (to === null) return null
    const { keys, ...sealed } = sealedBy(parts, name, plain, cipher)
    const encKey = suiteBy(suite, parts.crypto).encryptText(to.publicKey, keys)
    return { ...sealed, name, cipher, serial: to.certSerial, encKey }
  }
