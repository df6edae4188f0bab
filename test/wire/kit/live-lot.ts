// A lot with real links in the test's own process: simulators as processes, cars one at a time by hand.
// The test plays car and attendant, kills simulators, and reads the lane's state.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TraceClock } from '#base/time/system-clocks.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { MoneyWitness } from '#harness/lot/money-witness.ts'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { LaneState } from '#lane/pure/lane.ts'
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import type { ChargeMode, OrderEnd } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows, verdictOn } from './ledger-rows.ts'
import { program } from './program.ts'
import { SkipClock } from './skip-clock.ts'
import { Watched } from './watched.ts'
import { cameIn } from '../../firmware-runtime/lane/pure/lot/row-kit.ts'

const hourMs = 3_600_000
const fromMs = instantOf(2026, 3, 2, 8 * hourMs)
/** Number of looks that an answer in flight has before time leaps. */
const looksALeap = 6
const leapsMax = 10

export class LiveLot {
  readonly harness: LotHarness
  readonly mono = new SkipClock()
  readonly events: RuntimeEvent[] = []
  private readonly sims = new Watched(program)
  private readonly folder = mkdtempSync(join(tmpdir(), 'etc-live-lot-'))
  private readonly business = new TraceClock(fromMs)
  private readonly witness = new MoneyWitness(() => this.business.nowMs())
  private readonly cars = carMaker(trafficMixes.clean, 11)
  private opened: Site | null = null
  private acts = 0

  constructor(charge: ChargeMode) {
    const dir = join(this.folder, 'lot')
    mkdirSync(dir)
    this.harness = new LotHarness({
      dir,
      charge,
      offline: 'other-payment',
      variant: 'generic-ver',
      timing: 'instant',
      seed: 1,
      capacity: 20,
      fromMs,
      rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
      program,
      launch: this.sims.launch,
    })
  }

  get site(): Site {
    return present(this.opened, 'the lot is open')
  }

  get dir(): string {
    return this.harness.options.dir
  }

  get nowMs(): number {
    return this.business.nowMs()
  }

  /** Advances the business time by that much, unnoticed by the devices. */
  ages(ms: number): void {
    this.business.advance(ms)
  }

  get exit(): LaneState {
    return present(this.site.runtime.lanes.get('exit'), 'the lot has an exit').state
  }

  async open(): Promise<void> {
    await this.harness.startDevices()
    const { dir } = this.harness.options
    const { business, mono } = this
    const fatal = (fault: Error): never => {
      throw fault
    }
    const taps = this.witness
    this.opened = await openSite({
      dir,
      ...loadLot(dir),
      business,
      mono,
      timing: 'instant',
      taps,
      fatal,
    })
    this.site.runtime.events.listen((event) => this.events.push(event))
    await this.harness.startCameras((laneId) => this.site.intake.url(laneId))
    await this.until('devices up', () => this.exit.rsuUp && this.exit.arrive === 'off')
    await this.signedIn()
  }

  /** Waits until the antenna has signed in, also after a leap in time. */
  async signedIn(): Promise<void> {
    const { lot } = this.site.runtime
    await this.until('signed in', () => (lot.signInUntilMs ?? 0) > this.nowMs)
  }

