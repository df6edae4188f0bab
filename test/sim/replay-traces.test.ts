// The three shared traces of real car parks, whole, through the deterministic harness (contract.md section 4).
// Where the traces are missing the repository's own generator stands in, in sim.test.ts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { etcLane, root } from './etc-lane.ts'

const traces = join(root, '..', 'shared', 'traces')

/** Totals of contract.md section 4. */
const rows = [
  ['oldenburg-theaterwall-74-spaces-2025q2', 16_021, 16_021],
  ['bochum-massenberg-100-spaces-2025q2', 16_398, 16_400],
  ['bochum-stadionring-1400-spaces-2025-05', 20_332, 20_334],
] as const

interface ReplayJson {
  readonly ok: boolean
  readonly entries: number
  readonly exits: number
  readonly amountFen: number
  readonly pending: number
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly platform: { readonly amountFen: number }
  readonly invariants: {
    readonly checked: Readonly<Record<string, number>>
    readonly violations: readonly unknown[]
  }
}

describe.concurrent('whole traces without a wire', () => {
  for (const [name, entries, exits] of rows)
    it.skipIf(!existsSync(traces))(
      name,
      async () => {
        const dir = mkdtempSync(join(tmpdir(), 'etc-lane-replay-'))
        try {
          const ran = await etcLane([
            'replay',
            '--trace',
            join(traces, `${name}.csv`),
            '--data',
            dir,
            ...(name.startsWith('bochum-massenberg') ? ['--charge', 'card'] : []),
          ])
          const json = ran.json as unknown as ReplayJson
          expect(json.invariants.violations, ran.stderr).toEqual([])
          expect(ran.code).toBe(0)
          expect([json.entries, json.exits]).toEqual([entries, exits])
          expect(json.platform.amountFen).toBe(json.amountFen)
          expect(json.pending).toBe(0)
          const ends = Object.values(json.ordersByEnd).reduce((sum, n) => sum + n, 0)
          expect(ends).toBe(exits)
          for (const n of Object.values(json.invariants.checked))
            expect(n).toBeGreaterThanOrEqual(entries + exits)
        } finally {
          rmSync(dir, { recursive: true, force: true })
        }
      },
      600_000,
    )
})
