// Opens the lot of a data folder, serves its API on loopback and writes its endpoints.
// With a network card it announces the lane computer by mDNS.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeNotice } from '../api/messages.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import { pushMakeOf } from '#devices/pure/camera/camera-link.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { mustHaveLanes } from '#ledger/desk/backup/holder-here.ts'
import { closeAll, undoAll } from '#base/process/close-all.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import { LotHost } from './host.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { raisedBooms } from '#devices/desk/lane/raised-file.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { ReopeningSession } from './reopening-session.ts'
import { serveApi, type Served } from './served.ts'
import { dropWaiting, putBack, takeWaiting } from '#lane/desk/folder/waiting-lot.ts'
import type { OwnTrialKeeper } from '../update/trial-keeper.ts'
import type { UpdateNotices } from '../update/host-updates.ts'
import type { ChangeOfSettings } from './running-setup.ts'
import type { ChangeOfProgram } from '../update/program-switch.ts'
import type { Sessions } from '#lane/pure/people/sessions.ts'
import { present } from '#base/pure/values/must.ts'
import { version } from '#base/process/version.ts'

/** An open and served lot, in any process. */
export interface Running {
  readonly endpoints: Readonly<Record<string, unknown>>
  session(): ApiSession
  readonly unsent: number
  stop(): Promise<void>
}

/** Called when a running lot ends by itself, with the exit code and the fault that caused it. */
export type EndOf = (code: number, fault: LaneFault | null) => void

interface RunOptions {
  readonly dir: string
  readonly timing: Timing
  /** Monotonic clock; default: the machine's. */
  readonly mono?: MonoClock
  readonly business?: BusinessClock
  readonly end: EndOf
  /** Reports a device that cannot be reached; its lane runs degraded and keeps trying. */
  linkDown(fault: LaneFault, laneId: string): void
  /** Reports a fault of the data folder; the lanes go on. */
  folderFault?(fault: LaneFault): void
  /** Ends these lanes for the service of the computer; absent when Studio does not host them. */
  readonly serviceTakes?: () => void
  /** Keeps the trial of a version; default: that of the version that runs here, where another one can be begun. */
  readonly trialKeeper?: OwnTrialKeeper
  /** Ends these lanes and begins the program that was kept; absent: no other program can be begun. */
  readonly beginAgain?: () => void
  /**
   * Called when the lanes run on other settings, or again on the former ones because they did not open on the new ones.
   */
  changed?(endpoints: Readonly<Record<string, unknown>>): void
}

export async function openRun(options: RunOptions): Promise<Running> {
  const lot = new RunningLot(options)
  await lot.start()
  return lot
}

/** A lot and its API: the API stays served while the lanes are reopened on other settings. */
class RunningLot implements Running {
  private readonly options: RunOptions
  private host: LotHost | null = null
  private lasting: ReopeningSession | null = null
  private served: Served | null = null
  private changing: Promise<unknown> = Promise.resolve()
  private wentBack: UpdateNotices = []
  private keeper: OwnTrialKeeper | undefined

  constructor(options: RunOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    const { dir, business = systemWallClock() } = this.options
    await this.startUpdates()
    await mustHaveLanes(dir, loadLot(dir).config, business.nowMs())
    const host = await this.opened([])
    try {
      this.lasting = new ReopeningSession(host.session('owner'))
      const failed = (error: unknown): void => {
        throw error
      }
      // When the API cannot be served, the lanes are closed again.
      this.served = await serveApi(dir, () => this.session(), failed)
      host.site.folder.announce(this.endpoints)
    } catch (error) {
      await undoAll([() => this.served?.close(), () => host.stop()])
      throw error
    }
  }

  /** A folder without updates loads nothing of them. */
  private async startUpdates(): Promise<void> {
    const { dir, beginAgain, trialKeeper } = this.options
    this.keeper = trialKeeper
    if (!existsSync(join(dir, 'update', 'slots.json'))) return
    const { goWayBack, wentBackNotices } = await import('../update/way-back.ts')
    const found = goWayBack(dir)
    this.wentBack = found === null ? [] : wentBackNotices(found)
    if (trialKeeper !== undefined || beginAgain === undefined) return
    const { trialKeeper: ofThis } = await import('../update/trial-keeper.ts')
    this.keeper = ofThis(dir)
  }

