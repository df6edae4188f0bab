// Answers of the set-up calls: the draft, a verdict for each row, and the choices of the forms. Choices come from the
// tables of layouts and provinces, so that a form has no list of its own.
import { type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { OtherChannel } from '#base/pure/lot/destination-members.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { LaneDirection } from '#base/pure/lot/config.ts'
import type { ServiceState } from '#ledger/pure/lot/safeguards.ts'
import type { PicturePart } from '../pure/layouts/layout.ts'
import type { Measure, SitingMeasure } from '#base/pure/lot/siting-measures.ts'
import type { SitingFinding } from '../pure/siting-finding.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { Card } from '#devices/ports/find.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type { SetupDraft } from './setup-draft.ts'
import type { BadCell, BesideTable } from '#base/pure/tables/table.ts'

export type { Siting } from '../pure/siting-finding.ts'

export type SetupRowId =
  | 'lot'
  | 'devices'
  | 'tariff'
  | 'charge'
  | 'offline'
  | 'people'
  | 'firstCar'
  | 'keep'

/** `open`: something is missing that may be entered later. `done`: complete, whether tested or not. */
export type SetupState = 'notStarted' | 'open' | 'done' | 'failed'

/**
 * `none`: this row has nothing that can be tested here. `missing`: part of it is untested, changed since its test,
 * failed its test, or is being tested. `passed`: everything testable passed, or it is proven otherwise.
 */
type SetupTest = 'none' | 'missing' | 'passed'

export interface SetupRow {
  readonly id: SetupRowId
  readonly state: SetupState
  readonly test: SetupTest
  /** Time of the oldest passed test; null: no test passed, or it is proven otherwise. */
  readonly testedAtIso: string | null
  /** One sentence. */
  readonly why: BilingualText
  /** Of a failed row: the whole refusal. */
  readonly fault: ApiError | null
}

/** One of the two proofs of a lot: survey and first car. */
export interface SetupStep {
  readonly state: SetupState
  readonly why: BilingualText
}

export interface SetupProof {
  readonly survey: SetupStep
  readonly car: SetupStep
}

export interface LayoutChoice {
  /** Number of its clause. */
  readonly layout: string
  /** Null: an enclosed layout (7.1). */
  readonly open: {
    readonly name: BilingualText
    readonly watch: 'camera' | 'sensor'
    readonly collects: 'gantry' | 'platform'
    /** Clause by which each space has a pile; null: none has. */
    readonly pile: string | null
    /** A street of it. */
    readonly picture: readonly PicturePart[]
    /** The lane that is carried or driven from space to space; null: there is none. */
    readonly reader: BilingualText | null
  } | null
  readonly lanes: readonly {
    readonly direction: LaneDirection
    /** Devices that the lane may have, each with the clause that requires it, or null. */
    readonly devices: readonly { readonly kind: LaneKind; readonly clause: string | null }[]
    readonly picture: readonly PicturePart[]
  }[]
}

export interface HandoverView {
  readonly fileName: string
  readonly base64: string
}

export interface SetupView {
  /** The data folder. */
  readonly dir: string
  readonly draft: SetupDraft
  /** The tariff of the draft, or a usual one of a small lot to begin with. */
  readonly tariff: Tariff
  readonly nowIso: string
  readonly rows: readonly SetupRow[]
  /** The facts behind the row of survey and first car. */
  readonly proof: SetupProof
  /** Whether the lot can be written and started. */
  readonly ready: boolean
  /** Findings by clauses 7.1, 7.2 and 8.1.1, by lane. */
  readonly siting: Readonly<Record<string, readonly SitingFinding[]>>
  /** Findings by clause 7.2 for each street of the draft; empty: an enclosed car park. */
  readonly streetSiting: readonly (readonly SitingFinding[])[]
  /** What can be measured at a lane or a street, in the order of its form. */
  readonly measures: readonly ({ readonly name: SitingMeasure } & Measure)[]
  readonly canUndo: boolean
  /** Null: the folder has no lot yet. */
  readonly kept: KeptLot | null
  readonly layouts: readonly LayoutChoice[]
  readonly provinces: readonly {
    /** First two digits of the province code. */
    readonly province: string
    readonly name: BilingualText
    /** What a lot needs for access to its platform. */
    readonly needs: readonly ('certificates' | 'code')[]
    /** Destinations of table G.1 in the province's dialect, beside the expansion platform. */
    readonly destinations: readonly OtherChannel[]
  }[]
  readonly cards: readonly Card[]
  readonly service: ServiceState
  /** Null: no lanes run on this folder. */
  readonly inForce: InForceView | null
  /** The address to enter in each camera that pushes, by lane; empty before a network card was chosen. */
  readonly push: Readonly<Record<string, string>>
  /** Camera makes that need a sign-in: schemes of their links. */
  readonly cameraMakes: readonly string[]
  /** Camera makes that push: their link is `push:` and this name. */
  readonly pushMakes: readonly string[]
  /** The address that each watcher of spaces pushes to, by source; empty before a network card was chosen. */
  readonly watchPush: Readonly<Record<string, string>>
  /** Camera makes that watch spaces. `push`: their link is `push:` and this name; else it is the scheme of their link. */
  readonly watchMakes: readonly { readonly name: string; readonly by: 'push' | 'subscription' }[]
}

/** One changed value of the files, in words; null: absent before, or absent after. */
export interface SetupChange {
  readonly what: BilingualText
  readonly before: BilingualText | null
  readonly after: BilingualText | null
}

/** A change below the form that decides it. */
export interface ReviewedChange extends SetupChange {
  readonly row: SetupRowId
  /** JSON pointer into lot.json, `tariff` and a pointer into its file, or `/people`. */
  readonly key: string
  /** A lot without answers has the same value. */
  readonly isUsual: boolean
}

/** A file that a lot needs for its platform, with its state on disk. */
export interface PlatformFile {
  readonly name: 'client' | 'key' | 'platform' | 'ca'
  /** Its path, or the path where it has to be put. */
  readonly file: string
  /** `soon`: expires within a month. */
  readonly state: 'ok' | 'soon' | 'bad' | 'absent'
  /** Its subject; '' when it has none. */
  readonly who: string
  /** Of a certificate for signed messages. */
  readonly certSerial: string | null
  readonly fromIso: string | null
  readonly untilIso: string | null
  /** Of a file that is bad or absent. */
  readonly fault: ApiError | null
}

export interface CredentialsView {
  /** Empty: no platform is joined. */
  readonly platform: readonly PlatformFile[]
  /** Key of the gateway, under the name in the draft; `none`: the lot has no gateway. */
  readonly gatewayKey: 'set' | 'absent' | 'none'
  readonly reservationKey: 'set' | 'absent' | 'none'
  /** Passwords of cameras that need a sign-in, by lane. */
  readonly cameras: Readonly<Record<string, 'set' | 'absent'>>
  /** Passwords of cameras that watch spaces, by source. */
  readonly watchers: Readonly<Record<string, 'set' | 'absent'>>
}

/** Progress of the lot with the certificates that it exchanges with its platform. */
export interface JoiningView {
  /**
   * `requested`: its first request waits; `certified`: no channel number yet; `renewing`: it signs with the former
   * certificate while the next request waits; `ending`: expires within a month.
   */
  readonly state: 'none' | 'requested' | 'certified' | 'joined' | 'ending' | 'ended' | 'renewing'
  readonly next: 'csr' | 'import' | 'join' | 'rotate' | null
  readonly request: {
    readonly file: string
    /** As PEM, for the platform. */
    readonly pem: string
    /** First 16 hex digits of the SM3 of the public key: for a comparison by telephone. */
    readonly keyId: string
  } | null
  /** The certificate with which the lot signs. */
  readonly client: {
    readonly certSerial: string
    readonly who: string
    readonly fromIso: string
    readonly untilIso: string
  } | null
}

type JoinedPlatform = Exclude<NonNullable<SetupDraft['charge']>['platform'], 'later'>

/** What a channel file would change; viewing it changes nothing. */
export interface ChannelView {
  readonly changes: readonly SetupChange[]
  readonly platform: JoinedPlatform
}

/** The lot stored in the folder, and its last version. */
export interface KeptLot {
  readonly name: BilingualText
  readonly atIso: string | null
  readonly by: string | null
  /** When the version was made to which an undo leads; null: undo leads to no lot. */
  readonly backTo: string | null
  readonly canUndo: boolean
}

/** Confirmed settings that are not in force yet. */
export interface WaitingLot {
  readonly savedAtIso: string | null
  readonly by: string
  /** Why they did not come into force: the lanes could not open with them. */
  readonly refused: ApiError | null
}

/** The settings of the running lanes. */
export interface InForceView {
  /** Since when the lanes run on them; null: not known. */
  readonly sinceIso: string | null
  /** Null: no settings wait. */
  readonly waiting: WaitingLot | null
  /** Lanes that delay them: a car is in the lane, or its boom is not down. */
  readonly lanes: readonly string[]
  /** Lanes with a device that a person has taken over. */
  readonly hands: readonly string[]
}

export interface SetupPreview {
  /** `demo`: a rehearsal on simulators of this machine. */
  readonly mode: 'demo' | 'production'
  readonly changes: readonly ReviewedChange[]
  /** Confirmed unchanged, and not in force yet. */
  readonly isWaiting: boolean
  readonly warnings: readonly { readonly field: string; readonly text: BilingualText }[]
  /** Digest of the files to be written. */
  readonly digest: string
}

/** A table of spaces as read: its streets, or every faulty cell. */
export interface SpacesRead extends BesideTable {
  readonly streets: NonNullable<SetupDraft['open']>['streets']
  readonly bad: readonly BadCell[]
}
