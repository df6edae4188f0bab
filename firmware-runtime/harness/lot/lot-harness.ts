// A simulated lot on real links: simulator processes for every device and the platform, and a site.
// Used by `replay --wire`, the demo and the kill tests; speaks to simulators only by their admin side.
import { simulatedPush } from '#devices/pure/camera/camera-link.ts'
import { existsSync, mkdirSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asksFor, directionsOf, laneOf, standardLayout } from '#lane/pure/layouts/index.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type {
  ChannelName,
  LaneDirection,
  LotConfig,
  PlatformConfig,
} from '#base/pure/lot/config.ts'
import { adminFile } from '#acceptance/desk/folder/simulators-here.ts'
import { lotOf, relinkLot, writeLot } from '#lane/folder/lot-file.ts'
import type { ReplayChoice } from './replay-result.ts'
import type { SimProvince } from './sim-platform.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import {
  beginAt,
  spawnLauncher,
  startSimProcess,
  type SimLauncher,
  type SimProcess,
} from './sim-process.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import { isOtherChannel } from '#base/pure/lot/destination-members.ts'
import { present } from '#base/pure/values/must.ts'

export interface LotHarnessOptions extends Pick<
  ReplayChoice,
  'dir' | 'charge' | 'offline' | 'variant' | 'province' | 'timing' | 'seed'
> {
  /** Layout; absent: the standard one. */
  readonly layout?: string
  readonly capacity: number
  /** Business time at which the lot begins; absent: the time of the machine. */
  readonly fromMs?: InstantMs
  /** Link of the RSU and display of the exit: a pty where the system has them (Linux), else TCP. */
  readonly rsuLink: 'pty' | 'tcp'
  /** Null: the demo tariff. */
  readonly tariff?: string | null
  /** Cipher suite of its platform; absent: the national one. */
  readonly suite?: SuiteName
  /** Platforms of table G.1 beside the expansion platform; absent: none. */
  readonly others?: readonly OtherPlatform[]
  /** Keeps an existing lot in the folder, with the links of this start; otherwise an existing lot is refused. */
  readonly reuse?: boolean
  /** Program file that contains the simulators; absent: the running one. */
  readonly program?: string
  /** Launcher for a program that cannot start itself; absent: child processes. */
  readonly launch?: SimLauncher | undefined
}

export interface LaneSims {
  rsu: SimProcess | null
  barrier: SimProcess
  camera: SimProcess | null
  display: SimProcess | null
}

type StartedSims = Omit<LaneSims, 'barrier'> & { readonly barrier: SimProcess | null }

const sharesBarrier = (layout: string, laneId: string): boolean =>
  laneOf(layout, laneId === 'entry' ? 'entry' : 'exit')?.sharesBarrier === true

type OtherPlatform = Exclude<ChannelName, 'platform'>
type SimName = ChannelName | 'rsu' | 'barrier' | 'camera' | 'display'

const isOther: (what: SimName) => what is OtherPlatform = isOtherChannel

/** Arguments of the platform simulator. */
const variantOf = (province: SimProvince | undefined): readonly string[] =>
  province?.variant === undefined ? [] : ['--variant', province.variant]

const anyPort = 'tcp://127.0.0.1:0'

export class LotHarness {
  readonly options: LotHarnessOptions
  readonly lanes = new Map<string, LaneSims>()
  readonly scratch: string
  readonly certDir: string
  platform: SimProcess | null = null
  readonly others = new Map<OtherPlatform, SimProcess>()
  config: LotConfig | null = null
  private readonly admins: Partial<Record<ChannelName, string>> = {}
  /** All simulators started, including ones that come up after another one has failed. */
  private readonly started: Promise<SimProcess>[] = []

  constructor(options: LotHarnessOptions) {
    this.options = options
    this.scratch = mkdtempSync(join(tmpdir(), 'etc-lane-world-'))
    this.certDir = join(options.dir, 'keys', 'test-platform')
  }

  private startSim(name: string, ...more: string[]): Promise<SimProcess> {
    const { timing, seed, program = process.argv[1] } = this.options
    const launch = this.options.launch ?? spawnLauncher(present(program, 'the program has a file'))
    const shared = ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', String(seed)]
    const starting = startSimProcess(name, [...shared, ...more], launch)
    this.started.push(starting)
    return starting
  }

  private storeOf(name: string): string {
    const folder = join(this.options.dir, 'sims')
    mkdirSync(folder, { recursive: true })
    return join(folder, `${name}.jsonl`)
  }

