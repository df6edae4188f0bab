// The checks of meaning before a C6 (rsu-interface.md 5.3): is it this car, and may it pay?
// First what belongs to another car, then what is wrong with this one.
import type { ExceptionWord } from '../values/exception-words.ts'
import type { BilingualText } from '../faults/faults.ts'
import { fenMax, type Fen } from '../values/fen.ts'
import { bcdDateTimeOf } from '../values/instant.ts'
import type { InstantMs } from '../values/instant.ts'
import { plateDistance, type PlateColour } from '../values/plates/plate.ts'
import { isForeign } from './quality-filters.ts'
import type { RsuEvent } from './rsu.ts'

export type CardRead = Extract<RsuEvent, { type: 'cardRead' }>

export interface MeaningPolicy {
  /** Null: the camera read nothing, so there is nothing to compare with. */
  readonly cameraPlate: string | null
  /** `unknown`: the camera told no colour, so there is none to compare with. */
  readonly cameraColour: PlateColour
  /** In how many characters camera and OBU may differ. */
  readonly plateTolerance: number
  /** Business time. */
  readonly nowMs: InstantMs
  /** Of the number of a card or an OBU. */
  isBlacklisted(no: string): boolean
  /** Card networks that pay; absent or null: not compared. */
  readonly networks?: readonly string[] | null
  /** What was read of this OBU before, when it was. */
  readonly seenBefore?: { readonly obuId: string; readonly cardNo: string }
  /** Only where the card itself pays: a purse below the amount is found before C6. */
  readonly amountFen?: Fen
}

export type MeaningReason =
  | 'obuChanged'
  | 'cardChanged'
  | 'plateMismatch'
  | 'colourMismatch'
  | 'obuPlateUnreadable'
  | 'obuRemoved'
  | 'obuLocked'
  | 'cardAbsent'
  | 'cardError'
  | 'cardTypeUnknown'
  | 'cardNoUnreadable'
  | 'cardPlateMismatch'
  | 'colourUnmapped'
  | 'obuNotValidYet'
  | 'obuExpired'
  | 'cardNotValidYet'
  | 'cardExpired'
  | 'blacklisted'
  | 'otherNetwork'
  | 'purseDamaged'
  | 'insufficient'

export interface Mismatch {
  readonly exceptionType: ExceptionWord
  readonly reason: MeaningReason
  readonly driverText: BilingualText
}

interface MismatchRow {
  readonly type: ExceptionWord
  readonly zh: string
  readonly en: string
}

const row = (type: ExceptionWord, zh: string, en: string): MismatchRow => ({ type, zh, en })

/** A removed or locked OBU has no exception of its own: the reason word tells them apart. */
export const mismatches: Record<MeaningReason, MismatchRow> = {
  obuChanged: row('severalTags', '读到多个 ETC 标签', 'More than one ETC tag was read'),
  cardChanged: row('severalTags', '读到多张 ETC 卡', 'More than one ETC card was read'),
  plateMismatch: row('plateMismatch', '车牌与 ETC 标签不符', 'Plate and ETC tag differ'),
  colourMismatch: row(
    'plateMismatch',
    '车牌颜色与 ETC 标签不符',
    'Plate colour and ETC tag differ',
  ),
  obuPlateUnreadable: row('obuUnreadable', 'ETC 标签信息读取失败', 'ETC tag could not be read'),
  obuRemoved: row('other', 'ETC 标签已被拆动', 'ETC tag has been removed'),
  obuLocked: row('other', 'ETC 标签已锁定', 'ETC tag is locked'),
  cardAbsent: row('cardUnreadable', '请插入 ETC 卡', 'ETC card is missing'),
  cardError: row('cardUnreadable', 'ETC 卡读取失败', 'ETC card could not be read'),
  cardTypeUnknown: row('cardUnreadable', 'ETC 卡类型不支持', 'ETC card of an unknown type'),
  cardNoUnreadable: row('cardUnreadable', 'ETC 卡号读取失败', 'ETC card number could not be read'),
  cardPlateMismatch: row('plateMismatch', 'ETC 卡与标签车牌不符', 'ETC card and tag differ'),
  colourUnmapped: row('plateMismatch', 'ETC 标签车牌颜色无效', 'Plate colour of the tag not valid'),
  obuNotValidYet: row('expired', 'ETC 标签尚未启用', 'ETC tag is not valid yet'),
  obuExpired: row('expired', 'ETC 标签已过期', 'ETC tag has expired'),
  cardNotValidYet: row('expired', 'ETC 卡尚未启用', 'ETC card is not valid yet'),
  cardExpired: row('expired', 'ETC 卡已过期', 'ETC card has expired'),
  otherNetwork: row('other', 'ETC 卡不属于可用网络', 'ETC card of a network that does not pay'),
  blacklisted: row('blacklisted', 'ETC 卡暂停使用', 'ETC card suspended'),
  purseDamaged: row('cardUnreadable', 'ETC 卡余额异常', 'ETC card shows no valid balance'),
  insufficient: row('insufficient', 'ETC 卡余额不足', 'ETC card balance too low'),
}

