// A year without hands, in virtual time: everything of an unattended lot that fills or ends is told to people at least
// thirty days before, where it can be foreseen, and what cannot fill is not told. Each row is a year of upkeep with a
// look every half hour, or the days before an end.
import { describe, expect, it } from 'vitest'
import { centre } from '#runtime/inbox/centre.ts'
import { certificateTroubles } from '#base/pure/data/credentials.ts'
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { hourMs, startMs, UpkeepScene, type Happening, type SceneDisk } from './upkeep-scene.ts'

const halfHour = 1_800_000
const monthDays = 30

const disk = (sizeGb: number, more: Partial<SceneDisk> = {}): SceneDisk => ({
  sizeMb: sizeGb * 1024,
  photosADay: () => 200,
  ledgerADay: 1.5,
  others: () => 0,
  weighs: false,
  ...more,
})

interface Year {
  readonly rules?: Partial<UpkeepConfig>
  readonly disk: SceneDisk
  readonly happenings?: readonly Happening[]
}

function yearOf({ rules = {}, disk: own, happenings = [] }: Year): UpkeepScene {
  const scene = new UpkeepScene(seededRandom(58), { photoDays: 365, ...rules }, own)
  scene.run(startMs + 366 * dayMs, happenings, halfHour)
  return scene
}

const dayOf = (trueMs: number): number => Math.floor((trueMs - startMs) / dayMs)
/** A night switched off every week, and a clock that is set twice. */
const restless: readonly Happening[] = [
  ...Array.from({ length: 50 }, (_, week) => ({
    afterMs: week * 7 * dayMs + 12 * hourMs,
    do: { offMs: 9 * hourMs, jumpMs: 0 },
  })),
  { afterMs: 60 * dayMs, do: { jumpMs: -40 * dayMs } },
  { afterMs: 75 * dayMs, do: { jumpMs: 40 * dayMs } },
]

describe('a disk that fills within the year', () => {
  it.each<[string, Year]>([
    ['with photos of 200 MB a day', { disk: disk(60) }],
    [
      'with photos, while the machine is off at night and its clock is set',
      { disk: disk(60), happenings: restless },
    ],
    ['with the log of another program', { disk: disk(120, { others: (days) => 250 * days }) }],
    [
      'with 4 GB each Sunday',
      { disk: disk(150, { others: (days) => 4_096 * Math.floor(days / 7) }) },
    ],
    [
      'with a lot that is busier in summer',
      { disk: disk(64, { photosADay: (day) => (day > 90 && day < 180 ? 260 : 200) }) },
    ],
    [
      'with a ledger of 25 MB a day and its seven copies',
      { disk: disk(40, { photosADay: () => 20, ledgerADay: 25 }) },
    ],
  ])('%s is told a month before', (_, year) => {
    const scene = yearOf(year)
    const lowMs = present(scene.lowSinceMs, 'this disk fills')
    const toldMs = present(scene.firstTold.get('UPKEEP-05'), 'it is told')
    const before = dayOf(lowMs) - dayOf(toldMs)
    expect([before >= monthDays, before <= 75], `${before} days`).toEqual([true, true])
    expect(scene.mostLooks).toBeLessThanOrEqual(42)
  })

  it('is told until somebody makes room, and not after', () => {
    const happenings = [{ afterMs: 270 * dayMs, do: { diskUsedMb: -60 * 1024 } }]
    const scene = yearOf({ disk: disk(60), happenings })
    expect(scene.lowSinceMs).toBeNull()
    expect(dayOf(present(scene.firstTold.get('UPKEEP-05'), 'it is told'))).toBeLessThan(270)
    expect(dayOf(present(scene.lastTold.get('UPKEEP-05'), 'it is told'))).toBeLessThanOrEqual(270)
  })
})

describe('a disk that does not fill', () => {
  it.each<[string, Year]>([
    ['with a year of photos', { disk: disk(128) }],
    ['with photos kept for 60 days', { rules: { photoDays: 60 }, disk: disk(40) }],
    [
      'with a single file of 30 GB',
      { disk: disk(160, { others: (days) => (days > 100 ? 30_720 : 0) }) },
    ],
    ['with a budget for photos', { rules: { photoGb: 20 }, disk: disk(60, { weighs: true }) }],
    ['while the clock is set and the machine is off', { disk: disk(128), happenings: restless }],
  ])('%s: nothing is told of the disk', (_, year) => {
    const scene = yearOf(year)
    expect(scene.lowSinceMs).toBeNull()
    expect(scene.firstTold.get('UPKEEP-05')).toBeUndefined()
    expect(scene.backups).toHaveLength(scene.rules.backupsKept)
    expect(scene.youngest.size).toBeLessThanOrEqual(scene.rules.photoDays + 3)
    // Upkeep itself writes a look, a copy made and a copy deleted, and photos deleted, at most, each day.
    const own = scene.rows.filter(({ body }) => 'type' in body && body.type !== 'photosBack')
    expect(own.length / 366).toBeLessThan(5)
  })
})

