// A lot with three platforms whose acceptance first runs with planted faults: the program plants each item's fault, this lot
// makes what the run waits for, once to see it fail and once to see it pass. Where that is time, the machine's clock is
// advanced.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import { isPlant, type Drive, type Plant } from '#acceptance/pure/plant.ts'
import type { AcceptanceItemView, AcceptanceView } from '#acceptance/calls/acceptance-views.ts'
import { dayMs, dayStartMs, isoOf, minuteMs } from '#base/pure/values/instant.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows } from './ledger-rows.ts'
import { Program, runToEnd } from './live-program.ts'
import { keepPatientRules } from './patient-rules.ts'
import { nothingFree, RunLot } from './run-lot.ts'
import { TurnedClock } from './turned-clock.ts'

const leaping = fileURLToPath(new URL('./leaping-run.ts', import.meta.url))
const makeCar = carMaker(trafficMixes.clean, 11)
const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
const hourMs = 60 * minuteMs

const plantOf = (id: string): Plant => {
  const item = acceptanceItems.find((one) => one.id === id)
  const { plant } = present(item, id)
  if (!isPlant(plant)) throw new Error(`${id} has no plant`)
  return plant
}

type Stage = 'red' | 'green'
type DriveOf = (stage: Stage, plant: Plant) => Promise<void>

class RedLot {
  readonly lot: RunLot
  private readonly clock = new TurnedClock()
  private acts = 0

  constructor(charge: ChargeMode) {
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

  async close(): Promise<void> {
    this.clock.close()
    await this.lot.close()
  }

  /** A car that comes in and waits at the exit. */
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
    const attempts = async () => {
      const { rows } = await lot.run.call<{ rows: { attemptNo: string; state: string }[] }>(
        'pay.attempts',
        { stayId },
      )
      return rows.find(({ state }) => state === 'paid')
    }
    const paid = await eventually(attempts, (one) => one !== undefined, { of: lot.of })
    const asked = {
      by: '甲',
      approvedBy: '乙',
      reason: '多收',
      commandId: `give-back-${++this.acts}`,
    }
    const { attemptNo } = present(paid, 'an attempt')
    await eventually(
      () => runToEnd(['queue', 'status', '--data', lot.dir]),
      ({ json }) => json['unsent'] === 0,
      { of: lot.of },
    )
    await lot.run.call('pay.refund', { stayId, attemptNo, refundFen: 100, ...asked })
  }

  /** Each timer of its program in between fires once. */
  private leap(ms: number): void {
    this.clock.leap(ms)
    this.lot.run.child.send(ms)
  }

  /** After a leap the status list is fresh and the antenna heard, so that a card can pay. */
  private async leapOver(ms: number): Promise<void> {
    const { lot } = this
    this.leap(ms)
    await lot.run.call('list.now', { full: false })
    await lot.until('exit', ({ devices }) => devices.rsu.state !== 'down')
  }

  /** Advances to this hour of the next day. */
  private nextDay(hours: number): Promise<void> {
    const nowMs = this.clock.nowMs()
    return this.leapOver(dayStartMs(nowMs) + dayMs + hours * hourMs - nowMs)
  }

  /** The lanes sign in every night; refused ones try again, and a car leaves after that. */
  private async signsIn(stage: Stage): Promise<void> {
    if (stage === 'red') return this.nextDay(5.1)
    await this.leapOver(6 * minuteMs)
    await this.paid()
  }

  /** Its card is on the platform's list, which the exit queries once more. */
  private async listed(): Promise<void> {
    const { car, gone, rsu } = await this.car()
    const cardNo = car.obu?.cardNo
    await this.platform.admin('POST', '/blacklist', { cardNo })
    await this.lot.run.call('list.now', { full: false })
    await rsu?.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
    await this.lot.comes('exit', car)
    await this.byHand()
    await gone()
  }

  /** A request that the platform delays takes hours. */
  private async samples(stage: Stage, { say }: Plant): Promise<void> {
    const { lot } = this
    const listed = (): Promise<unknown> => lot.run.call('list.now', { full: false })
    const isOfList = JSON.stringify(say.body).includes('status-list')
    const held = async (): Promise<number> => {
      const { faults } = await this.platform.admin<{ faults: { hits: number }[] }>('GET', '/faults')
      return faults.reduce((sum, { hits }) => sum + hits, 0)
    }
    if (!isOfList) await listed()
    const asking = isOfList ? listed() : this.paid()
    if (stage === 'green') return void (await asking)
    await eventually(held, (hits) => hits > 0, { of: lot.of })
    this.clock.leap(2 * hourMs)
    // An answer that late is not accepted.
    await Promise.allSettled([asking])
  }

  private readonly drives: Readonly<Record<Drive, DriveOf>> = {
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
    samples: (stage, plant) => this.samples(stage, plant),
    listedCar: () => this.listed(),
    signIn: (stage) => this.signsIn(stage),
    // A confirmed charge of the day binds what the lane did on it.
    heartbeat: () => this.paid(),
    download: () => this.paid(),
    hour: async () => {
      await this.paid()
      await this.leapOver(hourMs + 6 * minuteMs)
    },
    morning: async () => {
      await this.paid()
      await this.nextDay(10.6)
    },
    nothing: () => Promise.resolve(),
  }

  /** The item after its run: what it waited for was made once for each half. */
  async redThenGreen(id: ItemId): Promise<AcceptanceItemView> {
    const { lot } = this
    const plant = plantOf(id)
    const { drive } = plant
    const minutely = drive === 'heartbeat' || drive === 'download'
    const state = () => {
      // Timers that count their looks fire once per leap.
      if (minutely) this.leap(minuteMs + 1_000)
      return lot.run.call<AcceptanceView>('acceptance.state')
    }
    await lot.run.call('acceptance.run', { item: id, isRed: true })
    for (const stage of ['red', 'green'] as const) {
      const waits = await eventually(
        state,
        ({ planting, isRunning }) => planting?.stage === stage || !isRunning,
        { of: lot.of },
      )
      if (!waits.isRunning) break
      await this.drives[drive](stage, plant)
    }
    const { items } = await eventually(state, ({ isRunning }) => !isRunning, { of: lot.of })
    return present(
      items.find((one) => one.id === id),
      id,
    )
  }
}

/** One test per item, with one lot for all of them. */
export function turnRedThenGreen(charge: ChargeMode, ids: readonly ItemId[]): void {
  const red = new RedLot(charge)
  beforeAll(() => red.open())
  afterAll(() => red.close())

  it.each(ids)('%s fails by its planted fault, and not without it', async (id) => {
    const { verdict, simulated, failed, red: seen } = await red.redThenGreen(id)
    const { turns, isPart } = plantOf(id)
    expect({ verdict, simulated, failed, turned: seen?.assertion }).toEqual({
      verdict: isPart === true ? expect.stringMatching(/^(?:pass|incomplete)$/) : 'pass',
      simulated: true,
      failed: [],
      turned: turns,
    })
  })
}