  async close(): Promise<void> {
    await this.opened?.stop()
    await this.harness.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async until(what: string, ok: () => boolean): Promise<void> {
    const look = (): string | true => ok() || `exit ${this.said()}`
    await eventually(look, (seen) => seen === true, { what, of: this.sims })
  }

  /** State of the exit and the faults so far, in short. */
  private said(): string {
    const { queue, lot } = this.site.runtime
    const unsent = [...queue.records.values()].map((r) => `${r.op} ${r.state} ${r.lastNote}`)
    const unknown = [...lot.unsettled.values()].map((d) => `${d.deductionId} ${d.state}`)
    const { name, position } = this.exit
    return `${name} ${position}, faults ${this.faults().join(' ')}, ${[...unsent, ...unknown].join(', ')}`
  }

  /** Names of the faults, in order. */
  faults(): string[] {
    return this.events.filter((e) => e.type === 'fault').map((e) => e.detail)
  }

  /** A car that has been inside for two hours; an earlier car may come again. */
  inside(car: TrafficCar = this.cars.next()): TrafficCar {
    const { runtime, config } = this.site
    this.business.advance(600_000)
    const atMs = this.business.nowMs()
    const stayId = mintId(runtime.lot, config, 'S')
    const { plate, colour } = car
    runtime.append([cameIn(stayId, atMs - 2 * hourMs, { atMs, plate, colour })])
    return car
  }

  async loops(loopArrive: boolean, loopUnder: boolean): Promise<void> {
    await this.harness.sims('exit').barrier.admin('POST', '/inputs', { loopArrive, loopUnder })
  }

  async antenna(car: TrafficCar): Promise<void> {
    const rsu = present(this.harness.sims('exit').rsu, 'the exit has an RSU')
    await rsu.admin('POST', '/cars', { ...car.obu, stayMs: 600_000 })
  }

  async plate({ plate, colour }: TrafficCar): Promise<void> {
    const camera = present(this.harness.sims('exit').camera, 'the exit has a camera')
    await camera.admin('POST', '/plates', { plate, colour, confidence: 97 })
  }

  settle(means: 'cash' | 'later'): void {
    const act = {
      by: 'attendant',
      role: 'attendant',
      reason: 'simulator ended',
      commandId: `live-${++this.acts}`,
    }
    this.site.runtime.dispatch('exit', { type: 'settle', means, amountFen: null, act })
  }

  /** The car drives when the boom is up; returns how its stay ended. */
  async drivesOut(car: TrafficCar): Promise<OrderEnd | null> {
    await this.until('leave to go', () => this.exit.name === 'opening')
    await this.until('boom up', () => this.exit.position === 'open')
    await this.loops(false, true)
    await this.until('under the boom', () => this.exit.under === 'on')
    if (this.harness.sims('exit').rsu !== null && this.exit.rsuUp)
      await this.harness.sims('exit').rsu?.admin('DELETE', `/cars/${car.obu?.obuId ?? ''}`)
    await this.loops(false, false)
    await this.until('gone', () => this.exit.name === 'idle')
    await this.until('boom down', () => this.exit.position === 'closed')
    const closed = ledgerRows(this.harness.options.dir).findLast((r) => r.kind === 'stayClosed')
    return closed?.kind === 'stayClosed' ? closed.body.end : null
  }

  /** A car without any trouble. */
  async passes(car = this.inside()): Promise<OrderEnd | null> {
    await this.antenna(car)
    await this.loops(true, false)
    await this.plate(car)
    return this.drivesOut(car)
  }

  /** Advances time until everything is sent and known. */
  async drains(): Promise<void> {
    const { runtime } = this.site
    const settled = (): boolean =>
      runtime.queue.records.size === 0 && runtime.lot.unsettled.size === 0
    let looks = 0
    await this.until('sent and known', () => {
      if (settled()) return true
      const leaps = looks / looksALeap
      if (leaps > 0 && leaps <= leapsMax && Number.isInteger(leaps)) this.mono.leap(31_000)
      if (leaps < leapsMax && Number.isInteger(leaps)) runtime.retryNow()
      looks++
      return false
    })
    await this.until('devices up again', () => this.exit.rsuUp && this.exit.arrive === 'off')
  }

  /** Compares ledger, platform and cards after everything has recovered. */
  async judge() {
    const { runtime, config } = this.site
    const { dir } = this.harness.options
    const { outside, sums } = await outsideRecords(this.harness)
    const rows = ledgerRows(dir)
    const report = checkInvariants(rows, outside, {
      passesOf: passesOf(config),
      chainOk: verdictOn(dir, config.nodeId).ok,
      unsent: runtime.queue.records.size,
      unknown: runtime.lot.unsettled.size,
      exposureFen: exposureFen(runtime.queue, runtime.lot),
      lanesReady: [...runtime.lanes.values()].every((l) => l.state.name === 'idle'),
      healed: true,
    })
    const paidFen = rows.reduce(
      (sum, r) => (r.kind === 'payment' && r.body.means === 'etc' ? sum + (r.amountFen ?? 0) : sum),
      0,
    )
    return {
      violations: [...report.violations, ...this.witness.violations],
      unequalFen: paidFen - sums.amountFen - report.openFen,
    }
  }
}
