// Encrypted copies of a lot at a second place: what the lanes' thread asks for, carried out beside it.
// A fault is a LaneFault; the copy before stays whatever happens.
import type { PhotoDay } from '../core/lot/photo-copies.ts'

export interface CopyPlan {
  /** A folder that is there already: a stick or a network drive that is gone is never made anew. Or one of a server. */
  readonly to: string
  /** Of the server, as a person saw it; null for a folder of this machine. */
  readonly hostKey: string | null
  readonly lotId: string
  readonly nodeId: string
  readonly certDir: string | null
  /** Further files of the lot by their names in the copy. */
  readonly more: ReadonlyMap<string, string>
  /** Begins behind copies that are ahead of this ledger, because a person said so. */
  readonly begin: boolean
}

/** A file of a second place that is not the one that its line names. */
export interface CopyDamage {
  readonly file: string
  /** `torn`: the list, whose last line broke off while it was written. */
  readonly why: 'gone' | 'cut' | 'changed' | 'torn'
}

export interface CopyMade {
  readonly place: string
  /** Null: nothing was new since the copy before. */
  readonly file: string | null
  /** A file of the copies before that is gone or was cut: this one is whole instead. */
  readonly mends: string | null
  /** It needs none of those before it. */
  readonly isWhole: boolean
  readonly rows: number
  readonly headSeq: number
  readonly headHash: string
  readonly atIso: string
}

/** A copy that was opened, put together and checked from its first row. */
export interface CopyTested {
  readonly place: string
  readonly rows: number
  readonly headSeq: number
  readonly headHash: string
  readonly atIso: string
  /** Copies that it is made of: each was opened. */
  readonly opened: number
  /** Copies that lie there besides and were not opened. */
  readonly older: number
}

/** A server that is looked at before it is the second place. */
export interface PlaceWish {
  readonly to: string
  /** Null: it only shows its key, and is told nothing. */
  readonly hostKey: string | null
  /** Null: the one that is kept. */
  readonly password: string | null
}

export interface PlaceTried {
  readonly hostKey: string
  /** A file was written there and removed again. */
  readonly isWritten: boolean
  /** Null: not written to, or the server does not tell. */
  readonly roomBytes: number | null
}

/** What a slice of time brought to the second place, and what is there now. */
export interface PhotosSent {
  readonly place: string
  readonly sent: number
  /** Photos of this machine that are not known to be there. */
  readonly left: number
  readonly days: readonly PhotoDay[]
  /** Every day was looked at; else the sums are of some. */
  readonly isCounted: boolean
  /** The time ran out before the work. */
  readonly hasMore: boolean
  /** Copies that are gone, cut or changed, of photos that this machine has no more. */
  readonly damaged: readonly CopyDamage[]
}

export interface PhotosChecked {
  readonly place: string
  readonly opened: number
  /** What did not open, now or in an earlier night, or is not there; those that this machine has are sent again. */
  readonly damaged: readonly CopyDamage[]
}

export interface PhotosDropped {
  readonly files: number
  readonly bytes: number
}

/** Photos at a place that a lot was restored from, as its lists and lengths say. */
export interface PhotosFound {
  readonly count: number
  readonly bytes: number
  readonly newestIso: string | null
  /** Photos that the ledger names and that never went there. */
  readonly notCopied: number
  readonly damaged: readonly CopyDamage[]
}

/** How far photos came back. */
export interface PhotosBack {
  /** Sound ones that were there at the restore; null where that could not be seen. */
  readonly count: number | null
  readonly brought: number
  readonly damaged: readonly CopyDamage[]
  readonly isEnded: boolean
}

/** Photos at the second place, in slices of time: the copies of the ledger go between them. */
export interface PhotoCopyService {
  sendPhotos(plan: CopyPlan, sliceMs: number): Promise<PhotosSent>
  checkPhotos(plan: CopyPlan, sliceMs: number): Promise<PhotosChecked>
  dropPhotos(plan: CopyPlan, day: string): Promise<PhotosDropped>
  /** Null where a restore left none to come. */
  bringPhotos(sliceMs: number): Promise<PhotosBack | null>
}

export interface CopyService {
  copyOut(plan: CopyPlan, atIso: string): Promise<CopyMade>
  copyTest(plan: CopyPlan): Promise<CopyTested>
}

export interface PlaceService {
  tryServer(wish: PlaceWish): Promise<PlaceTried>
}
