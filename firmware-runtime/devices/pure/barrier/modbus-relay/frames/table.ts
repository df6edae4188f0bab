// The shape of a PDU table: one JSON-serialisable object per frame, read by ../pdu.ts.
// u16 is big-endian; `counted` is one length byte followed by that many bytes.

export interface PduField {
  readonly name: string
  readonly as: 'u8' | 'u16' | 'counted'
}

/** Numbers, or upper-case hex for `counted`. */
export type PduValue = Readonly<Record<string, number | string>>

export interface PduTable {
  readonly name: string
  readonly functionCode: number
  readonly from: 'lane' | 'device' | 'both'
  readonly fields: readonly PduField[]
  readonly example: { readonly hex: string; readonly value: PduValue }
}
