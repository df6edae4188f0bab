// The shape of a frame table (rsu-interface.md 8): plain data, unchanged by a JSON round trip. One engine reads these
// tables for every variant; a vendor profile is data that overrides them.
import type { MoneyState } from '../etc/rsu.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

/** `bcd*` and `hex` are digit texts; `bits` is the list of set names; `file` is a nested table. */
export const fieldTypes = [
  'uint',
  'hex',
  'bytes',
  'bcdDate',
  'bcdDateTime',
  'unix32',
  'fen',
  'gbkText',
  'enum',
  'bits',
  'repeat',
  'file',
] as const
export type FieldType = (typeof fieldTypes)[number]

export interface FieldTable {
  readonly name: string
  /** Offset as the documents count it; `+`: directly after the field before (after a repeat). */
  readonly off: number | '+'
  /** Bytes; for a repeat those of one entry. `fill`: what the fields after it leave. */
  readonly len: number | 'fill'
  readonly type: FieldType
  /** Unit of a number, for people. */
  readonly unit?: string
  /** Encoded as zero when the value is absent. */
  readonly reserved?: true
  /** Bytes, as hex, that decode to null. */
  readonly nullWhen?: string
  /** Name of a code table, for type enum. */
  readonly enum?: string
  /** Names from the highest bit down, for type bits. */
  readonly bits?: readonly string[]
  /** Name of a file table, for type file. */
  readonly table?: string
  /** Name of the count field, for type repeat. */
  readonly count?: string
  readonly each?: readonly FieldTable[]
}

export type FieldValue =
  | string
  | number
  | null
  | readonly string[]
  | FrameValue
  | readonly FrameValue[]
export interface FrameValue {
  readonly [field: string]: FieldValue
}

interface Example {
  readonly hex: string
  readonly value: FrameValue
}

/** One length of a frame, counted as in the documents of the variant (see `counting`). */
export interface FrameForm {
  readonly name: string
  readonly length: number | 'any' | CountedLength
  readonly fields: readonly FieldTable[]
  readonly example: Example
}

export interface CountedLength {
  readonly base: number
  /** Bytes per entry, by name of the count field. */
  readonly per: { readonly [count: string]: number }
  /** When the count bytes disagree with the length: assume these counts, and compute the remaining one. */
  readonly derive: { readonly assume: { readonly [count: string]: number }; readonly solve: string }
}

export interface FrameTable {
  /** Frame type byte, two hex digits. */
  readonly code: string
  readonly name: string
  readonly from: 'rsu' | 'pc'
  /** `rest`: bytes after the longest form are kept as `rest`. Money frames use `reject`. */
  readonly onLonger: 'rest' | 'reject'
  readonly forms: readonly FrameForm[]
}

export interface FileTable {
  readonly name: string
  readonly length: number
  readonly fields: readonly FieldTable[]
  readonly example: Example
  /** Other meanings of the same bytes, selected by a value of one of its own fields. */
  readonly layouts?: readonly FileLayout[]
}

export interface FileLayout {
  /** A number at the same place in every layout; a value without a layout uses the file's own fields. */
  readonly when: { readonly field: string; readonly values: readonly number[] }
  readonly fields: readonly FieldTable[]
  readonly example: Example
}

export interface CodeTable {
  readonly [codeHex: string]: string
}

export interface MoneyTable {
  readonly codes: { readonly [codeHex: string]: MoneyState }
  /** For lanes whose direction changes the order of the steps. */
  readonly entryLane: { readonly [codeHex: string]: MoneyState }
  /** Unlisted codes. */
  readonly otherwise: 'unknown'
}

/** The three framings in public sources (section 1); an override keeps that of its base. */
export const baseVariantIds = ['generic-bcc', 'generic-ver', 'generic-len'] as const
export type BaseVariantId = (typeof baseVariantIds)[number]

/** Forms of a heartbeat (section 9 row 5). `b2Status`: B2 is only a heartbeat. */
export type HeartbeatForm = 'error80' | 'onesId' | 'b1' | 'b2Status'

