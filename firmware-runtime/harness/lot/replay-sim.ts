// Replay and simulation in the deterministic harness: virtual time, models, stand-in cryptography.
// The same seed gives the same events, rows and hash on every machine.
import { mkdirSync } from 'node:fs'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import { present } from '#base/pure/values/must.ts'
import { openLayoutNames, standardLayout } from '#lane/pure/layouts/index.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import { DiskShelves } from './disk-shelves.ts'
import { CrashPlan } from './sim-crash.ts'
import { simulateOpen } from './open-sim.ts'
import { badCards, judgedRun, readerOf } from './sim-outside.ts'
import { SimBooth } from './sim-booth.ts'
import { SimDriver } from './sim-driver.ts'
import { SimCuts } from './sim-cuts.ts'
import { quickMs, SimGateway, slowMs } from './sim-gateway.ts'
import { simConfig, type SimOutcome, type SimRun } from './sim-run.ts'
import { SimLot } from './sim-lot.ts'
import { SimPayer } from './sim-payer.ts'
import { VirtualTime } from './virtual-time.ts'
import { insideAt, startOf } from './sim-start.ts'
import { SitePlan } from './site-plan.ts'
import { replayResult, type ReplayChoice } from './replay-result.ts'

/** Tariff with a fixed price for cars without an entry record, because no attendant can set one. */
const aloneTariff: Tariff = {
  ...demoTariff,
  editions: demoTariff.editions.map((edition) => ({ ...edition, noEntryFen: 1500 })),
}

const inventory = (lot: SimLot, traffic: Traffic): RowDraft[] =>
  insideAt(traffic).map(({ car, enteredAtMs }) => ({
    kind: 'stayOpened',
    atMs: enteredAtMs,
    laneId: 'entry',
    stayId: mintId(lot.runtime.lot, lot.options.config, 'S'),
    body: { plate: car.plate, colour: car.colour, enteredAtMs, noEntry: false, photo: null },
  }))

/** Registers the stays of cars that are inside at the start of the simulation. */
function knowCars({ truth }: SimDriver, traffic: Traffic, rows: readonly RowDraft[]): void {
  for (const [i, { stayId = '' }] of rows.entries()) {
    const { carId, car } = present(traffic.insideStart[i], 'each row is of a car')
    truth.inside(stayId, carId, car, car.plate)
  }
}

/** Starts every car of the traffic; some are still under way at the end. */
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
  const startMs = startOf(run.traffic)
  const shelves = new DiskShelves()
  const { unattended = false } = run
  const nowMs = (): number => startMs + Math.floor(time.nowUs / 1000)
  // A lot with lanes of several layouts uses none of their site plans.
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
    operatorProvince: run.operatorProvince,
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
  const { tally, outcome } = judgedRun(lot, run, time, crash)
  const { report } = outcome
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
    ...outcome,
    atOnce: driver.atOnce,
    faults: driver.trouble.faults,
    odd: driver.odd,
    plates: driver.truth.counts,
  }
}

/** `replay` without --wire. */
export function replayInHarness(choice: ReplayChoice) {
  const startedMs = Date.now()
  let result: ReturnType<typeof replayResult> | null = null
  const isOpen = openLayoutNames.includes(choice.layout)
  const run = isOpen ? simulateOpen : simulate
  // Records of an open lot go to no other platform: it exists in the simulation only (7.2).
  const { operator = false } = choice
  const of = { ...choice, operator: operator && !isOpen, nodeId: simulatedKeys.nodeId }
  run({ ...of, faults: 'none' }, (_lot, outcome) => {
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
