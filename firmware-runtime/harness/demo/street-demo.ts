// A street of 24 spaces as a demo: what watches the spaces, what reads the cars there, the gantry, and cars that take spaces,
// stand and drive on. Every device is a process of its own.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { DemoCar } from '#runtime/calls/demo.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { pileLaneId } from '#base/pure/lot/streets.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import type { SimProcess } from '../lot/sim-process.ts'
import { DemoCars, type DemoVehicle } from './demo-cars.ts'
import { simEndpoint, type DemoScene, type ScenePace, type Wish } from './demo-scene.ts'
import { StreetDevices, type StreetOptions } from './street-devices.ts'

const insideAtStart = 12
/** As long ago came the cars that stand there at the start. */
const ageMin = [30, 240] as const
/** Interval at which what the lot has made of a report is looked at, and how long it may take. */
const lookMs = { standard: 250, instant: 10 } as const
const withinMs = 120_000
const againMs = 2_000
/** Time in the zone of the gantry, and that of a reading at a space. */
const zoneMs = 6_000
const dayMs = 24 * 60 * minuteMs

interface Parked {
  readonly car: DemoVehicle
  readonly spaceId: string
}

export class StreetDemo implements DemoScene {
  readonly pace: ScenePace
  private readonly devices: StreetDevices
  private readonly cars: DemoCars
  private readonly random: () => number
  private readonly lookMs: number
  private readonly failed: (error: unknown) => void
  private readonly parked = new Map<string, Parked>()
  private readonly halted = new AbortController()
  /** Readers go from space to space, one after another. */
  private rounds: Promise<void> = Promise.resolve()
  private site: Site | null = null

  constructor(options: StreetOptions, failed: (error: unknown) => void) {
    const { dir, seed, timing } = options
    this.pace = {
      gapMs: timing === 'instant' ? [50, 100] : [4_000, 12_000],
      wantedInside: insideAtStart,
    }
    this.lookMs = lookMs[timing]
    this.devices = new StreetDevices(options)
    this.cars = new DemoCars(join(dir, 'sims', 'cars.jsonl'), seed)
    this.random = seededRandom(seed)
    this.failed = failed
  }

  startDevices(): Promise<void> {
    return this.devices.start()
  }

  async startPushing(site: Site): Promise<void> {
    this.site = site
    await this.devices.sims.startPushing((id) => site.intake.url(id))
    this.standing(site)
    await this.lookRound(this.devices.spaceIds)
    this.goOn(this.lookAgain())
  }

  async reopened(site: Site): Promise<void> {
    this.site = site
    await this.devices.sims.startPushing((id) => site.intake.url(id))
    await this.lookRound(this.devices.spaceIds)
  }

  /** The cars that the ledger has in spaces. */
  private standing(site: Site): void {
    const { stays, bySpace } = site.runtime.lot
    for (const [spaceId, stayId] of bySpace) {
      const plate = stays.get(stayId)?.plate ?? null
      const car = (plate === null ? undefined : this.cars.find(plate)) ?? this.cars.make('noEtc')
      this.parked.set(spaceId, { car, spaceId })
    }
  }

  /** The watchers say what they see in these spaces. */
  private async lookRound(spaceIds: readonly string[]): Promise<void> {
    for (const spaceId of spaceIds)
      await this.devices.report(spaceId, this.parked.get(spaceId)?.car ?? null)
  }

  /** A watcher looks again at what the lot does not know: its link came up late, or nothing has changed for an hour. */
  private async lookAgain(): Promise<void> {
    for (;;) {
      await pause(againMs, null, { signal: this.halted.signal })
      const { spaces = [] } = this.site?.spaces.view() ?? {}
      await this.lookRound(spaces.flatMap((one) => (one.state === 'unknown' ? [one.spaceId] : [])))
    }
  }

  async fill(site: Site): Promise<void> {
    const nowMs = site.runtime.nowMs()
    const [least, most] = ageMin
    for (let n = 0; n < insideAtStart; n++) {
      // A pile reads a car that it sees come: those that stand here already stand elsewhere.
      const spaceId = present(
        this.freeSpace((id) => !this.hasPile(id)),
        'a space is free',
      )
      const car = this.cars.make(n % 6 === 5 ? 'noEtc' : 'etc')
      const { plate, colour } = this.devices.isCamera(spaceId)
        ? car
        : { plate: null, colour: 'unknown' as const }
      const enteredAtMs = nowMs - Math.floor((least + this.random() * (most - least)) * minuteMs)
      const body = { plate, colour, enteredAtMs, noEntry: false, photo: null, spaceId }
      const stayId = site.runtime.mint('S')
      const laneId = this.devices.sourceOf(spaceId)
      site.runtime.append([{ kind: 'stayOpened', atMs: nowMs, laneId, stayId, body }])
      this.parked.set(spaceId, { car, spaceId })
      await this.devices.report(spaceId, car)
      this.goOn(this.isRead({ car, spaceId }))
    }
  }

  private hasPile(spaceId: string): boolean {
    return this.rsuOf(pileLaneId(spaceId)) !== null
  }

  /** One that is wanted, else any. */
  private freeSpace(wanted: (spaceId: string) => boolean = () => false): string | null {
    const free = this.devices.spaceIds.filter((id) => !this.parked.has(id))
    const fit = free.filter(wanted)
    const from = fit.length > 0 ? fit : free
    return from[Math.floor(this.random() * from.length)] ?? null
  }

