// Translates decoded frames into the types of the lane (devices/pure/etc/rsu.ts), the same for every variant. Field names are
// those of the tables; differences in nesting or splitting of fields are removed here.
import type { CardInfo, MoneyState, ObuInfo, SealedVehicle, VehicleInfo } from '../etc/rsu.ts'
import type { AntennaReading, RsuIdentity } from '../etc/rsu-device.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { DebitProof, TacAlgorithm } from '#base/pure/rows/ledger-row.ts'
import { normalisePlate, type PlateColour } from '#base/pure/plates/plate.ts'
import { codeHexOf, encodeField } from './field-codec.ts'
import type { FrameEngine } from './frame-engine.ts'
import type { FieldTable, FrameValue, MoneyTable, VariantTable } from './table-types.ts'

export const noProof: DebitProof = {
  tac: null,
  cardSerial: null,
  psamTerminal: null,
  psamSerial: null,
  transType: null,
  timeBcd: null,
  balanceAfterFen: null,
}

export const textOf = (value: FrameValue, name: string): string => {
  const v = value[name]
  return typeof v === 'string' ? v : ''
}
export const numberOf = (value: FrameValue, name: string): number | null => {
  const v = value[name]
  return typeof v === 'number' ? v : null
}
/** The nested table of that name, or the frame itself when the variant has its fields flat. */
const partOf = (value: FrameValue, name: string): FrameValue => {
  const v = value[name]
  return typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as FrameValue) : value
}

/** The code of a word in a code table; -1 when the table has no such word. */
export function codeOf(word: string, table: VariantTable, enumName: string): number {
  const hex = codeHexOf(word, table.enums[enumName] ?? {})
  return hex === null ? -1 : Number.parseInt(hex, 16)
}

/** The error code of a frame, given as a word or a number; -1 when the frame has no error field. */
export const errorCodeOf = (value: FrameValue, table: VariantTable, enumName: string): number =>
  numberOf(value, 'error') ?? codeOf(textOf(value, 'error'), table, enumName)

const codeKey = (code: number): string => code.toString(16).padStart(2, '0').toUpperCase()

export function moneyOf(money: MoneyTable, code: number, laneMode: 'entry' | 'exit'): MoneyState {
  const key = codeKey(code)
  const entry = laneMode === 'entry' ? money.entryLane[key] : undefined
  return entry ?? money.codes[key] ?? money.otherwise
}

export const isB4Readable = (table: VariantTable, code: number): boolean =>
  table.b4Readable.includes(codeKey(code))

const colourOf = (table: VariantTable, code: number | null): PlateColour =>
  table.plateColours[String(code)] ?? 'unknown'

const statusField = (table: VariantTable): FieldTable | undefined =>
  table.frames.find((f) => f.code === 'B2')?.forms[0]?.fields.find((f) => f.name === 'status')

type ObuState = Omit<ObuInfo, 'obuId' | 'issuerHex' | 'contractSerial' | 'issueDate' | 'expireDate'>

/** The two status bytes of the VST (4.4), as B2 carries them. */
function stateOfBits(table: VariantTable, value: FrameValue): ObuState {
  const set = Array.isArray(value.status) ? (value.status as readonly string[]) : []
  const removal = numberOf(value, 'removal') ?? 0
  const field = statusField(table)
  const bits = field === undefined ? null : encodeField(field, set, {})
  return {
    cardAbsent: set.includes('cardAbsent'),
    cardError: set.includes('cardError'),
    locked: set.includes('locked'),
    // The second byte is a copy of the removal byte; 01 means that the OBU is in its place (4.4).
    removed: set.includes('removed') || (removal & 1) === 0,
    batteryLow: set.includes('batteryLow'),
    statusHex: hexOf(bits ?? new Uint8Array(1)) + hexOf(Uint8Array.of(removal)),
  }
}

/** Two words instead of the status bytes: each sets its bit in the bytes of 4.4. */
function stateOfWords(value: FrameValue): ObuState {
  const cardAbsent = textOf(value, 'cardPresent') !== 'present'
  const removed = textOf(value, 'obuStatus') !== 'ok'
  const bits = (cardAbsent ? 0x80 : 0) | (removed ? 0x02 : 0)
  return {
    cardAbsent,
    cardError: false,
    locked: false,
    removed,
    batteryLow: false,
    statusHex: hexOf(Uint8Array.of(bits, removed ? 0 : 1)),
  }
}

