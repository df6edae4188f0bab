// The devices of the street demo as processes: platform, gantry, piles, the antennas of a patrol car and of a handheld with
// their receivers of positions, and what watches the spaces.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { spaceCameras } from '../../adapters/files/space-cameras.ts'
import { machineSecret } from '../../adapters/secrets/machine-seal.ts'
import { secretStore } from '../../adapters/secrets/secret-store.ts'
import { openOf } from '../../core/lane/layouts/index.ts'
import type { LotConfig, PlatformConfig } from '../../core/lot/config.ts'
import { pileLaneId } from '../../core/lot/streets.ts'
import { noLaneLinks } from '../../core/values/device-kinds/lane-kinds.ts'
import { present } from '../../core/values/must.ts'
import { loadLot, lotOf, relinkLot, writeLot } from '../../runtime/folder/lot-file.ts'
import { programFile } from '../../runtime/process/program-file.ts'
import { roundsAt } from '../lot/open-road.ts'
import type { ReplayChoice } from '../lot/replay-result.ts'
import {
  spawnLauncher,
  startSimProcess,
  type SimLauncher,
  type SimProcess,
} from '../lot/sim-process.ts'
import type { DemoVehicle } from './demo-cars.ts'

export interface StreetOptions extends Pick<
  ReplayChoice,
  'dir' | 'charge' | 'offline' | 'timing' | 'seed'
> {
  readonly layout: string
  readonly launch?: SimLauncher | undefined
}

const spaceIds = Array.from({ length: 24 }, (_, i) => `A${String(i + 1).padStart(2, '0')}`)
const pilesMax = 4
/** A high camera is subscribed to, a roadside camera pushes, sensors push through their platform. */
const watchersOf = (layout: string): readonly ('high' | 'road' | 'mag')[] => {
  if (layout === '7.2.5') return ['high', 'road', 'mag']
  if (openOf(layout)?.watch === 'sensor') return ['mag']
  return [layout === '7.2.1' ? 'high' : 'road']
}
type Watcher = ReturnType<typeof watchersOf>[number]

type SeenVehicle = Pick<DemoVehicle, 'plate' | 'colour'>

const secretName = 'spaces-high'
const variant = 'generic-bcc'
const anyPort = 'tcp://127.0.0.1:0'
const fence = { shape: 'circle', center: roundsAt, radiusM: 500 } as const
const readerNames = {
  patrol: { zh: '巡检车', en: 'Patrol car' },
  handheld: { zh: '手持机', en: 'Handheld' },
} as const

/** The cameras of an earlier start are the same ones at new addresses: what is known of their view goes with them. */
function sameCameras(dir: string, before: LotConfig, now: LotConfig): void {
  const cameras = spaceCameras(dir, (fault) => {
    throw fault
  })
  for (const { id, link } of before.spaces ?? []) {
    const known = cameras.of(id, link)
    const moved = now.spaces?.find((one) => one.id === id)
    if (known !== null && moved !== undefined) cameras.keep(id, moved.link, known)
  }
}

export class StreetDevices {
  readonly spaceIds = spaceIds
  readonly antennas = new Map<string, SimProcess>()
  readonly watchers = new Map<Watcher, SimProcess>()
  readonly readers: readonly (keyof typeof readerNames)[]
  private readonly options: StreetOptions
  private readonly receivers = new Map<string, SimProcess>()
  private readonly started: Promise<SimProcess>[] = []
  private readonly watching: readonly Watcher[]
  private readonly piles: readonly string[]
  private running: SimProcess | null = null
  private turn: Promise<void> = Promise.resolve()

  constructor(options: StreetOptions) {
    const open = present(openOf(options.layout), 'a layout of 7.2')
    this.options = options
    this.watching = watchersOf(options.layout)
    this.piles = open.pile === undefined ? [] : spaceIds.slice(0, pilesMax)
    if (open.reader === undefined) this.readers = []
    else this.readers = open.collects === 'gantry' ? ['patrol', 'handheld'] : ['handheld']
  }

  get platform(): SimProcess {
    return present(this.running, 'the platform runs')
  }

  private startSim(name: string, ...more: string[]): Promise<SimProcess> {
    const { timing, seed } = this.options
    const launch = this.options.launch ?? spawnLauncher(programFile())
    const shared = ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', String(seed)]
    const starting = startSimProcess(name, [...shared, ...more], launch)
    this.started.push(starting)
    return starting
  }

  private book(name: string): readonly string[] {
    const folder = join(this.options.dir, 'sims')
    mkdirSync(folder, { recursive: true })
    return ['--books', join(folder, `${name}.jsonl`)]
  }

  private async startAntenna(laneId: string): Promise<void> {
    const listen = ['--listen', anyPort, '--variant', variant]
    const rsu = await this.startSim('rsu-sim', ...listen, ...this.book(`rsu-${laneId}`))
    this.antennas.set(laneId, rsu)
  }

  private async startReceiver(laneId: string): Promise<void> {
    const receiver = await this.startSim('position-sim', '--listen', anyPort)
    await receiver.admin('POST', '/position', { ...roundsAt, mode: 3 })
    this.receivers.set(laneId, receiver)
  }

  private async startPlatform(): Promise<void> {
    const certs = join(this.options.dir, 'keys', 'test-platform')
    mkdirSync(certs, { recursive: true, mode: 0o700 })
    const listen = ['--listen', 'https://127.0.0.1:0', '--certs', certs]
    this.running = await this.startSim(
      'platform-sim',
      ...[...listen, ...this.book('platform'), '--tac', 'test', '--polite'],
    )
  }

  private get hasGantry(): boolean {
    return openOf(this.options.layout)?.collects === 'gantry'
  }

