// A car as a test describes it (POST /cars), checked and completed to an OBU with its card.
// Bodies are checked member by member, so that a typing error in a test is refused by name.
import { encode } from 'iconv-lite'
import { isFen } from '#base/pure/values/fen.ts'
import { plateColourOfCode, type PlateColour } from '#base/pure/plates/plate.ts'
import { isFile0019Hex, type CardSetup } from './cards.ts'
import { isColour, type CardAlgorithm, type ObuView } from './dialect.ts'
import type { Pass } from './air.ts'
import { flagIn, membersOf, refuse, type Members } from '../shell/members.ts'

export interface Car {
  readonly obu: ObuView
  /** Null: no card in the OBU. */
  readonly card: CardSetup | null
  /** The car leaves after this time, ms; 0: on request. */
  readonly stayMs: number
  /** The OBU hears the antenna from this power step on; 0: always. */
  readonly needsPowerStep: number
  /** The car drives through and the air decides what is received; null: it stands in the zone. */
  readonly pass: Pass | null
}

function text(input: Members, field: string, shape: RegExp, otherwise: string | null): string {
  const value = input[field] ?? otherwise
  if (typeof value !== 'string' || !shape.test(value)) throw refuse(field, value, String(shape))
  return value.toUpperCase()
}

function whole(input: Members, field: string, otherwise: number, max: number): number {
  const value = input[field] ?? otherwise
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > max) {
    throw refuse(field, value, `a whole number from 0 to ${max}`)
  }
  return value
}

const flag = (input: Members, field: string): boolean => flagIn(input, field, false)

/** Any text that fits the 12 bytes of the files, because wrong plates are tested, too. */
function plateText(input: Members, field: string, otherwise: string): string {
  const value = input[field] ?? otherwise
  if (typeof value !== 'string' || value === '' || encode(value, 'gbk').length > 12) {
    throw refuse(field, value, 'a plate of at most 12 bytes in GBK')
  }
  return value
}

function colourOf(input: Members): PlateColour {
  const value = input.colour ?? 'blue'
  if (typeof value === 'number') return plateColourOfCode(value)
  if (!isColour(value)) throw refuse('colour', value, 'a plate colour')
  return value
}

/** Status bytes of the VST (rsu-interface.md 4.4): 20 01 is an OBU in order with its card. */
function statusHex(input: Members): string {
  const bits =
    0x20 |
    (flag(input, 'cardAbsent') ? 0x80 : 0) |
    (flag(input, 'cardError') ? 0x08 : 0) |
    (flag(input, 'locked') ? 0x04 : 0) |
    (flag(input, 'removed') ? 0x02 : 0) |
    (flag(input, 'lowBattery') ? 0x01 : 0)
  const second = flag(input, 'removed') ? '00' : '01'
  return bits.toString(16).padStart(2, '0').toUpperCase() + second
}

function piecesOf(input: Members): 1 | 2 {
  const pieces = input.pieces ?? 2
  if (pieces !== 1 && pieces !== 2) throw refuse('pieces', pieces, '1 or 2')
  return pieces
}

function algorithmOf(input: Members): CardAlgorithm {
  const algorithm = input.algorithm ?? '3des'
  if (algorithm !== '3des' && algorithm !== 'sm4')
    throw refuse('algorithm', algorithm, '3des or sm4')
  return algorithm
}

function cardNoOf(input: Members): string {
  const value = text(input, 'cardNo', /^(\d{16}|\d{20})$/, null)
  // The printed number starts with the network number; 3701 is that of the examples.
  return value.length === 16 ? `3701${value}` : value
}

