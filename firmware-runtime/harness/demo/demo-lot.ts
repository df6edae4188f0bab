// The demo lot: simulators on real links, a site on them, cars that drive, and the things to play with.
// The simulators outlive a power cut of the lane; the ledger is what the lane comes back from.
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ArgsOf, DemoState } from '../../api/table.ts'
import type { DemoControls } from '../../app/control/control.ts'
import { mintId } from '../../core/lot/lot.ts'
import { minuteMs } from '../../core/values/instant.ts'
import { diskFault, isDiskError } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import { present } from '../../core/values/must.ts'
import type { ApiSession } from '../../ports/api-host.ts'
import { seededRandom } from '../../simulators/shell/random.ts'
import { closeAll, undoAll } from '../../runtime/process/close-all.ts'
import { mustBeFree } from '../../runtime/folder/data-folder.ts'
import { LotHost } from '../../runtime/host/host.ts'
import { programFile } from '../../runtime/process/program-file.ts'
import { demoLotIn, loadLot } from '../../runtime/folder/lot-file.ts'
import type { EndOf, Running } from '../../runtime/host/run.ts'
import { serveApi, type Served } from '../../runtime/host/served.ts'
import { LotHarness } from '../lot/lot-harness.ts'
import type { ReplayChoice } from '../lot/replay-result.ts'
import type { SimLauncher, SimProcess } from '../lot/sim-process.ts'
import { DemoCars, type DemoVehicle } from './demo-cars.ts'
import { DemoDriver, humanPace, quickPace } from './demo-driver.ts'
import { DemoTraffic } from './demo-traffic.ts'

interface DemoOptions extends Pick<ReplayChoice, 'dir' | 'charge' | 'offline' | 'timing' | 'seed'> {
  readonly traffic: boolean
  readonly end: EndOf
  /** The power goes. Null: this process stays and opens the lot again in place. */
  readonly powerCut: (() => void) | null
  /** Leaves the demo for real devices; absent where Studio does not host it. */
  readonly workbench?: (on: boolean) => void
  /** How simulators are started; absent: as children of this process. */
  readonly launch?: SimLauncher
}

export const standardDemo = (dir: string, end: EndOf): DemoOptions => ({
  dir,
  charge: 'online',
  offline: 'other-payment',
  timing: 'standard',
  seed: 1,
  traffic: false,
  end,
  powerCut: null,
})

const capacity = 60
const insideAtStart = 18
/** Cars found inside came between these many minutes ago, so that they owe something. */
const ageMin = [25, 400] as const
/** A car that came less than this ago leaves free; the exit prefers one that pays. */
const paysAfterMs = 20 * minuteMs
/** The answer of `demo.powerCut` leaves before the power does. */
const cutAfterMs = 100

/** A pty where the system has them and socat is there, else TCP. */
function rsuLinkHere(): 'pty' | 'tcp' {
  if (process.platform !== 'linux') return 'tcp'
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, 'socat'))) ? 'pty' : 'tcp'
}

export class DemoLot implements Running {
  private readonly options: DemoOptions
  private readonly harness: LotHarness
  private readonly cars: DemoCars
  private readonly driver: DemoDriver
  private readonly traffic: DemoTraffic
  private readonly random: () => number
  private readonly silent = new Set<string>()
  private networkUp = true
  private host: LotHost | null = null
  private served: Served | null = null
  private reopening: Promise<void> | null = null
  private readonly queued = new Set<string>()

