// Files between a lot and its platform (P9): one that a platform sealed for this lot and who opens it, and one that the lot
// seals for its platform. Base64 of the envelope is bytes here; nothing in it is believed before it is opened.

export interface SealedFile {
  /** As of 9.3.5; the seal is bound to it. */
  readonly name: string
  /** Number of the certificate whose key opens `encKey`. */
  readonly serial: string
  readonly cipher: FileCipher
  /** The file's own key, sealed to that certificate. */
  readonly encKey: Uint8Array
  readonly nonce: Uint8Array
  /** With GCM it ends with the 16 bytes of the tag. */
  readonly ciphertext: Uint8Array
  /** HMAC-SM3 over IV and ciphertext; null with GCM, whose ciphertext has its tag. */
  readonly mac: Uint8Array | null
  /** 64 hexadecimal digits: SM3 or SHA-256, as the suite has it, of the bytes before they were compressed. */
  readonly digest: string
}

/** The bytes inside, or why there are none. */
type OpenedFile = Uint8Array | 'otherKey' | 'sealBroken'

export type FileOpener = (file: SealedFile) => OpenedFile

/** SM4-CBC is for a platform that offers nothing else: its file key is followed by that of its MAC. */
export type FileCipher = 'SM4-GCM' | 'SM4-CBC' | 'AES-256-GCM' | 'AES-128-GCM'

/** Null: no certificate of the platform is in force. */
export type FileSealer = (name: string, plain: Uint8Array, cipher: FileCipher) => SealedFile | null
