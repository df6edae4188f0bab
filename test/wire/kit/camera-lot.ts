// A lot whose exits differ only in their cameras: one lane per variant, simulators on real sockets.
// Cars stay a minute and leave free: the test shows that a plate opens a boom.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { LaneState } from '#lane/pure/lane.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { startBarrierSim } from '#simulators/barrier/barrier-sim.ts'
import type { SimHandle } from '#simulators/shell/process.ts'
import { eventually } from '../../kit/eventually.ts'
import { program } from './program.ts'
import { SkipClock } from './skip-clock.ts'
import { Watched } from './watched.ts'
import { bareLot } from '../../kit/bare-lot.ts'
import { cameIn } from '../../firmware-runtime/lane/pure/lot/row-kit.ts'

export type CameraVariant = 'hikvision-push' | 'hikvision-pull' | 'dahua' | 'vz-tcp' | 'vz-http'

export const cameraPassword = 'Simulated1'

/** The link of a lane to a simulated camera that listens at this address. */
export const cameraLink = (variant: CameraVariant, url: string): string => {
  const address = url.replace(/^\w+:/, '')
  const account = 'user=admin&secret=cam'
  if (variant === 'hikvision-pull') return `hikvision:${address}?${account}`
  if (variant === 'dahua') return `dahua:${address}?${account}`
  if (variant === 'vz-tcp') return `vz:${address}`
  return variant === 'vz-http' ? 'push:vzicom' : 'push:hikvision'
}

export class CameraLot {
  readonly cameras = new Map<string, SimProcess>()
  readonly mono = new SkipClock()
  private readonly sims = new Watched(program)
  readonly faults: { readonly laneId: string; readonly code: string }[] = []
  private readonly folder = mkdtempSync(join(tmpdir(), 'etc-camera-lot-'))
  private readonly barriers = new Map<string, SimHandle>()
  private opened: Site | null = null
  private cars = 0

  get site(): Site {
    return present(this.opened, 'the lot is open')
  }

  get dir(): string {
    return join(this.folder, 'lot')
  }

  private startCamera(variant: CameraVariant, ...more: string[]): Promise<SimProcess> {
    const shared = ['--variant', variant, '--timing', 'instant', '--admin', 'http://127.0.0.1:0']
    return startSimProcess('camera-sim', [...shared, ...more], this.sims.launch)
  }

  /** `lanes`: lane id to variant; a variant that pushes starts once the lane listens. */
  async open(lanes: ReadonlyMap<string, CameraVariant>, password = cameraPassword): Promise<void> {
    const failed = (error: unknown): never => {
      throw error
    }
    const pushes = (variant: CameraVariant): boolean => /-(push|http)$/.test(variant)
    const listen = ['--listen', 'tcp://127.0.0.1:0']
    await Promise.all(
      [...lanes].map(async ([laneId, variant]) => {
        const barrier = await startBarrierSim([...listen, '--timing', 'instant'], failed)
        this.barriers.set(laneId, barrier)
        if (!pushes(variant)) this.cameras.set(laneId, await this.startCamera(variant, ...listen))
      }),
    )
    secretStore(this.dir, machineSecret()).write('cam', password)
    const camera = new Map<string, string>()
    for (const [laneId, variant] of lanes)
      camera.set(laneId, cameraLink(variant, this.cameras.get(laneId)?.endpoints.link ?? ''))
    const barrier = new Map<string, string>()
    for (const [laneId, sim] of this.barriers) barrier.set(laneId, sim.endpoints['link'] ?? '')
    const lot = bareLot({ camera, barrier })
    writeLot(this.dir, lot, null)
    this.opened = await openSite({
      dir: this.dir,
      ...loadLot(this.dir),
      business: systemWallClock(),
      mono: this.mono,
      timing: 'instant',
      linkDown: (fault: LaneFault, laneId) => void this.faults.push({ laneId, code: fault.code }),
      fatal: failed,
    })
    for (const [laneId, variant] of lanes)
      if (pushes(variant)) {
        const target = ['--target', this.site.intake.url(laneId)]
        this.cameras.set(laneId, await this.startCamera(variant, ...target))
      }
    for (const laneId of lanes.keys())
      await this.until(`${laneId} ready`, () => this.lane(laneId).arrive === 'off')
  }