/** Frame types of PSAM authorisation: start, its data, apply, its result (section 9 row 15). */
interface PsamFrames {
  readonly start: 'CA' | 'CD'
  readonly data: 'BA' | 'BD'
  readonly apply: 'CB' | 'CF'
  readonly result: 'BB' | 'BF'
  /** The PSAM is queried before C0 (2.4). */
  readonly atStart: boolean
}

/** A setting on the link: `field` of `frame` is the value plus `add`. */
export interface WrittenSetting {
  readonly id: string
  readonly frame: string
  readonly field: string
  readonly add: number
  readonly min: number
  readonly max: number
  /** Its value until a person chooses one. */
  readonly usual: number
}

export interface VariantTable {
  /** Name of a base, or `<vendor>-<model>/<major.minor>`. */
  readonly id: string
  readonly version: string
  readonly extends: BaseVariantId | null
  readonly evidence: 'captured' | 'document' | 'assumed'
  /** How the documents count: number of the first DATA byte, and bytes in a quoted length that are not DATA. */
  readonly counting: { readonly dataStartsAt: number; readonly lengthAdds: number }
  readonly timing: {
    readonly heartbeatLossMs: number
    readonly interByteSerialMs: number
    readonly interByteTcpMs: number
    /** A reported OBU is not reported again for at least this long (5.2). */
    readonly rereadSilenceMs: number
    /** Allowed difference between the time in a result and that of its C6 (5.1). */
    readonly resultTimeMs: number
  }
  /** RSCTL: answers have swapped nibbles; SEQ: counts X0 from 1 to 9; or no such byte. */
  readonly sequence: 'swapped' | 'counted' | 'none'
  /** RSCTL of the first frame after power-up (1.1.3). */
  readonly powerUpSeq: number | null
  /** After power-up it sends B0 with that byte by itself, and never in answer to C0. */
  readonly statusAtPowerUp: boolean
  /** The frame that opens the dialogue: B2, or B4 when it carries everything (2.4). */
  readonly opensWith: 'B2' | 'B4'
  /** What ends the transaction after B5 (section 9 row 22). */
  readonly afterResult: 'C1' | 'nothing'
  /** What answers C8: a frame of its own, or the last B5 again with the proof in it (2.2). */
  readonly proofAnswer: 'B8' | 'B5'
  /**
   * The antenna switch starts the search; or it does so only from its off position, C0 leaves it in another position,
   * and C1 and C2 without a transaction start the search as well.
   */
  readonly searchStarts: 'switch' | 'switchFromOff'
  readonly heartbeat: {
    readonly forms: readonly HeartbeatForm[]
    /** Section 9 row 6. */
    readonly reply: 'none' | 'empty' | 'cf00'
  }
  readonly psam: PsamFrames | null
  /** What the device takes for Unix time: UTC, or Chinese time as if it were UTC (section 9 row 11). */
  readonly timeBase: 'utc' | 'chinaTime'
  /** Transaction type of a B5 that carries none. */
  readonly impliedTransType: string | null
  readonly frames: readonly FrameTable[]
  readonly files: readonly FileTable[]
  readonly enums: { readonly [name: string]: CodeTable }
  readonly moneyState: { readonly b5Error: MoneyTable; readonly b8Error: MoneyTable }
  /** B4 codes after which vehicle and card data are complete. */
  readonly b4Readable: readonly string[]
  readonly plateColours: { readonly [code: string]: PlateColour }
  readonly laneModes: { readonly entry: number; readonly exit: number }
  /** Frame type of the antenna switch (rsu-interface.md section 9 row 1). */
  readonly antennaSwitch: '4C' | 'C4'
  /** Settings that people may change, and the fields of our frames that carry them (section 9 rows 2 and 3). */
  readonly settings: readonly WrittenSetting[]
  readonly powerStepMax: number
  readonly capabilities: {
    readonly proofFetch: boolean
    /** B3 comes between B2 and B4. */
    readonly vehicleFrame: boolean
    /** Set by `heartbeat.reply`. */
    readonly heartbeatReply: boolean
    /** A frame that needs no command of ours is answered by an empty acknowledgement. */
    readonly emptyAck: boolean
  }
}