export function obuInfoOf(table: VariantTable, value: FrameValue): ObuInfo {
  const system = partOf(value, 'sysInfo')
  return {
    obuId: textOf(value, 'obuId'),
    issuerHex: textOf(system, 'issuer'),
    contractSerial: textOf(system, 'contractSerial'),
    issueDate: textOf(system, 'issueDate'),
    expireDate: textOf(system, 'expireDate'),
    ...('cardPresent' in value ? stateOfWords(value) : stateOfBits(table, value)),
  }
}

function vehicleInfoOf(table: VariantTable, value: FrameValue): VehicleInfo {
  const vehicle = partOf(value, 'vehicle')
  const plateRaw = textOf(vehicle, 'plate')
  return {
    plate: normalisePlate(plateRaw),
    plateRaw,
    colour: colourOf(table, numberOf(vehicle, 'colour')),
    vehicleClass: numberOf(vehicle, 'vehicleClass') ?? 0,
  }
}

/** Sealed by the OBU when the variant has a field `sealedVehicle`, in clear text otherwise. */
export function vehicleOf(table: VariantTable, value: FrameValue): VehicleInfo | SealedVehicle {
  if (!('sealedVehicle' in value)) return vehicleInfoOf(table, value)
  const part = partOf(value, 'sealedVehicle')
  const of = (name: string): string => textOf(part, name)
  return {
    keyVersion: of('keyVersion'),
    algorithm: of('algorithm'),
    random: of('random'),
    cipher: of('cipher'),
  }
}

/**
 * The card type of file 0015. A frame may carry it beside the file as well: 00 means not stated (2.2); a type that
 * differs from the file's is a damaged reading (F02) and gives 0.
 */
function cardTypeOf(value: FrameValue, card: FrameValue): number {
  const cardType = numberOf(card, 'cardType') ?? 0
  const beside = numberOf(value, 'cardType') ?? 0
  return beside === 0 || beside === cardType ? cardType : 0
}

export function cardInfoOf(table: VariantTable, value: FrameValue): CardInfo {
  const card = partOf(value, 'card')
  const network = textOf(card, 'network')
  return {
    cardNo: network + textOf(card, 'cardNumber'),
    network,
    cardType: cardTypeOf(value, card),
    cardVersion: numberOf(card, 'cardVersion') ?? 0,
    startDate: textOf(card, 'startDate'),
    expireDate: textOf(card, 'expireDate'),
    plate: normalisePlate(textOf(card, 'plate')),
    colour: colourOf(table, numberOf(card, 'colour')),
    userType: numberOf(card, 'userType') ?? 0,
    ...(textOf(value, 'blacklist') === 'black' ? { markedBlack: true } : {}),
  }
}

/** The balance as the card reports it, any 32 bits: a credit card reports no real amount (4.2, frame F7). */
export const balanceOf = (value: FrameValue): number => numberOf(value, 'balance') ?? 0

/** File 0019 as read, in hex, whichever layout the table uses. */
export function stationHexOf(engine: FrameEngine, value: FrameValue): string {
  const { station } = value
  if (typeof station === 'string') return station
  const b4 = engine.variant.frames.find(({ code }) => code === 'B4')
  for (const { fields } of b4?.forms ?? []) {
    const file = fields.find(({ name }) => name === 'station')?.table
    const bytes = file === undefined ? null : engine.encodeFile(file, partOf(value, 'station'))
    if (bytes !== null) return hexOf(bytes)
  }
  return ''
}

const tacAlgorithms: readonly TacAlgorithm[] = ['3des', 'sm4']

