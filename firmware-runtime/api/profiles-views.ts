// What the profile calls of the control API answer: plain JSON, shared with the window and scripts.
// Times are ISO 8601 with offset; texts from files are cut to what a screen can show.
import type { BilingualText } from '../core/faults/faults.ts'
import type { ProfileStatus } from '../core/values/profile-status.ts'
import type { ActAnswer, CodedFault } from './rows.ts'

/** A link of the lot that names the profile. */
export interface ProfileUseView {
  readonly laneId: string
  readonly field: string
  readonly url: string
}

export interface ProfileSignerView {
  /** `builtIn` came with the program and needs no signature. */
  readonly state: 'builtIn' | 'unsigned' | 'signed' | 'revoked' | 'bad'
  readonly by: string
  readonly certSerial: string
  readonly signedAtIso: string | null
  /** The signer is in the folder's own list. */
  readonly trusted: boolean
  readonly why: string
}

/** What works by the profile; `nothing`: kept to be read, and no device takes anything from it yet. */
export type ProfileDrivesView = 'lane' | 'survey' | 'nothing'

export interface ProfileRowView {
  /** `kind/vendor/model`. */
  readonly id: string
  readonly kind: string
  readonly vendor: string
  readonly model: string
  readonly title: BilingualText
  readonly revision: number
  readonly status: ProfileStatus
  /** `replaced`: imported, and stands before one that came with the program. */
  readonly origin: 'builtIn' | 'imported' | 'replaced'
  readonly signature: ProfileSignerView
  readonly lanes: readonly ProfileUseView[]
  readonly drives: ProfileDrivesView
}

/** A file of the library that cannot be used, with the first thing that is wrong. */
interface ProfileBrokenView {
  readonly id: string
  readonly finding: ProfileFindingView
}

export interface ProfileLibraryView {
  readonly lotId: string
  readonly lotName: BilingualText
  /** Counts imports; 0 where nothing was ever imported. */
  readonly generation: number
  readonly importedAtIso: string | null
  readonly canUndo: boolean
  readonly rows: readonly ProfileRowView[]
  readonly broken: readonly ProfileBrokenView[]
}

export interface ProfileFindingView extends CodedFault {
  /** JSON pointer into the file. */
  readonly pointer: string
  readonly value: string
}

interface ProfileDifferenceView {
  readonly change: 'added' | 'removed' | 'changed'
  readonly pointer: string
  /** JSON text, cut; null where there is none. */
  readonly old: string | null
  readonly new: string | null
}

export interface ProfileSheetRow {
  readonly name: BilingualText
  readonly text: BilingualText
  /** Id of an entry of the last part; empty where none is named. */
  readonly source: string
}

export interface ProfileSheetPart {
  readonly title: BilingualText
  readonly rows: readonly ProfileSheetRow[]
}

/** What a profile says to people; parts of which it says nothing are left out. */
export interface ProfileSheetView {
  readonly id: string
  readonly title: BilingualText
  readonly revision: number
  readonly status: ProfileStatus
  readonly drives: ProfileDrivesView
  readonly parts: readonly ProfileSheetPart[]
}

/** What becomes of one file, before anything is written. */
export interface ProfileVerdictView {
  /** As the person named it; never a path of this machine. */
  readonly file: string
  readonly verdict: 'new' | 'changed' | 'same' | 'refused'
  readonly id: string | null
  readonly title: BilingualText | null
  readonly status: ProfileStatus | null
  readonly revision: number | null
  readonly installedRevision: number | null
  /** Examples that were decoded and written back. */
  readonly examples: number
  readonly signature: ProfileSignerView
  readonly findings: readonly ProfileFindingView[]
  /** How many differ, of which the first are in `differences`. */
  readonly differing: number
  readonly differences: readonly ProfileDifferenceView[]
  readonly lanes: readonly ProfileUseView[]
  /** Null for a file that is refused. */
  readonly drives: ProfileDrivesView | null
}

export interface ProfilesJudgedView {
  /** What was compared with: accepting names it again. */
  readonly generation: number
  readonly files: readonly ProfileVerdictView[]
}

export interface ProfilesHeldView {
  readonly files: number
  readonly bytes: number
}

export interface ProfilesWrittenView extends ActAnswer {
  readonly generation: number
}

export interface ProfilesUndoView {
  readonly generation: number
  readonly rows: readonly {
    readonly id: string
    readonly change: 'restored' | 'removed'
    readonly lanes: readonly ProfileUseView[]
  }[]
}
