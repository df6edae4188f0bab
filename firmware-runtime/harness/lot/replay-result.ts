// What a replay is asked and what it answers: the JSON of contract.md section 4.
// Totals come from the ledger, `platform` from its own settlement records; ok means no violation and equality.
import type { RsuVariant } from '../../simulators/rsu/dialect.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import type { InvariantReport } from '../../core/lot/invariants.ts'
import type { LedgerReader, LedgerVerdict } from '../../ports/ledger-reader.ts'
import type { Traffic } from '../../simulators/traffic/traffic.ts'
import type { Timing } from '../../runtime/lane/device-ports.ts'

export interface ReplayChoice {
  readonly dir: string
  readonly traffic: Traffic
  /** Permille of crossings at which something else happens as well. */
  readonly odd?: number
  readonly seed: number
  readonly layout: string
  readonly timing: Timing
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly variant: RsuVariant
}

export interface PlatformSums {
  readonly records: number
  readonly amountFen: number
  readonly duplicates: number
  readonly rejected: number
}

export interface ProcessNote {
  readonly name: string
  readonly pid: number
  readonly link: string
  readonly bytesIn: number
  readonly bytesOut: number
}

interface ReplayFacts {
  readonly mode: 'wire' | 'sim'
  readonly seed: number
  readonly crypto: 'real' | 'stand-in'
  readonly entries: number
  readonly exits: number
  readonly insideStart: number
  readonly exitsWithoutStay: number
  readonly pending: number
  readonly report: InvariantReport
  /** The full check of the ledger after its last row. */
  readonly verdict: LedgerVerdict
  readonly platform: PlatformSums
  readonly processes: readonly ProcessNote[]
  /** What happened besides, by name (odd-cars.ts). */
  readonly odd?: Readonly<Record<string, number>>
  readonly wallMs: number
}

/** The JSON of contract.md section 4, from the ledger. */
export function replayResult(reader: LedgerReader, facts: ReplayFacts) {
  const totals = reader.totals()
  const count = (state: string): number => totals.deductions[state]?.count ?? 0
  const end = (name: string): number => totals.ordersByEnd[name] ?? 0
  const otherPayment = Object.entries(totals.payments)
    .filter(([means]) => means !== 'etc')
    .reduce((sum, [, p]) => sum + p.count, 0)
  const { report, platform, verdict } = facts
  // M4: the ledger is the platform's settlement records and what the ledger itself names as open.
  const equal = platform.amountFen + report.openFen === totals.amountFen
  return {
    ok: report.violations.length === 0 && equal && verdict.ok,
    mode: facts.mode,
    seed: facts.seed,
    crypto: facts.crypto,
    entries: facts.entries,
    exits: facts.exits,
    passages: facts.entries + facts.exits,
    insideStart: facts.insideStart,
    insideEnd: facts.insideStart + facts.entries - (facts.exits - facts.exitsWithoutStay),
    exitsWithoutStay: facts.exitsWithoutStay,
    deductions: {
      paid: count('paid'),
      refused: count('refused'),
      unknown: count('unknown') + count('intent'),
      otherPayment,
    },
    ordersByEnd: {
      etc: end('etc'),
      other: end('other'),
      free: end('free'),
      later: end('later'),
      open: end('open'),
    },
    amountFen: totals.amountFen,
    uploaded: totals.outbox['confirmed'] ?? 0,
    pending: facts.pending,
    ledger: {
      rows: totals.rows,
      paidFen: verdict.sums.paidFen,
      headSeq: verdict.headSeq,
      headHash: verdict.headHash,
    },
    platform,
    invariants: report,
    processes: facts.processes,
    oddCars: facts.odd ?? {},
    wallMs: facts.wallMs,
  }
}
