// A simulated lot on real links: simulator processes for every device and the platform, and a site.
// Used by `replay --wire`, the demo and the kill tests; speaks to simulators only by their admin side.
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { LotConfig } from '../../core/lot/config.ts'
import { lotOf, writeLot } from '../lot.ts'
import type { Timing } from '../devices.ts'
import { startSimProcess, type SimProcess } from './sim-process.ts'
import { present } from '../../core/values/must.ts'

export interface LotWorldOptions {
  readonly dir: string
  readonly charge: LotConfig['chargeMode']
  readonly offline: LotConfig['offline']
  readonly variant: 'generic-bcc' | 'generic-ver'
  readonly timing: Timing
  readonly seed: number
  readonly capacity: number
  /** A pty for the RSU where the system has them (Linux), else TCP. */
  readonly rsuLink: 'pty' | 'tcp'
  /** Null: the demo tariff. */
  readonly tariff?: string | null
}

export interface LaneSims {
  readonly rsu: SimProcess | null
  readonly barrier: SimProcess
  camera: SimProcess | null
}

export class LotWorld {
  readonly options: LotWorldOptions
  readonly lanes = new Map<string, LaneSims>()
  readonly scratch: string
  readonly certDir: string
  platform: SimProcess | null = null
  config: LotConfig | null = null

  constructor(options: LotWorldOptions) {
    this.options = options
    this.scratch = mkdtempSync(join(tmpdir(), 'etc-lane-world-'))
    this.certDir = join(options.dir, 'keys', 'test-platform')
  }

  private simArgs(...more: string[]): string[] {
    const { timing, seed } = this.options
    return ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', String(seed), ...more]
  }

  /** Starts platform, RSU and barriers, and writes the lot file where there is none. */
  async startDevices(): Promise<LotConfig> {
    const { dir } = this.options
    mkdirSync(this.certDir, { recursive: true, mode: 0o700 })
    const books = join(dir, 'sims')
    mkdirSync(books, { recursive: true })
    const [platform, entryBarrier, exitBarrier, rsu] = await Promise.all([
      this.startPlatform(0),
      startSimProcess('barrier-sim', this.simArgs('--listen', 'tcp://127.0.0.1:0')),
      startSimProcess('barrier-sim', this.simArgs('--listen', 'tcp://127.0.0.1:0')),
      this.startRsu(join(books, 'rsu.jsonl')),
    ])
    this.platform = platform
    this.lanes.set('entry', { rsu: null, barrier: entryBarrier, camera: null })
    this.lanes.set('exit', { rsu, barrier: exitBarrier, camera: null })
    this.config = this.writeLotFile()
    return this.config
  }

  /** `port` 0 takes a free one; a restart takes the old one again. */
  async startPlatform(port: number): Promise<SimProcess> {
    const books = join(this.options.dir, 'sims', 'platform.jsonl')
    mkdirSync(join(this.options.dir, 'sims'), { recursive: true })
    this.platform = await startSimProcess(
      'platform-sim',
      this.simArgs(
        '--listen',
        `https://127.0.0.1:${port}`,
        '--certs',
        this.certDir,
        '--books',
        books,
        '--tac',
        'test',
      ),
    )
    return this.platform
  }

  private startRsu(books: string): Promise<SimProcess> {
    const { rsuLink, variant } = this.options
    const listen = rsuLink === 'pty' ? `pty:${join(this.scratch, 'rsu')}` : 'tcp://127.0.0.1:0'
    const args = this.simArgs('--listen', listen, '--variant', variant, '--books', books)
    return startSimProcess('rsu-sim', args)
  }

  private writeLotFile(): LotConfig {
    const { dir, charge, offline, variant, capacity, rsuLink, tariff } = this.options
    const lane = (id: string): LaneSims => present(this.lanes.get(id), `lane ${id}`)
    const linkOf = (sim: SimProcess): string =>
      present(sim.endpoints.link, `${sim.name} has a link`)
    const platform = present(this.platform, 'the platform runs').endpoints
    const rsuUrl = linkOf(present(lane('exit').rsu, 'the exit has an RSU'))
    const rsu = rsuLink === 'pty' ? rsuUrl.replace(/^pty:/, 'serial:') : rsuUrl
    return writeLot(
      dir,
      lotOf({
        mode: 'demo',
        charge,
        offline,
        layout: '7.1.1',
        rsu: new Map([['exit', `${rsu}?variant=${variant}`]]),
        camera: new Map([
          ['entry', 'push:hikvision'],
          ['exit', 'push:hikvision'],
        ]),
        barrier: new Map([
          ['entry', linkOf(lane('entry').barrier)],
          ['exit', linkOf(lane('exit').barrier)],
        ]),
        platform: {
          url: present(platform.baseUrl, 'the platform has an address'),
          caFile: present(platform.caFile, 'the platform has its authority'),
          certDir: present(platform.certDir, 'the platform has certificates'),
          appId: present(platform.appId, 'the platform has a channel number'),
        },
        capacity,
      }),
      tariff ?? null,
    )
  }

  /** Cameras push to the site, so they start when it listens. */
  async startCameras(intakeUrl: (laneId: string) => string): Promise<void> {
    await Promise.all(
      [...this.lanes].map(async ([laneId, sims]) => {
        sims.camera = await startSimProcess(
          'camera-sim',
          this.simArgs('--target', intakeUrl(laneId)),
        )
      }),
    )
  }

  processes(): SimProcess[] {
    const all: (SimProcess | null)[] = [this.platform]
    for (const sims of this.lanes.values()) all.push(sims.rsu, sims.barrier, sims.camera)
    return all.filter((p) => p !== null)
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes().map((p) => p.kill()))
    rmSync(this.scratch, { recursive: true, force: true })
  }
}
