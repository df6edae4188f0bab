// One street in the deterministic harness on virtual time, one fen a minute: spaces report what the scene says, antennas
// hear what drives past them, and each stay is read from the ledger with its end and its sums.
import { expect } from 'vitest'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { pileLaneId } from '#base/pure/lot/streets.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { confirmedRow } from '#money/pure/lot/card-bar.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { openConfig } from '#harness/lot/open-sim.ts'
import { roundsAt, watcherId } from '#harness/lot/open-road.ts'
import { CrashPlan } from '#harness/lot/sim-crash.ts'
import { SimLot } from '#harness/lot/sim-lot.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { carMaker, trafficMixes, type CarObu, type TrafficCar } from '#simulators/traffic/cars.ts'
import { SpaceService } from '#devices/desk/lane/space-service.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { tariffOf } from '../../money/pure/billing/version-1.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { t0 } from '../../lane/pure/lot/row-kit.ts'

export const [p1, p2, p3] = ['P001', 'P002', 'P003'] as const
export const minute = 60_000
const passMs = 1_500

/** A watcher that pushes has no password. */
const noSecrets = {} as SecretStore

/** How a stay stands: `owed` is what may still be collected or became arrears of its plate. */
export interface Ended {
  readonly plate: string | null
  readonly end: string
  readonly paid: number
  readonly owed: number
}

export class OpenScene {
  private readonly cars = carMaker(trafficMixes.clean, 3)
  private readonly time = new VirtualTime()
  private readonly options: ConstructorParameters<typeof SimLot>[0]
  private lot: SimLot
  private readonly rows: LedgerRow[] = []
  private watcher: { readonly service: SpaceService; readonly link: string } | null = null

  constructor(layout: string) {
    const traffic = { fromMs: t0, toMs: t0, capacity: 3, insideStart: [], events: () => [] }
    const dir = folderOfTest('etc-lane-street-')
    const shared = { dir, seed: 1, variant: 'generic-bcc' } as const
    const run = {
      ...shared,
      layout,
      nodeId: 'n1',
      traffic,
      faults: 'none',
      charge: 'online',
    } as const
    this.options = {
      ...shared,
      config: openConfig({ ...run, offline: 'settle-later' }),
      tariff: tariffOf(),
      time: this.time,
      startMs: t0,
      blacklist: new Set(),
      crash: new CrashPlan(),
      keepsFold: false,
    }
    this.lot = this.opened(this.options.config)
    this.time.wake()
    this.run(minute)
  }

  private opened(config: LotConfig): SimLot {
    const lot = new SimLot({ ...this.options, config })
    lot.onRows = (rows) => void this.rows.push(...rows)
    lot.start()
    return lot
  }

  car(): TrafficCar & { readonly obu: CarObu } {
    const car = this.cars.next()
    return { ...car, obu: present(car.obu, 'every car of this mix has an OBU') }
  }

  /** A car of the same firm: its plate differs in one character. */
  beside(car: TrafficCar): TrafficCar & { readonly obu: CarObu } {
    const other = this.car()
    const last = car.plate.endsWith('1') ? '2' : '1'
    const plate = car.plate.slice(0, -1) + last
    return { ...other, plate, obu: { ...other.obu, plate } }
  }

  run(ms: number): void {
    this.time.runTo(this.time.nowUs + ms * 1000)
  }

  /** Antennas sleep meanwhile. */
  days(count: number): void {
    this.time.sleep()
    this.run(count * 86_400_000)
    this.time.wake()
  }

  /** The watcher of a space reports; `car`: a camera reads its plate. */
  told(spaceId: string, occupied: boolean, car: TrafficCar | null = null): void {
    const read = car && {
      plate: car.plate,
      plateRaw: car.plate,
      colour: car.colour,
      confidence: 0.97,
      photo: null,
    }
    this.lot.runtime.openSpaces?.told(spaceId, { occupied, read })
  }

