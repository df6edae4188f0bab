// The layouts of clause 7.1 through the deterministic harness, on days of a real trace: every car leaves, no violation,
// and what each layout's site is about has happened (site-plan.ts). Without the traces, on our own traffic.
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { layoutNames } from '#lane/pure/layouts/index.ts'
import type { PlateCounts } from '#harness/lot/plate-truth.ts'
import type { LargeTally } from '#harness/lot/row-tally.ts'
import { oddNames } from '#harness/lot/odd-cars.ts'
import { theaterwall } from '../wire/kit/program.ts'
import { etcLane } from './etc-lane.ts'
import { happened, unsure } from './site-counts.ts'
import { folderOfTest } from '../kit/own-folder.ts'

const days = process.env['ETC_LANE_SCALE'] === 'full' ? 28 : 1

interface ReplayJson {
  readonly ok: boolean
  readonly entries: number
  readonly exits: number
  readonly ledger: { readonly headHash: string }
  readonly takings: Readonly<Record<string, { readonly count: number; readonly fen: number }>>
  readonly cuts: Readonly<Record<string, number>>
  readonly site: Readonly<Record<string, number>>
  readonly oddCars: Readonly<Record<string, number>>
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly plates: PlateCounts
  readonly large: LargeTally
  readonly invariants: { readonly violations: readonly unknown[] }
}

async function replayed(layout: string, ...more: readonly string[]): Promise<ReplayJson> {
  const dir = folderOfTest('etc-lane-layout-')
  const data = ['--trace', theaterwall(dir), '--data', join(dir, 'lot'), '--days', String(days)]
  const ran = await etcLane(['replay', ...data, '--layout', layout, ...more])
  const json = ran.json as unknown as ReplayJson
  expect([json.ok, json.invariants.violations], ran.stderr).toEqual([true, []])
  expect(ran.code, ran.stderr).toBe(0)
  expect(json.ordersByEnd['open']).toBe(0)
  expect(Object.values(json.ordersByEnd).reduce((sum, n) => sum + n, 0)).toBe(json.exits)
  return json
}

/** Head hashes of 7.1.1, whose lanes the other layouts have; they differ in their site. */
const heads = new Map<string, string>()
const crossings = new Set<string>()

describe('cars that leave otherwise', () => {
  it.each(layoutNames)('have an end in %s, and nobody else pays for them', async (layout) => {
    const ran = await replayed(layout, '--mix', 'odd')
    const { oddCars, entries, exits, plates, large, site } = ran
    for (const name of oddNames) expect(oddCars[name] ?? 0, name).toBeGreaterThan(0)
    // Plates are misread, and the run limits how often a car pays for another one; large amounts wait for a person.
    expect(
      Math.min(plates.misreadIn, plates.misreadOut, plates.corrected, plates.picked),
    ).toBeGreaterThan(3)
    expect(plates.wrong['etc'] ?? 0).toBeLessThanOrEqual(1)
    // In the booth by day; at night its driver pays by code.
    const means = layout === '7.1.2' ? ['qr'] : ['etc', 'cash']
    for (const name of means) expect(large.paid[name] ?? 0, name).toBeGreaterThan(0)
    expect(large.released).toBeGreaterThan(0)
    expect(unsure(layout, site)).toEqual([])
    heads.set(layout, ran.ledger.headHash)
    crossings.add(`${entries} ${exits}`)
  })
  afterAll(() => {
    // The same cars in all layouts, and five different ledgers.
    expect(crossings.size).toBe(1)
    expect(new Set(heads.values()).size).toBe(layoutNames.length)
  })
})

describe('what a site is about', () => {
  const cuts = ['--cuts', 'power=5h,network=8h'] as const
  /** Layouts in which a card is debited in the lane itself, without the booth, which takes other payments. */
  it.each([
    ['7.1.2', 'online'],
    ['7.1.3', 'card'],
    ['7.1.4', 'card'],
    ['7.1.5', 'card'],
  ])(
    'happens in %s with money %s while power and network fail, and breaks no rule',
    async (layout, charge) => {
      const { site, cuts: cut, takings } = await replayed(layout, '--charge', charge, ...cuts)
      expect(Math.min(cut['power'] ?? 0, cut['network'] ?? 0)).toBeGreaterThanOrEqual(2)
      expect(happened(layout)).not.toEqual([])
      expect(unsure(layout, site)).toEqual([])
      if (layout !== '7.1.2') return
      // By day the attendant takes cash and gives change, at night each driver pays by code.
      const { cash, qr } = takings
      expect([site['cashFen'], site['cashPayments']]).toEqual([
        (cash?.fen ?? 0) + (site['changeFen'] ?? 0),
        cash?.count,
      ])
      expect(qr?.count).toBeGreaterThan(0)
    },
  )
})
