// Replay and simulation in the deterministic harness: virtual time, models, stand-in cryptography.
// The same seed gives the same events, rows and hash on every machine.
import { exposureFen } from '../../core/etc/offline.ts'
import { mkdirSync } from 'node:fs'
import { hash } from 'node:crypto'
import { openLedgerReader } from '../../adapters/sqlite/ledger-reader.ts'
import { demoTariff } from '../../app/lot/demo-tariff.ts'
import { checkLot } from '../../app/lot/lot-file.ts'
import type { RsuVariant } from '../../simulators/rsu/dialect.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import {
  checkInvariants,
  type InvariantReport,
  type OutsideBooks,
} from '../../core/lot/invariants.ts'
import type { LedgerVerdict } from '../../ports/ledger-reader.ts'
import { mintId } from '../../core/lot/lot.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { asksFor, directionsOf, passesOf, standardLayout } from '../../core/lane/layouts/index.ts'
import type { LaneDeviceKind } from '../../core/lane/layouts/layout.ts'
import type { LedgerRow, RowDraft } from '../../core/values/ledger-row.ts'
import type { Traffic } from '../../simulators/traffic/traffic.ts'
import { lotOf } from '../../runtime/folder/lot-file.ts'
import { simulatedKeys } from '../../runtime/folder/simulated-keys.ts'
import { CrashPlan } from './sim-crash.ts'
import { SimDriver, type FaultLevel } from './sim-driver.ts'
import { SimLot } from './sim-lot.ts'
import type { SimProvince } from './sim-platform.ts'
import { VirtualTime } from './virtual-time.ts'
import { replayResult, type PlatformSums, type ReplayChoice } from './replay-result.ts'

export interface SimRun {
  readonly dir: string
  readonly nodeId: string
  readonly traffic: Traffic
  readonly seed: number
  /** Absent: that of a lot which names none. */
  readonly layout?: string
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly variant: RsuVariant
  readonly faults: FaultLevel
  readonly tariff?: Tariff
  /** Absent: one of the table. */
  readonly province?: SimProvince
  /** Each life of the runtime, before anything happens in it. */
  readonly onStart?: (lot: SimLot) => void
}

export interface SimOutcome {
  readonly entries: number
  readonly exits: number
  readonly exitsWithoutStay: number
  readonly pending: number
  readonly events: number
  readonly report: InvariantReport
  readonly verdict: LedgerVerdict
  readonly platform: PlatformSums
  /** 64 hex over the ledger head and the books. */
  readonly digest: string
  readonly faults: Readonly<Record<string, number>>
  readonly crashPoints: Readonly<Record<string, number>>
  /** Rows by kind, for counters that must not stay at zero. */
  readonly rows: Readonly<Record<string, number>>
}

/** The lot of a run: the lanes of its layout on models, joined to the modelled platform. */
export function simConfig(run: SimRun): LotConfig {
  const layout = run.layout ?? standardLayout
  const linked = (device: LaneDeviceKind, link: (laneId: string) => string): Map<string, string> =>
    new Map(
      directionsOf(layout).flatMap((id) => (asksFor(layout, id, device) ? [[id, link(id)]] : [])),
    )
  const lot = lotOf({
    mode: 'demo',
    charge: run.charge,
    offline: run.offline,
    layout,
    rsu: linked('rsu', () => `sim:rsu?variant=${run.variant}`),
    camera: linked('camera', () => 'push:hikvision'),
    barrier: linked('barrier', (laneId) => `sim:barrier-${laneId}`),
    platform: { url: 'https://sim', caFile: 'sim', certDir: 'sim', appId: 'SIM00001' },
    capacity: Math.max(1, run.traffic.capacity),
  }) as Record<string, unknown>
  const place = run.province && { provinceCode: `${run.province.row.province}01` }
  return checkLot({ ...lot, ...place, nodeId: run.nodeId }, 'the simulated lot')
}

function inventory(lot: SimLot, traffic: Traffic): RowDraft[] {
  return traffic.insideStart.map(({ car, enteredAtMs }) => ({
    kind: 'stayOpened',
    atMs: enteredAtMs,
    laneId: 'entry',
    stayId: mintId(lot.runtime.lot, lot.options.config.nodeId, 'S'),
    body: { plate: car.plate, colour: car.colour, enteredAtMs, noEntry: false, photo: null },
  }))
}

function booksOf(lot: SimLot): { books: OutsideBooks; sums: PlatformSums } {
  const charges = []
  const refunds = []
  for (const act of lot.platform.state.acts.get('exit-charges')?.values() ?? []) {
    charges.push({
      outTradeNo: act.row.no,
      realFee: act.row.charge?.realFee ?? 0,
      status: act.status,
      bodySm3: act.row.bodySm3,
    })
  }
  for (const act of lot.platform.state.acts.get('refunds')?.values() ?? [])
    refunds.push({ outRefundNo: act.row.no, refundFee: act.row.refund?.refundFee ?? 0 })
  const exceptions = [...(lot.platform.state.acts.get('exceptions')?.values() ?? [])].map(
    ({ row }) => ({ exceptionNo: row.no, handling: Number(row.shown?.['handling']) }),
  )
  const rejected = lot.refusedByPlatform
  const live = charges.filter((c) => ['SUCCESS', 'ACCEPTED'].includes(c.status))
  const cards = lot.rsu.model.books(0, 1_000_000).cards
  return {
    books: {
      charges,
      refunds,
      exceptions,
      cardDebits: cards.flatMap((c) =>
        c.debits.map((d) => ({ cardNo: c.cardNo, ...d, psamSerial: Number(d.psamSerial) })),
      ),
    },
    sums: {
      records: live.length,
      amountFen: live.reduce((sum, c) => sum + c.realFee, 0),
      duplicates: 0,
      rejected,
    },
  }
}