  unheard(spaceId: string): void {
    this.lot.runtime.openSpaces?.unheard(spaceId)
  }

  /**
   * From now on the spaces are watched over a link of its driver, by a watcher whose reports have the time of its own clock and
   * no number.
   */
  watchedOver(link: 'push:nb-iot' | 'push:hikvision'): void {
    const { config } = this.options
    const spaces = (config.spaces ?? []).map((one) => ({ ...one, link }))
    const clocks = { mono: this.time.clock, business: { nowMs: () => this.nowMs } }
    const service = new SpaceService({ ...config, spaces }, { ...clocks, secrets: noSecrets })
    service.openSpaces = {
      told: (spaceId, sight) => this.lot.runtime.openSpaces?.told(spaceId, sight) ?? false,
      unheard: (spaceId) => this.unheard(spaceId),
    }
    service.open()
    this.watcher = { service, link }
  }

  /** That watcher reports; its clock is ahead by so many minutes, or behind. */
  clocked(spaceId: string, car: TrafficCar | null, aheadMin: number): void {
    const { service, link } = present(this.watcher, 'a watcher with a clock')
    const occupied = car !== null
    const ptime = this.nowMs + aheadMin * minute
    const payload = { parking_state: occupied ? 1 : 0, ptime }
    const sensor = { messageType: 'dataReport', deviceId: `d${spaceId}`, payload }
    const seen = { isParked: occupied ? 'yes' : 'no', plateNo: car?.plate ?? '' }
    const camera = {
      eventType: 'PackingSpaceRecognition',
      dateTime: isoOf(ptime),
      PackingSpaceRecognition: [{ absoulteParkingNum: `d${spaceId}`, ...seen }],
    }
    const report = link === 'push:nb-iot' ? sensor : camera
    expect(service.pushed(watcherId, JSON.stringify(report))).toEqual({ refused: null })
  }

  /** It stands there for so long, and is reported each minute by what watches the space. */
  stands(spaceId: string, minutes: number, car: TrafficCar | null): void {
    for (let n = 0; n < minutes; n++) {
      this.told(spaceId, true, car)
      this.run(minute)
    }
  }

  leaves(spaceId: string): void {
    this.told(spaceId, false)
    this.run(minute)
  }

  /** An antenna hears it; each antenna of the lane's own if none is named. */
  passes({ obu }: { readonly obu: CarObu }, laneId = 'exit', ms = passMs): void {
    const rsu = present(this.lot.devices.rsus.get(laneId), `${laneId} has an antenna`)
    const clock = this.time.deviceClock
    rsu.out(rsu.model.addCar({ ...obu, stayMs: ms }, clock.nowUs()).outputs)
    this.run(ms + 500)
    rsu.out(rsu.model.removeCar(obu.obuId, clock.nowUs()).outputs)
    this.run(minute)
  }

  atPile(spaceId: string, car: { readonly obu: CarObu }, ms: number): void {
    this.passes(car, pileLaneId(spaceId), ms)
  }

  /** The antennas of these piles hear it for as long as it stands there. */
  standsAtPiles(car: { readonly obu: CarObu }, spaceIds: readonly string[]): void {
    for (const spaceId of spaceIds) {
      const rsu = present(this.lot.devices.rsus.get(pileLaneId(spaceId)), 'it has a pile')
      const stayMs = 86_400_000
      rsu.out(rsu.model.addCar({ ...car.obu, stayMs }, this.time.deviceClock.nowUs()).outputs)
    }
  }

  /** It drives off, and its space is reported free. */
  drivesOff(spaceId: string, car: { readonly obu: CarObu }): void {
    for (const rsu of this.lot.devices.rsus.values())
      rsu.out(rsu.model.removeCar(car.obu.obuId, this.time.deviceClock.nowUs()).outputs)
    this.leaves(spaceId)
  }

  pileIsUp(spaceId: string, isUp: boolean): void {
    this.lot.devices.setLine(pileLaneId(spaceId), isUp)
  }

