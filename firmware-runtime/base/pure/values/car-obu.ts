// OBU and card of one passage, as an antenna read them; of a passage in the ledger or in a record of its charge.
// Values as read, not judged here.
import type { Fen } from './fen.ts'

/** OBU and card of one passage, as read. */
export interface CarObu {
  readonly obuId: string
  readonly issuerHex: string
  readonly statusHex: string
  readonly obuPlate: string | null
  readonly vehicleClass: number
  /** 20 digits. */
  readonly cardNo: string
  readonly cardType: number
  readonly cardVersion: number
  readonly cardPlate: string | null
  /** yyyyMMdd. */
  readonly cardExpire: string
  readonly balanceFen: Fen
  readonly station0019Hex: string
}
