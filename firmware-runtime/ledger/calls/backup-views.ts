// API types of copies at the second place and of the recovery key. The key itself is returned once, when it is made,
// and never again.
import type { Safeguard } from '../pure/lot/safeguards.ts'
import type { CopyDamage, CopyMade, CopyTested, PhotosBack } from '../ports/copy-service.ts'
import type { CodedFault } from '#base/calls/rows.ts'

export interface BackupView {
  /** Number on the paper of the recovery key; null: no key was made. */
  readonly keyId: string | null
  readonly keyMadeAtIso: string | null
  /** Null: the lot file names no second place. */
  readonly to: string | null
  /** SHA-256 of the host key that an `sftp:` server has to present. */
  readonly hostKey: string | null
  readonly last: CopyView | null
  /** The last copy that was assembled and checked by a test restore. */
  readonly tested: TestedCopyView | null
  readonly running: boolean
  readonly photos: PhotoCopiesView
  /** The last try failed, and no later one succeeded. */
  readonly fault: CodedFault | null
  /** Safeguards that the lot still lacks, in the recommended order. */
  readonly toDo: readonly Safeguard[]
}

/** Copies without safeguards. */
export type CopiesView = Omit<BackupView, 'toDo'>

interface NamedDamage {
  readonly count: number
  /** The first of these files. */
  readonly files: readonly CopyDamage[]
}

/** Photos at the second place, and those that come back after a restore. */
export interface PhotoCopiesView {
  /** Null: not checked since the start. */
  readonly there: {
    readonly count: number
    readonly bytes: number
    readonly newestIso: string | null
    /** False: not every day was counted, so there are more. */
    readonly isCounted: boolean
  } | null
  /** Photos of this machine that are not there yet; null: not known. */
  readonly left: number | null
  readonly damaged: NamedDamage
  /** Null: the lot was not restored, or had no photos there. */
  readonly back: (Omit<PhotosBack, 'damaged'> & { readonly damaged: NamedDamage }) | null
}

export type CopyView = Pick<CopyMade, 'atIso' | 'place' | 'headSeq' | 'headHash'>

/** What a test checked, and what it did not. */
export interface TestedCopyView extends CopyView, Pick<CopyTested, 'opened' | 'older'> {
  /** Time of the test restore. */
  readonly testedAtIso: string
  /** The newest photos and the next ones in turn; null: no photo was opened yet, or the place did not answer. */
  readonly photos: { readonly opened: number; readonly damaged: NamedDamage } | null
}

export interface RecoveryKeyView {
  readonly keyId: string
  readonly madeAtIso: string
  /** One text, or the two shares, each for its own sheet of paper. */
  readonly texts: readonly string[]
  /** Each text as a printable sheet: a file for a printer or a USB stick. */
  readonly sheets: readonly { readonly fileName: string; readonly html: string }[]
}
