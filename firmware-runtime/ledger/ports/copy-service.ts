// Encrypted copies of a lot at a second place: requested by the lanes' thread, carried out in another one.
// Errors are LaneFaults; an earlier copy is never damaged.
import type { CopyRoom } from '../pure/lot/disk-forecast.ts'
import type { PhotoDay } from '../pure/lot/photo-copies.ts'

export interface CopyPlan {
  /** An existing folder, or one of a server. A missing folder is never created: a stick or network drive may be absent. */
  readonly to: string
  /** Host key of the server as a person confirmed it; null for a local folder. */
  readonly hostKey: string | null
  readonly lotId: string
  readonly nodeId: string
  readonly certDir: string | null
  /** Further files of the lot by their names in the copy. */
  readonly more: ReadonlyMap<string, string>
  /** Starts a new series after copies that are ahead of this ledger, because a person confirmed it. */
  readonly begin: boolean
}

/** A file of a second place that does not match its line in the list. */
export interface CopyDamage {
  readonly file: string
  /** `torn`: the last line of the list is incomplete because writing was interrupted. */
  readonly why: 'gone' | 'cut' | 'changed' | 'torn'
}

export interface CopyMade {
  readonly place: string
  /** Name of the new file; null: nothing new since the last copy. */
  readonly file: string | null
  /** An earlier file that is missing or truncated, which this full copy replaces. */
  readonly mends: string | null
  /** True for a full copy, which needs no earlier one. */
  readonly isWhole: boolean
  readonly rows: number
  readonly headSeq: number
  readonly headHash: string
  readonly atIso: string
  /** What is left at the place; absent where it is not known, as at a server. */
  readonly room?: CopyRoom
}

/** Result of a test: the copy was opened, assembled and checked from its first row. */
export interface CopyTested extends Omit<CopyMade, 'file' | 'mends' | 'isWhole'> {
  /** Number of files opened to assemble it. */
  readonly opened: number
  /** Number of other copies there that were not opened. */
  readonly older: number
}

/** A server to be checked before it becomes the second place. */
export interface PlaceWish {
  readonly to: string
  /** Null: only fetch the host key; send nothing. */
  readonly hostKey: string | null
  /** Null: use the stored password. */
  readonly password: string | null
}

export interface PlaceTried {
  readonly hostKey: string
  /** True when a test file was written and removed. */
  readonly isWritten: boolean
  /** Free bytes; null: not tested, or not reported by the server. */
  readonly roomBytes: number | null
}

/** Result of one time slice, and the photos now at the second place. */
export interface PhotosSent {
  readonly place: string
  readonly sent: number
  /** Number of local photos not known to be there. */
  readonly left: number
  readonly days: readonly PhotoDay[]
  /** True when every day was counted; otherwise the sums are partial. */
  readonly isCounted: boolean
  /** The time slice ended before the work was done. */
  readonly hasMore: boolean
  /** Copies missing, truncated or changed, of photos that this machine no longer has. */
  readonly damaged: readonly CopyDamage[]
}

export interface PhotosChecked {
  readonly place: string
  readonly opened: number
  /** Photos missing or unreadable, now or in an earlier night; those that this machine has are sent again. */
  readonly damaged: readonly CopyDamage[]
}

export interface PhotosDropped {
  readonly files: number
  readonly bytes: number
}

/** Photos at the place of a restore, according to its lists and file lengths. */
export interface PhotosFound {
  readonly count: number
  readonly bytes: number
  readonly newestIso: string | null
  /** Number of photos that the ledger names and that were never copied there. */
  readonly notCopied: number
  readonly damaged: readonly CopyDamage[]
}

/** Progress of fetching photos after a restore. */
export interface PhotosBack {
  /** Number of intact photos at the restore; null: could not be determined. */
  readonly count: number | null
  readonly brought: number
  readonly damaged: readonly CopyDamage[]
  readonly isEnded: boolean
}

/** Copies of photos at the second place, in time slices, so that copies of the ledger run between them. */
export interface PhotoCopyService {
  sendPhotos(plan: CopyPlan, sliceMs: number): Promise<PhotosSent>
  checkPhotos(plan: CopyPlan, sliceMs: number): Promise<PhotosChecked>
  dropPhotos(plan: CopyPlan, day: string): Promise<PhotosDropped>
  /** Null when no photos are left to fetch after a restore. */
  bringPhotos(sliceMs: number): Promise<PhotosBack | null>
}

export interface CopyService {
  copyOut(plan: CopyPlan, atIso: string): Promise<CopyMade>
  copyTest(plan: CopyPlan): Promise<CopyTested>
}

export interface PlaceService {
  tryServer(wish: PlaceWish): Promise<PlaceTried>
}

/** What the second place says of who has the lanes of the lot. */
export interface Held {
  /** When a machine that no longer has them was last seen there; null: not since the last look. */
  readonly formerIso: string | null
}

export interface HolderService {
  /** Throws COPY-15 where another machine has the lanes of this lot. */
  holdPlace(plan: CopyPlan, nowIso: string): Promise<Held>
}
