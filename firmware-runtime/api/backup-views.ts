// What the API tells of copies at the second place and of the recovery key.
// The key itself is told once, when it is made, and is nowhere after that.

export interface BackupView {
  /** Number on the paper of the recovery key; null where none was made. */
  readonly keyId: string | null
  readonly keyMadeAtIso: string | null
  /** Null where the lot file names no second place. */
  readonly to: string | null
  /** SHA-256 of the key that the server of an `sftp:` place has to show. */
  readonly hostKey: string | null
  readonly last: CopyView | null
  /** The last copy that was put together and checked by test. */
  readonly tested: CopyView | null
  readonly running: boolean
  /** The last try failed, and none succeeded since. */
  readonly fault: { readonly code: string; readonly note: string } | null
}

export interface CopyView {
  readonly atIso: string
  readonly place: string
  readonly headSeq: number
  readonly headHash: string
}

export interface RecoveryKeyView {
  readonly keyId: string
  readonly madeAtIso: string
  /** One text, or the two shares; each for its own sheet of paper. */
  readonly texts: readonly string[]
  /** Each text as its sheet of paper: a file for a printer or a stick. */
  readonly sheets: readonly { readonly fileName: string; readonly html: string }[]
}
