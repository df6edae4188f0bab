// One lot of the centre's demo: the product's runtime on virtual time that is led by a clock, with a ledger on disk.
// A folder that exists goes on: the cars of its open stays stand in it.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { BoardTracker } from '#base/desk/handlers/board.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { standardLayout } from '#lane/pure/layouts/index.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import { CrashPlan } from '../lot/sim-crash.ts'
import { SimDriver } from '../lot/sim-driver.ts'
import { quickMs, SimGateway } from '../lot/sim-gateway.ts'
import { SimLot } from '../lot/sim-lot.ts'
import { SimPayer } from '../lot/sim-payer.ts'
import { simConfig } from '../lot/sim-run.ts'
import { SitePlan } from '../lot/site-plan.ts'
import { VirtualTime } from '../lot/virtual-time.ts'
import type { CentreLot } from './demo-lots.ts'
import { fleetOf, TownTraffic } from './town-traffic.ts'

/** A new lot has so much behind it, and one that was away makes up at most so much. */
const pastMs = dayMs
/** Its antennas sign in before the first car comes. */
const quietMs = 60_000

interface TownLotOptions {
  readonly dir: string
  readonly of: CentreLot
  readonly nowMs: InstantMs
  readonly shelf: ShelfMaker
}

export const townKeys = { ...simulatedKeys, crypto: openGmCrypto() }

/** Where its time begins: at its last row, or a day ago. */
function resumes(dir: string, nowMs: InstantMs): InstantMs {
  const oldestMs = nowMs - pastMs
  if (!existsSync(join(dir, 'ledger.db'))) return oldestMs
  const { ledger } = openLedger({ ...townKeys, dir, durability: 'simulated', version: 'sim' })
  try {
    const [last] = ledger.rows(ledger.head.seq - 1)
    return Math.min(Math.max(last?.atMs ?? oldestMs, oldestMs), nowMs)
  } finally {
    ledger.close()
  }
}

export class TownLot {
  readonly of: CentreLot
  readonly dir: string
  readonly lot: SimLot
  readonly driver: SimDriver
  readonly time = new VirtualTime()
  readonly startMs: InstantMs
  readonly tracker = new BoardTracker()
  /** Called when further rows can be read by others. */
  readonly onRows = new Set<() => void>()
  /** The last row that others can read. */
  headSeq = 0
  private readonly traffic: TownTraffic

  constructor({ dir, of, nowMs, shelf }: TownLotOptions) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    this.of = of
    this.dir = dir
    this.startMs = resumes(dir, nowMs)
    const { startMs, time } = this
    const { seed, faults, odd } = of
    const fleet = fleetOf(seed)
    const crash = new CrashPlan()
    this.lot = this.made({ fleet, crash, shelf })
    this.lot.start()
    this.driver = new SimDriver(this.lot, {
      time,
      crash,
      level: faults,
      seed,
      startMs,
      odd,
      plan: new SitePlan(null, seed),
    })
    const { onEvent } = this.lot
    this.lot.onEvent = (event) => {
      onEvent(event)
      this.tracker.take(event, this.lot.runtime.lanes.get(event.laneId))
    }
    const inside = this.carsInside(fleet)
    const { capacity, perMinute } = of
    const fromMs = startMs + quietMs
    this.traffic = new TownTraffic({ seed, fleet, capacity, perMinute, fromMs, inside })
    this.show()
  }

  private made(of: {
    readonly fleet: readonly TrafficCar[]
    readonly crash: CrashPlan
    readonly shelf: ShelfMaker
  }): SimLot {
    const { dir, startMs, time } = this
    const { seed, charge, offline, faults, capacity, lotId, name, pays } = this.of
    const cardsOf = (kind: TrafficCar['kind']): readonly string[] =>
      of.fleet.flatMap((car) => (car.kind === kind && car.obu !== null ? [car.obu.cardNo] : []))
    const variant = 'generic-bcc' as const
    const traffic = { fromMs: startMs, toMs: Infinity, capacity, insideStart: [], events: () => [] }
    const layout = standardLayout
    const run = {
      dir,
      nodeId: townKeys.nodeId,
      traffic,
      seed,
      charge,
      offline,
      variant,
      faults,
      layout,
    }
    const nowMs = (): number => startMs + Math.floor(time.nowUs / 1000)
    const lot = new SimLot({
      dir,
      seed,
      variant,
      startMs,
      time,
      tariff: demoTariff,
      config: simConfig({ ...run, pays }, { lotId, name }),
      blacklist: new Set(cardsOf('blacklisted')),
      crash: of.crash,
      keepsFold: true,
      payer: pays
        ? new SimPayer(new SimGateway(time.clock, nowMs, quickMs), {
            seed,
            isFaulty: faults !== 'none',
          })
        : undefined,
      shelf: of.shelf,
      crypto: townKeys.crypto,
    })
    for (const cardNo of cardsOf('insufficient'))
      lot.platform.record({ t: 'account', cardNo, balanceFen: 0 })
    return lot
  }

  /** The cars of the open stays; a plate that no car of the fleet has was misread, and its car has no OBU here. */
  private carsInside(fleet: readonly TrafficCar[]): readonly TrafficCar[] {
    const byPlate = new Map(fleet.map((car) => [car.plate, car]))
    const cars: TrafficCar[] = []
    for (const { stayId, plate, colour } of this.lot.runtime.lot.stays.values()) {
      if (plate === null) continue
      const car = byPlate.get(plate) ?? { carId: stayId, kind: 'noObu', plate, colour, obu: null }
      // A misread plate may be that of a car that is inside as well.
      if (!byPlate.delete(plate) && fleet.includes(car)) continue
      this.driver.truth.inside(stayId, car.carId, car, plate)
      cars.push(car)
    }
    return cars
  }

  get nowMs(): InstantMs {
    return this.lot.business.nowMs()
  }

  /** Drives on until then; a clock that was put back waits. */
  to(untilMs: InstantMs): void {
    while (this.traffic.nextMs <= untilMs) this.driver.pass(this.traffic.next(), false)
    this.driver.to(untilMs)
    this.show()
  }

  /** A simulated ledger commits seldom: what a reader shall see is committed here. */
  private show(): void {
    const { ledger, headWriter } = this.lot.opened
    headWriter.flush()
    if (ledger.head.seq === this.headSeq) return
    this.headSeq = ledger.head.seq
    for (const told of this.onRows) told()
  }

  stop(): void {
    this.lot.stop()
  }
}
