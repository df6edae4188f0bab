// Replay and simulation in the deterministic harness: virtual time, models, stand-in cryptography.
// The same seed gives the same events, rows and hash on every machine.
import { exposureFen } from '../../core/etc/offline.ts'
import { mkdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { openLedgerReader, type OpenedReader } from '../../adapters/sqlite/ledger-reader.ts'
import { demoTariff } from '../../app/lot/demo-tariff.ts'
import { checkLot } from '../../app/lot/lot-file.ts'
import type { RsuVariant } from '../../simulators/rsu/dialect.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import {
  checkInvariants,
  type InvariantReport,
  type OutsideRecords,
} from '../../core/lot/invariants.ts'
import type { Fen } from '../../core/values/fen.ts'
import type { LedgerHead } from '../../ports/ledger.ts'
import type { LedgerVerdict } from '../../ports/ledger-reader.ts'
import { mintId } from '../../core/lot/lot.ts'
import { present } from '../../core/values/must.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { asksFor, directionsOf, passesOf, standardLayout } from '../../core/lane/layouts/index.ts'
import type { LaneDeviceKind } from '../../core/lane/layouts/layout.ts'
import type { LedgerRow, RowDraft } from '../../core/values/ledger-row.ts'
import type { Act, ActKind } from '../../simulators/platform/settlement-records.ts'
import type { Traffic } from '../../simulators/traffic/traffic.ts'
import { lotOf } from '../../runtime/folder/lot-file.ts'
import { simulatedKeys } from '../../runtime/folder/simulated-keys.ts'
import { DiskShelves } from './disk-shelves.ts'
import type { PlateCounts } from './plate-truth.ts'
import { CrashPlan } from './sim-crash.ts'
import { RowTally, type LargeTally } from './row-tally.ts'
import { SimBooth } from './sim-booth.ts'
import { SimDriver } from './sim-driver.ts'
import { mixedLanes, type SimRoad } from './sim-roads.ts'
import type { FaultLevel } from './sim-faults.ts'
import { SimCuts } from './sim-cuts.ts'
import { quickMs, SimGateway, slowMs } from './sim-gateway.ts'
import { SimLot } from './sim-lot.ts'
import { SimPayer } from './sim-payer.ts'
import type { SimProvince } from './sim-platform.ts'
import { VirtualTime } from './virtual-time.ts'
import { SitePlan } from './site-plan.ts'
import { replayResult, type Cuts, type PlatformSums, type ReplayChoice } from './replay-result.ts'

/** More than five hours in the lot of the demo tariff: a person decides (5.2.1 d). */
const largeStandardFen: Fen = 1_100

/** Nobody could say what a car without an entry record pays. */
const aloneTariff: Tariff = {
  ...demoTariff,
  editions: demoTariff.editions.map((edition) => ({ ...edition, noEntryFen: 1500 })),
}

export interface SimRun {
  readonly dir: string
  readonly nodeId: string
  readonly traffic: Traffic
  readonly seed: number
  /** Absent: that of a lot which names none. */
  readonly layout?: string
  /** Absent: those of the layout, and a car comes when the one before has left. */
  readonly roads?: readonly SimRoad[]
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly variant: RsuVariant
  readonly faults: FaultLevel
  /** Permille of crossings at which something else happens as well. */
  readonly odd?: number
  /** Some drivers pay by code. */
  readonly pays?: boolean
  /** Nobody acts: every driver who does not pay by ETC pays by code, through a slow gateway. */
  readonly unattended?: boolean
  readonly cuts?: Cuts
  readonly tariff?: Tariff
  /** Absent: what some cars of each day pay. */
  readonly largeAmountFen?: Fen
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
  /** The most cars that were at lanes at one time. */
  readonly atOnce: number
  readonly report: InvariantReport
  readonly verdict: LedgerVerdict
  readonly platform: PlatformSums
  /** 64 hex over the ledger head and the outside records. */
  readonly digest: string
  readonly faults: Readonly<Record<string, number>>
  readonly odd: Readonly<Record<string, number>>
  readonly crashPoints: Readonly<Record<string, number>>
  /** Planned failures of power and network, how often each came. */
  readonly cuts: Readonly<Record<string, number>>
  readonly gatewayFen: number | null
  /** Rows by kind, for counters that must not stay at zero. */
  readonly rows: Readonly<Record<string, number>>
  /** Plates that were not read as they are, and stays that ended with another car. */
  readonly plates: PlateCounts
  readonly large: LargeTally
  /** What the site of its layout did, by name (site-plan.ts). */
  readonly site: Readonly<Record<string, number>>
}