  /** Starts platform, RSU, barriers and displays, and writes the lot file if the folder has none. */
  async startDevices(): Promise<LotConfig> {
    mkdirSync(this.certDir, { recursive: true, mode: 0o700 })
    const platform = this.startPlatform(0)
    const others = (this.options.others ?? []).map((name) => this.startOther(name, 0))
    const lanes = directionsOf(this.layout).map((laneId) => this.startLane(laneId))
    this.platform = await platform
    await Promise.all(others)
    const started = await Promise.all(lanes)
    for (const [laneId, sims] of started) {
      // The exit of a reused lane has the boom of its entry.
      const shared = started.find(([, other]) => other.barrier !== null)?.[1].barrier ?? null
      const barrier = present(sims.barrier ?? shared, `lane ${laneId} has a boom`)
      this.lanes.set(laneId, { ...sims, barrier })
    }
    this.config = this.writeLotFile()
    return this.config
  }

  /** Starts the devices that the layout requires, except the camera, which is started when the site listens. */
  private async startLane(laneId: LaneDirection): Promise<readonly [LaneDirection, StartedSims]> {
    const has = (device: LaneKind): boolean => asksFor(this.layout, laneId, device)
    const at = has('rsu') ? this.listenOn('display') : anyPort
    const [rsu, barrier, display] = await Promise.all([
      has('rsu') ? this.startRsu(this.listenOn('rsu')) : null,
      sharesBarrier(this.layout, laneId) ? null : this.startBarrier(laneId, anyPort),
      has('display') ? this.startDisplay(laneId, at) : null,
    ])
    return [laneId, { rsu, barrier, camera: null, display }]
  }

  private get layout(): string {
    return this.options.layout ?? standardLayout
  }

  /** `port` 0 selects a free one; a restart passes the previous port. */
  async startPlatform(port: number): Promise<SimProcess> {
    const { province, others = [] } = this.options
    const role = others.length === 0 ? [] : ['--role', 'expansion']
    const more = [...variantOf(province), ...role]
    this.platform = await this.startRole('platform', port, this.certDir, more)
    return this.platform
  }

  /** As `startPlatform`. */
  async startOther(name: OtherPlatform, port: number): Promise<SimProcess> {
    const certs = join(this.options.dir, 'keys', `test-${name}`)
    mkdirSync(certs, { recursive: true, mode: 0o700 })
    const more = [...variantOf(this.options.province), '--role', name]
    const sim = await this.startRole(name, port, certs, more)
    this.others.set(name, sim)
    return sim
  }

  private async startRole(
    name: ChannelName,
    port: number,
    certs: string,
    more: readonly string[],
  ): Promise<SimProcess> {
    const { suite, fromMs } = this.options
    const shared = ['--certs', certs, '--books', this.storeOf(name), '--tac', 'test', '--polite']
    const own = suite === undefined ? more : [...more, '--suite', suite]
    const listen = `https://127.0.0.1:${port}`
    const sim = await this.startSim('platform-sim', '--listen', listen, ...shared, ...own)
    if (fromMs !== undefined) await beginAt(sim, fromMs)
    this.admins[name] = sim.endpoints.admin
    // The checks of the lot read the books of the platforms through these admin addresses.
    writeFileSync(adminFile(this.options.dir), JSON.stringify(this.admins))
    return sim
  }

  private listenOn(name: string): string {
    return this.options.rsuLink === 'pty' ? `pty:${join(this.scratch, name)}` : anyPort
  }

  private startRsu(listen: string): Promise<SimProcess> {
    const { variant } = this.options
    const store = this.storeOf('rsu')
    return this.startSim('rsu-sim', '--listen', listen, '--variant', variant, '--books', store)
  }

  private startBarrier(laneId: string, listen: string): Promise<SimProcess> {
    const store = this.storeOf(`barrier-${laneId}`)
    return this.startSim('barrier-sim', '--listen', listen, '--books', store)
  }

  private startDisplay(laneId: string, listen: string): Promise<SimProcess> {
    const store = this.storeOf(`display-${laneId}`)
    return this.startSim('display-sim', '--listen', listen, '--books', store)
  }

  private async startCamera(laneId: string, intakeUrl: string): Promise<void> {
    const camera = await this.startSim('camera-sim', '--target', intakeUrl)
    this.sims(laneId).camera = camera
  }

  sims(laneId: string): LaneSims {
    return present(this.lanes.get(laneId), `lane ${laneId} has simulators`)
  }

