// A street with a gantry and a patrol car around a runtime that is killed (7.2.5): the simulators live on, cars that left
// their spaces pass the gantry, and the books of cards, ledger and platform are compared.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { passesOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { present } from '#base/pure/values/must.ts'
import type { ChargeMode, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { patrolLane, replayStreetSims } from '#harness/lot/replay-street-sims.ts'
import { gantryLane, type StreetSims } from '#harness/lot/street-sims.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { carMaker, trafficMixes, type CarObu, type TrafficCar } from '#simulators/traffic/cars.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows, verdictOn } from '../../wire/kit/ledger-rows.ts'
import { program } from '../../wire/kit/program.ts'
import { cameIn } from '../../firmware-runtime/lane/pure/lot/row-kit.ts'
import { startRuntime, type RuntimeProcess } from '../kill-links/runtime-process.ts'
import type { Look } from '../kill-links/protocol.ts'

const hourMs = 3_600_000
/** Longer than P13, after which "not found" is final. */
const skipMs = 31_000
export const owedFen = 500
const watcher = 'watch'

export interface StreetCar {
  readonly car: TrafficCar & { readonly obu: CarObu }
  readonly stayId: string
  readonly orderId: string
  readonly spaceId: string
}

export class StreetScene {
  readonly mode: ChargeMode
  readonly dir: string
  readonly hitsFile: string
  readonly sims: StreetSims
  private readonly cars = carMaker(trafficMixes.clean, 11)
  private runtime: RuntimeProcess | null = null
  private config: LotConfig | null = null
  private made = 0

  constructor(mode: ChargeMode, folder: string) {
    this.mode = mode
    this.dir = join(folder, mode)
    this.hitsFile = join(folder, `${mode}.hits`)
    mkdirSync(this.dir, { recursive: true })
    this.sims = replayStreetSims({
      dir: this.dir,
      layout: '7.2.5',
      charge: mode,
      offline: 'settle-later',
      variant: mode === 'card' ? 'generic-ver' : 'generic-bcc',
      timing: 'instant',
      seed: 1,
      traffic: { capacity: 200 },
      program,
    })
  }

  get live(): RuntimeProcess {
    return present(this.runtime, 'a runtime was started')
  }

  get platform() {
    return present(this.sims.platform, 'the platform runs')
  }

  async open(): Promise<void> {
    await this.sims.start()
    this.config = writeLot(this.dir, this.sims.lotFile(), null)
    await this.start()
    const psams = this.mode === 'card' ? 2 : 0
    await this.until('signed in', (look) => look.signedIn && look.psams >= psams)
  }

  async close(): Promise<void> {
    if (this.runtime?.gone === false) await this.runtime.stop()
    await this.sims.stop()
  }

  async start(): Promise<void> {
    this.runtime = await startRuntime(this.dir, this.hitsFile)
    await this.until('antennas up', ({ lanes }) => Object.values(lanes).every((one) => one.rsuUp))
  }

  private async look(): Promise<Look | null> {
    return (await this.live.ask({ do: 'look' }))?.look ?? null
  }

  private async until(what: string, ok: (look: Look) => boolean): Promise<void> {
    const asked = async (): Promise<Look> => present(await this.look(), `alive before: ${what}`)
    await eventually(asked, ok, { what })
  }

  /** A new car that stands in a space since then. */
  async parks(sinceMs = 2 * hourMs): Promise<StreetCar> {
    const parked = this.passer()
    const { car, stayId, spaceId } = parked
    const nowMs = Date.now()
    const { plate, colour } = car
    const written = { atMs: nowMs, laneId: watcher, plate, colour, spaceId }
    await this.append([cameIn(stayId, nowMs - sinceMs, written)])
    return parked
  }

  /** A new car that has not parked. */
  passer(): StreetCar {
    const made = this.cars.next()
    const obu = present(made.obu, 'every car of this mix has an OBU')
    const n = ++this.made
    const spaceId = `P${String(n).padStart(3, '0')}`
    const ids = { stayId: `n1-S${1_000_000 * n}`, orderId: `n1-O${1_000_000 * n}` }
    return { car: { ...made, obu }, ...ids, spaceId }
  }

  /** The sensor of its space reports it, and is known to the lot from then on. */
  async sensed({ spaceId }: StreetCar, occupied: boolean): Promise<void> {
    if (occupied) await this.sims.startPushing((id) => present(this.live.intake[id], id), [spaceId])
    await this.sims.report(spaceId, occupied ? { plate: null, colour: 'unknown' } : null)
    await this.until('its sensor was heard', ({ watched }) =>
      occupied ? watched.includes(spaceId) : true,
    )
  }

  /** It left its space a minute ago; its order is written with the departure. */
  async leaves({ car, stayId, orderId, spaceId }: StreetCar): Promise<void> {
    const atMs = Date.now()
    const leftAtMs = atMs - 60_000
    const refs = { atMs, laneId: watcher, stayId }
    const text = { zh: '每次', en: 'A visit' }
    const [fromMs, toMs] = [atMs - 2 * hourMs, leftAtMs]
    const lines = [{ fromMs, toMs, rule: 'visit', amountFen: owedFen, text }] as const
    const order = { tariffId: 'demo', fromMs, toMs, lines, plate: car.plate, plateRaw: null }
    await this.append([
      { kind: 'spaceLeft', ...refs, body: { spaceId, leftAtMs, seenAtMs: leftAtMs, by: 'space' } },
      { kind: 'orderMade', ...refs, orderId, amountFen: owedFen, body: order },
    ])
  }

  private async append(rows: readonly RowDraft[]): Promise<void> {
    present(await this.live.ask({ do: 'inside', rows }), 'the runtime takes the rows')
  }

  private rsu(laneId: string) {
    return present(this.sims.lanes.get(laneId), `${laneId} has an antenna`).rsu
  }

  /** In the zone until it drives on. */
  async inZone(laneId: string, { car }: StreetCar): Promise<void> {
    await this.rsu(laneId).admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
  }

  async drivesOn(laneId: string, { car }: StreetCar): Promise<void> {
    await this.rsu(laneId).admin('DELETE', `/cars/${car.obu.obuId}`)
  }

  underGantry = (car: StreetCar): Promise<void> => this.inZone(gantryLane, car)

  /** The patrol car reads the space; its driver has read the plate there. */
  async record({ car, spaceId }: StreetCar): Promise<void> {
    const seen = { plate: car.plate, colour: car.colour, by: 'patrol' }
    const event = { type: 'record', spaceId, seen } as const
    await this.live.ask({ do: 'record', laneId: patrolLane, event })
  }

  rowsOf({ stayId }: StreetCar, kind: RowDraft['kind']) {
    return ledgerRows(this.dir).filter((row) => row.stayId === stayId && row.kind === kind)
  }

  /** Waits for what is wanted while time passes, or for the end of the runtime; false: it is gone. */
  async goesOn(ok: (look: Look) => boolean, what: string): Promise<boolean> {
    let still = 0
    const step = async (): Promise<boolean | string> => {
      const look = await this.look()
      if (look === null) return false
      if (ok(look)) return true
      if (++still % 10 === 0) {
        // A leap of the clock ends a link to an antenna: only answers of the platform are waited for so.
        if (this.mode === 'online') await this.live.ask({ do: 'skip', ms: skipMs })
        await this.live.ask({ do: 'retry' })
      }
      return JSON.stringify(look)
    }
    return (await eventually(step, (end) => typeof end === 'boolean', { what })) === true
  }

  /** Waits until nothing is under way; what is unknown stays so. */
  settles(unknown: number): Promise<boolean> {
    return this.goesOn(
      (look) =>
        look.unsent === 0 &&
        look.unknown === unknown &&
        Object.values(look.lanes).every(({ name, rsuUp }) => name === 'idle' && rsuUp),
      `settled with ${unknown} unknown`,
    )
  }

  /** Compares the records of the ledger, the platform and the cards. */
  async judge() {
    const look = present(await this.look(), 'the runtime is alive')
    const { outside } = await outsideRecords(this.sims)
    return checkInvariants(ledgerRows(this.dir), outside, {
      passesOf: passesOf(present(this.config, 'the street has a lot')),
      chainOk: verdictOn(this.dir, 'n1').ok,
      unsent: look.unsent,
      unknown: look.unknown,
      exposureFen: look.exposureFen,
      lanesReady: Object.values(look.lanes).every(({ name }) => name === 'idle'),
      healed: look.unknown === 0,
    }).violations
  }

  /** Sums that were really taken of this car: of its card, or by the platform. */
  async taken({ car }: StreetCar): Promise<readonly number[]> {
    const { outside } = await outsideRecords(this.sims)
    if (this.mode === 'card')
      return [...(outside.cardDebits ?? [])].flatMap(({ cardNo, amountFen }) =>
        cardNo === car.obu.cardNo && amountFen > 0 ? [amountFen] : [],
      )
    const numbers = new Set(
      ledgerRows(this.dir).flatMap((row) =>
        row.kind === 'intent' && row.body.cardNo === car.obu.cardNo ? [row.body.outTradeNo] : [],
      ),
    )
    return [...(outside.charges ?? [])].flatMap(({ outTradeNo, status, realFee }) =>
      status === 'SUCCESS' && numbers.has(outTradeNo) ? [realFee] : [],
    )
  }
}
