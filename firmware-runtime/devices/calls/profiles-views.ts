// Results of the profile calls of the control API: plain JSON, shared with the window and scripts. Times are ISO 8601
// with offset; texts from files are cut to a displayable length.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { ProfileStatus } from '#base/pure/values/profile-status.ts'
import type { ActAnswer, CodedFault } from '#base/calls/rows.ts'

/** A link in the lot that names the profile. */
export interface ProfileUseView {
  readonly laneId: string
  readonly field: string
  readonly url: string
}

export interface ProfileSignerView {
  /** `builtIn`: part of the program, needs no signature. */
  readonly state: 'builtIn' | 'unsigned' | 'signed' | 'revoked' | 'bad'
  readonly by: string
  readonly certSerial: string
  readonly signedAtIso: string | null
  /** The signer is in the folder's own list of trusted signers. */
  readonly trusted: boolean
  readonly why: string
}

/** What uses the profile; `nothing`: it can be read, and no driver uses it yet. */
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
  /** `replaced`: imported, and used in place of a built-in profile. */
  readonly origin: 'builtIn' | 'imported' | 'replaced'
  readonly signature: ProfileSignerView
  readonly lanes: readonly ProfileUseView[]
  readonly drives: ProfileDrivesView
}

/** A file of the library that cannot be used, with its first problem. */
interface ProfileBrokenView {
  readonly id: string
  readonly finding: ProfileFindingView
}

export interface ProfileLibraryView {
  readonly lotId: string
  readonly lotName: BilingualText
  /** Number of imports; 0: never imported. */
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
  /** JSON text, cut; null: absent on this side. */
  readonly old: string | null
  readonly new: string | null
}

export interface ProfileSheetRow {
  readonly name: BilingualText
  readonly text: BilingualText
  /** Id of an entry of the last part; empty: no source named. */
  readonly source: string
}

export interface ProfileSheetPart {
  readonly title: BilingualText
  readonly rows: readonly ProfileSheetRow[]
}

/** A profile as a readable sheet; empty parts are left out. */
export interface ProfileSheetView {
  readonly id: string
  readonly title: BilingualText
  readonly revision: number
  readonly status: ProfileStatus
  readonly drives: ProfileDrivesView
  readonly parts: readonly ProfileSheetPart[]
}

/** The result of checking one file, before anything is written. */
export interface ProfileVerdictView {
  /** Name given by the person; never a path of this machine. */
  readonly file: string
  readonly verdict: 'new' | 'changed' | 'same' | 'refused'
  readonly id: string | null
  readonly title: BilingualText | null
  readonly status: ProfileStatus | null
  readonly revision: number | null
  readonly installedRevision: number | null
  /** Number of examples that were decoded and encoded back. */
  readonly examples: number
  readonly signature: ProfileSignerView
  readonly findings: readonly ProfileFindingView[]
  /** Number of differences; `differences` has the first ones. */
  readonly differing: number
  readonly differences: readonly ProfileDifferenceView[]
  readonly lanes: readonly ProfileUseView[]
  /** Null: the file was refused. */
  readonly drives: ProfileDrivesView | null
}

export interface ProfilesJudgedView {
  /** Generation of the library that was compared; to be repeated when accepting. */
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
