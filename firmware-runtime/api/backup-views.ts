// What the API tells of copies at the second place and of the recovery key.
// The key itself is told once, when it is made, and is nowhere after that.
import type { Safeguard } from '../core/lot/safeguards.ts'
import type { CopyDamage, CopyMade, CopyTested, PhotosBack } from '../ports/copy-service.ts'
import type { CodedFault } from './rows.ts'

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
  readonly tested: TestedCopyView | null
  readonly running: boolean
  readonly photos: PhotoCopiesView
  /** The last try failed, and none succeeded since. */
  readonly fault: CodedFault | null
  /** What the lot still has to have, in the order in which it is done. */
  readonly toDo: readonly Safeguard[]
}

/** Copies alone. */
export type CopiesView = Omit<BackupView, 'toDo'>

interface NamedDamage {
  readonly count: number
  /** The first of them. */
  readonly files: readonly CopyDamage[]
}

/** Photos at the second place, and those that come back after a restore. */
export interface PhotoCopiesView {
  /** Null: not looked at since the start. */
  readonly there: {
    readonly count: number
    readonly bytes: number
    readonly newestIso: string | null
    /** Every day was looked at; else there are more. */
    readonly isCounted: boolean
  } | null
  /** Photos of this machine that are not there yet; null: not known. */
  readonly left: number | null
  readonly damaged: NamedDamage
  /** Null where the lot was not restored, or no photos were there. */
  readonly back: (Omit<PhotosBack, 'damaged'> & { readonly damaged: NamedDamage }) | null
}

export type CopyView = Pick<CopyMade, 'atIso' | 'place' | 'headSeq' | 'headHash'>

/** What a test looked at, and what it did not. */
export interface TestedCopyView extends CopyView, Pick<CopyTested, 'opened' | 'older'> {
  /** When it was restored by test. */
  readonly testedAtIso: string
  /** The newest photos and the next ones in turn; null: none was opened yet, or the place did not answer. */
  readonly photos: { readonly opened: number; readonly damaged: NamedDamage } | null
}

export interface RecoveryKeyView {
  readonly keyId: string
  readonly madeAtIso: string
  /** One text, or the two shares; each for its own sheet of paper. */
  readonly texts: readonly string[]
  /** Each text as its sheet of paper: a file for a printer or a stick. */
  readonly sheets: readonly { readonly fileName: string; readonly html: string }[]
}