/** The lot of a run: its lanes on models, joined to the modelled platform. */
export function simConfig(run: SimRun): LotConfig {
  const { layout = standardLayout } = run
  const roads = run.roads ?? directionsOf(layout).map((way) => ({ id: way, way, layout }))
  const linked = (device: LaneDeviceKind, link: (laneId: string) => string): Map<string, string> =>
    new Map(
      roads.flatMap((road) =>
        asksFor(road.layout, road.way, device) ? [[road.id, link(road.id)]] : [],
      ),
    )
  const lot = lotOf({
    mode: 'demo',
    charge: run.charge,
    offline: run.offline,
    layout,
    rsu: linked('rsu', (laneId) => `sim:rsu-${laneId}?variant=${run.variant}`),
    camera: linked('camera', () => 'push:hikvision'),
    barrier: linked('barrier', (laneId) => `sim:barrier-${laneId}`),
    platform: { url: 'https://sim', caFile: 'sim', certDir: 'sim', appId: 'SIM00001' },
    capacity: Math.max(1, run.traffic.capacity),
  })
  const lanes = run.roads && mixedLanes(lot.lanes, run.roads)
  const place = run.province && { provinceCode: `${run.province.row.province}01` }
  const { nodeId, largeAmountFen = largeStandardFen } = run
  return checkLot(
    { ...lot, ...place, ...(lanes && { lanes }), nodeId, largeAmountFen },
    'simulated',
  )
}

function inventory(lot: SimLot, traffic: Traffic): RowDraft[] {
  return traffic.insideStart.map(({ car, enteredAtMs }) => ({
    kind: 'stayOpened',
    atMs: enteredAtMs,
    laneId: 'entry',
    stayId: mintId(lot.runtime.lot, lot.options.config, 'S'),
    body: { plate: car.plate, colour: car.colour, enteredAtMs, noEntry: false, photo: null },
  }))
}

/** Whose stay is whose, where the simulation begins with cars inside. */
function knowCars({ truth }: SimDriver, traffic: Traffic, rows: readonly RowDraft[]): void {
  for (const [i, { stayId = '' }] of rows.entries()) {
    const { carId, car } = present(traffic.insideStart[i], 'each row is of a car')
    truth.inside(stayId, carId, car, car.plate)
  }
}

interface SimOutside {
  readonly outside: Required<OutsideRecords>
  readonly sums: PlatformSums
}

/** Read anew by each who asks, so that nobody holds a year of them. */
const each = <T>(read: () => Iterable<T>): Iterable<T> => ({
  [Symbol.iterator]: () => read()[Symbol.iterator](),
})

function outsideOf(lot: SimLot): SimOutside {
  const acts = (kind: ActKind): Iterable<Act> => lot.platform.state.acts.get(kind)?.values() ?? []
  const charges = each(function* () {
    for (const { row, status } of acts('exit-charges')) {
      const { no: outTradeNo, charge, bodySm3 } = row
      yield { outTradeNo, realFee: charge?.realFee ?? 0, status, bodySm3 }
    }
  })
  const refunds = each(function* () {
    for (const { row } of acts('refunds'))
      yield { outRefundNo: row.no, refundFee: row.refund?.refundFee ?? 0 }
  })
  const exceptions = each(function* () {
    for (const { row } of acts('exceptions'))
      yield { exceptionNo: row.no, handling: Number(row.shown?.['handling']) }
  })
  const cardDebits = each(function* () {
    // Each antenna knows them all.
    const [rsu] = lot.devices.rsus.values()
    for (const { cardNo, debits } of rsu?.model.allCards() ?? [])
      for (const d of debits) yield { cardNo, ...d, psamSerial: Number(d.psamSerial) }
  })
  let [records, amountFen] = [0, 0]
  for (const { status, realFee } of charges) {
    if (!['SUCCESS', 'ACCEPTED'].includes(status)) continue
    records++
    amountFen += realFee
  }
  return {
    outside: { charges, refunds, exceptions, cardDebits },
    sums: { records, amountFen, duplicates: 0, rejected: lot.refusedByPlatform },
  }
}