const storedValueCard = 22
const creditCard = 23
/** A day of a calendar, near enough: what a damaged byte makes of a date is mostly none (F02, F03). */
const dateShape = /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/
/** Issuers that leave a first day out write zeros. */
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

/** Characters in which the plate differs from what the camera read. */
const distanceTo = (plate: string, { cameraPlate }: MeaningPolicy): number =>
  cameraPlate === null ? 0 : plateDistance(plate, cameraPlate)

/**
 * What a camera may call a plate of two colours: one of them [assumed: many name no two]. Any other two colours are two
 * plates: a lorry and a car may share a number.
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

function sameThroughout(read: CardRead, policy: MeaningPolicy): MeaningReason | null {
  const before = policy.seenBefore
  if (before === undefined) return null
  if (before.obuId !== read.obu.obuId) return 'obuChanged'
  return before.cardNo === read.card.cardNo ? null : 'cardChanged'
}

function ofWhichCar(read: CardRead, policy: MeaningPolicy): MeaningReason | null {
  const { plate, colour } = read.vehicle
  if (plate === null) return 'obuPlateUnreadable'
  if (distanceTo(plate, policy) > policy.plateTolerance) return 'plateMismatch'
  if (policy.cameraPlate === null) return null
  return isOtherColour(colour, policy.cameraColour) ? 'colourMismatch' : null
}

/** Mask test of 4.4, not equality: a low battery is a warning and no reason to refuse. */
function inWhatState({ obu, card }: CardRead): MeaningReason | null {
  if (obu.removed) return 'obuRemoved'
  if (obu.locked) return 'obuLocked'
  if (obu.cardAbsent) return 'cardAbsent'
  if (obu.cardError) return 'cardError'
  if (card.cardType !== storedValueCard && card.cardType !== creditCard) return 'cardTypeUnknown'
  return cardNoShape.test(card.cardNo) ? null : 'cardNoUnreadable'
}

function belongingTogether({ vehicle, card }: CardRead): MeaningReason | null {
  if (card.plate === null || card.plate !== vehicle.plate) return 'cardPlateMismatch'
  return vehicle.colour === 'unknown' ? 'colourUnmapped' : null
}

function inTime({ obu, card }: CardRead, policy: MeaningPolicy): MeaningReason | null {
  const today = bcdDateTimeOf(policy.nowMs).slice(0, 8)
  if (isBefore(today, obu.issueDate)) return 'obuNotValidYet'
  if (isAfter(today, obu.expireDate)) return 'obuExpired'
  if (isBefore(today, card.startDate)) return 'cardNotValidYet'
  return isAfter(today, card.expireDate) ? 'cardExpired' : null
}

/** A credit card shows 32 bits that are no balance: never a test of what it can pay (4.2). */
function ableToPay(read: CardRead, policy: MeaningPolicy): MeaningReason | null {
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
  const { type, zh, en } = mismatches[reason]
  return { exceptionType: type, reason, driverText: { zh, en } }
}
