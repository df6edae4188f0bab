// Which car's OBU a pile reads: never that of a car in another space, and no car's while the space beside it has a later
// car that was not read.
import { expect, it } from 'vitest'
import { isOfNeighbour } from '#lane/pure/open/neighbours.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { carObu } from './open-kit.ts'
import { Rows, t0 } from '../lot/row-kit.ts'

const order = ['P1', 'P2', 'P3']

function street(rows: Rows) {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  return (
    obuId: string,
    spaceId: string,
    comes: Record<string, number> = {},
    nowMs = t0 + 60_000,
  ) => isOfNeighbour({ lot, order, nowMs, comingSince: (id) => comes[id] ?? null }, obuId, spaceId)
}

function parked(rows: Rows, n: number, spaceId: string, atMs: number): Rows {
  const body = { plate: null, colour: 'unknown', enteredAtMs: atMs, noEntry: false } as const
  return rows.add(
    'stayOpened',
    { laneId: 'w', stayId: `n-S${n}` },
    { ...body, photo: null, spaceId },
  )
}
const recorded = (rows: Rows, n: number, spaceId: string, obuId: string): Rows =>
  rows.add(
    'zeroRecord',
    { laneId: 'pile', stayId: `n-S${n}` },
    { spaceId, obu: { ...carObu, obuId }, proof: null, why: '', by: null },
  )

it('an OBU that was read in another space stays that of its car', () => {
  const rows = recorded(parked(parked(new Rows(), 1, 'P1', t0), 2, 'P3', t0 + 5), 1, 'P1', 'AA')
  const is = street(rows)
  expect([is('AA', 'P3'), is('BB', 'P3'), is('AA', 'P1')]).toEqual([true, false, false])
})

it('a space waits while the one beside it has a later car that nobody read', () => {
  const is = street(parked(parked(new Rows(), 1, 'P1', t0), 2, 'P2', t0 + 10_000))
  expect([is('AA', 'P1'), is('AA', 'P2')]).toEqual([true, false])
  // Only for a time: by now the readings of the other car would be over.
  expect(is('AA', 'P1', {}, t0 + 700_000)).toBe(false)
})

it('a space waits while a car is coming into the one beside it, and not for one further on', () => {
  const is = street(parked(new Rows(), 1, 'P1', t0))
  expect(is('AA', 'P1', { P2: t0 + 1 })).toBe(true)
  expect(is('AA', 'P1', { P3: t0 + 1 })).toBe(false)
  expect(is('AA', 'P1')).toBe(false)
})
