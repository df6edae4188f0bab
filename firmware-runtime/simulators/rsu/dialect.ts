// What the RSU model needs from a frame variant: hand-written encoders and decoded commands.
// Each variant is a file of its own; no code is shared with the product's drivers.
import { gbkBytes, hexBytes, join, u16, zeros } from './bytes.ts'
import type { RsuKnobs } from './knobs.ts'
import { plateColours, type PlateColour } from '#base/pure/plates/plate.ts'

/** Three framings, and one firmware by the name of its profile. */
export const rsuVariants = [
  'generic-bcc',
  'generic-ver',
  'generic-len',
  'generic/regional-firmware',
] as const
export type RsuVariant = (typeof rsuVariants)[number]

/** The command in a PC frame. */
export type PcCommand =
  | { readonly do: 'ack' }
  | {
      readonly do: 'init'
      readonly unixSec: number
      readonly rereadMs: number
      /** Interval of the antenna's calls, ms, when the frame has it. */
      readonly callMs?: number
      readonly powerStep: number
      /** 0 or 1 in every variant. */
      readonly channel: number
      /** A work mode that reports the same OBU repeatedly. */
      readonly continuous: boolean
      /** The order of EF04 and purse depends on the side of the lot. */
      readonly entry?: boolean
      /** The part of file EF04 for B4. */
      readonly ef04?: Ef04Part
    }
  /** For the PSAM in this channel, from 1; the first one when the frame names none. */
  | { readonly do: 'psamStart'; readonly channel?: number }
  /** The 8 bytes that an authorisation platform made from the last random. */
  | { readonly do: 'psamApply'; readonly macHex: string; readonly channel?: number }
  /** Province fees: read and cleared; without a length only cleared. */
  | { readonly do: 'fees'; readonly obuId: string; readonly part: Ef04Part }
  | { readonly do: 'antenna'; readonly on: boolean }
  | { readonly do: 'continue'; readonly obuId: string }
  | { readonly do: 'stop'; readonly obuId: string; readonly resend: boolean }
  | {
      readonly do: 'debit'
      readonly obuId: string
      readonly amountFen: number
      /** 14 digits; the time inside the TAC is the PC's, not the RSU's (rsu-interface.md 3.2). */
      readonly timeBcd: string
      /** 36, 40 or 43 bytes. */
      readonly station: Uint8Array
      /** False for the trade type "EF04 only". */
      readonly purse: boolean
      /** Bytes for file EF04; absent: none. */
      readonly ef04?: Ef04Part & { readonly bytes: Uint8Array }
      /** At the other side neither purse nor file is changed, without an error. */
      readonly onlyAt?: 'entry' | 'exit'
    }
  | {
      readonly do: 'proof'
      readonly obuId: string
      readonly cardSerial: number
      readonly ef04?: Ef04Part & { readonly bytes: Uint8Array }
    }

export interface Ef04Part {
  readonly offset: number
  readonly length: number
}

export interface PcFrame {
  readonly seq: number
  readonly data: Uint8Array
}

/** Splits the byte stream of the PC into frames; keeps at most one frame's worth of bytes. */
export interface PcReceiver {
  push(bytes: Uint8Array): PcFrame[]
  /** Number of bytes outside valid frames. */
  readonly discarded: number
}

/** An OBU with its card as the frames show it. */
export interface ObuView {
  readonly obuId: string
  readonly issuerHex: string
  readonly contractSerial: string
  readonly issueDate: string
  readonly obuExpireDate: string
  readonly statusHex: string
  readonly plate: string
  readonly colour: PlateColour
  readonly vehicleClass: number
  readonly userType: number
  /** A single-piece OBU has the account itself; a two-piece one takes a card. */
  readonly pieces: 1 | 2
}

/** Algorithm of the TAC keys. */
export type CardAlgorithm = '3des' | 'sm4'

export interface CardView {
  /** 22 stored value, 23 credit. */
  readonly cardType: number
  readonly balanceFen: number
  readonly chipId: string
  readonly file0015: Uint8Array
  readonly file0019: Uint8Array
  /** The part that the initialise frame asked for. */
  readonly ef04: { readonly offset: number; readonly bytes: Uint8Array } | null
}

export interface ResultView {
  readonly obuId: string
  readonly code: number
  readonly psamTerminal: string
  readonly timeBcd: string
  readonly writtenUnixSec: number
  readonly tac: string
  readonly cardSerial: number
  readonly psamSerial: number
  /** Null: could not be read back, FFFFFFFF on the link. */
  readonly balanceFen: number | null
  /** Absent: 3DES, of a two-piece OBU. */
  readonly algorithm?: CardAlgorithm
  readonly pieces?: 1 | 2
  readonly ef04Failed?: boolean
}

interface ProofView {
  readonly obuId: string
  readonly code: number
  readonly tac: string
  readonly mac: string
  readonly balanceFen: number
}

export interface DeviceView {
  readonly rsuId: string
  /** Firmware version, 4 hex; empty: the dialect's usual one. */
  readonly firmware: string
  readonly status: number
  readonly psamTerminals: readonly string[]
  readonly psamAuthorised: boolean
  /** Vendor quirk of frame F4: the count byte is 00 although entries follow. */
  readonly psamCountZero: boolean
  readonly antennaOn: boolean
  /** As in the last initialise frame. */
  readonly powerStep: number
  readonly channel: number
}

interface PsamView {
  readonly channel: number
  readonly terminal: string
  readonly present: boolean
  /** 8 bytes, hex: the random for an authorisation. */
  readonly randomHex: string
}