  /** A handheld or patrol car beside a space: its person reads the plate, its antenna the OBU. */
  record(spaceId: string, car: TrafficCar & { readonly obu: CarObu }, isInside = true): void {
    this.types(spaceId, car, isInside)
    this.passes(car, 'rounds')
  }

  /** Its person types the plate; no OBU answers. */
  types(spaceId: string, car: TrafficCar, isInside = true): void {
    const { latMicrodeg, lonMicrodeg } = roundsAt
    const at = isInside ? roundsAt : { latMicrodeg: latMicrodeg + 100_000, lonMicrodeg }
    const deviceTimeMs = this.nowMs
    this.lot.places.get('rounds')?.report({ at, accuracyMm: 3_000, deviceTimeMs })
    const seen = { plate: car.plate, colour: car.colour, by: 'rounds' }
    this.lot.runtime.dispatch('rounds', { type: 'record', spaceId, seen })
  }

  /** Another person has seen the photo of the only stay: what `arrears.confirm` writes. */
  confirms({ plate, colour }: TrafficCar): void {
    const { runtime } = this.lot
    const stayId = [...runtime.lot.stays.keys()][0] ?? ''
    runtime.append([confirmedRow(stayId, { plate, colour, by: 'photo' }, { nowMs: this.nowMs })])
  }

  get virtual(): VirtualTime {
    return this.time
  }

  get runtime(): LotRuntime {
    return this.lot.runtime
  }

  get config(): LotConfig {
    return this.options.config
  }

  get nowMs(): number {
    return t0 + Math.floor(this.time.nowUs / 1000)
  }

  /** The program stops and runs on with another lot file. */
  runsOnWith(change: (config: LotConfig) => LotConfig): void {
    this.lot.stop()
    this.lot = this.opened(change(this.options.config))
    this.run(minute)
  }

  /** Each stay in the order of their beginning; the money invariants hold. */
  ends(): readonly Ended[] {
    this.lot.runtime.retryNow()
    this.run(minute)
    expectNone(violationsOf(this.rows))
    const opened = this.rows.flatMap((row) => (row.kind === 'stayOpened' ? [row.stayId ?? ''] : []))
    return opened.map((stayId) => {
      const of = this.rows.filter((row) => row.stayId === stayId)
      const sum = (kind: LedgerRow['kind']): number =>
        of.reduce((all, row) => all + (row.kind === kind ? (row.amountFen ?? 0) : 0), 0)
      const closed = of.find((row) => row.kind === 'stayClosed')
      const stay = this.lot.runtime.lot.stays.get(stayId)
      const end = closed?.kind === 'stayClosed' ? closed.body.end : null
      const order = stay?.orders.at(-1)
      const stands = stay !== undefined && stay.leftAtMs === null ? 'stands' : 'open'
      const plates = of.flatMap((row) =>
        row.kind === 'stayOpened' || row.kind === 'plateRead' ? [row.body.plate] : [],
      )
      return {
        plate: plates.at(-1) ?? null,
        end: end ?? stands,
        paid: sum('payment'),
        owed: order ? dueFen(order) : sum('orderMade') - sum('payment'),
      }
    })
  }

  /** Plates whose cards paid, each with the plate of the stay. */
  paidBy(): readonly (readonly [string | null, string | null])[] {
    return this.rows.flatMap((row) => {
      if (row.kind !== 'intent') return []
      const paid = this.rows.some(
        (one) => one.kind === 'payment' && one.deductionId === row.deductionId,
      )
      const stay = this.rows.find((one) => one.kind === 'stayOpened' && one.stayId === row.stayId)
      const plate = stay?.kind === 'stayOpened' ? stay.body.plate : null
      return paid ? [[row.body.plate, plate] as const] : []
    })
  }
}

function expectNone(found: readonly unknown[]): void {
  if (found.length > 0) throw new Error(JSON.stringify(found))
}
