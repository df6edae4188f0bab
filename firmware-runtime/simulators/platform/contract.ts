// A contract of the issuer behind the platform.

/** The contract of a card and an OBU (table I.1, row 1). */
export interface Contract {
  readonly contractNo: string
  readonly cardNo: string
  /** Absent: the card is used without an OBU. */
  readonly obuId?: string
}
