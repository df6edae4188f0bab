// Options and result of a replay: the JSON of contract.md section 4.
// Totals come from the ledger, `platform` from its own settlement records; ok means no violation and equality.
import type { RsuVariant } from '#simulators/rsu/dialect.ts'
import type { LaneTimes } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { InvariantReport } from '#lane/pure/lot/invariants.ts'
import type { LedgerReader, LedgerTotals, LedgerVerdict } from '#ledger/ports/ledger-reader.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import type { PlateCounts } from './plate-truth.ts'
import type { LargeTally } from './row-tally.ts'
import type { SimProvince } from './sim-platform.ts'

/** Intervals of power and network failures, in ms of business time; null: never. */
export interface Cuts {
  readonly powerMs: number | null
  readonly networkMs: number | null
}

export interface ReplayChoice {
  readonly dir: string
  readonly traffic: Traffic
  /** Permille of crossings at which something else happens as well. */
  readonly odd?: number
  readonly seed: number
  readonly layout: string
  /** Unattended: drivers who do not pay by ETC pay the code that the lane shows. */
  readonly unattended?: boolean
  readonly cuts?: Cuts
  readonly timing: Timing
  /** Time-outs for cars and devices; absent: as short as possible. */
  readonly times?: LaneTimes
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly variant: RsuVariant
  /** The lot also reports to its operator's platform (table G.1). */
  readonly operator?: boolean
  /** Province; absent: that of the demo lot. */
  readonly province?: SimProvince | undefined
}

export interface PlatformSums {
  readonly records: number
  readonly amountFen: number
  readonly duplicates: number
  readonly rejected: number
}

/** Counts in the books of each further destination: exit transactions, entries and plates. */
export type DestinationSums = Readonly<Record<'operator', RecordSums>>
interface RecordSums extends PlatformSums {
  readonly entryRecords: number
  readonly plateRecords: number
}

export interface ProcessNote {
  readonly name: string
  readonly pid: number
  readonly link: string
  readonly bytesIn: number
  readonly bytesOut: number
}

export interface ReplayFacts {
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
  readonly destinations?: DestinationSums | undefined
  readonly processes: readonly ProcessNote[]
  /** Number of odd events by name (odd-cars.ts). */
  readonly odd?: Readonly<Record<string, number>>
  readonly plates?: PlateCounts
  readonly large?: LargeTally
  /** Counters of the site of its layout by name (site-plan.ts). */
  readonly site?: Readonly<Record<string, number>>
  /** Fen at the payment gateway minus refunds; null: no gateway. */
  readonly gatewayFen?: number | null
  /** Power and network failed so often. */
  readonly cuts?: Readonly<Record<string, number>>
  readonly wallMs: number
}

interface Taken {
  readonly count: number
  readonly fen: number
}

/** Means always present in a result; others appear with their first payment. */
const means = ['cash', 'qr', 'pass', 'arrears'] as const

const takenOf = (sum?: { readonly count: number; readonly amountFen: number }): Taken => ({
  count: sum?.count ?? 0,
  fen: sum?.amountFen ?? 0,
})

/** Takings by means. A free stay counts with 0 fen. */
function takingsOf({ deductions, payments, ordersByEnd }: LedgerTotals): Record<string, Taken> {
  return {
    etc: takenOf(deductions['paid']),
    ...Object.fromEntries(means.map((name) => [name, takenOf()])),
    free: { count: (ordersByEnd['free'] ?? 0) + (payments['free']?.count ?? 0), fen: 0 },
    ...Object.fromEntries(
      Object.entries(payments)
        .filter(([name]) => name !== 'etc' && name !== 'free')
        .map(([name, sum]) => [name, takenOf(sum)]),
    ),
  }
}

/** Orders of an open lot: what they came to, what was paid of it, and what is still owed by stays with and without an end. */
interface Street {
  readonly stays: number
  readonly orderFen: number
  readonly paidFen: number
  /** Collected by a gantry, a person or another means; not ended yet. */
  readonly open: Taken
  /** Arrears of a plate. */
  readonly later: Taken
}

function streetOf({ left }: LedgerTotals): Street | null {
  if (left.length === 0) return null
  const sum = (of: (one: LedgerTotals['left'][number]) => number): number =>
    left.reduce((all, one) => all + of(one), 0)
  const owed = (end: string): Taken => {
    const { count = 0, orderFen = 0, paidFen = 0 } = left.find((one) => one.end === end) ?? {}
    return { count, fen: orderFen - paidFen }
  }
  return {
    stays: sum(({ count }) => count),
    orderFen: sum(({ orderFen }) => orderFen),
    paidFen: sum(({ paidFen }) => paidFen),
    open: owed('open'),
    later: owed('later'),
  }
}

/** Every fen of an order was paid or is owed by a stay that is named. */
const isWhole = (street: Street | null): boolean =>
  street === null || street.orderFen === street.paidFen + street.open.fen + street.later.fen

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
  const { destinations } = facts
  const books = [platform, ...Object.values(destinations ?? {})]
  const equal = books.every((one) => one.amountFen + report.openFen === totals.amountFen)
  const takings = takingsOf(totals)
  const street = streetOf(totals)
  const { gatewayFen = null } = facts
  const isGatewayEqual = gatewayFen === null || gatewayFen === takings['qr']?.fen
  return {
    ok: report.violations.length === 0 && equal && isGatewayEqual && verdict.ok && isWhole(street),
    mode: facts.mode,
    seed: facts.seed,
    crypto: facts.crypto,
    entries: facts.entries,
    exits: facts.exits,
    passages: facts.entries + facts.exits,
    insideStart: facts.insideStart,
    insideEnd: facts.insideStart + facts.entries - (facts.exits - facts.exitsWithoutStay),
    exitsWithoutStay: facts.exitsWithoutStay,
    // By the ledger: a misread plate leaves both, also when no car is inside.
    entriesWithoutExit: takenOf(totals.unpaired.entriesWithoutExit),
    exitsWithoutEntry: takenOf(totals.unpaired.exitsWithoutEntry),
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
      open: end('open') + (street?.open.count ?? 0),
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
    ...(destinations === undefined ? {} : { destinations }),
    invariants: report,
    processes: facts.processes,
    takings,
    ...(street === null ? {} : { street }),
    gateway: gatewayFen === null ? null : { keptFen: gatewayFen },
    oddCars: facts.odd ?? {},
    cuts: facts.cuts ?? {},
    ...(facts.plates === undefined ? {} : { plates: facts.plates }),
    ...(facts.large === undefined ? {} : { large: facts.large }),
    ...(facts.site === undefined ? {} : { site: facts.site }),
    wallMs: facts.wallMs,
  }
}
