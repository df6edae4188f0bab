// Files between a lot and its platform (P9): one sealed by the platform for this lot with its opener, and one sealed by the lot
// for its platform. Base64 members of the envelope are bytes here; no content is trusted before it is opened.

export interface SealedFile {
  /** File name by 9.3.5; associated data of the seal. */
  readonly name: string
  /** Serial number of the certificate whose key opens `encKey`. */
  readonly serial: string
  readonly cipher: FileCipher
  /** The file key, sealed to that certificate. */
  readonly encKey: Uint8Array
  readonly nonce: Uint8Array
  /** With GCM it ends with the 16 bytes of the tag. */
  readonly ciphertext: Uint8Array
  /** HMAC-SM3 over IV and ciphertext; null with GCM, whose ciphertext has its tag. */
  readonly mac: Uint8Array | null
  /** 64 hexadecimal digits: SM3 or SHA-256, as the suite has it, of the bytes before they were compressed. */
  readonly digest: string
}

/** The plain bytes, or the reason why the file could not be opened. */
type OpenedFile = Uint8Array | 'otherKey' | 'sealBroken'

export type FileOpener = (file: SealedFile) => OpenedFile

/** SM4-CBC is for a platform without GCM: the file key is followed by the MAC key. */
export type FileCipher = 'SM4-GCM' | 'SM4-CBC' | 'AES-256-GCM' | 'AES-128-GCM'

/** Null: no certificate of the platform is in force. */
export type FileSealer = (name: string, plain: Uint8Array, cipher: FileCipher) => SealedFile | null
