// The shape of a frame table of the display dialect: one JSON-serialisable object per command.
// Numbers are little-endian as everywhere in this dialect; texts are GBK (lane-devices.md 3.1).

type FieldKind =
  | 'u8'
  | 'u16'
  | 'u32'
  /** Red, green, blue and an unused byte. */
  | 'colour'
  /** Text to the end of the data. */
  | 'rest'
  /** Hex to the end of the data, of undocumented bytes. */
  | 'restHex'
  /** Text with the number of bytes in the field `length`, then 00. */
  | 'ended'
  /** One to four lines separated by 0D, with 00 after the last one (command 6F). */
  | 'lines'

export interface DisplayField {
  readonly name: string
  readonly as: FieldKind
  /** A constant byte: sent, and ignored when received. */
  readonly fixed?: number
  /** Zero bytes that follow the field. */
  readonly zeros?: number
  /** For `ended`: the field with its length, without the 00. */
  readonly length?: string
}

/** One line of command 6F. */
export interface PageLine {
  readonly line: number
  readonly mode: number
  readonly colour: string
  readonly text: string
}

/** Numbers, texts, a colour as six hex digits, and lines. */
export type DisplayValue = Readonly<Record<string, number | string | readonly PageLine[]>>

export interface DisplayTable {
  readonly name: string
  readonly command: number
  readonly from: 'lane' | 'device'
  readonly fields: readonly DisplayField[]
  /** A whole frame of address 0, with its CRC. */
  readonly example: { readonly hex: string; readonly value: DisplayValue }
}
