// From decoded frames to the words of the lane (core/etc/rsu.ts), the same for every variant.
// Field names are those of the tables; a variant that nests or splits a field is levelled here.
import type { CardInfo, MoneyState, ObuInfo, VehicleInfo } from '../../core/etc/rsu.ts'
import type { AntennaReading, RsuIdentity } from '../../core/etc/rsu-device.ts'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { fenMax } from '../../core/values/fen.ts'
import type { DebitProof } from '../../core/values/ledger-row.ts'
import { normalisePlate } from '../../core/values/plate.ts'
import type { PlateColour } from '../../core/values/plate.ts'
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
const numberOf = (value: FrameValue, name: string): number | null => {
  const v = value[name]
  return typeof v === 'number' ? v : null
}
/** The nested table of that name, or the frame itself where the variant has it flat. */
const partOf = (value: FrameValue, name: string): FrameValue => {
  const v = value[name]
  return typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as FrameValue) : value
}

/** The error word of a frame as its code; -1 when the frame has none. */
export function errorCodeOf(value: FrameValue, table: VariantTable, enumName: string): number {
  const hex = codeHexOf(textOf(value, 'error'), table.enums[enumName] ?? {})
  return hex === null ? -1 : Number.parseInt(hex, 16)
}

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

export function obuInfoOf(table: VariantTable, value: FrameValue): ObuInfo {
  const system = partOf(value, 'sysInfo')
  const set = Array.isArray(value.status) ? (value.status as readonly string[]) : []
  const removal = numberOf(value, 'removal') ?? 0
  const field = statusField(table)
  const bits = field === undefined ? null : encodeField(field, set, {})
  return {
    obuId: textOf(value, 'obuId'),
    issuerHex: textOf(system, 'issuer'),
    contractSerial: textOf(system, 'contractSerial'),
    issueDate: textOf(system, 'issueDate'),
    expireDate: textOf(system, 'expireDate'),
    cardAbsent: set.includes('cardAbsent'),
    cardError: set.includes('cardError'),
    locked: set.includes('locked'),
    // The second byte is a copy of the removal byte; 01 is an OBU in its place (4.4).
    removed: set.includes('removed') || (removal & 1) === 0,
    batteryLow: set.includes('batteryLow'),
    statusHex: hexOf(bits ?? new Uint8Array(1)) + hexOf(Uint8Array.of(removal)),
  }
}

export function vehicleInfoOf(table: VariantTable, value: FrameValue): VehicleInfo {
  const vehicle = partOf(value, 'vehicle')
  const plateRaw = textOf(vehicle, 'plate')
  return {
    plate: normalisePlate(plateRaw),
    plateRaw,
    colour: colourOf(table, numberOf(vehicle, 'colour')),
    vehicleClass: numberOf(vehicle, 'vehicleClass') ?? 0,
  }
}

export function cardInfoOf(table: VariantTable, value: FrameValue): CardInfo {
  const card = partOf(value, 'card')
  const network = textOf(card, 'network')
  return {
    cardNo: network + textOf(card, 'cardNumber'),
    network,
    cardType: numberOf(card, 'cardType') ?? 0,
    cardVersion: numberOf(card, 'cardVersion') ?? 0,
    startDate: textOf(card, 'startDate'),
    expireDate: textOf(card, 'expireDate'),
    plate: normalisePlate(textOf(card, 'plate')),
    colour: colourOf(table, numberOf(card, 'colour')),
    userType: numberOf(card, 'userType') ?? 0,
  }
}

/** Credit cards show constants that are no amounts (frames F7, F10): those count as the largest. */
export const balanceOf = (value: FrameValue): number =>
  Math.min(numberOf(value, 'balance') ?? 0, fenMax)

export function stationHexOf(engine: FrameEngine, value: FrameValue): string {
  const station = value.station
  if (typeof station === 'string') return station
  const bytes = engine.encodeFile('f0019-2020', partOf(value, 'station'))
  return bytes === null ? '' : hexOf(bytes)
}

const head = 'AA2900'

/**
 * A station record in the length the variant writes: 43 bytes with its head in generic-ver,
 * 36 or 40 without it in generic-bcc (rsu-interface.md 4.3). Null for any other length.
 */
export function stationForC6(engine: FrameEngine, hex: string): FrameValue[string] | null {
  const bytes = hex.length / 2
  const headless = bytes === 36 || bytes === 40
  if (!headless && bytes !== 39 && bytes !== 43) return null
  if (engine.variant.id === 'generic-bcc') return headless ? hex : hex.slice(head.length)
  const whole = bytesOfHex((headless ? head + hex : hex).padEnd(86, '0'))
  return whole === null ? null : engine.decodeFile('f0019-2020', whole)
}

/** What B5 or B8 proves. Only used when the code says paid: else the fields may hold old bytes. */
export const proofOf = (value: FrameValue, psamTerminals: readonly string[]): DebitProof => ({
  tac: textOf(value, 'tac') || null,
  cardSerial: numberOf(value, 'cardSerial'),
  psamTerminal: textOf(value, 'psamTerminal') || (psamTerminals[0] ?? null),
  psamSerial: numberOf(value, 'psamSerial'),
  transType: textOf(value, 'transType') || null,
  timeBcd: textOf(value, 'time') || null,
  balanceAfterFen: numberOf(value, 'balanceAfter'),
})

const noTerminal = '000000000000'

/** Terminal numbers of B0; the count byte is unreliable, so empty entries are left out instead. */
export function psamTerminalsOf(value: FrameValue): string[] {
  const entries = Array.isArray(value.psam) ? (value.psam as readonly FrameValue[]) : []
  const all = [
    textOf(value, 'psamTerminal1'),
    textOf(value, 'psamTerminal2'),
    ...entries.map((e) => textOf(e, 'terminal')),
  ]
  return all.filter((t) => t !== '' && t !== noTerminal)
}

/** What the device says of itself in B0. */
export function identityOf(value: FrameValue): RsuIdentity {
  const entries = Array.isArray(value.psam) ? (value.psam as readonly FrameValue[]) : []
  const authorisedBy = new Map(
    entries.map((entry) => [textOf(entry, 'terminal'), numberOf(entry, 'authState') === 0]),
  )
  return {
    manufacturer: textOf(value, 'manufacturer'),
    rsuId: textOf(value, 'rsuId'),
    softwareVersion: textOf(value, 'softwareVersion'),
    psams: psamTerminalsOf(value).map((terminal) => ({
      terminal,
      authorised: authorisedBy.get(terminal) ?? null,
    })),
  }
}

/** Antennas of a heartbeat that has them (B1): with the channel as we count it, from 0. */
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

/** Worst antenna state a heartbeat tells. */
export function antennaStateOf(value: FrameValue): string {
  const entries = Array.isArray(value.antennas)
    ? (value.antennas as readonly FrameValue[])
    : [value]
  return entries.map((e) => textOf(e, 'state')).find((s) => s !== 'ok' && s !== '') ?? 'ok'
}
