// The checks of a card's meaning before C6, as rows: one fault at a time with its reason, and which of two faults is
// reported first.
import { cardReasons, type CardReason } from '#base/pure/words/card-reason.ts'
import { describe, expect, it } from 'vitest'
import { checkMeaning, purseMaxFen } from '#devices/pure/etc/meaning.ts'
import type { CardRead, MeaningPolicy } from '#devices/pure/etc/meaning.ts'
import { instantOf } from '#base/pure/values/instant.ts'

const cardNo = '37011200000000000001'
const whole: CardRead = {
  type: 'cardRead',
  obu: {
    obuId: '02001234',
    issuerHex: 'B2E2CAD437010001',
    contractSerial: '3701012023000001',
    issueDate: '20230101',
    expireDate: '20330101',
    cardAbsent: false,
    cardError: false,
    locked: false,
    removed: false,
    batteryLow: false,
    statusHex: '2001',
  },
  vehicle: { plate: '测A12345', plateRaw: '测A12345', colour: 'blue', vehicleClass: 1 },
  card: {
    cardNo,
    network: '3701',
    cardType: 22,
    cardVersion: 64,
    startDate: '20230101',
    expireDate: '20330101',
    plate: '测A12345',
    colour: 'blue',
    userType: 0,
  },
  balanceFen: 10_000,
  station0019Hex: '00',
}
const policy: MeaningPolicy = {
  cameraPlate: '测A12345',
  cameraColour: 'blue',
  plateTolerance: 0,
  nowMs: instantOf(2026, 11, 20, 12 * 3_600_000),
  isBlacklisted: () => false,
}

interface Change {
  readonly obu?: Partial<CardRead['obu']>
  readonly vehicle?: Partial<CardRead['vehicle']>
  readonly card?: Partial<CardRead['card']>
  readonly balanceFen?: number
  readonly policy?: Partial<MeaningPolicy>
}
const check = (c: Change): CardReason | null => {
  const read: CardRead = {
    ...whole,
    obu: { ...whole.obu, ...c.obu },
    vehicle: { ...whole.vehicle, ...c.vehicle },
    card: { ...whole.card, ...c.card },
    balanceFen: c.balanceFen ?? whole.balanceFen,
  }
  return checkMeaning(read, { ...policy, ...c.policy })?.reason ?? null
}
const at = (y: number, m: number, d: number, ms = 0): { policy: Partial<MeaningPolicy> } => ({
  policy: { nowMs: instantOf(y, m, d, ms) },
})
const lastMs = 86_399_999

