// When a wanted update may begin, by the lot's time: midnight, the ends of the night, clocks that jump or are years off.
import { expect, it } from 'vitest'
import type { Wanted } from '#runtime/pure/update/plan.ts'
import { isDue } from '#runtime/pure/update/due.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'

const at = instantOfIso
const wish = (when: Wanted['when']): Wanted => ({ when, by: '王', atIso: isoOf(0) })

it.each([
  ['2026-11-30T00:00:00+08:00', false],
  ['2026-11-30T01:59:59.999+08:00', false],
  ['2026-11-30T02:00:00+08:00', true],
  ['2026-11-30T03:00:00+08:00', true],
  ['2026-11-30T04:59:59.999+08:00', true],
  ['2026-11-30T05:00:00+08:00', false],
  ['2026-11-30T12:00:00+08:00', false],
  ['2026-11-30T23:59:59+08:00', false],
  // The same instants in other zones: the lot's time is that of China, also in summer and beside a computer that is not.
  ['2026-11-29T18:00:00Z', true],
  ['2026-07-01T02:30:00+08:00', true],
  ['2026-03-29T02:30:00+02:00', false],
  // A clock ten years off, and one at the beginning of time: the hour decides.
  ['2036-11-30T03:00:00+08:00', true],
  ['2016-11-30T13:00:00+08:00', false],
  ['1970-01-01T02:00:00+08:00', true],
  ['2028-02-29T02:00:00+08:00', true],
])('tonight at %s: %s', (iso, due) => {
  expect(isDue(wish('tonight'), at(iso))).toBe(due)
})

it.each(['2026-11-30T00:00:00+08:00', '2026-11-30T12:00:00+08:00', '2036-01-01T05:00:00+08:00'])(
  'now at %s is due',
  (iso) => expect(isDue(wish('now'), at(iso))).toBe(true),
)

it('a clock in doubt has no night, and now needs none', () => {
  expect([isDue(wish('tonight'), null), isDue(wish('now'), null)]).toEqual([false, true])
})

it('each night of three hours is due once, whatever minute it begins at', () => {
  const from = at('2026-11-30T00:00:00+08:00')
  const minutes = Array.from({ length: 3 * 1440 }, (_, n) =>
    isDue(wish('tonight'), from + n * 60_000),
  )
  expect(minutes.filter(Boolean)).toHaveLength(3 * 180)
  expect(minutes.filter((due, n) => due && minutes[n - 1] !== true)).toHaveLength(3)
})
