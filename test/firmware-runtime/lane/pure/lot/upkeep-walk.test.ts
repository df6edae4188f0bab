// A hundred days of upkeep with clocks set back and forward, power cuts and full disks.
// Its guarantees are judged by true time, which upkeep itself never sees.
import { describe, expect, it } from 'vitest'
import { photoDaysMin } from '#ledger/pure/lot/upkeep.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { after, hourMs, startMs, UpkeepScene, type Happening } from './upkeep-scene.ts'

const walkDays = 100
const endMs = startMs + walkDays * dayMs
const year = 365 * dayMs

const jump = (afterMs: number, jumpMs: number): Happening => ({ afterMs, do: { jumpMs } })
const off = (afterMs: number, offMs: number, jumpMs = 0): Happening => ({
  afterMs,
  do: { offMs, jumpMs },
})

/** Nothing is deleted before its guaranteed age, and never more backups than allowed. */
function keepsItsWord(scene: UpkeepScene): void {
  const tooYoung = scene.deletions.filter(
    ({ why, ageMs }) => ageMs < (why === 'space' ? photoDaysMin : scene.rules.photoDays) * dayMs,
  )
  expect(tooYoung).toEqual([])
  expect(scene.fewestKept).toBeGreaterThanOrEqual(scene.rules.backupsKept)
  expect(scene.backups.length).toBe(Math.min(scene.rules.backupsKept, scene.made.length))
  const newest = scene.made.slice(-scene.rules.backupsKept).map(({ businessMs }) => businessMs)
  expect(scene.backups.map(({ atMs }) => atMs)).toEqual(newest)
}

/** Exactly one backup a night: never two, never none. */
function oneANight(scene: UpkeepScene, longestMs = 28 * hourMs): void {
  expect(Math.min(...scene.gapsMs())).toBeGreaterThanOrEqual(12 * hourMs)
  expect(Math.max(...scene.gapsMs())).toBeLessThanOrEqual(longestMs)
}

