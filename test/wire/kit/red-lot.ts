// A lot with three platforms whose acceptance is run red first: each item's fault is planted by the program itself, this lot drives
// what the run waits for, once to see it fail and once to see it pass.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { acceptanceItems } from '../../../firmware-runtime/acceptance/items/index.ts'
import type { ItemId } from '../../../firmware-runtime/acceptance/items/ids.ts'
import { isPlant, type Drive, type Plant } from '../../../firmware-runtime/acceptance/plant.ts'
import type {
  AcceptanceItemView,
  AcceptanceView,
} from '../../../firmware-runtime/api/acceptance-views.ts'
import { isoOf } from '../../../firmware-runtime/core/values/instant.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import { carMaker, trafficMixes } from '../../../firmware-runtime/simulators/traffic/cars.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows } from './ledger-rows.ts'
import { Program, runToEnd } from './live-program.ts'
import { keepPatientRules } from './patient-rules.ts'
import { nothingFree, RunLot } from './run-lot.ts'

const leaping = fileURLToPath(new URL('./leaping-run.ts', import.meta.url))
const makeCar = carMaker(trafficMixes.clean, 11)
const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
const minuteMs = 60_000

export const plantOf = (id: string): Plant => {
  const item = acceptanceItems.find((one) => one.id === id)
  const { plant } = present(item, id)
  if (!isPlant(plant)) throw new Error(`${id} has no plant`)
  return plant
}

export class RedLot {
  readonly lot: RunLot
  private acts = 0

  constructor(charge: 'card' | 'online') {
    const others = ['operator', 'etcOperator'] as const
    this.lot = new RunLot({ charge, tariff: nothingFree, others })
  }

  private get platform() {
    return present(this.lot.harness.platform, 'a platform')
  }

  async open(): Promise<void> {
    const { lot } = this
    await lot.startSims()
    const file = join(lot.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as { lotId: string }
    keepPatientRules(lot.dir)
    const day = isoOf(Date.now()).slice(0, 10)
    const [onTime, offTime] = [`${day}T00:00:00.000+08:00`, `${day}T23:59:00.000+08:00`]
    const shifts = [{ shiftNo: 'B1', staffId: '李四', laneNo: 'exit', onTime, offTime }]
    const operator = present(lot.harness.others.get('operator'), 'an operator')
    await operator.admin('POST', '/shifts', { parkId: config.lotId, date: day, shifts })
    await lot.start('exit', new Program([lot.dir], [], 'ipc', leaping))
    await runToEnd(['acceptance', 'override', '--data', lot.dir, ...who])
  }

  /** A car that comes in and stands at the exit. */
  private async car(over: object = {}) {
    const { lot } = this
    const car = makeCar.next()
    await lot.until('entry', ({ state }) => state === 'idle')
    await lot.goesIn('entry', car)
    await lot.until('exit', ({ state }) => state === 'idle')
    const { rsu } = lot.harness.sims('exit')
    const gone = (): Promise<unknown> =>
      rsu?.admin('DELETE', `/cars/${car.obu?.obuId}`) ?? Promise.resolve()
    return { car, over, gone, rsu }
  }

  private async paid(over: object = {}): Promise<void> {
    const { car, gone, rsu } = await this.car()
    await rsu?.admin('POST', '/cars', { ...car.obu, stayMs: 600_000, ...over })
    await this.lot.comes('exit', car)
    await this.lot.leaves('exit')
    await gone()
  }

  private async byHand(): Promise<void> {
    const { lot } = this
    await lot.until('exit', ({ state }) => ['manual', 'asking'].includes(state))
    const settle = ['lane', 'settle', '--data', lot.dir, '--lane', 'exit', '--means', 'cash']
    await runToEnd([...settle, ...who])
    await lot.leaves('exit')
  }

  private async poor(): Promise<void> {
    const { car, gone, rsu } = await this.car()
    const cardNo = car.obu?.cardNo
    await this.platform.admin('POST', '/accounts', { cardNo, balanceFen: 0 })
    await rsu?.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
    await this.lot.comes('exit', car)
    await this.byHand()
    await gone()
  }

  private async withoutObu(): Promise<void> {
    const { car } = await this.car()
    await this.lot.comes('exit', car)
    await this.byHand()
  }

  private async refunds(): Promise<void> {
    await this.paid()
    const { lot } = this
    const stayId = present(
      ledgerRows(lot.dir).findLast(({ kind }) => kind === 'payment')?.stayId,
      'a stay',
    )
    const paid = () => lot.run.call<{ rows: { attemptNo: string }[] }>('pay.attempts', { stayId })
    const { rows } = await eventually(paid, (one) => one.rows.length > 0, { of: lot.of })
    const asked = {
      by: '甲',
      approvedBy: '乙',
      reason: '多收',
      commandId: `give-back-${++this.acts}`,
    }
    const attemptNo = present(rows[0], 'an attempt').attemptNo
    await eventually(
      () => runToEnd(['queue', 'status', '--data', lot.dir]),
      ({ json }) => json['unsent'] === 0,
      { of: lot.of },
    )
    await lot.run.call('pay.refund', { stayId, attemptNo, refundFen: 100, ...asked })
  }

  private leap(ms: number, times: number): Promise<void> {
    for (let i = 0; i < times; i++) this.lot.run.child.send(ms)
    return Promise.resolve()
  }

  private readonly drives: Partial<Record<Drive, () => Promise<void>>> = {
    car: () => this.paid(),
    refusedCar: async () => {
      await this.paid()
      await this.poor()
    },
    exceptions: () => this.withoutObu(),
    lostAnswer: async () => {
      const lost = { at: 'POST /v1/etc/exit-charges', when: 'after', do: 'drop', times: 1 }
      await this.platform.admin('POST', '/faults', lost)
      await this.paid()
    },
    refund: () => this.refunds(),
    drawer: async () => {
      await this.paid()
      const act = { by: '李四', reason: '交班', commandId: `shift-ends-${++this.acts}` }
      await this.lot.run.call('day.count', { countedFen: 0, ...act })
    },
    heartbeat: () => this.leap(2 * minuteMs, 1),
    download: () => this.leap(11 * minuteMs, 1),
    nothing: () => Promise.resolve(),
  }

  canDrive(id: ItemId): boolean {
    const { plant } = present(
      acceptanceItems.find((one) => one.id === id),
      id,
    )
    return isPlant(plant) && this.drives[plant.drive] !== undefined
  }

  /** The item as it stands when its run is over: what it waited for was driven once for each half. */
  async redThenGreen(id: ItemId): Promise<AcceptanceItemView> {
    const { lot } = this
    const state = () => lot.run.call<AcceptanceView>('acceptance.state')
    const drive = present(this.drives[plantOf(id).drive], `${id} is driven`)
    await lot.run.call('acceptance.run', { item: id, isRed: true })
    for (const stage of ['red', 'green']) {
      const waits = await eventually(
        state,
        ({ planting, isRunning }) => planting?.stage === stage || !isRunning,
        { of: lot.of },
      )
      if (!waits.isRunning) break
      await drive()
    }
    const { items } = await eventually(state, ({ isRunning }) => !isRunning, { of: lot.of })
    return present(
      items.find((one) => one.id === id),
      id,
    )
  }
}
