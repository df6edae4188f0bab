// The shape of a frame table (rsu-interface.md 8): plain data, the same after a JSON round trip.
// One engine reads these tables for every variant; a vendor profile is data that overrides them.
import type { MoneyState } from '../../core/etc/rsu.ts'
import type { PlateColour } from '../../core/values/plates/plate.ts'

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
  /** As the documents count it; `+` follows the field before (behind a repeat). */
  readonly off: number | '+'
  /** Bytes; of one entry for a repeat. `fill` takes what the fields behind it leave. */
  readonly len: number | 'fill'
  readonly type: FieldType
  /** For people: what a number counts. */
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

/** One length of a frame. Lengths count as the documents of the variant do (see `counting`). */
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
  /** When the count bytes disagree with the length: take these as given and solve for one count. */
  readonly derive: { readonly assume: { readonly [count: string]: number }; readonly solve: string }
}

export interface FrameTable {
  /** Frame type byte, two hex digits. */
  readonly code: string
  readonly name: string
  readonly from: 'rsu' | 'pc'
  /** `rest`: bytes behind the longest form are kept as `rest`. Money frames say `reject`. */
  readonly onLonger: 'rest' | 'reject'
  readonly forms: readonly FrameForm[]
}

export interface FileTable {
  readonly name: string
  readonly length: number
  readonly fields: readonly FieldTable[]
  readonly example: Example
  /** What the same bytes are for other values of one of its own fields. */
  readonly layouts?: readonly FileLayout[]
}

export interface FileLayout {
  /** A number that lies at the same place in every layout; a value that no layout has is read by the file's own. */
  readonly when: { readonly field: string; readonly values: readonly number[] }
  readonly fields: readonly FieldTable[]
  readonly example: Example
}

export interface CodeTable {
  readonly [codeHex: string]: string
}

export interface MoneyTable {
  readonly codes: { readonly [codeHex: string]: MoneyState }
  /** Where the lane direction changes the order of the steps. */
  readonly entryLane: { readonly [codeHex: string]: MoneyState }
  /** Unlisted codes. */
  readonly otherwise: 'unknown'
}

/** The three ways to frame that public sources show (section 1); an override keeps that of its base. */
export type BaseVariantId = 'generic-bcc' | 'generic-ver' | 'generic-len'

/** Forms of a heartbeat (section 9 row 5). `b2Status`: B2 is nothing but the heartbeat. */
export type HeartbeatForm = 'error80' | 'onesId' | 'b1' | 'b2Status'

/** Frame types of PSAM authorisation: start, its data, apply, its result (section 9 row 15). */
interface PsamFrames {
  readonly start: 'CA' | 'CD'
  readonly data: 'BA' | 'BD'
  readonly apply: 'CB' | 'CF'
  readonly result: 'BB' | 'BF'
  /** The RSU is asked for its PSAM before C0 (2.4). */
  readonly atStart: boolean
}

/** A setting on the link: `field` of `frame` is the value + `add`. */
export interface WrittenSetting {
  readonly id: string
  readonly frame: string
  readonly field: string
  readonly add: number
  readonly min: number
  readonly max: number
  /** What it is while nobody chose. */
  readonly usual: number
}

export interface VariantTable {
  /** Name of a base, or `<vendor>-<model>/<major.minor>`. */
  readonly id: string
  readonly version: string
  readonly extends: BaseVariantId | null
  readonly evidence: 'captured' | 'document' | 'assumed'
  /** How the documents count: first DATA byte, and bytes of a quoted length that are not DATA. */
  readonly counting: { readonly dataStartsAt: number; readonly lengthAdds: number }
  readonly timing: {
    readonly heartbeatLossMs: number
    readonly interByteSerialMs: number
    readonly interByteTcpMs: number
    /** An OBU that was reported is not reported again for at least this long (5.2). */
    readonly rereadSilenceMs: number
    /** How far the time in a result may be from that of its C6 (5.1). */
    readonly resultTimeMs: number
  }
  /** RSCTL answers with swapped nibbles, SEQ counts X0 from 1 to 9, or there is no such byte. */
  readonly sequence: 'swapped' | 'counted' | 'none'
  /** RSCTL of the first frame after power-up (1.1.3). */
  readonly powerUpSeq: number | null
  /** It says B0 with that byte by itself when it has its power, and never in answer to C0. */
  readonly statusAtPowerUp: boolean
  /** The frame that opens the dialogue: B2, or B4 where it carries everything (2.4). */
  readonly opensWith: 'B2' | 'B4'
  /** What ends the transaction after B5 (section 9 row 22). */
  readonly afterResult: 'C1' | 'nothing'
  /** What answers C8: a frame of its own, or the last B5 again with the proof in it (2.2). */
  readonly proofAnswer: 'B8' | 'B5'
  /**
   * The antenna switch starts the search; or it does so from its off position alone, C0 leaves it in
   * another, and C1 and C2 of no transaction start the search as well.
   */
  readonly searchStarts: 'switch' | 'switchFromOff'
  readonly heartbeat: {
    readonly forms: readonly HeartbeatForm[]
    /** Section 9 row 6. */
    readonly reply: 'none' | 'empty' | 'cf00'
  }
  readonly psam: PsamFrames | null
  /** What the device takes for Unix time: UTC, or Chinese time as if it were (section 9 row 11). */
  readonly timeBase: 'utc' | 'chinaTime'
  /** Transaction type of a B5 that carries none. */
  readonly impliedTransType: string | null
  readonly frames: readonly FrameTable[]
  readonly files: readonly FileTable[]
  readonly enums: { readonly [name: string]: CodeTable }
  readonly moneyState: { readonly b5Error: MoneyTable; readonly b8Error: MoneyTable }
  /** B4 codes after which vehicle and card data are whole. */
  readonly b4Readable: readonly string[]
  readonly plateColours: { readonly [code: string]: PlateColour }
  readonly laneModes: { readonly entry: number; readonly exit: number }
  /** Frame type of the antenna switch (rsu-interface.md section 9 row 1). */
  readonly antennaSwitch: '4C' | 'C4'
  /** What people may set, and which field of ours carries it (section 9 rows 2 and 3). */
  readonly settings: readonly WrittenSetting[]
  readonly powerStepMax: number
  readonly capabilities: {
    readonly proofFetch: boolean
    /** B3 comes between B2 and B4. */
    readonly vehicleFrame: boolean
    /** As `heartbeat.reply` says. */
    readonly heartbeatReply: boolean
    /** Every frame without a command of ours is answered by an empty acknowledgement. */
    readonly emptyAck: boolean
  }
}