  async start(): Promise<void> {
    await Promise.all([
      this.startPlatform(),
      this.hasGantry ? this.startAntenna('gantry') : null,
      ...this.piles.map((spaceId) => this.startAntenna(pileLaneId(spaceId))),
      ...this.readers.flatMap((id) => [this.startAntenna(id), this.startReceiver(id)]),
      this.watching.includes('high') ? this.startHigh() : null,
    ])
    this.writeLotFile()
  }

  private async startHigh(): Promise<void> {
    const high = await this.startSim('camera-sim', '--variant', 'dahua', '--listen', anyPort)
    this.watchers.set('high', high)
    // The account of the simulated camera.
    secretStore(this.options.dir, machineSecret()).write(secretName, 'Simulated1')
  }

  private linkOf(watcher: Watcher): string {
    if (watcher !== 'high') return watcher === 'road' ? 'push:hikvision' : 'push:nb-iot'
    const address = (this.watchers.get('high')?.endpoints.link ?? '').replace(/^tcp:/, '')
    return `dahua:${address}?user=admin&secret=${secretName}`
  }

  private antennaLink(laneId: string): string {
    const { endpoints } = present(this.antennas.get(laneId), `${laneId} has an antenna`)
    return `${endpoints.link ?? ''}?variant=${variant}`
  }

  private channel(): PlatformConfig {
    const { endpoints } = this.platform
    return {
      url: present(endpoints.baseUrl, 'the platform has an address'),
      caFile: present(endpoints.caFile, 'the platform has its authority'),
      certDir: present(endpoints.certDir, 'the platform has certificates'),
      appId: present(endpoints.appId, 'the platform has a channel number'),
    }
  }

  private readerLane(id: keyof typeof readerNames): LotConfig['lanes'][number] {
    const gnss = present(this.receivers.get(id)?.endpoints.link, 'it has a receiver')
    return {
      id,
      name: readerNames[id],
      direction: 'exit',
      layout: this.options.layout,
      ...noLaneLinks,
      rsu: this.antennaLink(id),
      place: { kind: 'handheld', fence, gnss },
    }
  }

  private writeLotFile(): LotConfig {
    const { dir, charge, offline, layout } = this.options
    const lot = lotOf({
      mode: 'demo',
      charge,
      offline,
      layout,
      capacity: spaceIds.length,
      rsu: new Map(this.hasGantry ? [['gantry', this.antennaLink('gantry')]] : []),
      platform: this.channel(),
    })
    const lanes = [...lot.lanes, ...this.readers.map((id) => this.readerLane(id))]
    const piles = new Set(this.piles)
    const spaces = spaceIds.map((id) => ({
      id,
      sensor: `${this.sourceOf(id)}/${id}`,
      ...(piles.has(id) ? { pile: this.antennaLink(pileLaneId(id)) } : {}),
    }))
    const streets = [{ name: '演示路', stand: 'parallel', spaces }]
    const sources = this.watching.map((id) => ({ id, link: this.linkOf(id), spaces: {} }))
    const whole = { ...lot, lanes, streets, spaces: sources }
    if (!existsSync(join(dir, 'lot.json'))) return writeLot(dir, whole, null)
    const before = loadLot(dir).config
    const now = relinkLot(dir, whole)
    sameCameras(dir, before, now)
    return now
  }

  /** Its watcher: the street is divided among them. */
  sourceOf(spaceId: string): Watcher {
    const each = spaceIds.length / this.watching.length
    const at = Math.floor(spaceIds.indexOf(spaceId) / each)
    return present(this.watching[at], `${spaceId} has a watcher`)
  }

  isCamera(spaceId: string): boolean {
    return this.sourceOf(spaceId) !== 'mag'
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

  /** Starts what pushes; when the lot has another address, anew. */
  startPushing(urlOf: (id: string) => string): Promise<void> {
    return this.inTurn(() => this.startAnew(urlOf))
  }

  private async startAnew(urlOf: (id: string) => string): Promise<void> {
    for (const id of this.watching) {
      if (id === 'high') continue
      await this.watchers.get(id)?.kill()
      const target = ['--target', urlOf(id)]
      const sim =
        id === 'road'
          ? await this.startSim('camera-sim', '--variant', 'hikvision', ...target)
          : await this.startSim('detector-sim', '--variant', 'nb-iot', ...target)
      this.watchers.set(id, sim)
      if (id !== 'mag') continue
      for (const deviceId of spaceIds.filter((one) => this.sourceOf(one) === 'mag'))
        await sim.admin('POST', '/sensors', { deviceId })
    }
  }

  /** A watcher reports its space; a sensor reads no plate. */
  report(spaceId: string, car: SeenVehicle | null): Promise<void> {
    return this.inTurn(() => this.reportNow(spaceId, car))
  }

  private async reportNow(spaceId: string, car: SeenVehicle | null): Promise<void> {
    const id = this.sourceOf(spaceId)
    const watcher = present(this.watchers.get(id), 'the watchers run')
    const occupied = car !== null
    if (id === 'mag') await watcher.admin('POST', '/inputs', { deviceId: spaceId, occupied })
    else {
      const seen = car === null ? {} : { plate: car.plate, colour: car.colour, confidence: 97 }
      await watcher.admin('POST', '/plates', { space: { id: spaceId, occupied }, ...seen })
    }
  }

  /** The account pays in online mode. */
  async emptyAccount(cardNo: string): Promise<void> {
    await this.platform.admin('POST', '/accounts', { cardNo, balanceFen: 0 })
  }

  async stop(): Promise<void> {
    const all = await Promise.allSettled(this.started)
    const running = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all(running.map((sim) => sim.kill()))
  }
}
