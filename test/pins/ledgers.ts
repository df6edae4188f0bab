// Ledgers of the deterministic harness for the pins: of a simulated lot, and of a shared trace replayed in it.
// Only `wallMs` and the (empty) list of processes are removed; the harness has no present time, path or version.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayInHarness, simulate } from '#harness/lot/replay-sim.ts'
import { standardLayout } from '#lane/pure/layouts/index.ts'
import { runOf, type SimChoice } from '#harness/sim.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { readTrace, traceTraffic } from '#simulators/traffic/trace.ts'
import { trafficOfTrace } from '#simulators/traffic/traffic.ts'

function inFolder<T>(use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-pins-'))
  try {
    return use(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** One lot of a seed: digest, head, sums, and the first row of each kind, whose hashes are in the head. */
export const simLedger = (choice: SimChoice, index: number): Record<string, unknown> =>
  inFolder((dir) => {
    let found: Record<string, unknown> = {}
    simulate(runOf(choice, index, join(dir, 'lot')), (lot, outcome) => {
      const first: Record<string, unknown> = {}
      for (const { hash: _, prevHash: _before, ...row } of lot.opened.ledger.rows(0))
        first[row.kind] ??= row
      const { digest, entries, exits, pending, rows, verdict, faults, crashPoints, report } =
        outcome
      const { head } = lot.opened.ledger
      const { violations } = report
      found = {
        digest,
        head,
        entries,
        exits,
        pending,
        rows,
        faults,
        crashPoints,
        violations,
        first,
      }
      found['sums'] = verdict.sums
    })
    return found
  })

export interface TraceRun {
  readonly file: string
  readonly days?: number
  readonly charge: 'card' | 'online'
  readonly layout?: string
  readonly capacity?: number
}

const folder = new URL('../../../shared/traces/', import.meta.url)
export const traces = [
  { file: 'oldenburg-theaterwall-74-spaces-2025q2.csv', charge: 'online' },
  { file: 'bochum-massenberg-100-spaces-2025q2.csv', charge: 'card' },
  { file: 'bochum-stadionring-1400-spaces-2025-05.csv', charge: 'online' },
] as const satisfies readonly TraceRun[]
export const hasTraces = traces.every(({ file }) => existsSync(new URL(file, folder)))

/** The answer of `replay` for a shared trace. */
export function traceLedger(run: TraceRun): Record<string, unknown> {
  const { file, days, capacity, charge, layout = standardLayout } = run
  const trace = traceTraffic(readTrace(readFileSync(new URL(file, folder)), file), {
    days,
    capacity,
  })
  const traffic = trafficOfTrace(trace, { seed: 1, mix: trafficMixes.real })
  const {
    wallMs: _,
    processes: _none,
    ...result
  } = inFolder((dir) =>
    replayInHarness({
      dir: join(dir, 'lot'),
      traffic,
      seed: 1,
      layout,
      timing: 'instant',
      charge,
      offline: 'other-payment',
      variant: 'generic-bcc',
    }),
  )
  return result
}
