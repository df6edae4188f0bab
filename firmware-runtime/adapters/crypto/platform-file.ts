// Opens what a platform sealed for this lot (P9): its key under the lot's certificate, then the bytes under that key.
// A file that cannot be opened as a whole is none, and says why by a word.
import { LaneFault } from '../../core/faults/faults.ts'
import type { SuiteName } from '../../core/values/suite.ts'
import type { FileOpener, SealedFile } from '../../ports/platform-file.ts'
import type { FieldOpener } from '../../ports/platform-vehicle.ts'
import { cbcFileOpened } from './cbc-seal.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { gzipOpened, sealByOf } from './gzip-seal.ts'
import { ciphers, type Suite } from './suites.ts'

/** The bill of a day with some hundred thousand lines. */
const plainBytesMax = 64 * 1024 * 1024

/** A certificate of the lot that files may be sealed to. */
export interface FileKey {
  readonly certSerial: string
  readonly suite: SuiteName
  /** The key of a file, as it was sealed to this certificate. */
  unwrap(encKey: Uint8Array): Uint8Array
}

export const fileKeyOf = (suite: Suite, certSerial: string, privateKey: Uint8Array): FileKey => ({
  certSerial,
  suite: suite.name,
  unwrap: (encKey) => suite.decryptWith(privateKey, encKey),
})

/** Its key in the cipher that it names; a file of another suite than its certificate is none. */
function openedWith(file: SealedFile, key: FileKey, crypto: GmCrypto): Uint8Array {
  const { suite, keyBytes } = ciphers[file.cipher]
  const own = key.unwrap(file.encKey)
  if (suite !== key.suite) throw new LaneFault('CRYPTO-02', { value: file.cipher })
  if (file.cipher === 'SM4-CBC') return cbcFileOpened(file, own, crypto, plainBytesMax)
  if (own.length !== keyBytes) throw new LaneFault('CRYPTO-02', { value: file.cipher })
  return gzipOpened(file, file.name, own, sealByOf(suite, crypto), plainBytesMax)
}

export const platformFiles =
  (keys: readonly FileKey[], crypto: GmCrypto): FileOpener =>
  (file) => {
    const found = keys.find(({ certSerial }) => certSerial === file.serial)
    if (found === undefined) return 'otherKey'
    try {
      return openedWith(file, found, crypto)
    } catch {
      // Each step throws errors of its own library; whichever it is, nothing of the file is believed.
      return 'sealBroken'
    }
  }

/** By whichever of them it was sealed to: an answer does not name one. */
export const fieldOpener =
  (keys: readonly FileKey[]): FieldOpener =>
  (sealed) => {
    for (const key of keys)
      try {
        const plain = key.unwrap(sealed)
        if (plain.length > 0) return plain
      } catch {
        // Of another key, or none at all: each suite throws errors of its own.
      }
    return null
  }
