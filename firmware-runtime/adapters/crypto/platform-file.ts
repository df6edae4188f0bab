// Opens what a platform sealed for this lot (P9): its key under the lot's certificate, then the bytes under that key.
// A file that cannot be opened as a whole is none, and says why by a word.
import type { FileOpener } from '../../ports/platform-file.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { gzipOpened } from './gzip-seal.ts'

/** The bill of a day with some hundred thousand lines. */
const plainBytesMax = 64 * 1024 * 1024

/** A certificate of the lot that files may be sealed to. */
export interface FileKey {
  readonly certSerial: string
  /** The key of a file, as it was sealed to this certificate. */
  unwrap(encKey: Uint8Array): Uint8Array
}

export const platformFiles =
  (keys: readonly FileKey[], crypto: GmCrypto): FileOpener =>
  (file) => {
    const found = keys.find(({ certSerial }) => certSerial === file.serial)
    if (found === undefined) return 'otherKey'
    try {
      return gzipOpened(file, file.name, found.unwrap(file.encKey), crypto, plainBytesMax)
    } catch {
      // Each step throws errors of its own library; whichever it is, nothing of the file is believed.
      return 'sealBroken'
    }
  }
