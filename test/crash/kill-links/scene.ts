// The world around a runtime that is killed: simulators that live on, a car at the exit, an attendant.
// Car and attendant know only what they could see: the boom, and the lane's state on the desk.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { checkInvariants, type InvariantReport } from '#lane/pure/lot/invariants.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import type { CarObu } from '#simulators/traffic/cars.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows, verdictOn } from '../../wire/kit/ledger-rows.ts'
import { program } from '../../wire/kit/program.ts'
import type { LaneLook, Look } from './protocol.ts'
import { startRuntime, type RuntimeProcess } from './runtime-process.ts'
import { cameIn } from '../../firmware-runtime/lane/pure/lot/row-kit.ts'
import { alwaysPays } from '../../firmware-runtime/money/pure/billing/version-1.ts'

const hourMs = 3_600_000
/** Number of unchanged looks after which people act, and after which they act differently. */
const stillLooks = 3
const longStillLooks = 12
/** Longer than P13, after which "not found" is final, and than a paid car may stay unseen. */
const skipMs = 31_000

interface SceneCar {
  readonly plate: string
  readonly colour: string
  readonly obu: CarObu
  at: 'arrive' | 'under' | 'out'
}

/** No stay is open, nothing is in flight or unknown. */
const settled = (look: Look, lane: LaneLook): boolean =>
  look.unsent === 0 && look.unknown === 0 && lane.name === 'idle'

export class Scene {
  readonly mode: ChargeMode
  readonly dir: string
  readonly hitsFile: string
  readonly harness: LotHarness
  private readonly cars = carMaker(trafficMixes.clean, 7)
  private runtime: RuntimeProcess | null = null
  private car: SceneCar | null = null
  private madeStays = 0

  constructor(mode: ChargeMode, folder: string) {
    this.mode = mode
    this.dir = join(folder, mode)
    this.hitsFile = join(folder, `${mode}.hits`)
    mkdirSync(this.dir, { recursive: true })
    this.harness = new LotHarness({
      dir: this.dir,
      charge: mode,
      offline: 'other-payment',
      variant: mode === 'card' ? 'generic-ver' : 'generic-bcc',
      timing: 'instant',
      seed: 1,
      capacity: 100,
      // Over TCP a C6 is on the link when `send` returns, so CP3 is exact; in online mode there is no C6.
      rsuLink: mode === 'card' || process.platform !== 'linux' ? 'tcp' : 'pty',
      tariff: alwaysPays,
      program,
    })
  }

  get live(): RuntimeProcess {
    return present(this.runtime, 'a runtime was started')
  }

  async open(): Promise<void> {
    await this.harness.startDevices()
    await this.start()
    await this.harness.startCameras((laneId) => present(this.live.intake[laneId], laneId))
    await this.until('signed in', (look) => look.signedIn)
  }

  async close(): Promise<void> {
    if (this.runtime?.gone === false) await this.runtime.stop()
    await this.harness.stop()
  }

  /** Starts the runtime again, and tells the cameras its new port. */
  async start(): Promise<void> {
    this.runtime = await startRuntime(this.dir, this.hitsFile)
    for (const [laneId, url] of Object.entries(this.live.intake))
      await this.harness.lanes.get(laneId)?.camera?.admin('POST', '/target', { url })
    await this.until('devices up', (look) =>
      Object.values(look.lanes).every((l) => l.rsuUp && l.arrive !== 'unknown'),
    )
  }

  /** Waits until the runtime's state is as wanted; car and attendant do nothing meanwhile. */
  settles(ok: (look: Look) => boolean): Promise<void> {
    return this.until('settled', ok)
  }

  private async until(what: string, ok: (look: Look) => boolean): Promise<void> {
    const asked = async (): Promise<Look> => {
      const look = (await this.live.ask({ do: 'look' }))?.look
      if (look === undefined) throw new Error(`the runtime was gone before: ${what}`)
      return look
    }
    await eventually(asked, ok, { what })
  }

  /** A new car with a stay that began a while ago, on its way to the exit. */
  async carComes(): Promise<void> {
    const made = this.cars.next()
    const obu = present(made.obu, 'every car of this mix has an OBU')
    this.car = { plate: made.plate, colour: made.colour, obu, at: 'arrive' }
    const nowMs = Date.now()
    const stayId = `n1-S${1_000_000 * (1 + this.madeStays++)}`
    const { plate, colour } = made
    const stay = cameIn(stayId, nowMs - 2 * hourMs, { atMs: nowMs, plate, colour })
    present(await this.live.ask({ do: 'inside', rows: [stay] }), 'the runtime takes the stay')
    const { rsu, barrier } = this.harness.sims('exit')
    await rsu?.admin('POST', '/cars', { ...obu, stayMs: 600_000 })
    await barrier.admin('POST', '/inputs', { loopArrive: true, loopUnder: false })
    await this.showPlate()
  }

  private async showPlate(): Promise<void> {
    const { plate, colour } = present(this.car, 'a car is there')
    const camera = present(this.harness.sims('exit').camera, 'the exit has a camera')
    await camera.admin('POST', '/plates', { plate, colour, confidence: 97 })
  }