/** Hash over the ledger's head and the canonical text of what others wrote, which is never whole in memory. */
function digestOf({ seq, hash }: LedgerHead, outside: SimOutside['outside']): string {
  const sum = createHash('sha256').update(`${seq} ${hash} {`)
  for (const [i, name] of (['cardDebits', 'charges', 'exceptions', 'refunds'] as const).entries()) {
    sum.update(`${i === 0 ? '' : ','}"${name}":[`)
    let comma = ''
    for (const row of outside[name] ?? []) {
      sum.update(`${comma}${canonicalJson(row)}`)
      comma = ','
    }
    sum.update(']')
  }
  return sum.update('}').digest('hex')
}

/** Cards that are on the list, and such without money. */
function badCards(traffic: Traffic): Record<'blacklist' | 'empty', ReadonlySet<string>> {
  const blacklist = new Set<string>()
  const empty = new Set<string>()
  for (const { car } of traffic.events()) {
    if (car.obu === null) continue
    if (car.kind === 'blacklisted') blacklist.add(car.obu.cardNo)
    if (car.kind === 'insufficient') empty.add(car.obu.cardNo)
  }
  return { blacklist, empty }
}

/** Every car of the traffic sets out; some are still on their way at the end. */
function drivenBy(driver: SimDriver, { traffic, roads }: SimRun, plan: SitePlan) {
  const counts = { entries: 0, exits: 0, exitsWithoutStay: 0 }
  const mustWait = roads === undefined && !plan.isShared
  for (const event of plan.together(traffic.events())) {
    driver.pass(event, mustWait)
    if (event.kind === 'entry') counts.entries++
    else counts.exits++
    if (event.kind === 'exit' && event.withoutStay) counts.exitsWithoutStay++
  }
  return counts
}