describe('checks of meaning', () => {
  it.each<[string, Change, CardReason | null]>([
    ['all in order', {}, null],
    ['low battery is a warning', { obu: { batteryLow: true, statusHex: '2101' } }, null],
    ['no camera reading', { policy: { cameraPlate: null } }, null],
    ['camera one character off, exact', { policy: { cameraPlate: '测A12346' } }, 'plateMismatch'],
    [
      'camera one character off, tolerated',
      { policy: { cameraPlate: '测A12346', plateTolerance: 1 } },
      null,
    ],
    [
      'camera two characters off',
      { policy: { cameraPlate: '测A12366', plateTolerance: 1 } },
      'plateMismatch',
    ],
    [
      'camera one character short',
      { policy: { cameraPlate: '测A1234', plateTolerance: 1 } },
      'plateMismatch',
    ],
    ['another colour, exact', { policy: { cameraColour: 'yellow' } }, 'colourMismatch'],
    [
      'another colour, whatever characters may differ',
      { policy: { cameraColour: 'yellow', plateTolerance: 1 } },
      'colourMismatch',
    ],
    [
      'a car of new energy with the tag of another plate',
      { vehicle: { colour: 'blue' }, policy: { cameraColour: 'green', plateTolerance: 1 } },
      'colourMismatch',
    ],
    [
      'yellow and green, seen as green',
      { vehicle: { colour: 'yellowGreen' }, policy: { cameraColour: 'green' } },
      null,
    ],
    [
      'yellow and green, seen as yellow',
      { vehicle: { colour: 'yellowGreen' }, policy: { cameraColour: 'yellow' } },
      null,
    ],
    [
      'green, seen as yellow and green',
      { vehicle: { colour: 'green' }, policy: { cameraColour: 'yellowGreen' } },
      null,
    ],
    [
      'yellow and green, seen as blue',
      { vehicle: { colour: 'yellowGreen' }, policy: { cameraColour: 'blue' } },
      'colourMismatch',
    ],
    [
      'green, seen as yellow',
      { vehicle: { colour: 'green' }, policy: { cameraColour: 'yellow' } },
      'colourMismatch',
    ],
    [
      'blue and white, seen as white',
      { vehicle: { colour: 'blueWhite' }, policy: { cameraColour: 'white' } },
      null,
    ],
    [
      'a tag of no known colour is its own fault',
      { vehicle: { colour: 'unknown' }, policy: { cameraColour: 'yellow' } },
      'colourUnmapped',
    ],
    [
      'another colour and a character off',
      { policy: { cameraPlate: '测A12346', cameraColour: 'yellow', plateTolerance: 1 } },
      'colourMismatch',
    ],
    ['a camera without colours', { policy: { cameraColour: 'unknown' } }, null],
    [
      'no camera reading, whatever its colour',
      { policy: { cameraPlate: null, cameraColour: 'yellow' } },
      null,
    ],
    ['more than a purse holds', { balanceFen: purseMaxFen + 1 }, 'purseDamaged'],
    [
      'more than a purse holds, and an amount',
      { balanceFen: 0xfa0a1e33, policy: { amountFen: 500 } },
      'purseDamaged',
    ],
    ['all that a purse holds', { balanceFen: purseMaxFen, policy: { amountFen: 500 } }, null],
    [
      'what a credit card shows',
      { card: { cardType: 23 }, balanceFen: 0xfa0a1e33, policy: { amountFen: 500 } },
      null,
    ],
    [
      'same OBU and card as before',
      { policy: { seenBefore: { obuId: '02001234', cardNo } } },
      null,
    ],
    ['another OBU', { policy: { seenBefore: { obuId: '02009999', cardNo } } }, 'obuChanged'],
    ['another card', { policy: { seenBefore: { obuId: '02001234', cardNo: '1' } } }, 'cardChanged'],
    ['no plate on the OBU', { vehicle: { plate: null } }, 'obuPlateUnreadable'],
    ['removed', { obu: { removed: true } }, 'obuRemoved'],
    ['locked', { obu: { locked: true } }, 'obuLocked'],
    ['no card', { obu: { cardAbsent: true } }, 'cardAbsent'],
    ['card error', { obu: { cardError: true } }, 'cardError'],
    ['card type 21', { card: { cardType: 21 } }, 'cardTypeUnknown'],
    ['credit card', { card: { cardType: 23 } }, null],
    [
      'a card number with a letter',
      { card: { cardNo: `${cardNo.slice(1)}A` } },
      'cardNoUnreadable',
    ],
    ['a card number too short', { card: { cardNo: cardNo.slice(1) } }, 'cardNoUnreadable'],
    ['a month 13', { card: { expireDate: '20331301' } }, 'cardExpired'],
    ['a day 0', { obu: { issueDate: '20230100' } }, 'obuNotValidYet'],
    ['a first day that was left out', { card: { startDate: '00000000' } }, null],
    ['card of another plate', { card: { plate: '测A12346' } }, 'cardPlateMismatch'],
    [
      'tolerance is for the camera only',
      { card: { plate: '测A12346' }, policy: { plateTolerance: 1 } },
      'cardPlateMismatch',
    ],
    ['card without a plate', { card: { plate: null } }, 'cardPlateMismatch'],
    ['colour outside the table', { vehicle: { colour: 'unknown' } }, 'colourUnmapped'],
    ['last day of OBU and card', at(2033, 1, 1, lastMs), null],
    ['day after the last', at(2033, 1, 2), 'obuExpired'],
    ['first day', at(2023, 1, 1), null],
    ['day before the first', at(2022, 12, 31, lastMs), 'obuNotValidYet'],
    ['card expired', { card: { expireDate: '20261119' } }, 'cardExpired'],
    ['card ends today', { card: { expireDate: '20261120' } }, null],
    ['card starts tomorrow', { card: { startDate: '20261121' } }, 'cardNotValidYet'],
    ['OBU without dates', { obu: { issueDate: '', expireDate: '' } }, null],
    ['dates that are none', { obu: { expireDate: '2033FFFF' } }, 'obuExpired'],
    ['start that is none', { card: { startDate: 'FFFFFFFF' } }, 'cardNotValidYet'],
    ['blacklisted', { policy: { isBlacklisted: (no) => no === cardNo } }, 'blacklisted'],
    ['marked by the list of the RSU', { card: { markedBlack: true } }, 'blacklisted'],
    ['OBU blacklisted', { policy: { isBlacklisted: (no) => no === '02001234' } }, 'blacklisted'],
    [
      'OBU blacklisted by its contract',
      { policy: { isBlacklisted: (no) => no === '3701012023000001' } },
      'blacklisted',
    ],
    ['another number blacklisted', { policy: { isBlacklisted: (no) => no === '0' } }, null],
    ['purse below the amount', { policy: { amountFen: 10_001 } }, 'insufficient'],
    ['purse just enough', { policy: { amountFen: 10_000 } }, null],
    [
      'credit has no purse',
      { card: { cardType: 23 }, balanceFen: 0, policy: { amountFen: 1 } },
      null,
    ],
    ['online charge', { balanceFen: 0 }, null],
    // Another car's OBU is released first, before any other fault of it is looked at.
    [
      'not this car, and expired',
      { obu: { expireDate: '20200101' }, policy: { cameraPlate: '测B00001' } },
      'plateMismatch',
    ],
    [
      'removed and blacklisted',
      { obu: { removed: true }, policy: { isBlacklisted: () => true } },
      'obuRemoved',
    ],
  ])('%s', (_, change, reason) => {
    expect(check(change)).toBe(reason)
  })

  it('gives the exception and words for the driver', () => {
    expect(checkMeaning(whole, { ...policy, isBlacklisted: () => true })).toEqual({
      exceptionType: 'blacklisted',
      reason: 'blacklisted',
      driverText: { zh: 'ETC 卡暂停使用', en: 'ETC card suspended' },
    })
  })

  it('every reason has words in both languages', () => {
    for (const { words, driver } of Object.values(cardReasons)) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(driver.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(driver.en).toMatch(/^[A-Z]/)
    }
  })
})