  async close(): Promise<void> {
    await this.opened?.stop()
    await Promise.all([...this.cameras.values()].map((camera) => camera.kill()))
    await Promise.all([...this.barriers.values()].map((barrier) => barrier.stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }

  lane(laneId: string): LaneState {
    return present(this.site.runtime.lanes.get(laneId), `there is a lane ${laneId}`).state
  }

  camera(laneId: string): SimProcess {
    return present(this.cameras.get(laneId), `lane ${laneId} has a camera`)
  }

  /** Waits for the lane's next fault with this code. */
  async told(laneId: string, code: string): Promise<void> {
    await this.until(`${laneId} says ${code}`, () =>
      this.faults.some((fault) => fault.laneId === laneId && fault.code === code),
    )
  }

  async isUp(laneId: string): Promise<void> {
    await this.until(`${laneId} up`, () => this.status(laneId).up !== false)
  }

  status(laneId: string) {
    return present(this.site.cameras.get(laneId), `lane ${laneId} has a camera`).status
  }

  async until(what: string, ok: () => boolean): Promise<void> {
    const look = (): string | true => ok() || this.said()
    await eventually(look, (seen) => seen === true, { what, of: this.sims })
  }

  /** State of lanes and cameras, in short. */
  private said(): string {
    return [...this.site.cameras]
      .map(([laneId, { status }]) => {
        const { name, position } = this.lane(laneId)
        return `${laneId} ${name} ${position} ${String(status.up)} ${status.detail}`
      })
      .join(', ')
  }

  private async loops(laneId: string, loopArrive: boolean, loopUnder: boolean): Promise<void> {
    const { admin = '' } = present(this.barriers.get(laneId), 'the lane has a barrier').endpoints
    const body = JSON.stringify({ loopArrive, loopUnder })
    const answer = await fetch(`${admin}/inputs`, { method: 'POST', body })
    if (!answer.ok) throw new Error(await answer.text())
  }

  /** A car that entered a minute ago waits at an exit; the camera has not read it yet. */
  async arrives(laneId: string): Promise<string> {
    const { runtime, config } = this.site
    const plate = `测B${String(20_000 + ++this.cars)}`
    const atMs = runtime.nowMs()
    const stayId = mintId(runtime.lot, config, 'S')
    runtime.append([cameIn(stayId, atMs - 60_000, { atMs, plate })])
    await this.loops(laneId, true, false)
    await this.until(`${laneId} sees a car`, () => this.lane(laneId).arrive === 'on')
    return plate
  }

  async seen(laneId: string, plate: string, more: Record<string, unknown> = {}): Promise<void> {
    await this.camera(laneId).admin('POST', '/plates', { plate, colour: 'blue', ...more })
  }

  /** Waits for the boom and drives out; returns the stored photo. */
  async leaves(laneId: string): Promise<string | null> {
    await this.until(`${laneId} may go`, () => this.lane(laneId).name === 'opening')
    await this.until(`${laneId} opens`, () => this.lane(laneId).position === 'open')
    const photo = this.lane(laneId).car?.photo ?? null
    await this.loops(laneId, false, true)
    await this.until(`${laneId} under`, () => this.lane(laneId).under === 'on')
    await this.loops(laneId, false, false)
    await this.until(`${laneId} gone`, () => this.lane(laneId).name === 'idle')
    await this.until(`${laneId} shut`, () => this.lane(laneId).position === 'closed')
    return photo
  }

  async passes(laneId: string): Promise<string | null> {
    const plate = await this.arrives(laneId)
    await this.seen(laneId, plate)
    return this.leaves(laneId)
  }
}