function cardOf(input: Members, plate: string, colour: PlateColour, issuerHex: string): CardSetup {
  const cardType = input.cardType ?? 22
  if (cardType !== 22 && cardType !== 23) throw refuse('cardType', cardType, '22 or 23')
  const balanceFen = input.balanceFen ?? 10_000
  // A credit card may show any 32-bit constant (frame F7), which is not an amount.
  const shown = cardType === 23 && typeof balanceFen === 'number' && balanceFen <= 0xffff_ffff
  if (typeof balanceFen !== 'number' || balanceFen < 0 || !(isFen(balanceFen) || shown)) {
    throw refuse('balanceFen', balanceFen, 'an amount in fen')
  }
  const file0019 = input.file0019Hex ?? null
  if (file0019 !== null && !isFile0019Hex(file0019)) {
    throw refuse('file0019Hex', file0019, '43 bytes in hex')
  }
  const cardNo = cardNoOf(input)
  return {
    cardNo,
    cardType,
    plate: plateText(input, 'cardPlate', plate),
    colour,
    vehicleClass: whole(input, 'vehicleClass', 1, 255),
    userType: whole(input, 'userType', 0, 255),
    issuerHex,
    startDate: text(input, 'startDate', /^\d{8}$/, '20230101'),
    expireDate: text(input, 'expireDate', /^\d{8}$/, '20330101'),
    balanceFen,
    cardSerial: whole(input, 'cardSerial', 0, 0xffff),
    chipId: text(input, 'chipId', /^[0-9A-Fa-f]{8}$/, cardNo.slice(12)),
    file0019Hex: file0019,
    ...(input.algorithm === undefined ? {} : { algorithm: algorithmOf(input) }),
  }
}

function metres(input: Members, field: string, otherwise: number): number {
  const value = input[field] ?? otherwise
  if (typeof value !== 'number' || !(Math.abs(value) <= 100))
    throw refuse(field, value, 'metres, at most 100')
  return value
}

/** From 12 m before to 2 m behind the antenna, unless given otherwise. */
function passOf(input: Members): Pass | null {
  const { passLane } = input
  if (passLane === undefined) return null
  if (passLane !== 'own' && passLane !== 'neighbour')
    throw refuse('passLane', passLane, 'own or neighbour')
  const speedKmh = input.speedKmh ?? 5
  if (typeof speedKmh !== 'number' || !(speedKmh >= 0.5 && speedKmh <= 200))
    throw refuse('speedKmh', speedKmh, 'from 0.5 to 200')
  return {
    lane: passLane,
    speedKmh,
    fromM: metres(input, 'fromM', 12),
    toM: metres(input, 'toM', -2),
  }
}

/** Throws ARG-01 with the wrong member. */
export function carOf(body: unknown): Car {
  const input = membersOf(body, 'a car is an object')
  const plate = plateText(input, 'plate', '')
  const colour = colourOf(input)
  const obuId = text(input, 'obuId', /^[0-9A-Fa-f]{8}$/, null)
  const issuerHex = text(input, 'issuerHex', /^[0-9A-Fa-f]{16}$/, 'B2E2CAD437010001')
  const obu: ObuView = {
    obuId,
    issuerHex,
    contractSerial: text(input, 'contractSerial', /^[0-9A-Fa-f]{16}$/, `37010120${obuId}`),
    issueDate: text(input, 'issueDate', /^\d{8}$/, '20230101'),
    // One date for both unless the OBU has its own: most tests mean an expired customer.
    obuExpireDate: text(
      input,
      'obuExpireDate',
      /^\d{8}$/,
      typeof input.expireDate === 'string' ? input.expireDate : '20330101',
    ),
    statusHex: statusHex(input),
    plate: plateText(input, 'obuPlate', plate),
    colour,
    vehicleClass: whole(input, 'vehicleClass', 1, 255),
    userType: whole(input, 'userType', 0, 255),
    pieces: piecesOf(input),
  }
  return {
    obu,
    card: flag(input, 'cardAbsent') ? null : cardOf(input, plate, colour, issuerHex),
    stayMs: whole(input, 'stayMs', 0, 86_400_000),
    needsPowerStep: whole(input, 'needsPowerStep', 0, 255),
    pass: passOf(input),
  }
}
