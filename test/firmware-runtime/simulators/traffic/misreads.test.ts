// Misreads of simulated cameras: another plate each time, in the classes and shares of docs/plate-correction.md.
// The product's score, which has an independent list, tells the class of each.
import { expect, it } from 'vitest'
import { scoreOf } from '#ledger/pure/lot/plate-match.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { present } from '#base/pure/values/must.ts'
import { misread } from '#simulators/traffic/misreads.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { Rows, t0 } from '../../lane/pure/lot/row-kit.ts'

/** The class by the product's score for this reading; null where it sees no similarity. */
function wordOf(plate: string, read: string): string | null {
  const rows = new Rows().stay(1, plate)
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const stay = present(lot.stays.get('n-S1'), 'it is inside')
  const reading = { plate: read, colour: 'blue', confidence: 0.5, nowMs: t0 + 60_000 } as const
  return scoreOf(reading, stay)?.parts[0]?.word ?? null
}

it('every class is drawn in its share, and none reads the plate as it is', () => {
  const cars = carMaker(trafficMixes.real, 7)
  const random = seededRandom(3)
  const counts: Record<string, number> = {}
  const all = 4000
  for (let i = 0; i < all; i++) {
    const { plate } = cars.next()
    const at = plate.length - 1 - Math.floor(random() * 5)
    const read = misread(plate, at, [random(), random()])
    expect(read).not.toBe(plate)
    const word = wordOf(plate, read) ?? 'none'
    counts[word] = (counts[word] ?? 0) + 1
  }
  const percent = (word: string): number => Math.round(((counts[word] ?? 0) * 100) / all)
  expect(percent('alike')).toBeGreaterThan(40)
  expect(percent('similar')).toBeGreaterThan(12)
  for (const word of ['neverUsed', 'other', 'otherProvince', 'missing', 'extra'])
    expect(percent(word), word).toBeGreaterThan(1)
})

it('a fleet has numbers that follow each other, and its share changes no other car', () => {
  const made = (fleet: number) => {
    const cars = carMaker({ ...trafficMixes.clean, fleet }, 5)
    return Array.from({ length: 50 }, () => cars.next())
  }
  const [none, all] = [made(0), made(1000)]
  expect(none.map(({ obu }) => obu?.cardNo)).toEqual(all.map(({ obu }) => obu?.cardNo))
  expect(all.map(({ plate }) => plate.slice(-4))).toEqual(
    Array.from({ length: 50 }, (_, i) =>
      `000${i < 34 ? '' : '1'}${'0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'[i % 34]}`.slice(-4),
    ),
  )
  expect(new Set(none.map(({ plate }) => plate)).size).toBe(50)
})