  /** Kills one simulator without notice, like a power cut of that device. */
  async killSim(what: SimName, laneId = 'exit'): Promise<void> {
    await this.running(what, laneId).kill('SIGKILL')
  }

  /** Restarts a killed simulator on its old address, with its store. */
  async reviveSim(what: SimName, laneId = 'exit'): Promise<void> {
    const { endpoints } = this.running(what, laneId)
    const link = endpoints.link ?? ''
    const sims = this.lanes.get(laneId)
    const port = (): number => Number(new URL(endpoints.baseUrl ?? '').port)
    if (what === 'platform') await this.startPlatform(port())
    else if (isOther(what)) await this.startOther(what, port())
    else if (sims === undefined) throw new Error(`no lane ${laneId}`)
    else if (what === 'rsu') sims.rsu = await this.startRsu(link.replace(/^serial:/, 'pty:'))
    else if (what === 'barrier') sims.barrier = await this.startBarrier(laneId, link)
    else if (what === 'display')
      sims.display = await this.startDisplay(laneId, link.replace(/^serial:/, 'pty:'))
    else await this.startCamera(laneId, link)
  }

  private running(what: SimName, laneId: string): SimProcess {
    if (isOther(what)) return present(this.others.get(what), `${what} runs`)
    const sim = what === 'platform' ? this.platform : this.sims(laneId)[what]
    return present(sim, `${what} of ${laneId} runs`)
  }

  private writeLotFile(): LotConfig {
    const { dir, charge, offline, variant, capacity, tariff } = this.options
    const linkOf = (sim: SimProcess): string =>
      present(sim.endpoints.link, `${sim.name} has a link`)
    const linked = (device: 'rsu' | 'barrier' | 'display', more = ''): Map<string, string> =>
      new Map(
        [...this.lanes].flatMap(([laneId, { [device]: sim }]) =>
          sim === null || (device === 'barrier' && sharesBarrier(this.layout, laneId))
            ? []
            : [[laneId, `${linkOf(sim)}${more}`]],
        ),
      )
    const displays = linked('display')
    // Both display protocols are used: one line per frame, and a whole page at the lane with the antenna.
    const rsu = linked('rsu', `?variant=${variant}`)
    for (const [laneId, link] of displays)
      if (rsu.has(laneId)) displays.set(laneId, `${link}?frames=page`)
    const lot = lotOf({
      mode: 'demo',
      charge,
      offline,
      layout: this.layout,
      rsu,
      camera: new Map(
        [...this.lanes.keys()].map((laneId) => [laneId, `push:${simulatedPush.name}`]),
      ),
      barrier: linked('barrier'),
      display: displays,
      platform: this.channelOf(present(this.platform, 'the platform runs')),
      capacity,
    })
    const { province } = this.options
    const placed = province && { provinceCode: `${province.row.province}01` }
    const others = [...this.others].map(([name, sim]) => [name, this.channelOf(sim)] as const)
    const whole = { ...lot, ...placed, ...Object.fromEntries(others) }
    const there = this.options.reuse === true && existsSync(join(dir, 'lot.json'))
    return there ? relinkLot(dir, whole) : writeLot(dir, whole, tariff ?? null)
  }

  /** Connection members of a platform for the lot file. */
  private channelOf({ endpoints }: SimProcess): PlatformConfig {
    const { suite } = this.options
    return {
      url: present(endpoints.baseUrl, 'the platform has an address'),
      caFile: present(endpoints.caFile, 'the platform has its authority'),
      certDir: present(endpoints.certDir, 'the platform has certificates'),
      appId: present(endpoints.appId, 'the platform has a channel number'),
      ...(suite === undefined ? {} : { suite }),
    }
  }

  /** Cameras push to the site, so they start when it listens. */
  async startCameras(intakeUrl: (laneId: string) => string): Promise<void> {
    await Promise.all(
      [...this.lanes.keys()].map((laneId) => this.startCamera(laneId, intakeUrl(laneId))),
    )
  }

  processes(): SimProcess[] {
    const all: (SimProcess | null)[] = [this.platform, ...this.others.values()]
    for (const sims of this.lanes.values())
      all.push(sims.rsu, sims.barrier, sims.camera, sims.display)
    return [...new Set(all)].filter((p) => p !== null)
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled(this.started)
    await Promise.all(
      started.filter((s) => s.status === 'fulfilled').map(({ value }) => value.kill()),
    )
    rmSync(this.scratch, { recursive: true, force: true })
  }
}
