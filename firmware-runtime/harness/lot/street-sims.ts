// The simulators of a street as processes: its platform, the antennas of its gantry, piles and readers, receivers of
// positions, and what watches its spaces; and the lot file that names them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { openOf } from '#lane/pure/layouts/index.ts'
import type { PlatformConfig } from '#base/pure/lot/config.ts'
import { pileLaneId } from '#base/pure/lot/streets.ts'
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { lotOf } from '#lane/folder/lot-file.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import { roundsAt } from './open-road.ts'
import type { ReplayChoice } from './replay-result.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { beginAt, startSimProcess, type SimLauncher, type SimProcess } from './sim-process.ts'

export const gantryLane = 'gantry'
const anyPort = 'tcp://127.0.0.1:0'
const fence = { shape: 'circle', center: roundsAt, radiusM: 500 } as const

/** A camera that is subscribed to, one that pushes, or sensors that push through their platform: a make each. */
export type WatcherKind = 'subscribed' | 'pushing' | 'sensors'

export interface StreetSpace {
  readonly id: string
  /** Its source. */
  readonly watcher: string
  readonly hasPile?: boolean
}

interface Reader {
  /** Its lane. */
  readonly id: string
  readonly name: BilingualText
  /** Absent: whoever drives the street states its position. */
  readonly hasReceiver?: boolean
}

interface StreetPlan extends Pick<
  ReplayChoice,
  'dir' | 'layout' | 'charge' | 'offline' | 'variant' | 'timing' | 'seed'
> {
  readonly launch: SimLauncher
  /** Business time at which the street begins; absent: the time of the machine. */
  readonly fromMs?: InstantMs | undefined
  readonly streetName: string
  readonly watchers: ReadonlyMap<string, WatcherKind>
  readonly spaces: readonly StreetSpace[]
  readonly readers: readonly Reader[]
}

/** What a camera reads; `plate` null: it could not read it. */
export interface SeenCar extends Pick<TrafficCar, 'colour'> {
  readonly plate: string | null
  readonly confidence?: number
}

export class StreetSims {
  /** The antennas, by their lanes. */
  readonly lanes = new Map<string, { readonly rsu: SimProcess }>()
  readonly watchers = new Map<string, SimProcess>()
  readonly others = new Map<'operator', SimProcess>()
  platform: SimProcess | null = null
  readonly plan: StreetPlan
  private readonly receivers = new Map<string, SimProcess>()
  private readonly started: Promise<SimProcess>[] = []
  private readonly watcherOf: ReadonlyMap<string, string>
  private turn: Promise<void> = Promise.resolve()

  constructor(plan: StreetPlan) {
    this.plan = plan
    this.watcherOf = new Map(plan.spaces.map(({ id, watcher }) => [id, watcher]))
  }

  private startSim(name: string, ...more: string[]): Promise<SimProcess> {
    const { timing, seed, launch } = this.plan
    const shared = ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', String(seed)]
    const starting = startSimProcess(name, [...shared, ...more], launch)
    this.started.push(starting)
    return starting
  }

  private book(name: string): readonly string[] {
    const folder = join(this.plan.dir, 'sims')
    mkdirSync(folder, { recursive: true })
    return ['--books', join(folder, `${name}.jsonl`)]
  }

  private async startAntenna(laneId: string): Promise<void> {
    const listen = ['--listen', anyPort, '--variant', this.plan.variant]
    const rsu = await this.startSim('rsu-sim', ...listen, ...this.book(`rsu-${laneId}`))
    this.lanes.set(laneId, { rsu })
  }

  private async startReceiver(laneId: string): Promise<void> {
    const receiver = await this.startSim('position-sim', '--listen', anyPort)
    await receiver.admin('POST', '/position', { ...roundsAt, mode: 3 })
    this.receivers.set(laneId, receiver)
  }

  private async startPlatform(): Promise<void> {
    const certs = join(this.plan.dir, 'keys', 'test-platform')
    mkdirSync(certs, { recursive: true, mode: 0o700 })
    const listen = ['--listen', 'https://127.0.0.1:0', '--certs', certs]
    this.platform = await this.startSim(
      'platform-sim',
      ...[...listen, ...this.book('platform'), '--tac', 'test', '--polite'],
    )
    const { fromMs } = this.plan
    if (fromMs !== undefined) await beginAt(this.platform, fromMs)
  }

  private async startSubscribed(id: string): Promise<void> {
    const camera = ['--variant', 'dahua', '--listen', anyPort]
    this.watchers.set(id, await this.startSim('camera-sim', ...camera))
    // The account of the simulated camera.
    secretStore(this.plan.dir, machineSecret()).write(`spaces-${id}`, 'Simulated1')
  }

  private get hasGantry(): boolean {
    return openOf(this.plan.layout)?.collects === 'gantry'
  }

  /** Starts everything that listens. */
  async start(): Promise<void> {
    const { spaces, readers, watchers } = this.plan
    await Promise.all([
      this.startPlatform(),
      this.hasGantry ? this.startAntenna(gantryLane) : null,
      ...spaces.map(({ id, hasPile }) => (hasPile ? this.startAntenna(pileLaneId(id)) : null)),
      ...readers.map(({ id }) => this.startAntenna(id)),
      ...readers.map(({ id, hasReceiver }) => (hasReceiver ? this.startReceiver(id) : null)),
      ...[...watchers].map(([id, kind]) =>
        kind === 'subscribed' ? this.startSubscribed(id) : null,
      ),
    ])
  }

