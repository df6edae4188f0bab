// A file that a platform sealed for this lot (P9), and who opens it.
// Base64 of the envelope is bytes here; nothing in it is believed before it is opened.

export interface SealedFile {
  /** As of 9.3.5; the seal is bound to it. */
  readonly name: string
  /** Number of the certificate whose key opens `encKey`. */
  readonly serial: string
  /** The 16 bytes of the file's own key, sealed to that certificate. */
  readonly encKey: Uint8Array
  readonly nonce: Uint8Array
  /** Ends with the 16 bytes of the tag. */
  readonly ciphertext: Uint8Array
  /** 64 hexadecimal digits: of the bytes before they were compressed. */
  readonly sm3: string
}

/** The bytes inside, or why there are none. */
export type OpenedFile = Uint8Array | 'otherKey' | 'sealBroken'

export type FileOpener = (file: SealedFile) => OpenedFile