/** Runs the traffic through one simulated lot; the data folder keeps its ledger. */
export function simulate(run: SimRun, use: (lot: SimLot, outcome: SimOutcome) => void): void {
  mkdirSync(run.dir, { recursive: true })
  const time = new VirtualTime()
  const crash = new CrashPlan()
  const { blacklist, empty } = badCards(run.traffic)
  const startMs = run.traffic.fromMs - 3_600_000
  const shelves = new DiskShelves()
  const { unattended = false } = run
  const nowMs = (): number => startMs + Math.floor(time.nowUs / 1000)
  // A lot of lanes of several layouts has none of their sites.
  const plan = new SitePlan(run.roads ? null : (run.layout ?? standardLayout), run.seed)
  const isSometimesAlone = unattended || plan.has('booth')
  const payer =
    run.pays === true || isSometimesAlone
      ? new SimPayer(new SimGateway(time.clock, nowMs, unattended ? slowMs : quickMs), {
          seed: run.seed,
          isFaulty: run.faults !== 'none',
        })
      : undefined
  const lot = new SimLot({
    dir: run.dir,
    config: simConfig(run),
    tariff: run.tariff ?? (isSometimesAlone ? aloneTariff : demoTariff),
    time,
    startMs,
    seed: run.seed,
    variant: run.variant,
    blacklist,
    crash,
    keepsFold: run.faults !== 'none' || (run.cuts?.powerMs ?? null) !== null,
    province: run.province,
    payer,
    shelf: shelves.shelf,
    ...(run.onStart === undefined ? {} : { onStart: run.onStart }),
  })
  lot.start()
  try {
    for (const cardNo of empty) lot.platform.record({ t: 'account', cardNo, balanceFen: 0 })
    const inside = inventory(lot, run.traffic)
    if (inside.length > 0) lot.runtime.append(inside)
    const { faults: level, seed, odd = 0 } = run
    const { fromMs, toMs } = run.traffic
    const cuts = run.cuts === undefined ? null : new SimCuts(run.cuts, fromMs, toMs, seed)
    const reads = <T>(use: (reader: OpenedReader) => T): T => readerOf(run.dir, run.nodeId, use)
    const booth = plan.has('booth')
      ? new SimBooth(lot, plan, { fromMs, isUnattended: unattended, reads })
      : null
    const options = { time, crash, level, seed, startMs, odd, cuts, unattended, plan, booth }
    const driver = new SimDriver(lot, options)
    knowCars(driver, run.traffic, inside)
    const counts = drivenBy(driver, run, plan)
    driver.settle()
    const cars = inside.length + counts.entries
    const outcome = outcomeOf(run, lot, driver, { ...counts, cars }, time, crash)
    use(lot, {
      ...outcome,
      cuts: { network: cuts?.networkCuts ?? 0, power: lot.restarts },
      gatewayFen: payer?.gateway.keptFen ?? null,
      site: plan.counts,
    })
  } finally {
    lot.stop()
    shelves.close()
  }
}

function outcomeOf(
  run: SimRun,
  lot: SimLot,
  driver: SimDriver,
  { cars, ...counts }: { cars: number; entries: number; exits: number; exitsWithoutStay: number },
  time: VirtualTime,
  crash: CrashPlan,
): Omit<SimOutcome, 'cuts' | 'gatewayFen' | 'site'> {
  lot.opened.headWriter.flush()
  const { outside, sums } = outsideOf(lot)
  const pending = lot.runtime.queue.records.size
  const asking = [...lot.runtime.lot.unsettled.values()].filter((d) => d.chargeMode === 'online')
  const verdict = readerOf(run.dir, run.nodeId, (reader) => reader.verify())
  const tally = new RowTally()
  const live = {
    largeAmountFen: lot.options.config.largeAmountFen,
    chainOk: verdict.ok,
    passesOf: passesOf(lot.options.config),
    unsent: pending,
    unknown: asking.length,
    exposureFen: exposureFen(lot.runtime.queue, lot.runtime.lot),
    lanesReady: [...lot.runtime.lanes.values()].every((l) => l.state.name === 'idle'),
    healed: true,
  }
  const all = counted(lot.opened.ledger.rows(0), tally)
  const report = checkInvariants(all, outside, live, lot.options.shelf)
  if (run.faults === 'none') driver.compareEntries(cars, tally)
  for (const detail of driver.truth.judge())
    report.violations.push({ id: 'M1', atIso: '', stayId: null, detail })
  report.violations.push(...driver.seen)
  for (const [laneId, bench] of lot.devices.barriers) {
    const closes = Number(bench.model.state()['closesOnPresence'] ?? 0)
    if (closes > 0)
      report.violations.push({
        id: 'M9',
        atIso: '',
        stayId: null,
        detail: `${laneId} closed on a car`,
      })
  }
  return {
    ...counts,
    pending,
    events: time.events,
    atOnce: driver.atOnce,
    report,
    verdict,
    platform: sums,
    digest: digestOf(lot.opened.ledger.head, outside),
    faults: driver.trouble.faults,
    odd: driver.odd,
    crashPoints: { ...crash.hits },
    rows: tally.kinds,
    plates: driver.truth.counts,
    large: tally.large,
  }
}

/** Counts rows as somebody reads them: to read them once more takes longer than what is done with them. */
function* counted(rows: Iterable<LedgerRow>, tally: RowTally): Generator<LedgerRow> {
  for (const row of rows) {
    tally.take(row)
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
