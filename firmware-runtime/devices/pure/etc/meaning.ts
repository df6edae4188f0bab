// The checks of meaning before a C6 (rsu-interface.md 5.3): is it this car, and may it pay?
// First the checks for another car, then the faults of this one.
import { cardReasons, type CardReason } from '#base/pure/words/card-reason.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenMax, type Fen } from '#base/pure/values/fen.ts'
import { bcdDateTimeOf, type InstantMs } from '#base/pure/values/instant.ts'
import { plateDistance, type PlateColour } from '#base/pure/plates/plate.ts'
import { isForeign } from './quality-filters.ts'
import type { RsuEvent } from './rsu.ts'

export type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

export interface MeaningPolicy {
  /** Null: the camera read nothing, so there is nothing to compare with. */
  readonly cameraPlate: string | null
  /** `unknown`: the camera reported no colour; colours are not compared. */
  readonly cameraColour: PlateColour
  /** Number of characters in which the plates of camera and OBU may differ. */
  readonly plateTolerance: number
  /** Business time. */
  readonly nowMs: InstantMs
  /** `no`: number of a card or an OBU. */
  isBlacklisted(no: string): boolean
  /** Card networks that pay; absent or null: not compared. */
  readonly networks?: readonly string[] | null
  /** Earlier reading of this OBU; absent: not read before. */
  readonly seenBefore?: { readonly obuId: string; readonly cardNo: string }
  /** Only where the card itself pays: a purse below this amount is refused before C6. */
  readonly amountFen?: Fen
}

export interface Mismatch {
  readonly exceptionType: ExceptionWord
  readonly reason: CardReason
  readonly driverText: BilingualText
}

const storedValueCard = 22
const creditCard = 23
/** A plausible calendar day: a damaged byte mostly yields a text that does not match (F02, F03). */
const dateShape = /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/
/** Written by issuers for a card without a first day of validity. */
const noDate = '00000000'
const cardNoShape = /^\d{20}$/

/** A frame without dates (empty text) is not judged; a text that is no date is not valid. */
const isBefore = (today: string, start: string): boolean =>
  start !== '' && start !== noDate && (!dateShape.test(start) || today < start)
/** Valid to the end of its last day (P23). */
const isAfter = (today: string, expire: string): boolean =>
  expire !== '' && (!dateShape.test(expire) || today > expire)

/** More than any purse holds (assumed; no source names a limit): bits of the balance are damaged. */
export const purseMaxFen = fenMax

/** Number of characters in which the plate differs from the camera's reading. */
const distanceTo = (plate: string, { cameraPlate }: MeaningPolicy): number =>
  cameraPlate === null ? 0 : plateDistance(plate, cameraPlate)

/**
 * The colours that a camera may report for a two-coloured plate [assumed: many cameras report only one]. Any other two
 * colours are two plates: a lorry and a car may share a number.
 */
const halves: Partial<Record<PlateColour, readonly PlateColour[]>> = {
  yellowGreen: ['yellow', 'green'],
  blueWhite: ['blue', 'white'],
}

/** 4.5: a colour outside the table of the dialect arrives as `unknown`, and is refused as such below. */
export const isOtherColour = (ofObu: PlateColour, seen: PlateColour): boolean =>
  seen !== 'unknown' &&
  ofObu !== 'unknown' &&
  ofObu !== seen &&
  halves[ofObu]?.includes(seen) !== true &&
  halves[seen]?.includes(ofObu) !== true

function sameThroughout(read: CardRead, policy: MeaningPolicy): CardReason | null {
  const before = policy.seenBefore
  if (before === undefined) return null
  if (before.obuId !== read.obu.obuId) return 'obuChanged'
  return before.cardNo === read.card.cardNo ? null : 'cardChanged'
}

function ofWhichCar(read: CardRead, policy: MeaningPolicy): CardReason | null {
  const { plate, colour } = read.vehicle
  if (plate === null) return 'obuPlateUnreadable'
  if (distanceTo(plate, policy) > policy.plateTolerance) return 'plateMismatch'
  if (policy.cameraPlate === null) return null
  return isOtherColour(colour, policy.cameraColour) ? 'colourMismatch' : null
}

/** Mask test of 4.4, not equality: a low battery is a warning and no reason to refuse. */
function inWhatState({ obu, card }: CardRead): CardReason | null {
  if (obu.removed) return 'obuRemoved'
  if (obu.locked) return 'obuLocked'
  if (obu.cardAbsent) return 'cardAbsent'
  if (obu.cardError) return 'cardError'
  if (card.cardType !== storedValueCard && card.cardType !== creditCard) return 'cardTypeUnknown'
  return cardNoShape.test(card.cardNo) ? null : 'cardNoUnreadable'
}

function belongingTogether({ vehicle, card }: CardRead): CardReason | null {
  if (card.plate === null || card.plate !== vehicle.plate) return 'cardPlateMismatch'
  return vehicle.colour === 'unknown' ? 'colourUnmapped' : null
}

function inTime({ obu, card }: CardRead, policy: MeaningPolicy): CardReason | null {
  const today = bcdDateTimeOf(policy.nowMs).slice(0, 8)
  if (isBefore(today, obu.issueDate)) return 'obuNotValidYet'
  if (isAfter(today, obu.expireDate)) return 'obuExpired'
  if (isBefore(today, card.startDate)) return 'cardNotValidYet'
  return isAfter(today, card.expireDate) ? 'cardExpired' : null
}

/** A credit card shows 32 bits that are no balance: never a test of what it can pay (4.2). */
function ableToPay(read: CardRead, policy: MeaningPolicy): CardReason | null {
  const { obu, card, balanceFen } = read
  const numbers = [card.cardNo, obu.obuId, obu.contractSerial]
  if (card.markedBlack === true || numbers.some((no) => policy.isBlacklisted(no)))
    return 'blacklisted'
  const ofCard = { cardNo: card.cardNo, issuerHex: obu.issuerHex }
  if (isForeign(policy.networks ?? null, ofCard)) return 'otherNetwork'
  if (card.cardType !== storedValueCard) return null
  if (balanceFen > purseMaxFen) return 'purseDamaged'
  if (policy.amountFen === undefined) return null
  return balanceFen < policy.amountFen ? 'insufficient' : null
}

/** The first thing wrong, or null when C6 may be sent. */
export function checkMeaning(read: CardRead, policy: MeaningPolicy): Mismatch | null {
  const reason =
    sameThroughout(read, policy) ??
    ofWhichCar(read, policy) ??
    inWhatState(read) ??
    belongingTogether(read) ??
    inTime(read, policy) ??
    ableToPay(read, policy)
  if (reason === null) return null
  const { type, driver } = cardReasons[reason]
  return { exceptionType: type, reason, driverText: driver }
}