  async send({ laneId, kind, does = 'comes' }: Wish): Promise<{ readonly plate: string }> {
    const car = await (does === 'comes' ? this.comes(kind) : this.leaves(kind))
    if (car !== null) return { plate: car.plate }
    const note = does === 'comes' ? 'every space is taken' : 'no such car stands here'
    throw new LaneFault('LANE-02', { field: '/laneId', value: laneId, note })
  }

  async drive(does: 'comes' | 'leaves', kind: DemoCar): Promise<boolean> {
    return (await (does === 'comes' ? this.comes(kind) : this.leaves(null))) !== null
  }

  private async comes(kind: DemoCar): Promise<DemoVehicle | null> {
    const spaceId = this.freeSpace((id) => this.hasPile(id))
    if (spaceId === null) return null
    const car = this.cars.make(kind)
    if (kind === 'emptyCard' && car.obu !== null) await this.devices.emptyAccount(car.obu.cardNo)
    const parked = { car, spaceId }
    this.parked.set(spaceId, parked)
    await this.devices.report(spaceId, car)
    this.goOn(this.isRead(parked))
    return car
  }

  /** The car that has stood longest, of this kind where one is wished. */
  private async leaves(kind: DemoCar | null): Promise<DemoVehicle | null> {
    const all = [...this.parked.values()].filter(({ spaceId }) => this.stayAt(spaceId) !== null)
    const found = all.find(({ car }) => kind === null || car.kind === kind)
    if (found === undefined) return null
    const { car, spaceId } = found
    const stayId = this.stayAt(spaceId)?.stayId ?? ''
    this.parked.delete(spaceId)
    await this.devices.report(spaceId, null)
    this.goOn(this.drivesOn(car, spaceId, stayId))
    return car
  }

  private stayAt(spaceId: string): Stay | null {
    const { lot } = present(this.site, 'the lot is open').runtime
    return lot.stays.get(lot.bySpace.get(spaceId) ?? '') ?? null
  }

  /** A reader comes by when its stay has begun: the OBU there is read by a consumption of zero. */
  private async isRead({ car, spaceId }: Parked): Promise<void> {
    const { readers } = this.devices
    const { obu, plate, colour } = car
    // The pile reads it by itself, for as long as it stands there.
    const pile = this.rsuOf(pileLaneId(spaceId))
    if (obu !== null) await pile?.admin('POST', '/cars', { ...obu, stayMs: dayMs })
    if (readers.length === 0 || obu === null) return
    if (!(await this.until(() => this.stayAt(spaceId) !== null))) return
    this.rounds = this.rounds.then(async () => {
      const laneId = present(readers[Math.floor(this.random() * readers.length)], 'a reader')
      const { runtime } = present(this.site, 'the lot is open')
      const host = present(runtime.lanes.get(laneId), 'the lot has its lane')
      const rsu = present(this.rsuOf(laneId), 'it has an antenna')
      if (this.parked.get(spaceId)?.car !== car || host.state.name !== 'idle') return
      await rsu.admin('POST', '/cars', { ...obu, stayMs: zoneMs })
      runtime.dispatch(laneId, { type: 'record', spaceId, seen: { plate, colour, by: 'demo' } })
      await this.until(() => host.state.name === 'idle', zoneMs)
      await rsu.admin('DELETE', `/cars/${obu.obuId}`)
    })
    await this.rounds
  }

  private async drivesOn({ obu }: DemoVehicle, spaceId: string, stayId: string): Promise<void> {
    const gantry = this.rsuOf('gantry')
    const pile = this.rsuOf(pileLaneId(spaceId))
    if (obu !== null) await pile?.admin('DELETE', `/cars/${obu.obuId}`)
    const hasLeft = await this.until(() => this.stayAt(spaceId)?.stayId !== stayId)
    if (gantry === null || obu === null || !hasLeft) return
    await gantry.admin('POST', '/cars', { ...obu, stayMs: zoneMs })
    await pause(zoneMs, null, { signal: this.halted.signal })
    await gantry.admin('DELETE', `/cars/${obu.obuId}`)
  }

  private async until(is: () => boolean, limitMs = withinMs): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs += this.lookMs) {
      if (is()) return true
      await pause(this.lookMs, null, { signal: this.halted.signal })
    }
    return false
  }

  /** What a car does by itself; it ends with the demo. */
  private goOn(doing: Promise<void>): void {
    doing.catch((error: unknown) => {
      if (!this.halted.signal.aborted) this.failed(error)
    })
  }

  rsuOf(laneId: string): SimProcess | null {
    return this.devices.sims.lanes.get(laneId)?.rsu ?? null
  }

  platforms(): readonly SimProcess[] {
    return [this.devices.platform]
  }

  endpoints(): Readonly<Record<string, unknown>> {
    const { sims, platform } = this.devices
    const { lanes, watchers } = sims
    return {
      platform: platform.endpoints,
      sims: {
        ...Object.fromEntries([...lanes].map(([id, { rsu }]) => [id, { rsu: simEndpoint(rsu) }])),
        ...Object.fromEntries(
          [...watchers].map(([id, watcher]) => [id, { watcher: simEndpoint(watcher) }]),
        ),
      },
    }
  }

  halt(): void {
    this.halted.abort()
  }

  stop(): Promise<void> {
    return this.devices.sims.stop()
  }
}
