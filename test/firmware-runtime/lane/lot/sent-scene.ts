// An access system of one lane or one gantry in the deterministic harness on virtual time, with orders of another billing
// system. Cars are OBUs at the antenna; what happened is read from the port and from the ledger.
import type { OrderToCharge, Orders } from '#money/ports/orders.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { CrashPlan } from '#harness/lot/sim-crash.ts'
import { SimLot } from '#harness/lot/sim-lot.ts'
import { simConfig } from '#harness/lot/sim-run.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { carMaker, trafficMixes, type CarObu } from '#simulators/traffic/cars.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { tariffOf } from '../../money/pure/billing/version-1.ts'
import { t0 } from '../pure/lot/row-kit.ts'
import { violationsOf } from '../pure/lot/violations.ts'

export const partner = 'acme'
/** It has a lane where the scene has one for it. */
export const otherPartner = 'zeta'
export const second = 1_000
export const minute = 60_000

export interface SceneCar {
  readonly plate: string
  readonly obu: CarObu
}

export class SentScene {
  readonly rows: LedgerRow[] = []
  private readonly cars = carMaker(trafficMixes.clean, 5)
  readonly time = new VirtualTime()
  private readonly options: ConstructorParameters<typeof SimLot>[0]
  lot: SimLot
  readonly charge: 'card' | 'online'
  private numbers = 0

  /** `hasOther`: another partner has a lane `exit2`. */
  constructor(charge: 'card' | 'online', layout = '7.1.1', hasOther = false) {
    this.charge = charge
    const dir = folderOfTest('etc-lane-sent-')
    const traffic = { fromMs: t0, toMs: t0, capacity: 3, insideStart: [], events: () => [] }
    const shared = { dir, seed: 1, variant: 'generic-bcc' } as const
    const run = { ...shared, layout, nodeId: 'n1', traffic, faults: 'none', charge } as const
    const lane = {
      id: 'exit',
      name: { zh: '出口', en: 'Exit' },
      direction: 'exit',
      layout,
      ...noLaneLinks,
      rsu: 'sim:rsu-exit?variant=generic-bcc',
      ordersFrom: partner,
    } as const
    const rsu2 = 'sim:rsu-exit2?variant=generic-bcc'
    const others = hasOther ? [{ ...lane, id: 'exit2', rsu: rsu2, ordersFrom: otherPartner }] : []
    const lanes = [lane, ...others]
    const partners = lanes.map(({ ordersFrom: id }) => ({
      id,
      certFile: `${id}.pem`,
      rights: ['orders'] as const,
    }))
    const published = { host: '127.0.0.1', port: 8443, certDir: 'partners', partners }
    this.options = {
      ...shared,
      config: simConfig({ ...run, offline: 'other-payment' }, { lanes, published }),
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

  get orders(): Orders {
    return this.ordersOf(partner)
  }

  ordersOf(id: string): Orders {
    return present(this.lot.runtime.partners.of(id), 'the partner has a lane')
  }

  get config(): LotConfig {
    return this.options.config
  }

  get nowMs(): number {
    return t0 + Math.floor(this.time.nowUs / 1000)
  }

  run(ms: number): void {
    this.time.runTo(this.time.nowUs + ms * 1000)
  }

  car(): SceneCar {
    const { plate, obu } = this.cars.next()
    return { plate, obu: present(obu, 'every car of this mix has an OBU') }
  }

  /** An order for a car that came an hour ago; in an open lot it left its space a minute ago. */
  order(car: SceneCar, more: Partial<OrderToCharge> = {}): OrderToCharge {
    const n = ++this.numbers
    const laneId = this.options.config.lanes[0]?.layout.startsWith('7.1') === true ? 'exit' : null
    return {
      orderNo: `order-${n}`,
      stayNo: `stay-${n}`,
      laneId,
      plate: car.plate,
      // Under a gantry the colour decides with the plate.
      colour: laneId === null ? car.obu.colour : 'unknown',
      enteredAtIso: isoOf(this.nowMs - 60 * minute),
      leftAtIso: laneId === null ? isoOf(this.nowMs - minute) : null,
      madeAtIso: isoOf(this.nowMs),
      amountFen: 700,
      ...more,
    }
  }

  plateOf(orderNo: string): string {
    const made = this.rows.find(
      (row) => row.kind === 'orderMade' && row.body.sent?.orderNo === orderNo,
    )
    return made?.kind === 'orderMade' ? (made.body.plate ?? '') : ''
  }

  /** Its OBU comes into the zone of the antenna and stays. */
  comes({ obu }: SceneCar, ms = 600_000): void {
    const rsu = present(this.lot.devices.rsus.get('exit'), 'the lane has an antenna')
    rsu.out(rsu.model.addCar({ ...obu, stayMs: ms }, this.time.deviceClock.nowUs()).outputs)
  }

  goes({ obu }: SceneCar): void {
    const rsu = present(this.lot.devices.rsus.get('exit'), 'the lane has an antenna')
    rsu.out(rsu.model.removeCar(obu.obuId, this.time.deviceClock.nowUs()).outputs)
  }

  passes(car: SceneCar, ms = 1_500): void {
    this.comes(car, ms)
    this.run(ms + 500)
    this.goes(car)
    this.run(2 * second)
  }

  /** The program ends without notice and starts again. */
  restart(): void {
    this.lot.stop()
    this.lot = this.opened(this.options.config)
    this.run(second)
  }

  /** Names of all events, with the number of their order behind them. */
  told(): readonly string[] {
    return this.orders.events(0, 1_000).events.map(({ event, order, refund, why: reason }) => {
      const why = reason === null ? '' : ` ${reason.reason}`
      return `${event} ${refund?.refundNo ?? order.orderNo}${why}`
    })
  }

  stayEnds(): readonly string[] {
    return this.rows.flatMap((row) => (row.kind === 'stayClosed' ? [row.body.end] : []))
  }

  /** Money that cards lost, in fen. */
  debitedFen(): number {
    const { rsus } = this.lot.devices
    return [...rsus.values()]
      .flatMap(({ model }) => [...model.allCards()].flatMap(({ debits }) => debits))
      .reduce((sum, { amountFen }) => sum + amountFen, 0)
  }

  violations() {
    return violationsOf(this.rows)
  }
}
