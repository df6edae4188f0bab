// What a plate rests on: every way in which a person or a list gives it, and what a second look makes of it. A card is charged by no
// plate that one look gave, neither under a gantry nor as arrears at the next exit. Plates are invented.
import { describe, expect, it } from 'vitest'
import {
  cardBarOf,
  confirmedOf,
  confirmedRow,
  isColourOf,
  oneLookAtEnd,
} from '#money/pure/lot/card-bar.ts'
import { arrearsOf } from '#money/pure/lot/arrears.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { leftOwing } from '#lane/pure/open/left-owing.ts'
import { matchPassing, notTakenWhy } from '#lane/pure/open/match-passing.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateSaid } from '#base/pure/plates/plate-said.ts'
import { carObu } from '../../../lane/pure/open/open-kit.ts'
import { Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const plate = '测A12345'
const refs = { laneId: 'w', stayId: 'n-S1' }
const minute = 60_000
const typed: PlateSaid = { by: 'person', who: '甲' }
const row = { noEntry: false, photo: 'p', enteredAtMs: t0 } as const

const lotOf = (rows: Rows) => {
  const lot = emptyLot()
  for (const one of rows.all) foldRow(lot, one)
  return lot
}

/** A car in a space; `body` gives it its plate at once. */
const stands = (body: object = {}): Rows =>
  new Rows().add('stayOpened', refs, {
    plate: null,
    colour: 'unknown',
    ...row,
    spaceId: 'P1',
    ...body,
  } as never)
const read = (rows: Rows, said?: PlateSaid, colour: PlateColour = 'unknown', of = plate): Rows =>
  rows.add('plateRead', refs, {
    plate: of,
    plateRaw: of,
    colour,
    photo: null,
    ...(said === undefined ? {} : { said }),
  })
const obuRead = (rows: Rows, obuPlate: string, colour?: PlateColour): Rows =>
  rows.add('zeroRecord', refs, {
    spaceId: 'P1',
    obu: { ...carObu, obuId: 'A0A0A0A0', obuPlate },
    ...(colour === undefined ? {} : { colour }),
    proof: null,
    why: '',
    by: '甲',
  })
const again = (rows: Rows, by: 'photo' | 'watcher', colour: PlateColour, of = plate): Rows => {
  const { body } = confirmedRow('n-S1', { plate: of, colour, by }, { nowMs: t0 })
  return rows.add('event', refs, body as never)
}
const left = (rows: Rows): Rows => {
  rows.add('spaceLeft', refs, { spaceId: 'P1', leftAtMs: t0, seenAtMs: t0, by: 'space' })
  return rows.order(1)
}

/** What the desk reads of the car, and whether these OBUs under a gantry pay for it: blue, yellow, the one read at the space. */
type Seen = readonly [bar: string | null, blue: boolean, yellow: boolean, own: boolean]
const ways: readonly (readonly [string, () => Rows, Seen])[] = [
  [
    'a camera read plate and colour',
    () => stands({ plate, colour: 'blue' }),
    [null, true, false, true],
  ],
  ['a camera read no colour', () => stands({ plate }), ['colourUnknown', false, false, false]],
  ['a camera read it later', () => read(stands(), undefined, 'blue'), [null, true, false, true]],
  ['one person typed it', () => read(stands(), typed), ['typed', false, false, false]],
  [
    'one person typed plate and colour',
    () => read(stands(), typed, 'blue'),
    ['typed', false, false, false],
  ],
  [
    'an older row: a person, not named',
    () => read(stands(), { by: 'person' }, 'blue'),
    ['typed', false, false, false],
  ],
  [
    'an older row: a camera, nothing said',
    () => read(stands(), undefined, 'yellow'),
    [null, false, true, false],
  ],
  [
    'a list brought it',
    () => stands({ plate, colour: 'blue', imported: true }),
    ['imported', false, false, false],
  ],
  [
    'typed, and its OBU read at the space',
    () => obuRead(read(stands(), typed), plate, 'blue'),
    [null, true, false, true],
  ],
  [
    'typed, and an older reading of its OBU',
    () => obuRead(read(stands(), typed), plate),
    [null, false, false, true],
  ],
  [
    'mistyped, and another OBU read at the space',
    () => obuRead(read(stands(), typed), '测B99999', 'blue'),
    [null, false, false, true],
  ],
  [
    'an OBU alone, as a pile reads it',
    () => obuRead(stands(), plate, 'blue'),
    [null, true, false, true],
  ],
  [
    'typed, and its photo confirmed',
    () => again(read(stands(), typed), 'photo', 'blue'),
    [null, true, false, true],
  ],
  [
    'typed, and a watcher read it',
    () => again(read(stands(), typed), 'watcher', 'yellow'),
    [null, false, true, false],
  ],
  [
    'typed, and a watcher without colours',
    () => again(read(stands(), typed), 'watcher', 'unknown'),
    ['colourUnknown', false, false, false],
  ],
  [
    'typed, and a photo with another plate',
    () => again(read(stands(), typed), 'photo', 'blue', '测A12346'),
    ['typed', false, false, false],
  ],
  [
    'no colour, and the photo says it',
    () => again(stands({ plate }), 'photo', 'blue'),
    [null, true, false, true],
  ],
]

describe('a car that left its space', () => {
  it.each(ways)('%s', (_, rows, [bar, ...pays]) => {
    const lot = lotOf(left(rows()))
    expect(leftOwing(lot).map((one) => one.bar)).toEqual([bar])
    const nowMs = t0 + 30 * minute
    const by = (obuId: string, colour: PlateColour) =>
      matchPassing(lot, { obuId, plate, colour, nowMs }).stay !== null
    expect([by('B1', 'blue'), by('B2', 'yellow'), by('A0A0A0A0', 'blue')]).toEqual(pays)
  })

  it.each(ways)(
    '%s: its arrears are charged with the next stay of the plate or not',
    (_, rows, [bar]) => {
      const made = left(rows())
      made.add('stayClosed', { ...refs, orderId: 'n-O1' }, { end: 'later', leftAtMs: t0 })
      const lot = lotOf(made)
      const next = {
        stayId: 'n-S2',
        plate: [...lot.arrears.values()][0]?.plate ?? null,
        colour: 'unknown',
      } as const
      const isCharged = arrearsOf(lot.arrears, next).length === 1
      // Without a colour of the OBU in its row the reading at the space says nothing of later cars.
      const isOld = rows().all.some(
        ({ kind, body }) => kind === 'zeroRecord' && !('colour' in body),
      )
      const isOther = rows().all.some(
        ({ kind, body }) =>
          kind === 'zeroRecord' && (body as { obu: { obuPlate: string } }).obu.obuPlate !== plate,
      )
      expect(isCharged).toBe(bar === null && !isOld && !isOther)
    },
  )

  it('with another OBU read at its space is not taken for the plate that its camera read', () => {
    const rows = left(obuRead(stands({ plate, colour: 'blue' }), '测B99999', 'blue'))
    const passing = { obuId: 'B1', plate, colour: 'blue', nowMs: t0 } as const
    expect(matchPassing(lotOf(rows), passing)).toMatchObject({ stay: null, candidates: [] })
  })

  it.each([
    ['typed', () => read(stands(), typed), 'blue', 'typed'],
    [
      'typed with a letter that no plate has',
      () => read(stands(), typed, 'blue', '测AI2345'),
      'blue',
      'typed',
    ],
    ['no colour', () => stands({ plate }), 'yellow', 'colourUnknown'],
    [
      'no colour and a letter that no plate has',
      () => stands({ plate: '测AI2345' }),
      'blue',
      'colourUnknown',
    ],
    ['another colour', () => stands({ plate, colour: 'blue' }), 'yellow', 'unlike'],
  ] as const)(
    'is shown to a person beside the reading that did not pay: %s',
    (_, rows, colour, why) => {
      const lot = lotOf(left(rows()))
      const passing = { obuId: 'B1', plate, colour, nowMs: t0 + minute } as const
      const { stay, candidates } = matchPassing(lot, passing)
      expect([stay, notTakenWhy(lot, passing, candidates)]).toEqual([null, [why]])
    },
  )

  it('is confirmed after its stay has ended', () => {
    const rows = left(read(stands(), typed))
    rows.add('stayClosed', { ...refs, orderId: 'n-O1' }, { end: 'later', leftAtMs: t0 })
    const bars = (of: Rows) =>
      [...lotOf(of).arrears.values()].map((one) => [one.bar, one.typedBy, one.photo])
    expect(bars(rows)).toEqual([['typed', '甲', 'p']])
    expect(bars(again(rows, 'photo', 'blue'))).toEqual([[null, '甲', 'p']])
  })

  it('settles a charge without a result, though nothing else is charged', () => {
    const rows = left(read(stands(), typed)).intent(1).armed(1)
    const passing = { plate, colour: 'blue', nowMs: t0 } as const
    const found = matchPassing(lotOf(rows), { ...passing, obuId: 'obu1' })
    expect([found.stay?.stayId, found.mayCharge]).toEqual(['n-S1', false])
    expect(matchPassing(lotOf(rows), { ...passing, obuId: 'B1' }).stay).toBeNull()
  })

  it('is not paid while it stands there by the ledger and a person typed its plate', () => {
    const passing = { obuId: 'B1', plate, colour: 'blue', nowMs: t0 } as const
    expect(matchPassing(lotOf(read(stands(), typed, 'blue')), passing).stay).toBeNull()
    expect(matchPassing(lotOf(stands({ plate, colour: 'blue' })), passing).stay).not.toBeNull()
  })
})

describe('a colour', () => {
  it.each<[string, PlateColour, PlateColour, boolean]>([
    ['测A12345', 'blue', 'blue', true],
    ['测A12345', 'blue', 'yellow', false],
    ['测A12345', 'unknown', 'blue', false],
    ['测A12345', 'blue', 'unknown', false],
    ['测A12345', 'unknown', 'unknown', false],
    ['测AD12345', 'unknown', 'green', true],
    ['测AD12345', 'unknown', 'yellowGreen', true],
    ['测A12345D', 'green', 'yellowGreen', true],
    ['测AD12345', 'unknown', 'blue', false],
    ['测AD12345', 'blue', 'green', false],
    ['测A1234挂', 'unknown', 'yellow', false],
    ['测A1234挂', 'yellow', 'yellow', true],
    ['使123456', 'unknown', 'black', true],
    ['使123456', 'unknown', 'blue', false],
    ['测A1234567', 'unknown', 'blue', false],
  ])('of %s: the space %s, the OBU %s: %s', (text, ofCar, ofObu, isOne) => {
    expect(isColourOf(text, ofCar, ofObu)).toBe(isOne)
  })

  it('is not asked of a lane with a boom, which compares the OBU itself', () => {
    const car = { plate, colour: 'unknown', oneLook: null, record: null } as const
    expect(cardBarOf({ ...car, spaceId: null })).toBeNull()
    expect(cardBarOf({ ...car, spaceId: 'P1' })).toBe('colourUnknown')
  })
})

const one = { by: 'typed', who: '甲' } as const
it.each([
  ['a camera at the exit read the same', { oneLook: one }, plate, {}, null],
  ['a camera put its colour in front', { oneLook: one }, `蓝${plate}`, {}, null],
  ['a camera at the exit read another', { oneLook: one }, '测A12346', {}, 'typed'],
  ['nothing read it at the exit', { oneLook: one }, null, {}, 'typed'],
  ['the OBU at the exit said it', { oneLook: one }, '测A12346', { by: 'obu' }, null],
  ['a person typed it at the exit again', { oneLook: one }, plate, typed, 'typed'],
  ['a person typed it, without an entry', { noEntry: true }, plate, typed, 'typed'],
  ['an older row of that', { noEntry: true }, plate, { by: 'person' }, 'typed'],
  ['a person typed the plate that the entry read', {}, plate, typed, null],
  ['a list, and a camera at the exit', { oneLook: { by: 'imported', who: null } }, plate, {}, null],
] as const)('at the end of a stay: %s', (_, car, plateRaw, said, bar) => {
  const ended = { plate, noEntry: false, oneLook: null, ...car }
  expect(oneLookAtEnd(ended, plateRaw, said)?.by ?? null).toBe(bar)
})

it.each([
  ['{"by":"photo","colour":"blue","plate":"测A12345"}', { plate, colour: 'blue', by: 'photo' }],
  ['{"by":"x","colour":"blue","plate":"测A12345"}', { plate, colour: 'blue', by: 'watcher' }],
  ['{"colour":"pink","plate":"测A12345"}', null],
  ['{"colour":"blue"}', null],
])('a second look %s is read as %j', (detail, found) => {
  expect(confirmedOf(detail)).toEqual(found)
})
