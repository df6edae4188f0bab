// The layouts of clause 7.1 through the deterministic harness, on days of a real trace: every car out, no violation,
// and the same money in each of them, because only the road differs. Without the traces, on traffic of our own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layoutNames } from '../../firmware-runtime/core/lane/layouts/index.ts'
import type { PlateCounts } from '../../firmware-runtime/harness/lot/plate-truth.ts'
import type { LargeTally } from '../../firmware-runtime/harness/lot/row-tally.ts'
import { oddNames } from '../../firmware-runtime/harness/lot/odd-cars.ts'
import { theaterwall } from '../wire/kit/program.ts'
import { etcLane } from './etc-lane.ts'

const days = process.env['ETC_LANE_SCALE'] === 'full' ? 28 : 1

interface ReplayJson {
  readonly ok: boolean
  readonly entries: number
  readonly exits: number
  readonly insideEnd: number
  readonly amountFen: number
  readonly pending: number
  readonly oddCars: Readonly<Record<string, number>>
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly deductions: Readonly<Record<string, number>>
  readonly plates: PlateCounts
  readonly large: LargeTally
  readonly invariants: { readonly violations: readonly unknown[] }
}

async function replayed(layout: string, charge: string, mix = 'real'): Promise<ReplayJson> {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-layout-'))
  try {
    const trace = theaterwall(dir)
    const replayArgs = [
      '--layout',
      layout,
      '--charge',
      charge,
      '--days',
      String(days),
      '--mix',
      mix,
    ]
    const ran = await etcLane([
      'replay',
      '--trace',
      trace,
      '--data',
      join(dir, 'lot'),
      ...replayArgs,
    ])
    expect(ran.code, ran.stderr).toBe(0)
    return ran.json as unknown as ReplayJson
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Without their own road the others are 7.1.1 once more: `card` is enough where the road is another. */
const rows = [
  ['online', layoutNames],
  ['card', ['7.1.1', '7.1.3']],
] as const

describe.each(rows)('with money %s', (charge, names) => {
  it('every layout lets every car out, for the same money', async () => {
    const first = await replayed('7.1.1', charge)
    expect(first.entries).toBeGreaterThan(50)
    for (const layout of names.filter((name) => name !== '7.1.1')) {
      const { invariants, ok, pending, ...more } = await replayed(layout, charge)
      expect([layout, invariants.violations, ok, pending]).toEqual([layout, [], true, 0])
      const { entries, exits, amountFen, deductions, ordersByEnd, insideEnd } = first
      expect(more).toMatchObject({ entries, exits, amountFen, deductions, ordersByEnd, insideEnd })
    }
  }, 600_000)
})

describe('cars that leave otherwise', () => {
  it.each(layoutNames)(
    'have an end in %s, and nobody else pays for them',
    async (layout) => {
      const ran = await replayed(layout, 'online', 'odd')
      const { ok, invariants, oddCars, entries, exits, ordersByEnd, plates, large } = ran
      expect([ok, invariants.violations]).toEqual([true, []])
      for (const name of oddNames) expect(oddCars[name] ?? 0, name).toBeGreaterThan(0)
      expect([entries, exits]).toEqual([exits, entries])
      expect(ordersByEnd['open']).toBe(0)
      expect(Object.values(ordersByEnd).reduce((sum, n) => sum + n, 0)).toBe(exits)
      // Plates are taken for others, and the run bounds who pays for another; large amounts wait for a person.
      expect(
        Math.min(plates.misreadIn, plates.misreadOut, plates.corrected, plates.picked),
      ).toBeGreaterThan(3)
      expect(plates.wrong['etc'] ?? 0).toBeLessThanOrEqual(1)
      expect(
        Math.min(large.released, large.paid['etc'] ?? 0, large.paid['cash'] ?? 0),
      ).toBeGreaterThan(0)
    },
    600_000,
  )
})
