// The devices of a street as processes: the antenna of its gantry, what watches its spaces, and the antenna of a patrol car.
// Each layout of 7.2 that has a gantry gets the watcher that it names: cameras that are subscribed to or that push, or
// sensors in the road.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { machineSecret } from '../../adapters/secrets/machine-seal.ts'
import { secretStore } from '../../adapters/secrets/secret-store.ts'
import { openOf } from '../../core/lane/layouts/index.ts'
import type { LaneConfig, LotConfig } from '../../core/lot/config.ts'
import { noLaneLinks } from '../../core/values/device-kinds/lane-kinds.ts'
import { present } from '../../core/values/must.ts'
import { lotOf, writeLot } from '../../runtime/folder/lot-file.ts'
import type { TrafficCar } from '../../simulators/traffic/cars.ts'
import { roundsAt } from './open-road.ts'
import type { ReplayChoice } from './replay-result.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from './sim-process.ts'

const watcher = 'watch'
const secretName = 'watch'
export const patrolLane = 'rounds'
export const gantryLane = 'gantry'

const spaceNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `P${String(i + 1).padStart(3, '0')}`)

/** How the spaces of a layout are watched here: both makes of cameras are played, each in one layout. */
const watchedBy = (layout: string): 'sensors' | 'dahua' | 'hikvision' =>
  openOf(layout)?.watch === 'sensor' ? 'sensors' : layout === '7.2.1' ? 'dahua' : 'hikvision'

/** What a camera reads; `plate` null: it could not read it. */
type SeenCar = Pick<TrafficCar, 'colour'> & { readonly plate: string | null }

/** Part of a replay that its devices need. */
type StreetChoice = Pick<
  ReplayChoice,
  'dir' | 'layout' | 'charge' | 'offline' | 'variant' | 'timing' | 'seed'
> & {
  readonly traffic: Pick<ReplayChoice['traffic'], 'capacity'>
  /** The file that the simulators run; absent: that of this process. */
  readonly program?: string
}

export class StreetSims {
  /** The antennas, by their lanes. */
  readonly lanes = new Map<string, { readonly rsu: SimProcess }>()
  readonly others = new Map<'operator', SimProcess>()
  platform: SimProcess | null = null
  readonly hasPatrol: boolean
  private readonly choice: StreetChoice
  private readonly started: Promise<SimProcess>[] = []
  private readonly by: ReturnType<typeof watchedBy>
  private watching: SimProcess | null = null

  constructor(choice: StreetChoice) {
    this.choice = choice
    this.by = watchedBy(choice.layout)
    this.hasPatrol = openOf(choice.layout)?.record !== undefined
  }

  private start(name: string, ...more: string[]): Promise<SimProcess> {
    const { timing, seed, program = process.argv[1] } = this.choice
    const launch = spawnLauncher(present(program, 'the program has a file'))
    const shared = ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', String(seed)]
    const starting = startSimProcess(name, [...shared, ...more], launch)
    this.started.push(starting)
    return starting
  }

  private book(name: string): string {
    const folder = join(this.choice.dir, 'sims')
    mkdirSync(folder, { recursive: true })
    return join(folder, `${name}.jsonl`)
  }

  private async startAntenna(laneId: string): Promise<void> {
    const { variant } = this.choice
    const books = ['--books', this.book(`rsu-${laneId}`)]
    const rsu = await this.start(
      'rsu-sim',
      ...['--listen', 'tcp://127.0.0.1:0', '--variant', variant, ...books],
    )
    this.lanes.set(laneId, { rsu })
  }

  /** Starts everything that listens, and writes the lot. */
  async startDevices(): Promise<LotConfig> {
    const certs = join(this.choice.dir, 'keys', 'test-platform')
    mkdirSync(certs, { recursive: true, mode: 0o700 })
    const [platform] = await Promise.all([
      this.start(
        'platform-sim',
        ...['--listen', 'https://127.0.0.1:0', '--certs', certs, '--books', this.book('platform')],
        ...['--tac', 'test', '--polite'],
      ),
      this.startAntenna(gantryLane),
      this.hasPatrol ? this.startAntenna(patrolLane) : null,
    ])
    this.platform = platform
    if (this.by === 'dahua')
      this.watching = await this.start(
        'camera-sim',
        ...['--variant', 'dahua', '--listen', 'tcp://127.0.0.1:0'],
      )
    return this.writeLotFile()
  }

