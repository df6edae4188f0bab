// Which days of photos are deleted at the second place: those beyond their year or the budget, and never one that the lot's
// machine still has. A clock that jumped proves no age.
import { expect, it } from 'vitest'
import {
  isoOfPhoto,
  photoCopiesOver,
  sumsOf,
  type PhotoDay,
} from '#ledger/pure/lot/photo-copies.ts'
import { beginUpkeep } from '#ledger/pure/lot/upkeep.ts'
import { emptyUpkeepMemory } from '#ledger/pure/lot/upkeep-memory.ts'
import { instantOf } from '#base/pure/values/instant.ts'

const atMs = instantOf(2026, 11, 22, 12 * 3_600_000)
const now = { atMs, monoMs: 0, quiet: true }
const gb = 1024 ** 3
const day = (name: string, over: Partial<PhotoDay> = {}): PhotoDay => ({
  day: name,
  photos: 10,
  bytes: gb,
  newest: `${name.replaceAll('-', '')}-090000-exit-10`,
  isHere: false,
  ...over,
})
const over = (
  days: readonly PhotoDay[],
  {
    photoGb = null,
    steadySinceMs = null,
  }: { photoGb?: number | null; steadySinceMs?: number | null } = {},
) => {
  const state = beginUpkeep({ ...emptyUpkeepMemory(), steadySinceMs }, now)
  return photoCopiesOver(days, state, now, { photoDays: 365, photoGb })
}

it('a year is over for days that the machine has no more', () => {
  const days = [day('2025-11-20'), day('2025-11-19', { isHere: true }), day('2025-11-24')]
  expect(over(days)).toEqual([{ day: '2025-11-20', why: 'age' }])
  expect(over([day('measured')])).toEqual([])
})

it('a clock that jumped proves no age', () => {
  expect(over([day('2025-11-20')], { steadySinceMs: atMs - 1000 })).toEqual([])
})

it('the oldest go beyond the budget, never those of the last week or of this machine', () => {
  const days = [
    day('2026-11-20'),
    day('2026-03-02'),
    day('2026-03-01', { isHere: true }),
    day('2026-03-03'),
  ]
  expect(over(days, { photoGb: 4 })).toEqual([])
  expect(over(days, { photoGb: 3 })).toEqual([{ day: '2026-03-02', why: 'budget' }])
  expect(over(days, { photoGb: 1 }).map((one) => one.day)).toEqual(['2026-03-02', '2026-03-03'])
})

it('sums are of all days, and the newest is the youngest photo of any', () => {
  const sums = sumsOf([day('2026-03-02'), day('2026-03-01'), day('2026-03-03', { newest: null })])
  const newestIso = '2026-03-02T09:00:00+08:00'
  expect(sums).toEqual({ count: 30, bytes: 3 * gb, newestIso })
  expect(sumsOf([])).toEqual({ count: 0, bytes: 0, newestIso: null })
  expect(isoOfPhoto('no photo')).toBeNull()
})