/** Runs the traffic through one simulated lot; the data folder keeps its ledger. */
export function simulate(run: SimRun, use: (lot: SimLot, outcome: SimOutcome) => void): void {
  mkdirSync(run.dir, { recursive: true })
  const time = new VirtualTime()
  const crash = new CrashPlan()
  const blacklist = new Set<string>()
  const empty = new Set<string>()
  for (const { car } of run.traffic.events()) {
    if (car.obu === null) continue
    if (car.kind === 'blacklisted') blacklist.add(car.obu.cardNo)
    if (car.kind === 'insufficient') empty.add(car.obu.cardNo)
  }
  const startMs = run.traffic.fromMs - 3_600_000
  const lot = new SimLot({
    dir: run.dir,
    config: simConfig(run),
    tariff: run.tariff ?? demoTariff,
    time,
    startMs,
    seed: run.seed,
    variant: run.variant,
    blacklist,
    crash,
    keepsFold: run.faults !== 'none',
    province: run.province,
    ...(run.onStart === undefined ? {} : { onStart: run.onStart }),
  })
  lot.start()
  try {
    for (const cardNo of empty) lot.platform.record({ t: 'account', cardNo, balanceFen: 0 })
    const inside = inventory(lot, run.traffic)
    if (inside.length > 0) lot.runtime.append(inside)
    const driver = new SimDriver(lot, { time, crash, level: run.faults, seed: run.seed, startMs })
    const counts = { entries: 0, exits: 0, exitsWithoutStay: 0 }
    for (const event of run.traffic.events()) {
      driver.pass(event)
      if (event.kind === 'entry') counts.entries++
      else counts.exits++
      if (event.kind === 'exit' && event.withoutStay) counts.exitsWithoutStay++
    }
    driver.settle()
    use(lot, outcomeOf(run, lot, driver, counts, time, crash))
  } finally {
    lot.stop()
  }
}

function outcomeOf(
  run: SimRun,
  lot: SimLot,
  driver: SimDriver,
  counts: { entries: number; exits: number; exitsWithoutStay: number },
  time: VirtualTime,
  crash: CrashPlan,
): SimOutcome {
  lot.opened.headWriter.flush()
  const { books, sums } = booksOf(lot)
  const pending = lot.runtime.queue.records.size
  const asking = [...lot.runtime.lot.unsettled.values()].filter((d) => d.chargeMode === 'online')
  const verdict = readerOf(run.dir, run.nodeId, (reader) => reader.verify())
  const rows: Record<string, number> = {}
  const report = checkInvariants(counted(lot.opened.ledger.rows(0), rows), books, {
    chainOk: verdict.ok,
    passesOf: passesOf(lot.options.config),
    unsent: pending,
    unknown: asking.length,
    exposureFen: exposureFen(lot.runtime.queue, lot.runtime.lot),
    lanesReady: [...lot.runtime.lanes.values()].every((l) => l.state.name === 'idle'),
    healed: true,
  })
  for (const { atIso, detail } of driver.seen)
    report.violations.push({
      id: detail.includes('without a durable pass') ? 'M2' : 'M9',
      atIso,
      stayId: null,
      detail,
    })
  for (const [laneId, bench] of lot.barriers) {
    const closes = Number(bench.model.state()['closesOnPresence'] ?? 0)
    if (closes > 0)
      report.violations.push({
        id: 'M9',
        atIso: '',
        stayId: null,
        detail: `${laneId} closed on a car`,
      })
  }
  const head = lot.opened.ledger.head
  const digest = hash('sha256', `${head.seq} ${head.hash} ${canonicalJson(books)}`)
  return {
    ...counts,
    pending,
    events: time.events,
    report,
    verdict,
    platform: sums,
    digest,
    faults: driver.faults,
    crashPoints: { ...crash.hits },
    rows,
  }
}

/** Counts rows by kind as somebody reads them. */
function* counted(rows: Iterable<LedgerRow>, counts: Record<string, number>): Generator<LedgerRow> {
  for (const row of rows) {
    counts[row.kind] = (counts[row.kind] ?? 0) + 1
    yield row
  }
}

function readerOf<T>(
  dir: string,
  nodeId: string,
  use: (reader: ReturnType<typeof openLedgerReader>) => T,
): T {
  const reader = openLedgerReader({ ...simulatedKeys, dir, nodeId })
  try {
    return use(reader)
  } finally {
    reader.close()
  }
}

/** `replay` without --wire. */
export function replayInHarness(choice: ReplayChoice) {
  const startedMs = Date.now()
  let result: ReturnType<typeof replayResult> | null = null
  simulate({ ...choice, nodeId: simulatedKeys.nodeId, faults: 'none' }, (_lot, outcome) => {
    result = readerOf(choice.dir, simulatedKeys.nodeId, (reader) =>
      replayResult(reader, {
        ...outcome,
        mode: 'sim',
        seed: choice.seed,
        crypto: 'stand-in',
        insideStart: choice.traffic.insideStart.length,
        processes: [],
        wallMs: Date.now() - startedMs,
      }),
    )
  })
  if (result === null) throw new Error('assertion failed: a replay has a result')
  return result as ReturnType<typeof replayResult>
}