/** The proof in B5 or B8. Valid only when the code says paid: otherwise the fields may hold old bytes. */
export const proofOf = (
  table: VariantTable,
  value: FrameValue,
  psamTerminals: readonly string[],
): DebitProof => ({
  tac: textOf(value, 'tac') || null,
  cardSerial: numberOf(value, 'cardSerial'),
  psamTerminal: textOf(value, 'psamTerminal') || (psamTerminals[0] ?? null),
  psamSerial: numberOf(value, 'psamSerial'),
  transType: textOf(value, 'transType') || table.impliedTransType,
  algorithm: tacAlgorithms.find((one) => one === textOf(value, 'algorithm')) ?? null,
  keyVersion: numberOf(value, 'keyVersion'),
  timeBcd: textOf(value, 'time') || null,
  balanceAfterFen: numberOf(value, 'balanceAfter'),
})

const noTerminal = '000000000000'

/** Terminal numbers of B0 or BA. The count byte is unreliable, so empty entries are dropped instead. */
export function psamTerminalsOf(value: FrameValue): string[] {
  const entries = Array.isArray(value.psam) ? (value.psam as readonly FrameValue[]) : []
  const all = [
    textOf(value, 'psamTerminal1'),
    textOf(value, 'psamTerminal2'),
    textOf(value, 'terminal'),
    ...entries.map((e) => textOf(e, 'terminal')),
  ]
  return all.filter((t) => t !== '' && t !== noTerminal)
}

/** The identity that the device reports in B0. */
export function identityOf(value: FrameValue, terminals: readonly string[]): RsuIdentity {
  const entries = Array.isArray(value.psam) ? (value.psam as readonly FrameValue[]) : []
  const authorisedBy = new Map(
    entries.map((entry) => [textOf(entry, 'terminal'), numberOf(entry, 'authState') === 0]),
  )
  // generic-len reports it once, for its only PSAM.
  const word = textOf(value, 'psamAuthorisation')
  const hardware = textOf(value, 'hardwareVersion')
  const all = word === '' ? null : word === 'authorised'
  return {
    manufacturer: textOf(value, 'manufacturer'),
    rsuId: textOf(value, 'rsuId'),
    softwareVersion: textOf(value, 'softwareVersion'),
    ...(hardware === '' ? {} : { hardwareVersion: hardware }),
    psams: terminals.map((terminal) => ({
      terminal,
      authorised: authorisedBy.get(terminal) ?? all,
    })),
  }
}

/** Antennas of a heartbeat that lists them (B1), with channels counted from 0. */
export function antennasOf(value: FrameValue): AntennaReading[] {
  const entries = Array.isArray(value.antennas)
    ? (value.antennas as readonly FrameValue[])
    : [value]
  return entries
    .filter((entry) => numberOf(entry, 'powerStep') !== null)
    .map((entry) => ({
      antennaId: numberOf(entry, 'antennaId') ?? 0,
      state: textOf(entry, 'state'),
      channel: numberOf(entry, 'channel') ?? 0,
      powerStep: numberOf(entry, 'powerStep') ?? 0,
    }))
}

export interface DeviceFault {
  readonly status: number
  readonly reason: string
}

/** A PSAM that cannot decrypt, as B0 or a heartbeat reports it; null: no fault, or not reported. */
export function psamFaultOf(table: VariantTable, value: FrameValue): DeviceFault | null {
  const word = textOf(value, 'psamAuthorisation')
  if (word === '' || word === 'authorised') return null
  return { status: codeOf(word, table, 'psamAuthorisation'), reason: `psam ${word}` }
}

/** The worst state of device, antenna or PSAM in a heartbeat; null: no fault. */
export function heartbeatFaultOf(table: VariantTable, value: FrameValue): DeviceFault | null {
  const entries = Array.isArray(value.antennas)
    ? (value.antennas as readonly FrameValue[])
    : [value]
  const antenna = entries.map((e) => textOf(e, 'state')).find((s) => s !== 'ok' && s !== '')
  if (antenna !== undefined) return { status: 2, reason: `antenna ${antenna}` }
  const device = textOf(value, 'status')
  if (device !== '' && device !== 'ok')
    return { status: codeOf(device, table, 'heartbeatStatus'), reason: `device ${device}` }
  return psamFaultOf(table, value)
}

/** Whether a heartbeat says that the antenna is on; null when it does not say. */
export function antennaReportedOn(value: FrameValue): boolean | null {
  const reported = numberOf(value, 'antennasWorking') ?? numberOf(value, 'antennaSwitch')
  return reported === null ? null : reported > 0
}
