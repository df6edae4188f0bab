// `etc-lane sim`: deterministic simulation of lots with generated traffic, faults and crashes.
// One hash over ledger heads and outside records, the same on every machine; exit 1 on a violation.
import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { invariantIds, type InvariantReport } from '#lane/pure/lot/invariants.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { trafficProfiles } from '#simulators/traffic/profiles.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { generateTraffic } from '#simulators/traffic/generator.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { roadsOf } from './lot/sim-roads.ts'
import type { FaultLevel } from './lot/sim-faults.ts'
import { simulate } from './lot/replay-sim.ts'
import type { SimOutcome, SimRun } from './lot/sim-run.ts'

/** One in, one out. */
const lanesMin = 2
/** Largest number of lanes of one runtime. */
const lanesMax = 8

export interface SimChoice {
  readonly seed: number
  readonly lots: number
  readonly lanes: number
  readonly days: number
  readonly faults: FaultLevel
}

/** Varies the lots: layouts, both charge modes, both variants, every offline policy, three sizes. */
export function runOf(choice: SimChoice, index: number, dir: string): SimRun {
  const seed = (Math.imul(choice.seed, 7919) + index) >>> 0
  const charge = index % 2 === 0 ? 'online' : 'card'
  const policies = {
    online: ['other-payment', 'settle-later'],
    card: ['accept-within-caps', 'other-payment'],
  } as const
  const profile = (['small', 'garage', 'stadium'] as const)[index % 3] ?? 'small'
  const pairs = choice.lanes / 2
  return {
    dir,
    nodeId: `n${(index % 999) + 1}`,
    traffic: generateTraffic({
      profile,
      capacity: Math.round(trafficProfiles[profile].capacity * pairs),
      fromMs: instantOf(2026, 3, 2),
      days: choice.days,
      seed,
      mix: trafficMixes.real,
    }),
    seed,
    roads: roadsOf(choice.lanes, index),
    charge,
    offline: policies[charge][Math.floor(index / 2) % 2] ?? 'other-payment',
    variant: rsuVariantIds[Math.floor(index / 2) % rsuVariantIds.length] ?? 'generic-bcc',
    faults: choice.faults,
    // Only the most expensive stays: each needs a release by a person.
    largeAmountFen: 2_500,
    // One of each charge mode in eight.
    pays: index % 8 === 1 || index % 8 === 4,
  }
}

/** Adds the operator's platform if it may fail; without faults `replay` covers it. */
const told = (run: SimRun): SimRun => ({ ...run, operator: run.faults !== 'none' })

const add = (into: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [name, n] of Object.entries(more)) into[name] = (into[name] ?? 0) + n
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, n) => all + n, 0)

/** The JSON of contract.md section 4 for `sim`. */
export function simulateLots(choice: SimChoice) {
  const startedMs = Date.now()
  const invariants: InvariantReport = {
    checked: Object.fromEntries(invariantIds.map((id) => [id, 0])) as InvariantReport['checked'],
    violations: [],
    openFen: 0,
  }
  const faults: Record<string, number> = {}
  const crashPoints: Record<string, number> = {}
  const rows: Record<string, number> = {}
  const plates: Record<string, number> = {}
  const large: Record<string, number> = {}
  const digests: string[] = []
  let events = 0
  let atOnce = 0
  let passages = 0
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-sim-'))
  try {
    for (let i = 0; i < choice.lots; i++)
      simulate(told(runOf(choice, i, join(dir, `lot-${i}`))), (_lot, outcome: SimOutcome) => {
        events += outcome.events
        atOnce = Math.max(atOnce, outcome.atOnce)
        passages += outcome.entries + outcome.exits
        add(faults, outcome.faults)
        add(crashPoints, outcome.crashPoints)
        add(rows, outcome.rows)
        const { wrong, ...read } = outcome.plates
        const { paid, ...waited } = outcome.large
        add(plates, { ...read, wrong: sum(wrong) })
        add(large, { ...waited, paid: sum(paid) })
        add(invariants.checked, outcome.report.checked)
        for (const v of outcome.report.violations)
          invariants.violations.push({ ...v, detail: `lot ${i}: ${v.detail}` })
        digests.push(outcome.digest)
      })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  return {
    ok: invariants.violations.length === 0,
    seed: choice.seed,
    crypto: 'stand-in' as const,
    lanes: choice.lanes,
    hash: hash('sha256', digests.join('\n')),
    events,
    atOnce,
    passages,
    faults,
    crashPoints,
    rows,
    plates,
    large,
    invariants,
    wallMs: Date.now() - startedMs,
  }
}

const sim = act(
  ['sim [--seed N] [--lots N] [--lanes N] [--days N] [--faults none|light|all|platform]'],
  ({ seed = 1, lots = 1, lanes = lanesMin, days = 1, faults = 'none' }, io) => {
    if (lanes < lanesMin || lanes > lanesMax)
      throw new LaneFault('ARG-01', {
        field: '--lanes',
        value: String(lanes),
        note: `${lanesMin} to ${lanesMax}: one in and one out at least`,
      })
    const result = simulateLots({ seed, lots, lanes, days, faults })
    io.stdout(`${JSON.stringify(result)}\n`)
    return result.ok ? 0 : 1
  },
)

export const simCommand = commandOf('sim', [sim])
