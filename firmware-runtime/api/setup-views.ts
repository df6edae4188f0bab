// What setting up a lot answers: the draft, a verdict a row, and what a form may choose from.
// Choices come from the tables of layouts and provinces, so that a form has no list of its own.
import type { OtherChannel } from '../core/values/destination-members.ts'
import type { Tariff } from '../core/billing/tariff.ts'
import type { LaneDirection } from '../core/lot/config.ts'
import type { ServiceState } from '../core/lot/safeguards.ts'
import type { LaneDeviceKind, PicturePart } from '../core/lane/layouts/layout.ts'
import type { Measure, SitingMeasure } from '../core/lot/siting-measures.ts'
import type { SitingFinding } from '../core/lane/siting.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { Card } from '../ports/find.ts'
import type { ApiError } from './rows.ts'
import type { SetupDraft } from './setup-draft.ts'

export type SetupRowId =
  | 'lot'
  | 'devices'
  | 'tariff'
  | 'charge'
  | 'offline'
  | 'people'
  | 'firstCar'
  | 'keep'

/** `open`: something is missing that can come later. `done`: all of it is filled in, which says nothing of a test. */
export type SetupState = 'notStarted' | 'open' | 'done' | 'failed'

/**
 * `none`: nothing of it can be tested here. `missing`: something of it was not tested, or not since it was changed, or its
 * test ended otherwise, or runs. `passed`: all that can be tested was, or it is proven.
 */
type SetupTest = 'none' | 'missing' | 'passed'

export interface SetupRow {
  readonly id: SetupRowId
  readonly state: SetupState
  readonly test: SetupTest
  /** The oldest of the tests that passed; null: none did, or it is proven otherwise. */
  readonly testedAtIso: string | null
  /** One sentence. */
  readonly why: BilingualText
  /** Of a row that failed: the refusal in full. */
  readonly fault: ApiError | null
}

/** One of the two things that prove a lot. */
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
  readonly lanes: readonly {
    readonly direction: LaneDirection
    /** Devices it may have, each with the clause that asks for it, or null. */
    readonly devices: readonly { readonly kind: LaneDeviceKind; readonly clause: string | null }[]
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
  /** Of the draft, or what a small lot often has, to begin with. */
  readonly tariff: Tariff
  readonly nowIso: string
  readonly rows: readonly SetupRow[]
  /** What its row of survey and first car is made of. */
  readonly proof: SetupProof
  /** Whether it can be written and started. */
  readonly ready: boolean
  /** Clauses 7.1 and 8.1.1 on each lane. */
  readonly siting: Readonly<Record<string, readonly SitingFinding[]>>
  /** What can be measured of a lane, in the order of its form. */
  readonly measures: readonly ({ readonly name: SitingMeasure } & Measure)[]
  readonly canUndo: boolean
  /** Null where the folder has no lot yet. */
  readonly kept: KeptLot | null
  readonly layouts: readonly LayoutChoice[]
  readonly provinces: readonly {
    /** First two digits of the code. */
    readonly province: string
    readonly name: BilingualText
    /** What a lot has to hold to be let in by them. */
    readonly needs: readonly ('certificates' | 'code')[]
    /** Destinations of table G.1 that its platforms know, beside the expansion platform. */
    readonly destinations: readonly OtherChannel[]
  }[]
  readonly cards: readonly Card[]
  readonly service: ServiceState
  /** Null where no lane runs on it. */
  readonly inForce: InForceView | null
  /** What is typed into each camera that pushes, by lane; none before a card was chosen. */
  readonly push: Readonly<Record<string, string>>
  /** Makes of cameras that are signed in to: schemes of their links. */
  readonly cameraMakes: readonly string[]
  /** Makes of cameras that push: their link is `push:` and this. */
  readonly pushMakes: readonly string[]
}

/** One value of the files in words; null: it was not there, or will not be. */
export interface SetupChange {
  readonly what: BilingualText
  readonly before: BilingualText | null
  readonly after: BilingualText | null
}

/** A file that a lot needs for its platform, as it lies there. */
export interface PlatformFile {
  readonly name: 'client' | 'key' | 'platform' | 'ca'
  /** Where it lies, or is to be put. */
  readonly file: string
  /** `soon`: it ends within a month. */
  readonly state: 'ok' | 'soon' | 'bad' | 'absent'
  /** Whose it says it is; '' where it says none. */
  readonly who: string
  /** Of a certificate of the signed messages. */
  readonly certSerial: string | null
  readonly fromIso: string | null
  readonly untilIso: string | null
  /** Of one that is bad, or not there. */
  readonly fault: ApiError | null
}

export interface CredentialsView {
  /** None where no platform is joined. */
  readonly platform: readonly PlatformFile[]
  /** Of the gateway, by the name that the draft says; `none`: it has no gateway. */
  readonly gatewayKey: 'set' | 'absent' | 'none'
  readonly reservationKey: 'set' | 'absent' | 'none'
  /** Passwords of cameras that are signed in to, by lane. */
  readonly cameras: Readonly<Record<string, 'set' | 'absent'>>
}

/** How far the lot is with the certificates that it exchanges with its platform. */
export interface JoiningView {
  /**
   * `requested`: its first request waits; `certified`: no channel number yet; `renewing`: it signs under the former
   * certificate while the next request waits; `ending`: within a month.
   */
  readonly state: 'none' | 'requested' | 'certified' | 'joined' | 'ending' | 'ended' | 'renewing'
  readonly next: 'csr' | 'import' | 'join' | 'rotate' | null
  readonly request: {
    readonly file: string
    /** As PEM: for the platform. */
    readonly pem: string
    /** First 16 digits of the SM3 of the public key: for a comparison by telephone. */
    readonly keyId: string
  } | null
  /** What the lot signs under. */
  readonly client: {
    readonly certSerial: string
    readonly who: string
    readonly fromIso: string
    readonly untilIso: string
  } | null
}

type JoinedPlatform = Exclude<NonNullable<SetupDraft['charge']>['platform'], 'later'>

/** What a channel file would change; nothing is changed by looking. */
export interface ChannelView {
  readonly changes: readonly SetupChange[]
  readonly platform: JoinedPlatform
}

/** The lot that the folder has already, and its last version. */
export interface KeptLot {
  readonly name: BilingualText
  readonly atIso: string | null
  readonly by: string | null
  /** When the version was made that one step back leads to; null: to no lot at all. */
  readonly backTo: string | null
  readonly canUndo: boolean
}

/** Settings that were confirmed and are not in force yet. */
export interface WaitingLot {
  readonly savedAtIso: string | null
  readonly by: string
  /** They are not taken over: the lanes did not open on them. */
  readonly refused: ApiError | null
}

/** What the lanes that run know of their settings. */
export interface InForceView {
  /** Since when they run on what they run on; null: it is not known. */
  readonly sinceIso: string | null
  /** Null: nothing waits. */
  readonly waiting: WaitingLot | null
  /** Lanes that it waits for: a car is in them, or their boom is not down. */
  readonly lanes: readonly string[]
  /** Lanes with a device that somebody has in hand. */
  readonly hands: readonly string[]
}

export interface SetupPreview {
  /** Production, or a rehearsal on simulators of this machine. */
  readonly mode: 'demo' | 'production'
  readonly changes: readonly SetupChange[]
  /** It was confirmed as it is, and is not in force yet. */
  readonly isWaiting: boolean
  readonly warnings: readonly { readonly field: string; readonly text: BilingualText }[]
  /** Of the files to be written. */
  readonly digest: string
}
