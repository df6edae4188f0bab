// Opens files that a platform sealed for this lot (P9): the file key under the lot's certificate, then the bytes.
// A file that does not open as a whole is refused with a reason.
import { LaneFault } from '../pure/faults/faults.ts'
import type { SuiteName } from '../pure/data/suite.ts'
import type { FileOpener, SealedFile } from '../ports/platform-file.ts'
import type { FieldOpener } from '../ports/field-sealer.ts'
import { cbcFileOpened } from './cbc-seal.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { gzipOpened, sealByOf } from './gzip-seal.ts'
import { ciphers, type Suite } from './suites.ts'

/** Limit of the opened file: the bill of a day with some hundred thousand lines. */
const plainBytesMax = 64 * 1024 * 1024

/** A certificate of the lot that files may be sealed to. */
export interface FileKey {
  readonly certSerial: string
  readonly suite: SuiteName
  /** Decrypts the file key that was sealed to this certificate. */
  unwrap(encKey: Uint8Array): Uint8Array
}

export const fileKeyOf = (suite: Suite, certSerial: string, privateKey: Uint8Array): FileKey => ({
  certSerial,
  suite: suite.name,
  unwrap: (encKey) => suite.decryptWith(privateKey, encKey),
})

/** Decrypts the file; throws CRYPTO-02 when its cipher belongs to another suite than its certificate. */
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
      // Each step throws errors of its own library; on any of them the content is not used.
      return 'sealBroken'
    }
  }

/** Tries all keys: an answer does not name its certificate. */
export const fieldOpener =
  (keys: readonly FileKey[]): FieldOpener =>
  (sealed) => {
    for (const key of keys)
      try {
        const plain = key.unwrap(sealed)
        if (plain.length > 0) return plain
      } catch {
        // Sealed to another key or damaged: each suite throws errors of its own.
      }
    return null
  }
