// The demo lot: a scene of simulators on real links, a site on them, and the things to play with.
// The simulators outlive a power cut of the lane; the ledger is what the lane comes back from.
import { mkdirSync } from 'node:fs'
import type { DemoState } from '#runtime/calls/demo.ts'
import type { DemoControls } from '#runtime/control/control-demo.ts'
import { openOf, standardLayout } from '#lane/pure/layouts/index.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { settleBar } from '#lane/pure/lot/claim.ts'
import { present } from '#base/pure/values/must.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import { closeAll, undoAll } from '#base/process/close-all.ts'
import { mustBeFree } from '#lane/folder/data-folder.ts'
import { LotHost } from '#runtime/host/host.ts'
import { demoLotIn, loadLot } from '#lane/folder/lot-file.ts'
import type { EndOf, Running } from '#runtime/host/run.ts'
import { serveApi, type Served } from '#runtime/host/served.ts'
import type { ReplayChoice } from '../lot/replay-result.ts'
import type { SimLauncher } from '../lot/sim-process.ts'
import type { DemoScene } from './demo-scene.ts'
import { DemoTraffic } from './demo-traffic.ts'
import { EnclosedDemo } from './enclosed-demo.ts'
import { StreetDemo } from './street-demo.ts'

interface DemoOptions extends Pick<ReplayChoice, 'dir' | 'charge' | 'offline' | 'timing' | 'seed'> {
  /** Of a new folder; absent: the usual enclosed one. */
  readonly layout?: string
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

/** The answer of `demo.powerCut` leaves before the power does. */
const cutAfterMs = 100

export class DemoLot implements Running {
  private readonly options: DemoOptions
  private readonly scene: DemoScene
  private readonly traffic: DemoTraffic
  private readonly silent = new Set<string>()
  private networkUp = true
  private host: LotHost | null = null
  private served: Served | null = null
  private reopening: Promise<void> | null = null
  private acts = 0

  static async open(options: DemoOptions): Promise<DemoLot> {
    const { dir } = options
    let demo: DemoLot | null = null
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      mustBeFree(dir)
      const kept = demoLotIn(dir)
      const layout = kept === null ? (options.layout ?? standardLayout) : (kept.layout ?? '')
      demo = new DemoLot(options, layout)
      await demo.start()
      return demo
    } catch (error) {
      await undoAll([() => demo?.stop()])
      throw isDiskError(error) ? diskFault(error, { file: dir }) : error
    }
  }

  private constructor(options: DemoOptions, layout: string) {
    const { seed } = options
    this.options = options
    const failed = (error: unknown): void => this.failed(error)
    this.scene =
      openOf(layout) === null
        ? new EnclosedDemo(options, failed)
        : new StreetDemo({ ...options, layout }, failed)
    this.traffic = new DemoTraffic({
      seed,
      ...this.scene.pace,
      inside: () => this.host?.site.runtime.lot.stays.size ?? 0,
      drive: (does, kind) => this.scene.drive(does, kind, this.live().site),
      failed,
    })
  }

  private async start(): Promise<void> {
    await this.scene.startDevices()
    await this.openHost()
    const { site } = this.live()
    await this.scene.startPushing(site)
    this.served = await serveApi(this.options.dir, () => this.session(), this.failed)
    if (site.runtime.lot.stays.size === 0) await this.scene.fill(site)
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
    return { ...this.served?.endpoints, ...this.scene.endpoints(this.live().site) }
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
      sendCar: (args) => this.scene.send(args, this.live().site),
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
        isStreet: this.scene instanceof StreetDemo,
      }),
    }
  }

  /** A cut line: nothing comes back, for as long as it lasts. */
  private async network(up: boolean): Promise<void> {
    const all = this.scene.platforms()
    await Promise.all(all.map((one) => one.admin('DELETE', '/faults')))
    const cut = { at: '*', when: 'before', do: 'drop', times: 0 }
    if (!up) await Promise.all(all.map((one) => one.admin('POST', '/faults', cut)))
    this.networkUp = up
  }

  private async rsuSilent(laneId: string, on: boolean): Promise<void> {
    const rsu = present(this.scene.rsuOf(laneId), `lane ${laneId} has an RSU`)
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
    site.folder.announce(this.endpoints)
    await this.scene.reopened(site)
  }

  /** What a person at the board would do: takes cash of each car that waits for one. */
  attend(): void {
    const { runtime } = this.live().site
    for (const [laneId, { state }] of runtime.lanes) {
      const waits = ['manual', 'asking'].includes(state.name)
      if (state.car === null || !waits || settleBar(runtime.lot, laneId, state.car) !== null)
        continue
      const commandId = `attend-${laneId}-${++this.acts}-${process.pid}`
      const act = { by: 'demo attendant', role: 'attendant', reason: 'demo', commandId } as const
      runtime.dispatch(laneId, { type: 'settle', means: 'cash', amountFen: null, act })
    }
  }

  async stop(): Promise<void> {
    this.traffic.set(false)
    this.scene.halt()
    await this.reopening
    await closeAll([() => this.served?.close(), () => this.host?.stop(), () => this.scene.stop()])
  }
}