describe('a hundred days with a clock that is right', () => {
  const scene = new UpkeepScene(seededRandom(1))
  scene.run(endMs)

  it('keep each photo for sixty whole days, and hardly longer', () => {
    keepsItsWord(scene)
    expect(scene.deletions).toHaveLength(40)
    expect(scene.deletions.map(({ day }) => day)).toEqual(
      scene.deletions.map(({ day }) => day).toSorted(),
    )
    for (const { ageMs } of scene.deletions) expect(ageMs).toBeLessThan(62 * dayMs)
  })

  it('make exactly one backup each night, between three and five', () => {
    const nights = scene.made.map(({ businessMs }) => isoOf(businessMs).slice(0, 10))
    expect(new Set(nights).size).toBe(nights.length)
    expect(nights).toHaveLength(walkDays)
    for (const { businessMs } of scene.made)
      expect(isoOf(businessMs).slice(11, 16) >= '03:00').toBe(true)
    for (const { businessMs } of scene.made)
      expect(isoOf(businessMs).slice(11, 16) <= '05:00').toBe(true)
    const minutes = new Set(scene.made.map(({ businessMs }) => isoOf(businessMs).slice(11, 16)))
    expect(minutes.size, 'it waits for quiet lanes').toBeGreaterThan(10)
    expect(minutes.has('04:59'), 'and not for ever').toBe(true)
    oneANight(scene)
  })

  it('leave a row for everything that went', () => {
    const types = scene.rows.map((row) => (row.kind === 'event' ? row.body.type : row.kind))
    const count = (type: string): number => types.filter((one) => one === type).length
    expect(count('photosDeleted')).toBe(scene.deletions.length)
    expect(count('backupMade')).toBe(scene.made.length)
    expect(count('backupDeleted')).toBe(scene.made.length - scene.backups.length)
    expect(count('clockJumped')).toBe(0)
    expect(scene.told).toEqual([])
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
  const scene = new UpkeepScene(seededRandom(2), { photoDays: 20 })
  scene.run(endMs, happenings)

  it('never delete a photo younger than allowed, and do delete', () => {
    keepsItsWord(scene)
    expect(scene.deletions.length).toBeGreaterThan(30)
  })

  it('make exactly one backup a night', () => {
    // Four hours switched off look the same as four hours in which the clock was set back thirty years.
    oneANight(scene, 32 * hourMs)
    expect(scene.made.length).toBeGreaterThanOrEqual(walkDays - 2)
    expect(scene.made.length).toBeLessThanOrEqual(walkDays + 2)
  })

  it('write each jump that the process saw into the ledger', () => {
    const jumps = scene.rows.flatMap((row) =>
      row.kind === 'event' && row.body.type === 'clockJumped' ? [row.body.detail] : [],
    )
    expect(jumps).toHaveLength(happenings.length - 3)
    expect(jumps[0]).toBe('86400 s')
  })
})

it.each([3, 4, 5, 6, 7, 8])('a hundred days of mishaps, seed %i', (seed) => {
  const chance = seededRandom(seed)
  const scene = new UpkeepScene(chance, { photoDays: 10, backupsKept: 3 })
  const happenings = Array.from({ length: 14 }, (_, i): Happening => {
    const afterMs = Math.floor((chance() * 5 + i * 7) * dayMs)
    const jumpMs = Math.floor((chance() - 0.5) * 10 ** (chance() * 4) * dayMs)
    const kind = Math.floor(chance() * 4)
    if (kind === 0) return jump(afterMs, jumpMs)
    if (kind === 1) return off(afterMs, Math.floor(chance() * 12 * hourMs))
    // A clock set while the machine is off is only noticed if it goes back, or forward beyond a long weekend.
    if (kind === 2) return off(afterMs, hourMs, jumpMs < 0 ? jumpMs - 3 * hourMs : jumpMs + year)
    return { afterMs, do: { diskUsedMb: chance() < 0.5 ? 0 : 9_000 } }
  })
  scene.run(endMs, happenings)
  keepsItsWord(scene)
  oneANight(scene, 42 * hourMs)
})

it('a clock set three days forward while the machine was off makes no photo older', () => {
  const scene = new UpkeepScene(seededRandom(12), { photoDays: 10 })
  scene.run(endMs, [off(after(30, 2), hourMs, 3 * dayMs), off(after(60, 2), hourMs, 3 * dayMs)])
  keepsItsWord(scene)
  expect(scene.deletions.length).toBeGreaterThan(80)
})

it('a disk that fills loses old photos early, the last week never', () => {
  const scene = new UpkeepScene(seededRandom(9))
  scene.run(endMs, [
    { afterMs: after(40), do: { diskUsedMb: 9_000 } },
    { afterMs: after(50), do: { diskUsedMb: 0 } },
  ])
  keepsItsWord(scene)
  const early = scene.deletions.filter(({ why }) => why === 'space')
  expect(early.length).toBeGreaterThan(30)
  expect(early.every(({ ageMs }) => ageMs > photoDaysMin * dayMs)).toBe(true)
  expect(scene.youngest.size).toBeGreaterThan(50)
  // Reported once a day while it lasts.
  expect(scene.told).toHaveLength(10)
  expect(new Set(scene.told)).toEqual(new Set(['UPKEEP-01']))
})

it('a backup that fails is told, tried again each hour, and makes one row', () => {
  const scene = new UpkeepScene(seededRandom(10))
  scene.run(startMs + 5 * dayMs, [
    { afterMs: after(1, 1), do: { backupFails: true } },
    { afterMs: after(2, 1), do: { backupFails: false } },
  ])
  expect(scene.told.length).toBeGreaterThanOrEqual(20)
  expect(scene.told.length).toBeLessThanOrEqual(24)
  const failed = scene.rows.filter(
    (row) => row.kind === 'event' && row.body.type === 'backupFailed',
  )
  expect(failed).toHaveLength(1)
  // The backup that succeeded at 01:00 also counts for the following night.
  expect(scene.backups).toHaveLength(4)
})

it('a machine that is off every night and at weekends is backed up and cleared all the same', () => {
  const scene = new UpkeepScene(seededRandom(11), { photoDays: 20 })
  const nights = Array.from({ length: walkDays }, (_, day) =>
    off(after(day, 22), (day % 7 === 5 ? 57 : 9) * hourMs),
  ).filter((_, day) => day % 7 !== 6 && day % 7 !== 0)
  scene.run(endMs, nights)
  keepsItsWord(scene)
  expect(scene.deletions.length).toBeGreaterThan(40)
  const gaps = scene.gapsMs()
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12 * hourMs)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(86 * hourMs)
})