  /**
   * Car and attendant act until the car has left and everything is settled, or the runtime dies.
   * Returns true when all is done.
   */
  async play(): Promise<boolean> {
    const car = present(this.car, 'a car is there')
    let [still, idle, was] = [0, 0, '']
    const step = async (): Promise<boolean | string> => {
      const look = (await this.live.ask({ do: 'look' }))?.look
      if (look === undefined) return false
      const lane = present(look.lanes['exit'], 'the lot has an exit')
      const state = JSON.stringify([lane, car.at, look.unsent, look.unknown])
      still = state === was ? still + 1 : 0
      idle++
      was = state
      if (car.at !== 'out') await this.drive(car, lane)
      else if (settled(look, lane) && lane.rsuUp) return true
      // People act when nothing has moved for a moment, and not more often.
      if (still >= stillLooks && idle >= stillLooks) {
        idle = 0
        if (car.at === 'arrive') await this.attend(lane, still)
        else if (car.at === 'out' && !settled(look, lane)) await this.timePasses()
      }
      return state
    }
    const what = 'the car has left and all is settled'
    return (await eventually(step, (end) => typeof end === 'boolean', { what })) === true
  }

  private async drive(car: SceneCar, lane: LaneLook): Promise<void> {
    const { rsu, barrier } = this.harness.sims('exit')
    const boom = await barrier.admin<{ position: string }>('GET', '/state')
    // A boom that a restart left open (rule 7 of lane-devices.md 2.4) does not permit the car to go.
    if (car.at === 'arrive' && boom.position === 'open' && lane.name === 'opening') {
      await barrier.admin('POST', '/inputs', { loopArrive: false, loopUnder: true })
      car.at = 'under'
    } else if (car.at === 'under' && lane.under === 'on') {
      await rsu?.admin('DELETE', `/cars/${car.obu.obuId}`)
      await barrier.admin('POST', '/inputs', { loopArrive: false, loopUnder: false })
      car.at = 'out'
    }
  }

  /** What the attendant does for a waiting car: reads it again, settles it, opens by hand. */
  private async attend(lane: LaneLook, still: number): Promise<void> {
    const unread = lane.manual === 'plateNotRead' || lane.manual === 'passInDoubt'
    if (lane.name === 'reading' || (unread && still < longStillLooks)) await this.showPlate()
    else if (lane.name === 'asking') await this.settle('later')
    else if (lane.name === 'manual' && still >= longStillLooks) await this.settle('cash')
    else if (lane.name === 'opening' && lane.position === 'closed')
      await this.live.ask({ do: 'open', laneId: 'exit' })
  }

  private async settle(means: 'cash' | 'later'): Promise<void> {
    await this.live.ask({ do: 'settle', laneId: 'exit', means })
  }

  private async timePasses(): Promise<void> {
    await this.live.ask({ do: 'skip', ms: skipMs })
    await this.live.ask({ do: 'retry' })
  }

  /** Waits until the exit's display shows these words, which a restart has to put there. */
  async boardSays(words: string): Promise<void> {
    const board = present(this.harness.sims('exit').display, 'the exit has a display')
    const said = async (): Promise<string> => {
      const { lines } = await board.admin<{ lines: string[] }>('GET', '/state')
      return lines.join(' ').trim()
    }
    await eventually(said, (now) => now === words, { what: `the board says "${words}"` })
  }

  /** The last rows in short, for a message. */
  story(): string {
    const short = (row: LedgerRow): string =>
      `${row.seq} ${row.kind} ${row.stayId ?? ''} ${JSON.stringify(row.body).slice(0, 160)}`
    return ledgerRows(this.dir).slice(-16).map(short).join('\n')
  }

  /** Compares the records of the ledger, the platform and the cards. */
  async judge(): Promise<InvariantReport> {
    const look = present((await this.live.ask({ do: 'look' }))?.look, 'the runtime is alive')
    const { outside } = await outsideRecords(this.harness)
    return checkInvariants(ledgerRows(this.dir), outside, {
      passesOf: passesOf(present(this.harness.config, 'the world has a lot')),
      chainOk: verdictOn(this.dir, 'n1').ok,
      unsent: look.unsent,
      unknown: look.unknown,
      exposureFen: look.exposureFen,
      lanesReady: Object.values(look.lanes).every((l) => l.name === 'idle'),
      healed: true,
    })
  }

  /** How often this car's money was really taken: from its card, or by the platform. */
  async chargesOfCar(): Promise<number> {
    const { obu } = present(this.car, 'a car was there')
    const { outside } = await outsideRecords(this.harness)
    const onCard = [...(outside.cardDebits ?? [])].filter((d) => d.cardNo === obu.cardNo).length
    if (this.mode === 'card') return onCard
    const numbers = new Set(
      ledgerRows(this.dir).flatMap((row) =>
        row.kind === 'intent' && row.body.cardNo === obu.cardNo ? [row.body.outTradeNo] : [],
      ),
    )
    const paid = [...(outside.charges ?? [])].filter(({ status }) => status === 'SUCCESS')
    return paid.filter((c) => numbers.has(c.outTradeNo)).length
  }
}
