// The enclosed demo: one entry and one exit with their booms, cameras and displays, and cars that wait at the loops.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { DemoCar } from '#runtime/calls/demo.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { programFile } from '#base/process/program-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { LotHarness, type LotHarnessOptions } from '../lot/lot-harness.ts'
import type { SimProcess } from '../lot/sim-process.ts'
import { DemoCars, type DemoVehicle } from './demo-cars.ts'
import { DemoDriver, humanPace, quickPace } from './demo-driver.ts'
import { simEndpoint, type DemoScene, type ScenePace, type Wish } from './demo-scene.ts'

const capacity = 60
const insideAtStart = 18
/** Cars found inside came between these many minutes ago, so that they owe something. */
const ageMin = [25, 400] as const
/** A car that came less than this ago leaves free; the exit prefers one that pays. */
const paysAfterMs = 20 * minuteMs
/** Queue length at which a lane gets no more cars of the traffic. */
const lineMax = 2

/** A pty where the system has them and socat is there, else TCP. */
function rsuLinkHere(): 'pty' | 'tcp' {
  if (process.platform !== 'linux') return 'tcp'
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, 'socat'))) ? 'pty' : 'tcp'
}

type Options = Pick<LotHarnessOptions, 'dir' | 'charge' | 'offline' | 'timing' | 'seed' | 'launch'>

export class EnclosedDemo implements DemoScene {
  readonly pace: ScenePace
  private readonly harness: LotHarness
  private readonly cars: DemoCars
  private readonly driver: DemoDriver
  private readonly random: () => number
  private readonly queued = new Set<string>()
  private site: Site | null = null

  constructor(options: Options, failed: (error: unknown) => void) {
    const { dir, seed, timing } = options
    const isQuick = timing === 'instant'
    this.pace = { gapMs: isQuick ? [50, 100] : [3_000, 9_000], wantedInside: insideAtStart }
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
    const mayGo = (laneId: string): boolean =>
      this.site?.runtime.lanes.get(laneId)?.state.name === 'opening'
    this.driver = new DemoDriver(this.harness, isQuick ? quickPace : humanPace, mayGo, failed)
  }

  async startDevices(): Promise<void> {
    await this.harness.startDevices()
  }

  async startPushing(site: Site): Promise<void> {
    this.site = site
    await this.harness.startCameras((laneId) => site.intake.url(laneId))
  }

  async reopened(site: Site): Promise<void> {
    this.site = site
    for (const [laneId, { camera }] of this.harness.lanes)
      await camera?.admin('POST', '/target', { url: site.intake.url(laneId) })
    await this.driver.lookAgain()
  }

  async fill(site: Site): Promise<void> {
    const kinds = Array.from({ length: insideAtStart }, (_, i): DemoCar => {
      if (i % 9 === 4) return 'noEtc'
      return i % 9 === 7 ? 'emptyCard' : 'etc'
    })
    this.putInside(kinds, site)
  }

  async send({ laneId, kind }: Wish, site: Site): Promise<{ readonly plate: string }> {
    const car = laneId === 'exit' ? this.leaver(kind, site) : this.cars.make(kind)
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

  async drive(does: 'comes' | 'leaves', kind: DemoCar, site: Site): Promise<boolean> {
    const laneId = does === 'comes' ? 'entry' : 'exit'
    if (this.driver.waiting(laneId) >= lineMax) return false
    await this.send({ laneId, kind }, site)
    return true
  }

  rsuOf(laneId: string): SimProcess | null {
    return this.harness.lanes.get(laneId)?.rsu ?? null
  }

  platforms(): readonly SimProcess[] {
    return [present(this.harness.platform, 'the platform runs'), ...this.harness.others.values()]
  }

  endpoints(site: Site): Readonly<Record<string, unknown>> {
    const lanes = [...this.harness.lanes]
    return {
      intake: Object.fromEntries(lanes.map(([laneId]) => [laneId, site.intake.url(laneId)])),
      platform: present(this.harness.platform, 'the platform runs').endpoints,
      ...Object.fromEntries(
        [...this.harness.others].map(([name, { endpoints }]) => [name, endpoints] as const),
      ),
      sims: Object.fromEntries(
        lanes.map(([laneId, { rsu, camera, barrier, display }]) => [
          laneId,
          {
            rsu: simEndpoint(rsu),
            camera: simEndpoint(camera),
            barrier: simEndpoint(barrier),
            display: simEndpoint(display),
          },
        ]),
      ),
    }
  }

  halt(): void {
    this.driver.stop()
  }

  stop(): Promise<void> {
    return this.harness.stop()
  }

  /** The car of that kind that has been inside longest; adds one if there is no such car. */
  private leaver(kind: DemoCar, site: Site): DemoVehicle {
    const { runtime } = site
    for (const plate of this.queued) if (!runtime.lot.byPlate.has(plate)) this.queued.delete(plate)
    const olderThanMs = runtime.nowMs() - paysAfterMs
    for (const { plate, enteredAtMs } of runtime.lot.stays.values()) {
      if (plate === null || this.queued.has(plate) || enteredAtMs > olderThanMs) continue
      const car = this.cars.find(plate)
      if (car?.kind === kind) return car
    }
    return present(this.putInside([kind], site)[0], 'a car was made')
  }

  /** Imports cars as in an inventory: they came before the lot was counted, at a time that a person noted. */
  private putInside(kinds: readonly DemoCar[], { runtime, config }: Site): DemoVehicle[] {
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
}
