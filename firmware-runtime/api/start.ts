// What the window asks of Studio itself before any runtime is there: what to begin with.
// Types and names; no runtime knows of this.
import type { CopyDamage, PhotosFound } from '../ports/copy-service.ts'
import type { Card, FoundLanePc } from '../ports/find.ts'

/**
 * `setup`: a lot is set up in a folder of its own; `device`: the workbench; `open`: a car park in a folder that is
 * known or asked for; `demo`: simulated devices.
 */
export type StartChoice = 'setup' | 'device' | 'open' | 'demo'

/** `begun`: a runtime is being started. `cancelled`: no folder was chosen. `noLot`: it has no car park. */
export interface StartAnswer {
  readonly state: 'begun' | 'cancelled' | 'noLot'
  /** The folder that was chosen; empty where none was asked for. */
  readonly dir: string
}

/** A car park that was opened or set up on this machine. */
export interface KnownLot {
  readonly dir: string
  readonly name: string
}

/** What a person has of a machine that is gone: a place with its copies, and its recovery key as a file or as text. */
export interface RestoreWish {
  /** A folder, or `sftp://user@host:port/path`. */
  readonly from: string
  /** Of a server: the key that a person agreed to, and its password. Or empty. */
  readonly hostKey: string
  readonly password: string
  readonly keyFile: string
  readonly keyText: string
  /** The platform's bill, and the head file of the old disk: what they know and the copy does not is listed. Or empty. */
  readonly bill: string
  readonly head: string
  readonly by: string
  readonly reason: string
  /** Takes an earlier copy where the newest is damaged: a person saw which one, and what is lost. */
  readonly isDamagedTaken: boolean
}

/** What came back of a copy, and what did not. */
export interface RestoredLot {
  readonly dir: string
  readonly rows: number
  /** Time of the copy: what was recorded after it is not in it. */
  readonly lostAfterIso: string
  /** Null where no head file was given. */
  readonly lostRows: number | null
  /** Charges of the bill that the ledger has not, or not with this amount or end; null where no bill was given. */
  readonly lost:
    | readonly {
        readonly outTradeNo: string
        readonly amountFen: number
        readonly atIso: string
        readonly why: 'absent' | 'open' | 'amount'
      }[]
    | null
  readonly lostFen: number | null
  /** What the bill says went back and the copy did not know: written into the ledger. */
  readonly refundsTaken: readonly { readonly outTradeNo: string; readonly amountFen: number }[]
  /** Files that were damaged at the place, and the copies that are lost by it. */
  readonly damaged: readonly CopyDamage[]
  readonly left: readonly { readonly n: number; readonly atIso: string; readonly toSeq: number }[]
  /** Photos that come while the lanes run; null where the place could not be read any more. */
  readonly photos: PhotosFound | null
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

/** Unsent records of a lot whose machine has no network or is gone, and its recovery key as a file or as text. */
export interface CarryWish {
  /** The folder of a stick, or the data folder of the machine that is gone. */
  readonly from: string
  readonly keyFile: string
  readonly keyText: string
}

export interface CarriedRecords {
  /** Where the files and the answers are; another folder than was named where that was a data folder. */
  readonly dir: string
  readonly records: number
  /** Records whose end is not known yet. */
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

/** The key that a server shows; nothing is told to it. */
export type LookAnswer =
  | { readonly ok: true; readonly data: { readonly hostKey: string } }
  | { readonly ok: false; readonly error: RestoreFault }

/** Car parks whose computers say on the network that they are there, and the network cards that were listened on. */
export interface NearbyLots {
  readonly cards: readonly Pick<Card, 'name' | 'address'>[]
  readonly lanes: readonly FoundLanePc[]
}
export type NearbyAnswer =
  | { readonly ok: true; readonly data: NearbyLots }
  | { readonly ok: false; readonly error: RestoreFault }
/** So long a search listens on each network card, in seconds. */
export type NearbySec = 3

export interface StartClient {
  /** `dir`: one of the known car parks; absent: a folder is asked for where one is needed. */
  choose(what: StartChoice, dir?: string): Promise<StartAnswer>
  known(): Promise<readonly KnownLot[]>
  /** Asks by mDNS, once, when a person presses. What is found is opened on its own machine. */
  nearby(): Promise<NearbyAnswer>
  /** Into a folder of its own, which is a known car park then. Nothing is opened by it. */
  restore(wish: RestoreWish): Promise<RestoreAnswer>
  look(to: string): Promise<LookAnswer>
  /** One at a time. `onProgress` is called with each record. */
  carry(wish: CarryWish, onProgress: (progress: CarryProgress) => void): Promise<CarryAnswer>
  /** Ends it; what was answered stays, and `carry` answers with it. */
  stopCarry(): Promise<void>
}

/** Code of the answer to every call until something was begun; the window then shows its start page. */
export type StartCode = 'START-01'
/** Channels of the start page between window and main process. */
export const startChannel = 'start/choose'
export const knownChannel = 'start/known'
export const nearbyChannel = 'start/nearby'
export const restoreChannel = 'start/restore'
export const lookChannel = 'start/look'
export const carryChannel = 'start/carry'
export const carriedChannel = 'start/carried'
export const stopCarryChannel = 'start/stop-carry'
export const startChoices = [
  'setup',
  'device',
  'open',
  'demo',
] as const satisfies readonly StartChoice[]
