// Walks of a hundred days through upkeep, with clocks set back and forward, power cuts and full disks.
// What is promised is judged by true time, which upkeep itself never sees.
import { describe, expect, it } from 'vitest'
import { photoDaysMin } from '../../../../firmware-runtime/core/lot/upkeep.ts'
import { dayMs, isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { seededRandom } from '../../../../firmware-runtime/simulators/shell/random.ts'
import { after, hourMs, startMs, UpkeepWorld, type Happening } from './upkeep-world.ts'

const walkDays = 100
const endMs = startMs + walkDays * dayMs
const year = 365 * dayMs

const jump = (afterMs: number, jumpMs: number): Happening => ({ afterMs, do: { jumpMs } })
const off = (afterMs: number, offMs: number, jumpMs = 0): Happening => ({
  afterMs,
  do: { offMs, jumpMs },
})

/** Nothing younger than promised ever goes, and never more backups than may go. */
function keepsItsWord(world: UpkeepWorld): void {
  const tooYoung = world.deletions.filter(
    ({ why, ageMs }) => ageMs < (why === 'space' ? photoDaysMin : world.rules.photoDays) * dayMs,
  )
  expect(tooYoung).toEqual([])
  expect(world.fewestKept).toBeGreaterThanOrEqual(world.rules.backupsKept)
  expect(world.backups.length).toBe(Math.min(world.rules.backupsKept, world.made.length))
  const newest = world.made.slice(-world.rules.backupsKept).map(({ businessMs }) => businessMs)
  expect(world.backups.map(({ atMs }) => atMs)).toEqual(newest)
}

/** One a night: never two of one night, never a night without. */
function oneANight(world: UpkeepWorld, longestMs = 28 * hourMs): void {
  expect(Math.min(...world.gapsMs())).toBeGreaterThanOrEqual(12 * hourMs)
  expect(Math.max(...world.gapsMs())).toBeLessThanOrEqual(longestMs)
}

describe('a hundred days with a clock that is right', () => {
  const world = new UpkeepWorld(seededRandom(1))
  world.run(endMs)

  it('keep each photo for sixty whole days, and hardly longer', () => {
    keepsItsWord(world)
    expect(world.deletions).toHaveLength(40)
    expect(world.deletions.map(({ day }) => day)).toEqual(
      world.deletions.map(({ day }) => day).toSorted(),
    )
    for (const { ageMs } of world.deletions) expect(ageMs).toBeLessThan(62 * dayMs)
  })

  it('make exactly one backup each night, between three and five', () => {
    const nights = world.made.map(({ businessMs }) => isoOf(businessMs).slice(0, 10))
    expect(new Set(nights).size).toBe(nights.length)
    expect(nights).toHaveLength(walkDays)
    for (const { businessMs } of world.made)
      expect(isoOf(businessMs).slice(11, 16) >= '03:00').toBe(true)
    for (const { businessMs } of world.made)
      expect(isoOf(businessMs).slice(11, 16) <= '05:00').toBe(true)
    const minutes = new Set(world.made.map(({ businessMs }) => isoOf(businessMs).slice(11, 16)))
    expect(minutes.size, 'it waits for quiet lanes').toBeGreaterThan(10)
    expect(minutes.has('04:59'), 'and not for ever').toBe(true)
    oneANight(world)
  })

  it('leave a row for everything that went', () => {
    const types = world.rows.map((row) => (row.kind === 'event' ? row.body.type : row.kind))
    const count = (type: string): number => types.filter((one) => one === type).length
    expect(count('photosDeleted')).toBe(world.deletions.length)
    expect(count('backupMade')).toBe(world.made.length)
    expect(count('backupDeleted')).toBe(world.made.length - world.backups.length)
    expect(count('clockJumped')).toBe(0)
    expect(world.told).toEqual([])
  })
})

describe('a hundred days with clocks set back and forward', () => {
  const happenings: readonly Happening[] = [
    jump(after(12, 12), dayMs),
    off(after(15, 9), hourMs / 60),
    jump(after(18, 2.5), 3 * hourMs),
    jump(after(22, 12), -dayMs),
    jump(after(24, 4), -2 * hourMs),
    jump(after(45, 12), 400 * dayMs),
    off(after(45, 15), hourMs / 60),
    jump(after(46, 12), -400 * dayMs),
    jump(after(68, 12), -20 * dayMs),
    jump(after(69, 12), 20 * dayMs),
    off(after(92, 2), 4 * hourMs, -30 * year),
    jump(after(92, 6.5), 30 * year),
  ]
  const world = new UpkeepWorld(seededRandom(2), { photoDays: 20 })
  world.run(endMs, happenings)

  it('never delete a photo younger than allowed, and do delete', () => {
    keepsItsWord(world)
    expect(world.deletions.length).toBeGreaterThan(30)
  })

  it('make exactly one backup a night', () => {
    // Nobody can tell the four hours off from those in which the clock went back thirty years.
    oneANight(world, 32 * hourMs)
    expect(world.made.length).toBeGreaterThanOrEqual(walkDays - 2)
    expect(world.made.length).toBeLessThanOrEqual(walkDays + 2)
  })

  it('write each jump that the process saw into the ledger', () => {
    const jumps = world.rows.flatMap((row) =>
      row.kind === 'event' && row.body.type === 'clockJumped' ? [row.body.detail] : [],
    )
    expect(jumps).toHaveLength(happenings.length - 3)
    expect(jumps[0]).toBe('86400 s')
  })
})

it.each([3, 4, 5, 6, 7, 8])('a hundred days of mishaps, seed %i', (seed) => {
  const chance = seededRandom(seed)
  const world = new UpkeepWorld(chance, { photoDays: 10, backupsKept: 3 })
  const happenings = Array.from({ length: 14 }, (_, i): Happening => {
    const afterMs = Math.floor((chance() * 5 + i * 7) * dayMs)
    const jumpMs = Math.floor((chance() - 0.5) * 10 ** (chance() * 4) * dayMs)
    const kind = Math.floor(chance() * 4)
    if (kind === 0) return jump(afterMs, jumpMs)
    if (kind === 1) return off(afterMs, Math.floor(chance() * 12 * hourMs))
    // What the clock is set by meanwhile shows against the ledger: back, or beyond a long weekend.
    if (kind === 2) return off(afterMs, hourMs, jumpMs < 0 ? jumpMs - 3 * hourMs : jumpMs + year)
    return { afterMs, do: { diskUsedMb: chance() < 0.5 ? 0 : 9_000 } }
  })
  world.run(endMs, happenings)
  keepsItsWord(world)
  oneANight(world, 42 * hourMs)
})

it('a clock set three days forward while the machine was off makes no photo older', () => {
  const world = new UpkeepWorld(seededRandom(12), { photoDays: 10 })
  world.run(endMs, [off(after(30, 2), hourMs, 3 * dayMs), off(after(60, 2), hourMs, 3 * dayMs)])
  keepsItsWord(world)
  expect(world.deletions.length).toBeGreaterThan(80)
})

it('a disk that fills loses old photos early, the last week never', () => {
  const world = new UpkeepWorld(seededRandom(9))
  world.run(endMs, [
    { afterMs: after(40), do: { diskUsedMb: 9_000 } },
    { afterMs: after(50), do: { diskUsedMb: 0 } },
  ])
  keepsItsWord(world)
  const early = world.deletions.filter(({ why }) => why === 'space')
  expect(early.length).toBeGreaterThan(30)
  expect(early.every(({ ageMs }) => ageMs > photoDaysMin * dayMs)).toBe(true)
  expect(world.youngest.size).toBeGreaterThan(50)
  // Once a day while it lasts.
  expect(world.told).toHaveLength(10)
  expect(new Set(world.told)).toEqual(new Set(['UPKEEP-01']))
})

it('a backup that fails is told, tried again each hour, and makes one row', () => {
  const world = new UpkeepWorld(seededRandom(10))
  world.run(startMs + 5 * dayMs, [
    { afterMs: after(1, 1), do: { backupFails: true } },
    { afterMs: after(2, 1), do: { backupFails: false } },
  ])
  expect(world.told.length).toBeGreaterThanOrEqual(20)
  expect(world.told.length).toBeLessThanOrEqual(24)
  const failed = world.rows.filter(
    (row) => row.kind === 'event' && row.body.type === 'backupFailed',
  )
  expect(failed).toHaveLength(1)
  // The one that succeeded at one in the morning stands for the night after it as well.
  expect(world.backups).toHaveLength(4)
})

it('a machine that is off every night and at weekends is backed up and cleared all the same', () => {
  const world = new UpkeepWorld(seededRandom(11), { photoDays: 20 })
  const nights = Array.from({ length: walkDays }, (_, day) =>
    off(after(day, 22), (day % 7 === 5 ? 57 : 9) * hourMs),
  ).filter((_, day) => day % 7 !== 6 && day % 7 !== 0)
  world.run(endMs, nights)
  keepsItsWord(world)
  expect(world.deletions.length).toBeGreaterThan(40)
  const gaps = world.gapsMs()
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12 * hourMs)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(86 * hourMs)
})
