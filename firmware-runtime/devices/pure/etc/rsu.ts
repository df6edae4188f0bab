// Commands and events between a lane and an RSU driver, independent of the frame variant.
// Drivers (devices/pure/rsu/*) translate these to frames; the lane machine never sees a byte.
import type { DeviceSettings } from '../configure/setting.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

/**
 * Meaning of B5/B8 codes for the money (rsu-interface.md 2.5). Unlisted codes are `unknown`. A code that says paid is first
 * checked against its C6 (judge-result.ts).
 */
export type MoneyState = 'paid' | 'unpaid' | 'unknown'

export interface ObuInfo {
  /** 8 hex, the DSRC link id: for correlation only (rsu-interface.md 4.4). */
  readonly obuId: string
  /** 16 hex. Also the key diversification factor. */
  readonly issuerHex: string
  /** 16 hex. */
  readonly contractSerial: string
  /** 8 digits yyyyMMdd; empty when the frame has no such field. */
  readonly issueDate: string
  readonly expireDate: string
  readonly cardAbsent: boolean
  readonly cardError: boolean
  readonly locked: boolean
  readonly removed: boolean
  readonly batteryLow: boolean
  readonly statusHex: string
}

export interface VehicleInfo {
  /** Normal form, or null when the bytes are not a plate. */
  readonly plate: string | null
  readonly plateRaw: string
  readonly colour: PlateColour
  readonly vehicleClass: number
}

/** A vehicle file as its OBU sealed it, with what opens it (P17): upper-case hex. */
export interface SealedVehicle {
  readonly keyVersion: string
  readonly algorithm: string
  /** 8 bytes. */
  readonly random: string
  /** The file, and the authenticator behind it. */
  readonly cipher: string
}

/** Identity of a sealed file: both members are needed for key diversification. */
export interface VehicleAsk {
  readonly obu: Pick<ObuInfo, 'obuId' | 'issuerHex'>
  readonly sealed: SealedVehicle
}

export interface CardInfo {
  /** 20 digits: network 4 + card number 16. */
  readonly cardNo: string
  readonly network: string
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly cardVersion: number
  readonly startDate: string
  readonly expireDate: string
  readonly plate: string | null
  readonly colour: PlateColour
  readonly userType: number
  /** The RSU's own list says that this card is barred. */
  readonly markedBlack?: boolean
}

/** Driver to lane. */
export type RsuEvent =
  | { readonly type: 'rsuUp'; readonly psamTerminals: readonly string[]; readonly rsuId: string }
  | { readonly type: 'rsuDown'; readonly reason: string }
  | { readonly type: 'rsuFault'; readonly status: number; readonly reason: string }
  | { readonly type: 'obuSeen'; readonly obu: ObuInfo }
  | {
      readonly type: 'cardRead'
      readonly obu: ObuInfo
      readonly vehicle: VehicleInfo
      readonly card: CardInfo
      readonly balanceFen: Fen
      /** File 0019 as read, upper-case hex, 36 to 43 bytes. */
      readonly station0019Hex: string
    }
  /** Like `cardRead`, for an OBU whose vehicle file the platform must open. */
  | {
      readonly type: 'vehicleSealed'
      readonly obu: ObuInfo
      readonly sealed: SealedVehicle
      readonly card: CardInfo
      readonly balanceFen: Fen
      readonly station0019Hex: string
    }
  /** The OBU answered but could not be read (B3/B4 error, no card, decrypt failure). */
  | {
      readonly type: 'obuUnreadable'
      readonly obuId: string
      readonly code: number
      readonly reason: string
    }
  | {
      readonly type: 'debitResult'
      readonly obuId: string
      readonly money: MoneyState
      /** B5 code; -1 no B5 in time or link lost, -2 the C6 was never sent (certainly unpaid). */
      readonly code: number
      readonly proof: DebitProof
      /** Word for the code, for logs. */
      readonly reason?: string
      /** The balance after was computed, the card did not tell it. */
      readonly balanceDerived?: boolean
      /** Counters of the same card and terminal in the previous results; null: no earlier result. */
      readonly serialsBefore?: { readonly card: number | null; readonly psam: number | null }
    }
  | {
      readonly type: 'proofResult'
      readonly obuId: string
      readonly money: MoneyState
      readonly code: number
      readonly proof: DebitProof
    }
  /**
   * A B5 or B8 for a debit that this driver did not send, for example after a restart. It opens nothing by itself; a lane
   * accepts it only for a C6 of its ledger that it certainly matches.
   */
  | {
      readonly type: 'orphanResult'
      readonly obuId: string
      readonly money: MoneyState
      readonly code: number
      readonly proof: DebitProof
    }

/** Lane to driver. */
export type RsuCommand =
  /** Antenna on or off. On also clears what the driver knew of earlier OBUs. */
  | { readonly do: 'search'; readonly on: boolean }
  /** C2: drop this OBU and search again. */
  | { readonly do: 'release'; readonly obuId: string }
  /** C6, once: a second one for the same deductionId is refused by the driver. */
  | {
      readonly do: 'debit'
      readonly deductionId: string
      readonly obuId: string
      readonly amountFen: Fen
      /** 14 digits, business time; goes into the TAC. */
      readonly timeBcd: string
      /** 14 digits, when the stay began, for frames that carry it. */
      readonly entryTimeBcd?: string
      /** Station record to write to file 0019, hex. */
      readonly stationHex: string
    }
  /** C1 after B5: the transaction is complete. */
  | { readonly do: 'complete'; readonly obuId: string }
  /** New settings for the device, in force at once or, while it is down, from its next start. */
  | { readonly do: 'configure'; readonly id: string; readonly settings: DeviceSettings }
  /** A frame that a person sends by hand; only of devices/pure/rsu/safe-frames.ts. */
  | {
      readonly do: 'ask'
      readonly id: string
      readonly code: string
      readonly fields: Readonly<Record<string, string | number>>
    }
  /** The random of one PSAM, for a platform to answer; between two cars, else `busy`. */
  | { readonly do: 'psamRandom'; readonly terminal: string }
  /** The platform's command for that random number; another random request in between invalidates it. */
  | { readonly do: 'psamApply'; readonly terminal: string; readonly apdu: string }
  /** C8: fetch the proof again. Ignored where the variant does not support it (capabilities). */
  | { readonly do: 'fetchProof'; readonly obuId: string; readonly cardSerial: number }

export interface RsuCapabilities {
  readonly proofFetch: boolean
  /** An OBU that was reported is not reported again for this long. */
  readonly rereadSilenceMs: number
  /** Largest difference in ms between the time in a result and that of its C6. */
  readonly resultTimeMs: number
}
