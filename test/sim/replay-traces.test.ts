// The three shared traces of real car parks through the deterministic harness (contract.md section 4): their
// first days, whole in `npm run test:full`, each in both charge modes; the books of all platforms agree.
// Without the traces sim.test.ts uses its own traffic.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { etcLane, root } from './etc-lane.ts'

const traces = join(root, '..', 'shared', 'traces')

interface Row {
  readonly name: string
  readonly days?: number
  readonly entries: number
  readonly exits: number
}
/** Totals of contract.md section 4. */
const whole: readonly Row[] = [
  { name: 'oldenburg-theaterwall-74-spaces-2025q2', entries: 16_021, exits: 16_021 },
  { name: 'bochum-massenberg-100-spaces-2025q2', entries: 16_398, exits: 16_400 },
  { name: 'bochum-stadionring-1400-spaces-2025-05', entries: 20_332, exits: 20_334 },
]
/** Totals of the traces over their first days. */
const firstDays: readonly Row[] = [
  { name: 'oldenburg-theaterwall-74-spaces-2025q2', days: 7, entries: 1_195, exits: 1_190 },
  { name: 'bochum-massenberg-100-spaces-2025q2', days: 7, entries: 1_369, exits: 1_369 },
  { name: 'bochum-stadionring-1400-spaces-2025-05', days: 2, entries: 2_216, exits: 2_212 },
]
/** The gate replays one trace. */
const scales = { gate: firstDays.slice(0, 1), full: whole }
const rows = scales[process.env['ETC_LANE_SCALE'] as keyof typeof scales] ?? firstDays
const modes = ['online', 'card'] as const

interface ReplayJson {
  readonly ok: boolean
  readonly entries: number
  readonly exits: number
  readonly amountFen: number
  readonly pending: number
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly insideStart: number
  readonly platform: { readonly records: number; readonly amountFen: number }
  readonly destinations: {
    readonly operator: {
      readonly records: number
      readonly amountFen: number
      readonly entryRecords: number
    }
  }
  readonly invariants: {
    readonly checked: Readonly<Record<string, number>>
    readonly violations: readonly unknown[]
  }
}

describe.concurrent('traces without a wire', () => {
  for (const [{ name, days, entries, exits }, charge] of rows.flatMap((row) =>
    modes.map((mode) => [row, mode] as const),
  ))
    it.skipIf(!existsSync(traces))(`${name}, ${charge}`, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'etc-lane-replay-'))
      try {
        const ran = await etcLane([
          'replay',
          '--trace',
          join(traces, `${name}.csv`),
          '--data',
          dir,
          ...(days === undefined ? [] : ['--days', String(days)]),
          '--charge',
          charge,
        ])
        const json = ran.json as unknown as ReplayJson
        expect(json.invariants.violations, ran.stderr).toEqual([])
        expect(ran.code).toBe(0)
        expect([json.entries, json.exits]).toEqual([entries, exits])
        expect(json.platform.amountFen).toBe(json.amountFen)
        expect(json.destinations.operator).toMatchObject({
          records: json.platform.records,
          amountFen: json.amountFen,
          entryRecords: entries + json.insideStart,
        })
        expect(json.pending).toBe(0)
        const ends = Object.values(json.ordersByEnd).reduce((sum, n) => sum + n, 0)
        expect(ends).toBe(exits)
        for (const n of Object.values(json.invariants.checked))
          expect(n).toBeGreaterThanOrEqual(entries + exits)
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    })
})
