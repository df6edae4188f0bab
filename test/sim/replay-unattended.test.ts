// No attendant, repeated power and network cuts, a slow gateway: every car leaves, nothing is charged
// twice, and the ledger's takings are those of gateway and platform. Seven days of 7.1.1 and one of each other layout;
// in the gate one of 7.1.1, in `npm run test:full` seven of each.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { layoutNames } from '#lane/pure/layouts/index.ts'
import type { PlateCounts } from '#harness/lot/plate-truth.ts'
import type { LargeTally } from '#harness/lot/row-tally.ts'
import { theaterwall } from '../wire/kit/program.ts'
import { etcLane } from './etc-lane.ts'
import { unsure } from './site-counts.ts'

const scale = process.env['ETC_LANE_SCALE']
const isFull = scale === 'full'
/** The gate replays one layout, in both charge modes. */
const layouts = scale === 'gate' ? (['7.1.1'] as const) : layoutNames
/** Power is cut every night and the network three times a day; in the one-day runs power is cut more often. */
const week = { days: '7', cuts: 'power=1d,network=8h', power: 7, network: 21 }
const day = { days: '1', cuts: 'power=5h,network=8h', power: 4, network: 3 }

interface Taken {
  readonly count: number
  readonly fen: number
}
interface ReplayJson {
  readonly exits: number
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly takings: Readonly<Record<'etc' | 'cash' | 'qr' | 'free', Taken>>
  readonly gateway: { readonly keptFen: number }
  readonly platform: { readonly amountFen: number }
  readonly cuts: { readonly power: number; readonly network: number }
  readonly plates: PlateCounts
  readonly large: LargeTally
  readonly site: Readonly<Record<string, number>>
  readonly invariants: { readonly violations: readonly unknown[] }
}

/** 7.1.1 in both charge modes; replay-layouts.test.ts has the sites of the other layouts in the other mode. */
const rows = layouts.flatMap((layout) =>
  (layout === '7.1.1' ? ['online', 'card'] : ['online']).map((charge) => [layout, charge] as const),
)

describe.concurrent('nobody at the desk', () => {
  it.each(rows)(
    'lot of %s, %s: every car goes out and the takings are what others hold',
    async (layout, charge) => {
      const dir = mkdtempSync(join(tmpdir(), 'etc-lane-alone-'))
      try {
        const { days, cuts, ...times } =
          isFull || (scale !== 'gate' && `${layout} ${charge}` === '7.1.1 online') ? week : day
        const data = ['--trace', theaterwall(dir), '--data', join(dir, 'lot'), '--days', days]
        const alone = ['--unattended', '--cuts', cuts, '--layout', layout, '--charge', charge]
        const ran = await etcLane(['replay', ...data, ...alone])
        const json = ran.json as unknown as ReplayJson
        expect(json.invariants.violations, ran.stderr).toEqual([])
        expect(ran.code).toBe(0)
        const ends = Object.values(json.ordersByEnd).reduce((sum, n) => sum + n, 0)
        expect(ends).toBe(json.exits)
        const { etc, cash, qr } = json.takings
        expect(cash).toEqual({ count: 0, fen: 0 })
        expect(etc.count + qr.count + (json.ordersByEnd['free'] ?? 0)).toBe(json.exits)
        expect(qr.count).toBeGreaterThan(0)
        expect(json.gateway.keptFen).toBe(qr.fen)
        expect(json.platform.amountFen).toBe(etc.fen)
        // Drivers pay large amounts themselves, which they see; no card pays an amount that nobody released.
        expect(json.large).toMatchObject({ released: 0, paid: { qr: json.large.asked } })
        expect(json.large.asked).toBeGreaterThan(0)
        expect([json.plates.picked, json.plates.wrong['etc'] ?? 0]).toEqual([0, 0])
        // The booth is empty, but its booms and plates work as usual; the other sites are unchanged.
        expect(unsure(layout, json.site, true)).toEqual([])
        expect(json.site['cashPayments'] ?? 0).toBe(0)
        expect(json.site['emptyBoothExits'] ?? json.exits).toBe(json.exits)
        expect(json.cuts).toEqual(times)
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    },
  )
})