  /** Opens the lanes on the waiting settings, if any; when they do not open on them, on the former settings. */
  private async opened(seats: Sessions): Promise<LotHost> {
    const { options, wentBack, keeper: trialKeeper } = this
    const { dir, end } = options
    // A boom that a test left up belongs to the settings that wait: the lanes go on with the former ones.
    const isRaised = raisedBooms(dir)
      .list()
      .some(({ of }) => of === 'setup')
    const isTaken = !isRaised && takeWaiting(dir)
    const fatal = (fault: LaneFault): void => end(1, fault)
    const isBusy = (): boolean => this.lasting?.isBusy ?? true
    const change: ChangeOfSettings = { isBusy, free: () => this.change() }
    const { beginAgain: begin } = options
    const program: ChangeOfProgram | undefined = begin === undefined ? undefined : { isBusy, begin }
    const open = (): Promise<LotHost> =>
      LotHost.open({
        ...options,
        ...loadLot(dir),
        demo: null,
        fatal,
        seats,
        change,
        program,
        wentBack,
        trialKeeper,
      })
    try {
      this.host = await open()
      if (isTaken) dropWaiting(dir)
    } catch (error) {
      if (!isTaken || !(error instanceof LaneFault)) throw error
      putBack(dir, error)
      options.folderFault?.(error)
      this.host = await open()
    }
    return this.host
  }

  /** Called between cars: stops the lanes and opens them again. Signed-in sessions stay. */
  private change(): void {
    const reopened = this.reopened()
    this.lasting?.changes(reopened.then((host) => host.session('owner')))
    this.changing = reopened.catch((error: unknown) => {
      if (!(error instanceof LaneFault)) throw error
      this.options.end(1, error)
    })
  }

  private async reopened(): Promise<LotHost> {
    const { seats } = this.live
    await this.live.stop()
    const host = await this.opened(seats)
    host.site.folder.announce(this.endpoints)
    this.options.changed?.(this.endpoints)
    return host
  }

  private get live(): LotHost {
    return present(this.host, 'the lot is open')
  }

  get endpoints(): Readonly<Record<string, unknown>> {
    const { site } = this.live
    const { config, intake, spaces, partners } = site
    const pushed = config.lanes
      .filter(({ camera }) => pushMakeOf(camera) !== null)
      .map(({ id }) => id)
    const watchers = [...spaces.pushIds('json'), ...spaces.pushIds('parts')]
    const urls = [...pushed, ...watchers].map((id) => [id, intake.url(id)])
    return {
      ...this.served?.endpoints,
      intake: Object.fromEntries(urls),
      ...(intake.noticeUrl === null ? {} : { gateway: { notify: intake.noticeUrl } }),
      ...(config.published === undefined ? {} : { partners: partners.url }),
      platform: platformEndpoint(this.options.dir, config),
      sims: {},
    }
  }

  session(): ApiSession {
    return present(this.lasting, 'the lot is open')
  }

  get unsent(): number {
    return this.live.unsent
  }

  async stop(): Promise<void> {
    await this.changing
    await closeAll([() => this.served?.close(), () => this.live.stop()])
  }
}

function platformEndpoint(dir: string, config: LotConfig): object | null {
  const platform = linkHere(dir, config)
  if (platform === null) return null
  const { url, caFile, appId, certDir } = platform
  return { baseUrl: url, admin: null, caFile, appId, certDir }
}

export const failedNotice = (error: unknown, unsent: number): RuntimeNotice => {
  const fault =
    error instanceof LaneFault
      ? error
      : new LaneFault('SYS-01', { note: error instanceof Error ? error.message : String(error) })
  return { type: 'runtime', state: 'failed', error: apiErrorOf(fault), unsent }
}

/** For `--announce ADDRESS`: announces the lane computer by mDNS on that network card. */
export async function announced(
  running: Running,
  dir: string,
  card: string,
  failed: (fault: LaneFault) => void,
): Promise<Running> {
  const { announceLanePc } = await import('#devices/find/lane-pcs.ts')
  const { name, lotId, nodeId } = loadLot(dir).config
  const beacon = { name: `${name.zh} ${nodeId}`, lotId, nodeId, version }
  const quiet = announceLanePc({ card }, beacon, (error) =>
    failed(
      error instanceof LaneFault
        ? error
        : new LaneFault('LINK-01', { value: card, note: error.message }),
    ),
  )
  return {
    endpoints: running.endpoints,
    session: () => running.session(),
    get unsent() {
      return running.unsent
    },
    async stop() {
      await Promise.all([quiet(), running.stop()])
    },
  }
}