  static async open(options: DemoOptions): Promise<DemoLot> {
    const { dir } = options
    let demo: DemoLot | null = null
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      mustBeFree(dir)
      demoLotIn(dir)
      demo = new DemoLot(options)
      await demo.start()
      return demo
    } catch (error) {
      await undoAll([() => demo?.stop()])
      throw isDiskError(error) ? diskFault(error, { file: dir }) : error
    }
  }

  private constructor(options: DemoOptions) {
    const { dir, seed, timing } = options
    this.options = options
    this.harness = new LotHarness({
      ...options,
      variant: 'generic-bcc',
      capacity,
      rsuLink: rsuLinkHere(),
      others: ['operator', 'etcOperator'],
      reuse: true,
      program: programFile(),
    })
    this.cars = new DemoCars(join(dir, 'sims', 'cars.jsonl'), seed)
    this.random = seededRandom(seed)
    const failed = (error: unknown): void => this.failed(error)
    const pace = timing === 'instant' ? quickPace : humanPace
    const mayGo = (laneId: string): boolean =>
      this.host?.site.runtime.lanes.get(laneId)?.state.name === 'opening'
    this.driver = new DemoDriver(this.harness, pace, mayGo, failed)
    this.traffic = new DemoTraffic({
      seed,
      gapMs: timing === 'instant' ? [50, 100] : [3_000, 9_000],
      wantedInside: insideAtStart,
      inside: () => this.host?.site.runtime.lot.stays.size ?? 0,
      waiting: (laneId) => this.driver.waiting(laneId),
      send: (laneId, kind) => this.sendCar({ laneId, kind }),
      failed,
    })
  }

  private async start(): Promise<void> {
    await this.harness.startDevices()
    await this.openHost()
    const { site } = this.live()
    await this.harness.startCameras((laneId) => site.intake.url(laneId))
    this.served = await serveApi(this.options.dir, () => this.session(), this.failed)
    if (site.runtime.lot.stays.size === 0) this.fillLot()
    site.folder.announce(this.endpoints)
    this.traffic.set(this.options.traffic)
  }

  private async openHost(): Promise<void> {
    const { dir, timing, end, workbench } = this.options
    const { config, tariff } = loadLot(dir)
    const fatal = (fault: LaneFault): void => end(1, fault)
    const hooks = { fatal, ...(workbench === undefined ? {} : { workbench }) }
    const demo = this.controls()
    this.host = await LotHost.open({ dir, config, tariff, timing, demo, ...hooks })
  }

  private readonly failed = (error: unknown): void => {
    // A simulator that is gone is a fault of this demo, not of a lane: it ends and says why.
    const note = error instanceof Error ? error.message : String(error)
    this.options.end(1, new LaneFault('SYS-01', { note }))
  }

  private live(): LotHost {
    return present(this.host, 'the demo is open')
  }

  get endpoints(): Readonly<Record<string, unknown>> {
    const { site } = this.live()
    const lanes = [...this.harness.lanes]
    const simOf = (sim: SimProcess | null) =>
      sim === null ? null : { link: sim.endpoints.link ?? '', admin: sim.endpoints.admin }
    return {
      ...this.served?.endpoints,
      intake: Object.fromEntries(lanes.map(([laneId]) => [laneId, site.intake.url(laneId)])),
      platform: present(this.harness.platform, 'the platform runs').endpoints,
      ...Object.fromEntries(
        [...this.harness.others].map(([name, { endpoints }]) => [name, endpoints] as const),
      ),
      sims: Object.fromEntries(
        lanes.map(([laneId, { rsu, camera, barrier, display }]) => [
          laneId,
          {
            rsu: simOf(rsu),
            camera: simOf(camera),
            barrier: simOf(barrier),
            display: simOf(display),
          },
        ]),
      ),
    }
  }

  session(): ApiSession {
    return {
      call: async (name, args, seat) => {
        await this.reopening
        return this.live().session('owner').call(name, args, seat)
      },
      subscribe: (...args) =>
        this.live()
          .session('owner')
          .subscribe(...args),
    }
  }

  get unsent(): number {
    return this.host?.unsent ?? 0
  }

  private controls(): DemoControls {
    return {
      sendCar: (args) => this.sendCar(args),
      network: async (up) => {
        await this.network(up)
        return { up }
      },
      rsuSilent: async (laneId, on) => {
        await this.rsuSilent(laneId, on)
        return { on }
      },
      traffic: (on) => {
        this.traffic.set(on)
        return { on }
      },
      powerCut: () => void setTimeout(() => this.powerCut(), cutAfterMs),
      state: (): DemoState => ({
        networkUp: this.networkUp,
        rsuSilent: [...this.silent],
        traffic: this.traffic.on,
      }),
    }
  }

  private async sendCar({ laneId, kind }: ArgsOf<'demo.sendCar'>): Promise<{ plate: string }> {
    const car = laneId === 'exit' ? this.leaver(kind) : this.cars.make(kind)
    // In online mode it is the account that pays: an empty card has an empty account behind it.
    if (kind === 'emptyCard' && car.obu !== null)
      await this.harness.platform?.admin('POST', '/accounts', {
        cardNo: car.obu.cardNo,
        balanceFen: 0,
      })
    this.driver.send(laneId, car)
    if (laneId === 'exit') this.queued.add(car.plate)
    return { plate: car.plate }
  }

  /** The car of that kind that has been inside longest; adds one if there is no such car. */
  private leaver(kind: DemoVehicle['kind']): DemoVehicle {
    const { runtime } = this.live().site
    for (const plate of this.queued) if (!runtime.lot.byPlate.has(plate)) this.queued.delete(plate)
    const olderThanMs = runtime.nowMs() - paysAfterMs
    for (const { plate, enteredAtMs } of runtime.lot.stays.values()) {
      if (plate === null || this.queued.has(plate) || enteredAtMs > olderThanMs) continue
      const car = this.cars.find(plate)
      if (car?.kind === kind) return car
    }
    return present(this.putInside([kind])[0], 'a car was made')
  }

  /** Imports cars as in an inventory: they came before the lot was counted, at a time that a person noted. */
  private putInside(kinds: readonly DemoVehicle['kind'][]): DemoVehicle[] {
    const { runtime, config } = this.live().site
    const nowMs = runtime.nowMs()
    const cars = kinds.map((kind) => this.cars.make(kind))
    const [least, most] = ageMin
    const rows = cars.map(({ plate, colour }): RowDraft => {
      const enteredAtMs = nowMs - Math.floor((least + this.random() * (most - least)) * minuteMs)
      return {
        kind: 'stayOpened',
        atMs: nowMs,
        laneId: 'entry',
        stayId: mintId(runtime.lot, config, 'S'),
        body: { plate, colour, enteredAtMs, noEntry: false, photo: null, imported: true },
      }
    })
    runtime.append(rows)
    return cars
  }

  private fillLot(): void {
    const kinds = Array.from({ length: insideAtStart }, (_, i): DemoVehicle['kind'] => {
      if (i % 9 === 4) return 'noEtc'
      return i % 9 === 7 ? 'emptyCard' : 'etc'
    })
    this.putInside(kinds)
  }

  /** A cut line: nothing comes back, for as long as it lasts. */
  private async network(up: boolean): Promise<void> {
    const platform = present(this.harness.platform, 'the platform runs')
    const all = [platform, ...this.harness.others.values()]
    await Promise.all(all.map((one) => one.admin('DELETE', '/faults')))
    const cut = { at: '*', when: 'before', do: 'drop', times: 0 }
    if (!up) await Promise.all(all.map((one) => one.admin('POST', '/faults', cut)))
    this.networkUp = up
  }

  private async rsuSilent(laneId: string, on: boolean): Promise<void> {
    const rsu = present(this.harness.lanes.get(laneId)?.rsu, `lane ${laneId} has an RSU`)
    if (on) await rsu.admin('POST', '/act', { do: 'silence', ms: 0 })
    else await rsu.admin('DELETE', '/faults')
    if (on) this.silent.add(laneId)
    else this.silent.delete(laneId)
  }

  private powerCut(): void {
    if (this.options.powerCut !== null) {
      this.options.powerCut()
      return
    }
    this.reopening ??= this.reopen()
      .catch(this.failed)
      .finally(() => {
        this.reopening = null
      })
  }

  /** The lane is gone in the middle of whatever it did, and comes back from its ledger. */
  private async reopen(): Promise<void> {
    await this.live().stop()
    await this.openHost()
    const { site } = this.live()
    for (const [laneId, { camera }] of this.harness.lanes)
      await camera?.admin('POST', '/target', { url: site.intake.url(laneId) })
    site.folder.announce(this.endpoints)
    await this.driver.lookAgain()
  }

  async stop(): Promise<void> {
    this.traffic.set(false)
    this.driver.stop()
    await this.reopening
    await closeAll([() => this.served?.close(), () => this.host?.stop(), () => this.harness.stop()])
  }
}
