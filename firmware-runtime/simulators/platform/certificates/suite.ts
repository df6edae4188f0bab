// Signatures, sealing and digest of a simulated platform (P7): keys are hex, certificates hold the public key. One
// value per suite, so that a folder, an answer and a file use the same; the national suite is here, the other in
// rsa-suite.ts.
import { randomBytes } from 'node:crypto'
import { signatureOid } from './certificates.ts'
import type { FileCipher } from '../envelope.ts'
import { fileOpener, fieldOpener } from './file-open.ts'
import { fieldSealer, fileSealer } from './file-seal.ts'
import type { Members } from '../records/members.ts'
import { pkcs8OfSm2, sm2KeyOfPem, spkiOfSm2 } from './sm2-der.ts'
import { publicOf, type SmSuite } from './sm2-suite.ts'

export interface KeyHex {
  readonly privateHex: string
  readonly publicHex: string
}

export interface PlatformSuite extends SmSuite {
  readonly name: 'GM' | 'RSA_AES'
  /** 32 bytes: digest of files, batches and fingerprints. The store uses SM3 for all suites. */
  digest(data: Uint8Array): Uint8Array
  /** Its authority: first part of the file name, and the name for people. */
  readonly authority: { readonly file: string; readonly words: string }
  readonly signatureOid: string
  /** Shape of `publicHex` in a certificate request. */
  readonly publicShape: RegExp
  newKey(): KeyHex
  /** PKCS#8. */
  pkcs8(key: KeyHex): Uint8Array
  keyOfPem(pem: string): KeyHex
  spki(publicHex: string): Uint8Array
  /** `(file name, text)` to the members of the envelope, for the holder of a certificate. */
  fileSealer(
    serial: string,
    publicHex: string,
  ): (name: string, text: string, cipher: FileCipher) => Readonly<Record<string, string>>
  /** A member for the holder of a certificate, to Base64. */
  fieldSealer(publicHex: string): (text: string) => string
  /** Null when it does not open. */
  fileOpener(privates: ReadonlyMap<string, string>): (members: Members) => string | null
  fieldOpener(
    privates: ReadonlyMap<string, string>,
  ): (serial: string, base64: string) => string | null
}

const newPrivateHex = (): string => {
  for (;;) {
    const hex = randomBytes(32).toString('hex')
    // 1 <= d <= n-2; n starts with FFFFFFFE, so the first word decides (B.3).
    if (hex < 'fffffffe' && !/^0{32}/.test(hex)) return hex
  }
}

export const gmSuite = (sm: SmSuite): PlatformSuite => ({
  ...sm,
  name: 'GM',
  digest: sm.sm3,
  authority: { file: 'sm2-ca', words: 'platform SM2 authority' },
  signatureOid: signatureOid.sm2,
  publicShape: /^04[0-9a-f]{128}$/,
  newKey() {
    const privateHex = newPrivateHex()
    return { privateHex, publicHex: publicOf(privateHex) }
  },
  pkcs8: ({ privateHex, publicHex }) => pkcs8OfSm2(privateHex, publicHex),
  keyOfPem: sm2KeyOfPem,
  spki: spkiOfSm2,
  fileSealer: (serial, publicHex) =>
    fileSealer({ serial, publicHex, random: randomBytes, sm3: sm.sm3 }),
  fieldSealer,
  fileOpener: (privates) => fileOpener(privates, sm.sm3),
  fieldOpener,
})