  private get watchLink(): string {
    if (this.by !== 'dahua') return this.by === 'sensors' ? 'push:nb-iot' : 'push:hikvision'
    const address = (this.watching?.endpoints.link ?? '').replace(/^tcp:/, '')
    return `dahua:${address}?user=admin&secret=${secretName}`
  }

  private antennaOf(laneId: string): string {
    const { rsu } = present(this.lanes.get(laneId), `${laneId} has an antenna`)
    return `${rsu.endpoints.link ?? ''}?variant=${this.choice.variant}`
  }

  private writeLotFile(): LotConfig {
    const { dir, layout, charge, offline, traffic } = this.choice
    // The simulated account of a Dahua camera.
    secretStore(dir, machineSecret()).write(secretName, 'Simulated1')
    const { endpoints } = present(this.platform, 'the platform runs')
    const lot = lotOf({
      mode: 'demo',
      charge,
      offline,
      layout,
      capacity: Math.max(1, traffic.capacity),
      rsu: new Map([[gantryLane, this.antennaOf(gantryLane)]]),
      platform: {
        url: present(endpoints.baseUrl, 'it has an address'),
        caFile: present(endpoints.caFile, 'it has its authority'),
        certDir: present(endpoints.certDir, 'it has certificates'),
        appId: present(endpoints.appId, 'it has a channel number'),
      },
    })
    const spaces = spaceNames(lot.capacity).map((id) => ({ id, sensor: `${watcher}/${id}` }))
    const streets = [{ name: '重放路段', stand: 'parallel', spaces }]
    const sources = [{ id: watcher, link: this.watchLink, spaces: {} }]
    const lanes = this.hasPatrol ? [...lot.lanes, this.patrol()] : lot.lanes
    return writeLot(dir, { ...lot, lanes, streets, spaces: sources }, null)
  }

  private patrol(): LaneConfig {
    const fence = { shape: 'circle', center: roundsAt, radiusM: 500 } as const
    return {
      id: patrolLane,
      name: { zh: '巡检车', en: 'Patrol car' },
      direction: 'exit',
      layout: this.choice.layout,
      ...noLaneLinks,
      rsu: this.antennaOf(patrolLane),
      place: { kind: 'handheld', fence, gnss: null },
    }
  }

  /** Starts what pushes to the lot, anew after each start of it; `urlOf`: where. */
  async startWatchers(urlOf: (id: string) => string, spaceIds: readonly string[]): Promise<void> {
    if (this.by !== 'dahua') await this.watching?.kill()
    if (this.by === 'hikvision')
      this.watching = await this.start(
        'camera-sim',
        ...['--variant', 'hikvision', '--target', urlOf(watcher)],
      )
    if (this.by !== 'sensors') return
    const sensors = await this.start(
      'detector-sim',
      ...['--variant', 'nb-iot', '--target', urlOf(watcher)],
    )
    this.watching = sensors
    for (const deviceId of spaceIds) await sensors.admin('POST', '/sensors', { deviceId })
  }

  /** What watches the spaces reports one of them; a sensor reads no plate. */
  async report(spaceId: string, car: SeenCar | null): Promise<void> {
    const watching = present(this.watching, 'the watchers run')
    if (this.by === 'sensors')
      await watching.admin('POST', '/inputs', { deviceId: spaceId, occupied: car !== null })
    else
      await watching.admin('POST', '/plates', {
        space: { id: spaceId, occupied: car !== null },
        ...(car === null ? {} : car),
      })
  }

  processes(): readonly (readonly [name: string, sim: SimProcess])[] {
    const named = [...this.lanes].map(([laneId, { rsu }]) => [`rsu-sim ${laneId}`, rsu] as const)
    const { platform, watching } = this
    return [
      ...named,
      ...(watching === null ? [] : [[`${watching.name} ${watcher}`, watching] as const]),
      ...(platform === null ? [] : [['platform-sim', platform] as const]),
    ]
  }

  async stop(): Promise<void> {
    const all = await Promise.allSettled(this.started)
    const running = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all(running.map((sim) => sim.kill()))
  }
}
