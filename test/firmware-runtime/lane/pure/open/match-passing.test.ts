// Which order an OBU under a gantry pays: the oldest of exactly its plate, and never one of a similar plate.
// Plates are invented.
import { describe, expect, it } from 'vitest'
import { matchPassing, notTakenWhy } from '#lane/pure/open/match-passing.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { Rows, t0 } from '../lot/row-kit.ts'
import { leftSpace } from './open-kit.ts'

const minute = 60_000
function passing(rows: Rows, plate: string, atMinute: number, colour: PlateColour = 'blue') {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const { stay, match, candidates } = matchPassing(lot, {
    obuId: null,
    plate,
    colour,
    nowMs: t0 + atMinute * minute,
  })
  return {
    stayId: stay?.stayId ?? null,
    read: match?.plateRead ?? null,
    like: candidates.map((one) => one.stayId),
  }
}
const nobody = { stayId: null, read: null, like: [] }

describe('an OBU under a gantry', () => {
  it('pays the oldest order of its plate that is not paid', () => {
    const rows = leftSpace(leftSpace(new Rows(), 1, '测A12345', 30), 2, '测A12345', 90)
    expect(passing(rows, '测A12345', 100).stayId).toBe('n-S1')
    rows
      .intent(1)
      .add(
        'outcome',
        { laneId: 'g', stayId: 'n-S1', orderId: 'n-O1', deductionId: 'n-O1.D1' },
        {
          state: 'paid',
          source: 'platform',
          reason: 'paid',
          obuId: null,
          cardNo: null,
          proof: null,
        },
      )
    rows.add(
      'payment',
      { laneId: 'g', stayId: 'n-S1', orderId: 'n-O1', amountFen: 500 },
      { paymentId: 'n-M1', means: 'etc', by: null, reason: null },
    )
    expect(passing(rows, '测A12345', 100).stayId).toBe('n-S2')
  })

  it.each(['cash', 'qr', 'later', 'waived'] as const)(
    'pays nothing that was settled otherwise (%s): the next unpaid stay of the plate, or none',
    (means) => {
      const rows = leftSpace(new Rows(), 1, '测A12345', 30)
      const refs = { laneId: 'watch', stayId: 'n-S1', orderId: 'n-O1', amountFen: 0 }
      rows.add('payment', refs, { paymentId: 'n-M1', means, by: 'anna', reason: 'x' } as never)
      expect(passing(rows, '测A12345', 31)).toEqual(nobody)
      expect(passing(rows, '测A1234I', 31)).toEqual(nobody)
      leftSpace(rows, 2, '测A12345', 60)
      expect(passing(rows, '测A12345', 61).stayId).toBe('n-S2')
    },
  )

  it('pays nobody else, in the same number of another colour neither', () => {
    const rows = leftSpace(new Rows(), 1, '测A12345', 30)
    expect(passing(rows, '测C77777', 31)).toEqual(nobody)
    expect(passing(rows, '测A12345', 31, 'yellow').stayId).toBeNull()
  })

  it('is put right where the camera read a letter that no plate has, for a quarter of an hour', () => {
    const rows = leftSpace(new Rows(), 1, '测A1234I', 30)
    expect(passing(rows, '测A12341', 35)).toMatchObject({ stayId: 'n-S1', read: '测A12341' })
    expect(passing(rows, '测A12341', 46)).toEqual(nobody)
  })

  it('is not taken for one that is merely like it: a person sees whom it may be', () => {
    const rows = leftSpace(new Rows(), 1, '测A1234B', 30)
    expect(passing(rows, '测A12348', 31)).toEqual({ ...nobody, like: ['n-S1'] })
  })

  it('is that of the car which by the ledger still stands in a space', () => {
    const body = { plate: '测A12345', colour: 'blue', enteredAtMs: t0, noEntry: false } as const
    const rows = new Rows()
    rows.add('stayOpened', { laneId: 'w', stayId: 'n-S1' }, { ...body, photo: null, spaceId: 'P1' })
    expect(passing(rows, '测A12345', 31).stayId).toBe('n-S1')
  })
})

it.each<[readonly (readonly [string | null, number])[], readonly string[]]>([
  [[], []],
  [[['测A12346', 90]], ['unlike']],
  [
    [
      ['测A12346', 91],
      [null, 0],
    ],
    ['unlike', 'noPlate'],
  ],
  [
    [
      ['测A1234I', 96],
      ['测A1234O', 95],
      ['测A12399', 60],
    ],
    ['alsoLike', 'lessLike', 'unlike'],
  ],
])('of %j it says why none is charged: %j', (cars, why) => {
  const candidates = cars.map(([plate, score]) => ({ plate, score }) as never)
  const passing = { obuId: null, plate: '测A12341', colour: 'blue', nowMs: t0 } as const
  expect(notTakenWhy(emptyLot(), passing, candidates)).toEqual(why)
})
