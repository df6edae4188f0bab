// The pace in an answer, and which lots were heard.
import { expect, it } from 'vitest'
import { Heard, paceOf } from '../../../centre/door/pace.ts'

it.each([
  [0, 0, 2_000],
  [499, 0.5, 2_000],
  [499, 0.51, 4_000],
  [500, 0, 5_000],
  [1_000, 1, 10_000],
])('%i lots with %d of the rows waiting: %i ms', (lots, waiting, everyMs) => {
  expect(paceOf(lots, waiting)).toEqual({ everyMs, maxRows: 500 })
})

it('counts the lots of the last minute', () => {
  const heard = new Heard(60_000)
  heard.hear('A', 0)
  heard.hear('B', 30_000)
  heard.hear('A', 50_000)
  expect(heard.count(80_000)).toBe(2)
  expect([heard.count(95_000), heard.has('A', 95_000), heard.has('B', 95_000)]).toEqual([
    1,
    true,
    false,
  ])
  expect(heard.count(200_000)).toBe(0)
})
