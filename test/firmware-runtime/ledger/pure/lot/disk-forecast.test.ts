// When a disk will be full, from daily looks at its free space: made-up disks that fill steadily, in lumps, on working
// days only, with a single large file, and disks that do not fill.
import { describe, expect, it } from 'vitest'
import {
  daysUntilFull,
  isLookDue,
  trendOf,
  withLook,
  type RoomLook,
} from '#ledger/pure/lot/disk-forecast.ts'
import { dayMs } from '#base/pure/values/instant.ts'

const least = 2_048

function looksOf(days: number, freeMb: (day: number) => number): readonly RoomLook[] {
  let looks: readonly RoomLook[] = []
  for (let day = 1; day <= days; day++)
    looks = withLook(looks, { livedMs: day * dayMs, freeMb: freeMb(day) })
  return looks
}

const foreseen = (days: number, freeMb: (day: number) => number): number | null =>
  daysUntilFull(trendOf(looksOf(days, freeMb)), freeMb(days), least)

describe('the day on which a disk is full', () => {
  it.each<[string, number, (day: number) => number, number | null]>([
    ['500 MB a day', 30, (day) => 30_000 - 500 * day, 25],
    ['known from the fourth day', 4, (day) => 12_048 - 1_000 * day, 6],
    ['not from three looks', 3, (day) => 12_048 - 1_000 * day, null],
    ['7 GB each Sunday, nothing else', 42, (day) => 60_000 - 7_000 * Math.floor(day / 7), 15],
    ['working days only', 28, (day) => 30_000 - 700 * Math.ceil((day * 5) / 7), 27],
    ['a single file of 20 GB', 30, (day) => 60_000 - 10 * day - (day > 12 ? 20_000 : 0), null],
    ['a disk that fills in a year', 42, (day) => 200_000 - 500 * day, null],
    ['a disk that gains room', 42, (day) => 20_000 + 10 * day, null],
    ['nothing is written', 42, () => 3_000, null],
    ['below the limit: another fault says that', 42, (day) => 2_000 - day, null],
    ['room for less than a day', 42, (day) => 44_100 - 1_000 * day, 0],
  ])('%s', (_, days, freeMb, wanted) => {
    expect(foreseen(days, freeMb)).toBe(wanted)
  })

  it('is not known where the system does not say what is free', () => {
    expect(daysUntilFull(trendOf(looksOf(30, (day) => 30_000 - 500 * day)), null, least)).toBeNull()
  })

  it('is judged anew where somebody made room', () => {
    const falls = looksOf(30, (day) => 30_000 - 900 * day)
    const made = withLook(falls, { livedMs: 31 * dayMs, freeMb: 80_000 })
    expect(made).toHaveLength(1)
    // Room for another month or two only: the fall goes on, and is still known.
    expect(withLook(falls, { livedMs: 31 * dayMs, freeMb: 12_000 })).toHaveLength(31)
  })
})

it('a look a day, however often it is tried, and six weeks of them', () => {
  const looks = looksOf(400, (day) => 900_000 - day)
  expect(looks).toHaveLength(42)
  const lastMs = 400 * dayMs
  expect([1, dayMs - 1, dayMs].map((ms) => isLookDue(looks, lastMs + ms))).toEqual([
    false,
    false,
    true,
  ])
  expect([isLookDue([], dayMs - 1), isLookDue([], dayMs)]).toEqual([false, true])
})
