// The start page of Studio, before a runtime exists: what to begin with. Types and names only; the runtime does not use
// them.
import type { CopyDamage, PhotosFound } from '#ledger/ports/copy-service.ts'
import type { Card, FoundLanePc } from '#devices/ports/find.ts'

/**
 * `setup`: set up a lot in a new folder; `device`: the workbench; `open`: a car park in a known or chosen folder;
 * `demo`: simulated devices of an enclosed car park, `street`: those of a street with spaces.
 */
export type StartChoice = 'setup' | 'device' | 'open' | 'street' | 'demo'

/** `begun`: a runtime is starting. `cancelled`: no folder was chosen. `noLot`: the folder has no car park. */
export interface StartAnswer {
  readonly state: 'begun' | 'cancelled' | 'noLot'
  /** The chosen folder; empty: none was needed. */
  readonly dir: string
}

/** A car park that was opened or set up on this machine. */
export interface KnownLot {
  readonly dir: string
  readonly name: string
}

/**
 * Input of a restore after the loss of a machine: a place with its copies, and its recovery key as a file or as text.
 */
export interface RestoreWish {
  /** A folder, or `sftp://user@host:port/path`. */
  readonly from: string
  /** For a server: its host key, accepted by a person, and its password; else empty. */
  readonly hostKey: string
  readonly password: string
  readonly keyFile: string
  readonly keyText: string
  /**
   * The platform's bill, and the head file of the old disk: what they contain and the copy lacks is listed. May be
   * empty.
   */
  readonly bill: string
  readonly head: string
  readonly by: string
  readonly reason: string
  /** Uses an earlier copy when the newest one is damaged: a person has seen which one, and what is lost. */
  readonly isDamagedTaken: boolean
}

/** The restored part of a copy, and what is missing. */
export interface RestoredLot {
  readonly dir: string
  readonly rows: number
  /** Time of the copy: later records are not in it. */
  readonly lostAfterIso: string
  /** Null: no head file was given. */
  readonly lostRows: number | null
  /** Charges of the bill that the ledger lacks, or has with another amount or result; null: no bill was given. */
  readonly lost:
    | readonly {
        readonly outTradeNo: string
        readonly amountFen: number
        readonly atIso: string
        readonly why: 'absent' | 'open' | 'amount'
      }[]
    | null
  readonly lostFen: number | null
  /** Refunds in the bill that the copy did not contain: written into the ledger. */
  readonly refundsTaken: readonly { readonly outTradeNo: string; readonly amountFen: number }[]
  /** Damaged files at the place, and the copies lost because of them. */
  readonly damaged: readonly CopyDamage[]
  readonly left: readonly { readonly n: number; readonly atIso: string; readonly toSeq: number }[]
  /** Photos that are brought back while the lanes run; null: the place could not be read any more. */
  readonly photos: PhotosFound | null
  /** Its centre, which may have later rows: they come back, or a person leaves them, before it opens; null: none. */
  readonly centre: { readonly url: string } | null
  /** Address of the lost computer to which cameras push, and where this one listens; null: nothing moved. */
  readonly pushes: { readonly was: string; readonly now: string } | null
}

/** A step towards the rows at the centre of the lot that was restored last, or the decision to go on without them. */
export interface FetchWish {
  readonly act: 'fetch' | 'leave'
  readonly by: string
  readonly reason: string
}

/** `pending`: a person at the centre compares the digits, and the step is asked for again. */
export interface FetchedRows {
  readonly state: 'pending' | 'fetched' | 'left'
  readonly digits: string | null
  readonly rows: number
}

export interface RestoreFault {
  readonly code: string
  readonly message: string
  readonly field: string
  readonly value: string
}
export type RestoreAnswer =
  | { readonly ok: true; readonly data: RestoredLot }
  | { readonly ok: false; readonly error: RestoreFault }

export type FetchAnswer =
  | { readonly ok: true; readonly data: FetchedRows }
  | { readonly ok: false; readonly error: RestoreFault }

/** Unsent records of a lot whose machine is offline or lost, and its recovery key as a file or as text. */
export interface CarryWish {
  /** The folder of a USB stick, or the data folder of the lost machine. */
  readonly from: string
  readonly keyFile: string
  readonly keyText: string
}

export interface CarriedRecords {
  /** Folder of the files and answers; another one than given when that was a data folder. */
  readonly dir: string
  readonly records: number
  /** Records whose result is not known yet. */
  readonly open: number
  readonly refused: readonly { readonly businessNo: string; readonly reason: string }[]
}
export type CarryAnswer =
  | { readonly ok: true; readonly data: CarriedRecords }
  | { readonly ok: false; readonly error: RestoreFault }

export interface CarryProgress {
  readonly done: number
  readonly records: number
}

/** The host key that a server presents; nothing is sent to it. */
export type LookAnswer =
  | { readonly ok: true; readonly data: { readonly hostKey: string } }
  | { readonly ok: false; readonly error: RestoreFault }

/** Car parks that announce themselves on the network, and the network cards that were listened on. */
export interface NearbyLots {
  readonly cards: readonly Pick<Card, 'name' | 'address'>[]
  readonly lanes: readonly FoundLanePc[]
}
export type NearbyAnswer =
  | { readonly ok: true; readonly data: NearbyLots }
  | { readonly ok: false; readonly error: RestoreFault }
/** A centre with ten simulated car parks; its desk is open in the browser. */
export interface OpenedCentre {
  readonly desk: string
  /** One-time password of the first person; null once it was changed. */
  readonly signIn: { readonly name: string; readonly password: string } | null
}
export type CentreDemoAnswer =
  | { readonly ok: true; readonly data: OpenedCentre }
  | { readonly ok: false; readonly error: RestoreFault }
/** Duration of a search on each network card, s. */
export type NearbySec = 3

export interface StartClient {
  /** `dir`: one of the known car parks; absent: the person chooses a folder when one is needed. */
  choose(what: StartChoice, dir?: string): Promise<StartAnswer>
  known(): Promise<readonly KnownLot[]>
  /** Searches by mDNS, once, when a person requests it. A car park found is opened on its own machine. */
  nearby(): Promise<NearbyAnswer>
  /** Starts the demo of a centre once, and opens its desk in the browser at each call. */
  centreDemo(): Promise<CentreDemoAnswer>
  /** Restores into a new folder, which becomes a known car park. It is not opened. */
  restore(wish: RestoreWish): Promise<RestoreAnswer>
  look(to: string): Promise<LookAnswer>
  fetchBack(wish: FetchWish): Promise<FetchAnswer>
  /** One at a time. `onProgress` is called after each record. */
  carry(wish: CarryWish, onProgress: (progress: CarryProgress) => void): Promise<CarryAnswer>
  /** Ends it; answers received stay, and `carry` returns them. */
  stopCarry(): Promise<void>
}

/** Code of the answer to every call before something was begun; the window then shows its start page. */
export type StartCode = 'START-01'
/** Channels of the start page between window and main process. */
export const startChannel = 'start/choose'
export const knownChannel = 'start/known'
export const nearbyChannel = 'start/nearby'
export const centreDemoChannel = 'start/centre-demo'
export const restoreChannel = 'start/restore'
export const lookChannel = 'start/look'
export const fetchBackChannel = 'start/fetch-back'
export const carryChannel = 'start/carry'
export const carriedChannel = 'start/carried'
export const stopCarryChannel = 'start/stop-carry'
export const startChoices = [
  'setup',
  'device',
  'open',
  'street',
  'demo',
] as const satisfies readonly StartChoice[]