describe('photos that reach their budget before their time', () => {
  it.each([
    [20, 200],
    [40, 300],
    [30, 150],
  ])('of %i GB with %i MB a day are told a month before the first goes', (photoGb, mb) => {
    const scene = yearOf({
      rules: { photoGb },
      disk: disk(400, { photosADay: () => mb, weighs: true }),
    })
    const early = present(
      scene.deletions.find(({ why }) => why === 'budget'),
      'the budget is used up',
    )
    const before = dayOf(early.atMs) - dayOf(present(scene.firstTold.get('UPKEEP-04'), 'told'))
    expect([before >= monthDays, before <= 75], `${before} days`).toEqual([true, true])
  })

  it('are not told where a year of them has room', () => {
    const scene = yearOf({ rules: { photoGb: 90 }, disk: disk(200, { weighs: true }) })
    expect(scene.firstTold.get('UPKEEP-04')).toBeUndefined()
  })
})

describe('a certificate', () => {
  const ends = [
    instantOf(2027, 6, 1),
    instantOf(2028, 2, 29),
    instantOf(2038, 1, 19, 11_647_000),
    instantOf(2106, 2, 7),
  ]
  const firstDay = (endMs: number, isTold: (nowMs: number) => boolean): number => {
    for (let days = 400; days > 0; days--) if (isTold(endMs - days * dayMs)) return days
    return 0
  }
  it.each(ends.map((endMs) => [isoOf(endMs).slice(0, 10), endMs] as const))(
    'of a lot, of a platform or of the centre that ends on %s is told thirty days before',
    (_, endMs) => {
      const held = (whose: 'client' | 'platform') => [
        { whose, certSerial: '01', notBeforeMs: endMs - 730 * dayMs, notAfterMs: endMs },
      ]
      const told = (whose: 'client' | 'platform') =>
        firstDay(endMs, (nowMs) =>
          certificateTroubles(held(whose), null, nowMs).some(({ code }) => code === 'CERT-03'),
        )
      const view = {
        state: 'joined',
        untilIso: isoOf(endMs),
        digits: null,
        pendingSinceIso: null,
        fault: null,
      }
      const ofCentre = firstDay(
        endMs,
        (nowMs) => centre.rowsOf(view as never, { nowMs } as never).length > 0,
      )
      expect([told('client'), told('platform'), ofCentre]).toEqual([30, 30, 30])
    },
  )
})

describe('a machine whose clock battery is dead and that has no network', () => {
  const held = (['client', 'platform'] as const).map((whose) => ({
    whose,
    certSerial: '01',
    notBeforeMs: instantOf(2026, 1, 1),
    notAfterMs: instantOf(2028, 1, 1),
  }))
  it.each([
    ['1970', 0],
    ['2015', instantOf(2015, 1, 1)],
    ['2099', instantOf(2099, 12, 31)],
  ])(
    'in %s its certificates are not valid, told with the clock, and no photo goes',
    (_, clockMs) => {
      const codes = certificateTroubles(held, null, clockMs).map(({ code }) => code)
      expect(codes).toEqual(['CERT-04', 'CERT-04'])
      const scene = new UpkeepScene(seededRandom(9), { photoDays: 60 })
      const wrongAtMs = startMs + 50 * dayMs
      const trueMs = wrongAtMs + 20 * dayMs
      const happenings: readonly Happening[] = [
        { afterMs: 50 * dayMs, do: { offMs: hourMs, jumpMs: clockMs - wrongAtMs } },
        { afterMs: 70 * dayMs, do: { offMs: hourMs, jumpMs: wrongAtMs - clockMs } },
      ]
      scene.run(trueMs, happenings, halfHour)
      expect(scene.deletions).toEqual([])
      // Set right again, days dated by the wrong clock go too, once they are certainly old enough.
      scene.run(trueMs + 130 * dayMs, happenings.slice(1), halfHour)
      const young = scene.deletions.filter(({ ageMs }) => ageMs < 60 * dayMs)
      expect(young).toEqual([])
      expect(
        [...scene.youngest.keys()].filter((day) => /^(?:1970|2015|2099|2100)/.test(day)),
      ).toEqual([])
      expect(scene.youngest.size).toBeLessThanOrEqual(64)
    },
  )
})
