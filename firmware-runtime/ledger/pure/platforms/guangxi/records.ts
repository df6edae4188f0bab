// Input of the encoders: facts of the ledger as plain records, one type per interface.
// Amounts are integer fen, times instants, hex upper case; the encoder checks every member.
import type { ExceptionType } from '#base/pure/words/exception-words.ts'
import type { Handling } from '../../lot/exception-reports.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateBy } from '#base/pure/plates/plate-said.ts'

/** OBU and card as read in this passage. Absent as a whole only in mode 2 by plate (P12). */
export interface VehicleUnit {
  /** 8 or 16 hex. */
  readonly obuId: string
  readonly obuIssuer: string
  readonly obuVersion: string
  /** 4 hex. */
  readonly obuStatus: string
  readonly obuPlate: string
  /** 20 digits: network 4 and number 16. */
  readonly etcCardId: string
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly cardVersion: number
  readonly cardPlate: string
  /** Eight digits yyyyMMdd as in the card file. */
  readonly cardExpire: string
}

/** Proof of a card-side debit by card and PSAM (mode 1). */
export interface CardDebit {
  readonly preBalanceFen: Fen
  readonly postBalanceFen: Fen
  /** Card transaction counter. */
  readonly transNo: number
  /** 12 hex. */
  readonly terminalNo: string
  /** 8 hex. */
  readonly terminalTransNo: string
  readonly transType: '06' | '09'
  /** 8 hex, never 00000000. */
  readonly tac: string
  /** 1 3DES, 2 SM4. */
  readonly algorithmIdentifier: number
  readonly keyVersion: number
}

type PlateSource = 'camera' | 'obu' | 'card' | 'manual'
/** P12. */
export const plateSourceCode = { camera: 1, obu: 2, card: 3, manual: 4 } as const
const plateSources = { obu: 'obu', person: 'manual' } as const
/** Absent: the camera. */
export const plateSourceOf = (by: PlateBy | undefined): PlateSource =>
  by === undefined ? 'camera' : plateSources[by]

interface ExitChargeFacts {
  /** At most 32; made once, before the first try (D.2). */
  readonly outTradeNo: string
  readonly parkId: string
  readonly laneNo: string
  readonly deviceId: string
  readonly serviceType: number
  readonly enAtMs: InstantMs
  readonly exAtMs: InstantMs
  /** Mode 1: the time inside the TAC, a whole second. */
  readonly transAtMs: InstantMs
  readonly plate: string
  readonly colour: PlateColour
  readonly vehicleType: number
  readonly plateSource: PlateSource
  readonly payFen: Fen
  readonly discountFen: Fen
  /** Amount charged: payFen - discountFen. */
  readonly realFen: Fen
  readonly couponNo: string | null
  /** The stay, so that the platform knows a second charge of it whatever its number (D.2 rule 12). */
  readonly entryNo: string
  /** Blacklist version used. */
  readonly listVersion: string
  /** Platform unreachable when charged. */
  readonly offline: boolean
  readonly detail: string | null
}

/** P12: mode 1 uploads a card-side debit, mode 2 lets the platform charge the account. */
export type ExitChargeRecord = ExitChargeFacts &
  (
    | { readonly mode: 1; readonly unit: VehicleUnit; readonly debit: CardDebit }
    | { readonly mode: 2; readonly unit: VehicleUnit | null }
  )

/** P14. */
export interface ExceptionRecord {
  readonly exceptionNo: string
  readonly outTradeNo: string | null
  readonly parkId: string
  readonly laneNo: string
  readonly occurredAtMs: InstantMs
  readonly exceptionType: ExceptionType
  readonly plate: string | null
  readonly obuId: string | null
  readonly etcCardId: string | null
  readonly handling: Handling
  /** Means of the other payment, for example `cash`. */
  readonly paidBy: string | null
  readonly paidFen: Fen | null
}

/** P16. `approvedBy` is mandatory: refunds need approval (5.2.1 c). */
export interface RefundRecord {
  readonly outRefundNo: string
  readonly outTradeNo: string
  readonly refundFen: Fen
  readonly totalFen: Fen
  readonly reason: string
  readonly operator: string
  readonly approvedBy: string
}

export type LaneType = 'entry' | 'exit' | 'mixed' | 'bay' | 'handheld'

/** P11. */
export interface SignInRecord {
  readonly listNo: string
  /** 20 digits; null: the lane has no PSAM and identifies itself (assumed). */
  readonly psamNo: string | null
  /** 12 hex. */
  readonly terminalNo: string | null
  /** 4 digits. */
  readonly provinceCode: string
  readonly parkId: string
  readonly parkName: string
  readonly laneNo: string
  readonly laneType: LaneType
  readonly terminalAtMs: InstantMs
}
