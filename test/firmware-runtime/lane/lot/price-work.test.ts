// Pricing reads no row and takes as many steps with a thousand stays as with ten thousand: at the exit, where a plate
// becomes an order, and for a person who asks for the price of a car inside. Counts; no clock is read.
import { beforeAll, expect, it } from 'vitest'
import { inThread } from '../../../kit/in-thread.ts'
import type { PriceWork } from './price-work.ts'

let work: PriceWork
beforeAll(async () => {
  work = await inThread<PriceWork>(new URL('price-work.ts', import.meta.url))
})

it('the two lots have ten times as many stays, and read their rows once, at their start', () => {
  const { few, many } = work
  expect([few.inside, many.inside]).toEqual([900, 9_000])
  expect([few.readAtStart, many.readAtStart]).toEqual([1_800, 18_000])
})

/** Counted: 669 steps for an order with the lane's turn and its rows, 282 for the price alone. */
const stepsMax = { order: 850, quote: 360 } as const

it.each(['order', 'quote'] as const)('%s: no row is read, and the steps are the same', (what) => {
  const [few, many] = [work.few[what], work.many[what]]
  expect(few).toMatchObject({ rowsRead: 0, fen: 700 })
  expect(many).toEqual(few)
  expect(many.steps).toBeLessThan(stepsMax[what])
})
