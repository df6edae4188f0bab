// The shape of a frame table of the display dialect: one JSON-serialisable object per command.
// Numbers are little-endian as everywhere in this dialect; texts are GBK (lane-devices.md 3.1).

type FieldKind =
  | 'u8'
  | 'u16'
  | 'u32'
  /** Red, green, blue and a byte that is not used. */
  | 'colour'
  /** Text to the end of the data. */
  | 'rest'
  /** Hex to the end of the data: what nobody has named. */
  | 'restHex'
  /** Text of as many bytes as the field `length` says, then 00. */
  | 'ended'
  /** One to four lines with 0D between them and 00 behind the last (command 6F). */
  | 'lines'

export interface DisplayField {
  readonly name: string
  readonly as: FieldKind
  /** A byte that never changes: sent as it is, and not looked at. */
  readonly fixed?: number
  /** Zero bytes that follow the field. */
  readonly zeros?: number
  /** Of `ended`: the field that counts it, 00 not included. */
  readonly length?: string
}

/** One line of command 6F. */
export interface PageLine {
  readonly line: number
  readonly mode: number
  readonly colour: string
  readonly text: string
}

/** Numbers, texts, six hex digits of a colour, and lines. */
export type DisplayValue = Readonly<Record<string, number | string | readonly PageLine[]>>

export interface DisplayTable {
  readonly name: string
  readonly command: number
  readonly from: 'lane' | 'device'
  readonly fields: readonly DisplayField[]
  /** A whole frame of address 0, check included. */
  readonly example: { readonly hex: string; readonly value: DisplayValue }
}