  private watcherLink(id: string, kind: WatcherKind): string {
    if (kind !== 'subscribed') return kind === 'pushing' ? 'push:hikvision' : 'push:nb-iot'
    const address = (this.watchers.get(id)?.endpoints.link ?? '').replace(/^tcp:/, '')
    return `dahua:${address}?user=admin&secret=spaces-${id}`
  }

  private antennaLink(laneId: string): string {
    const { rsu } = present(this.lanes.get(laneId), `${laneId} has an antenna`)
    return `${rsu.endpoints.link ?? ''}?variant=${this.plan.variant}`
  }

  private channel(): PlatformConfig {
    const { endpoints } = present(this.platform, 'the platform runs')
    return {
      url: present(endpoints.baseUrl, 'the platform has an address'),
      caFile: present(endpoints.caFile, 'the platform has its authority'),
      certDir: present(endpoints.certDir, 'the platform has certificates'),
      appId: present(endpoints.appId, 'the platform has a channel number'),
    }
  }

  private readerLane({ id, name }: Reader) {
    const gnss = this.receivers.get(id)?.endpoints.link ?? null
    return {
      id,
      name,
      direction: 'exit' as const,
      layout: this.plan.layout,
      ...noLaneLinks,
      rsu: this.antennaLink(id),
      place: { kind: 'handheld' as const, fence, gnss },
    }
  }

  /** What lot.json says while the simulators listen where they do now. */
  lotFile(): unknown {
    const { charge, offline, layout, streetName, watchers } = this.plan
    const lot = lotOf({
      mode: 'demo',
      charge,
      offline,
      layout,
      capacity: this.plan.spaces.length,
      rsu: new Map(this.hasGantry ? [[gantryLane, this.antennaLink(gantryLane)]] : []),
      platform: this.channel(),
    })
    const lanes = [...lot.lanes, ...this.plan.readers.map((reader) => this.readerLane(reader))]
    const spaces = this.plan.spaces.map(({ id, watcher, hasPile }) => ({
      id,
      sensor: `${watcher}/${id}`,
      ...(hasPile ? { pile: this.antennaLink(pileLaneId(id)) } : {}),
    }))
    const streets = [{ name: streetName, stand: 'parallel', spaces }]
    const sources = [...watchers].map(([id, kind]) => ({
      id,
      link: this.watcherLink(id, kind),
      spaces: {},
    }))
    return { ...lot, lanes, streets, spaces: sources }
  }

  /** One after another: no report goes to a watcher that is being replaced. */
  private async inTurn(act: () => Promise<void>): Promise<void> {
    const before = this.turn
    const done = Promise.withResolvers<void>()
    this.turn = done.promise
    await before
    try {
      await act()
    } finally {
      done.resolve()
    }
  }

  /** Starts what pushes, anew after each start of the lot; `urlOf`: where. Absent `spaceIds`: all have a sensor. */
  startPushing(urlOf: (id: string) => string, spaceIds?: readonly string[]): Promise<void> {
    return this.inTurn(() => this.startAnew(urlOf, spaceIds ?? [...this.watcherOf.keys()]))
  }

  private async startAnew(
    urlOf: (id: string) => string,
    spaceIds: readonly string[],
  ): Promise<void> {
    for (const [id, kind] of this.plan.watchers) {
      if (kind === 'subscribed') continue
      await this.watchers.get(id)?.kill()
      const target = ['--target', urlOf(id)]
      const sim =
        kind === 'pushing'
          ? await this.startSim('camera-sim', '--variant', 'hikvision', ...target)
          : await this.startSim('detector-sim', '--variant', 'nb-iot', ...target)
      this.watchers.set(id, sim)
      if (kind !== 'sensors') continue
      for (const deviceId of spaceIds.filter((one) => this.watcherOf.get(one) === id))
        await sim.admin('POST', '/sensors', { deviceId })
    }
  }

  /** The watcher of a space reports it; a sensor reads no plate. */
  report(spaceId: string, car: SeenCar | null): Promise<void> {
    return this.inTurn(() => this.reportNow(spaceId, car))
  }

  private async reportNow(spaceId: string, car: SeenCar | null): Promise<void> {
    const id = this.watcherOf.get(spaceId) ?? ''
    const watcher = present(this.watchers.get(id), 'the watchers run')
    const occupied = car !== null
    if (this.plan.watchers.get(id) === 'sensors')
      await watcher.admin('POST', '/inputs', { deviceId: spaceId, occupied })
    else await watcher.admin('POST', '/plates', { space: { id: spaceId, occupied }, ...car })
  }

  processes(): readonly (readonly [name: string, sim: SimProcess])[] {
    const { platform } = this
    return [
      ...[...this.lanes].map(([laneId, { rsu }]) => [`rsu-sim ${laneId}`, rsu] as const),
      ...[...this.watchers].map(([id, sim]) => [`${sim.name} ${id}`, sim] as const),
      ...(platform === null ? [] : [['platform-sim', platform] as const]),
    ]
  }

  async stop(): Promise<void> {
    const all = await Promise.allSettled(this.started)
    const running = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all(running.map((sim) => sim.kill()))
  }
}