/** Frame names in faults (contract.md section 6). */
export type FrameName =
  | 'B0'
  | 'B2'
  | 'B3'
  | 'B4'
  | 'B5'
  | 'B8'
  | 'B9'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BF'
  | 'heartbeat'
  | 'ack'

/** Error bytes of one variant (rsu-interface.md 2.5). */
interface RsuCodes {
  readonly obuGoneAtVehicle: number
  readonly obuGoneAtCard: number
  readonly notDecrypted: number
  readonly noCard: number
  readonly obuGoneAtDebit: number
  readonly purseRefused: number
}

export interface RsuDialect {
  readonly variant: RsuVariant
  /** The vehicle file comes in a frame of its own (B3). */
  readonly vehicleApart: boolean
  /** No B2: the first frame about an OBU is an unsolicited B4. */
  readonly allInOne: boolean
  /** The same OBU is not reported again for this long (rsu-interface.md 5.2). */
  readonly silenceMs: number
  /** Start of that time: the report of the OBU, or the end of its transaction. */
  readonly silentFrom?: 'report' | 'result'
  /** The answer to C8 has the shape of B5, with the data of the last B5 except the TAC. */
  readonly proofAsResult?: true
  /** The search is started by the switch from its off position, by C1 and by C2; C0 stops it. */
  readonly searchBySwitch?: true
  /** Sequence byte of the unsolicited B0 at power-up. */
  readonly powerUpSeq?: number
  /** Unanswered frames are sent again, 3 times at 120 ms (rsu-interface.md 1.2.3). */
  readonly retransmits: boolean
  readonly heartbeatMs: number
  readonly codes: RsuCodes
  receiver(): PcReceiver
  command(data: Uint8Array): PcCommand | null
  /** Sequence byte of the next frame, by frame type; `random` serves the free mode. */
  sequencer(knobs: RsuKnobs, random: () => number): (type: number, name: FrameName) => number
  wrap(seq: number, data: Uint8Array, knobs: RsuKnobs): Uint8Array
  b0(device: DeviceView): Uint8Array
  heartbeat(device: DeviceView, knobs: RsuKnobs): Uint8Array
  /** Answer to the antenna switch; null for a device that does not answer. */
  antennaAnswer(device: DeviceView, knobs: RsuKnobs): Uint8Array | null
  b2(obu: ObuView, knobs: RsuKnobs): Uint8Array
  b3(obu: ObuView, code: number): Uint8Array
  b4(obu: ObuView, card: CardView, code: number, knobs: RsuKnobs): Uint8Array
  b5(result: ResultView): Uint8Array
  b8?(proof: ProofView): Uint8Array
  /** Answer to the PSAM request. */
  ba?(psam: PsamView): Uint8Array
  /** Answer to its authorisation. */
  bb?(accepted: boolean, channel: number): Uint8Array
  b9?(obuId: string, code: number, fees: Uint8Array): Uint8Array
}

/** Colour codes of the gantry interface (rsu-interface.md 4.5, first column). */
const colourCodes: Record<PlateColour, number> = {
  blue: 0,
  yellow: 1,
  black: 2,
  white: 3,
  green: 4,
  yellowGreen: 5,
  blueWhite: 6,
  unknown: 9,
}

export const colourCode = (colour: PlateColour): number => colourCodes[colour]
export const isColour = (value: unknown): value is PlateColour =>
  plateColours.some((c) => c === value)

/** The system file of an OBU: contract with its type and version, unless the firmware leaves those two out. */
export const systemFile = (obu: ObuView, typeAndVersion = true): Uint8Array =>
  join(
    hexBytes(obu.issuerHex, 8),
    typeAndVersion ? Uint8Array.of(0x01, 0x00) : zeros(0),
    hexBytes(obu.contractSerial, 8),
    hexBytes(obu.issueDate, 4),
    hexBytes(obu.obuExpireDate, 4),
  )

/** The answer to the antenna switch as the knobs want it; `usual`: that of the dialect. */
export function switchAnswer(
  dialect: RsuDialect,
  device: DeviceView,
  knobs: RsuKnobs,
  usual: Uint8Array,
): Uint8Array | null {
  if (knobs.antennaAnswer === 'none') return null
  return knobs.antennaAnswer === 'B0' ? dialect.b0(device) : usual
}

/** Goods and special vehicles. */
const isTruck = (vehicleClass: number): boolean =>
  (vehicleClass >= 11 && vehicleClass <= 16) || (vehicleClass >= 21 && vehicleClass <= 26)

/** The 79-byte vehicle file (rsu-interface.md 4.4). */
export function vehicleFile(obu: ObuView): Uint8Array {
  const head = [
    gbkBytes(obu.plate, 12),
    u16(colourCode(obu.colour)),
    obu.vehicleClass,
    obu.userType,
  ] as const
  if (isTruck(obu.vehicleClass))
    return join(
      ...head,
      hexBytes('2ECC09F60F96', 6), // 11,980 x 2,550 x 3,990 mm
      hexBytes('00251C002134004650', 9), // load, curb, gross: 9,500, 8,500, 18,000 kg
      0x02, // persons
      gbkBytes('LTEST00000TEST001', 17),
      gbkBytes('TESTFEATURE00001', 16),
      zeros(14),
    )
  return join(
    ...head,
    hexBytes('002E1210', 4), // 4.6 m long, 1.8 m wide, 1.6 m high
    0x04, // wheels
    0x02, // axles
    u16(27), // wheelbase, dm
    hexBytes('000005', 3), // seats
    gbkBytes('TESTVEHICLE00001', 16),
    gbkBytes('TESTENGINE000001', 16),
    zeros(20),
  )
}
