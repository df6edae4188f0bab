// Finding devices step by step: list ports, check links one after another, connect one. One search at a time; a link
// used by a lane or by this service is never opened twice.
import { codedFault } from '#base/process/api-fault.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type {
  FindStateView,
  FindingView,
  LastDeviceView,
  LinkReportView,
  PortView,
  PushReportView,
} from '../calls/find-views.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { isHost, parseLinkUrl } from '#base/pure/links/link-url.ts'
import { isRsuVariantId } from '../pure/rsu/variants.ts'
import type { Card } from '../ports/find.ts'
import type { SettingsStore } from '../settings/settings-store.ts'
import type { TuneRunner } from '../settings/tune-runner.ts'
import type { FrameServices } from '../frame-log/frame-services.ts'
import { finding } from './findings.ts'
import { checkLink, type DoctorPorts } from './link-doctor.ts'
import { portViews } from './ports.ts'
import { pushReport, type PushFacts } from './push-doctor.ts'

export interface FindMemory {
  readonly autoConnect: boolean
  readonly last: LastDeviceView | null
}

/** The device connected to the workbench. */
export interface Connection {
  readonly settingsStore: SettingsStore
  readonly handle: { readonly lastReceivedMs: number | null }
  /** Absent: it cannot be tuned. */
  readonly tune?: TuneRunner
  /** Frames of its link; absent: a lane has them. */
  readonly frameServices?: FrameServices
  close(): void
}

interface ConnectHow {
  /** Hold by which the link was taken over; null: there are no lanes. */
  readonly holdId: string | null
  /** Aborted when a person disconnects before it is connected. */
  readonly signal: AbortSignal
}

export interface FindServiceParts {
  readonly place: FindStateView['place']
  /** Null in a demo: no real device is used. */
  readonly outside: DoctorPorts | null
  readonly memory: { load(): FindMemory; save(memory: FindMemory): void }
  /** Reserves a link for this process; LINK-03 names its holder. */
  claim(link: string): () => void
  /** Links that this process uses already. */
  ownLinks(): readonly string[]
  /** Null: devices belong to lanes. */
  readonly connect: ((link: string, how: ConnectHow) => Promise<Connection>) | null
  /** Beside lanes: throws HOLD-03 unless that hold has this link now. */
  mayConnect?(link: string, holdId: string | null): void
  /** The listener for a lane's camera; null: the lane has no pushing camera. */
  pushOf(laneId: string): PushFacts | null
  /** Network cards of this machine. */
  cards(): readonly Card[]
  /** Null: Studio does not host this runtime. */
  readonly workbench: ((on: boolean) => void) | null
  changed(): void
}

const portPathOf = (link: string): string => link.split('?')[0] ?? ''
const reportsMax = 32
/** A device that is plugged in is noticed within this time. */
const watchEveryMs = 2_000

interface Job {
  readonly stop: AbortController
  readonly startedUs: number
  readonly of: number
  done: number
  link: string
}

interface Connected {
  readonly link: string
  readonly stop: AbortController
  connection: Connection | null
  fault: CodedFault | null
}

const notOpened = (link: string, note: Why): LinkReportView => ({
  ok: false,
  link,
  speeds: [],
  device: null,
  findings: [finding('FIND-03', { value: portPathOf(link), note })],
})

export class FindService {
  private readonly parts: FindServiceParts
  private memory: FindMemory
  private ports: readonly PortView[] | null = null
  private reports: readonly LinkReportView[] = []
  private job: Job | null = null
  private connected: Connected | null = null
  private handsOff = false
  private closed = false
  private unwatch: () => void = () => undefined

  constructor(parts: FindServiceParts) {
    this.parts = parts
    this.memory = parts.memory.load()
  }

  state(): FindStateView {
    const { job, connected, ports } = this
    const { outside, place } = this.parts
    const nowUs = outside?.mono.nowUs() ?? 0
    const findings: FindingView[] =
      ports?.length === 0 ? [finding('FIND-01', { weight: 'info' })] : []
    return {
      place,
      job:
        job === null
          ? null
          : {
              link: job.link,
              done: job.done,
              of: job.of,
              elapsedMs: Math.round((nowUs - job.startedUs) / 1000),
            },
      ports,
      reports: this.reports,
      findings,
      connected:
        connected === null
          ? null
          : {
              link: connected.link,
              state: stateOf(connected),
              heardMsAgo: this.heardMsAgo(connected),
              fault: connected.fault,
            },
      autoConnect: this.memory.autoConnect,
      last: this.memory.last,
    }
  }

  /** The device connected to this service. */
  get device(): (Omit<Connection, 'close'> & { readonly link: string }) | null {
    const { connected } = this
    if (connected === null || connected.connection === null) return null
    const { settingsStore, handle, tune, frameServices } = connected.connection
    return {
      link: connected.link,
      settingsStore,
      handle,
      ...(tune === undefined ? {} : { tune }),
      ...(frameServices === undefined ? {} : { frameServices }),
    }
  }

  private heardMsAgo({ connection }: Connected): number | null {
    const lastMs = connection?.handle.lastReceivedMs ?? null
    const nowUs = this.parts.outside?.mono.nowUs() ?? null
    if (lastMs === null || nowUs === null) return null
    return Math.max(0, Math.round(nowUs / 1000 - lastMs))
  }

  async list(): Promise<FindStateView> {
    const outside = this.real()
    this.ports = await portViews(outside.machine, this.lastPath())
    return this.state()
  }

  /** Starts a search; FIND-21 while one runs. */
  async probe(
    links: readonly string[] | null,
    tcpHosts: readonly string[],
  ): Promise<FindStateView> {
    const outside = this.real()
    if (this.job !== null) throw new LaneFault('FIND-21', { value: this.job.link })
    for (const link of links ?? []) parseLinkUrl(link, '/links')
    for (const host of tcpHosts)
      if (!isHost(host)) throw new LaneFault('LOT-03', { field: '/tcpHosts', value: host })
    await this.list()
    const { ports } = await outside.antennas()
    const free = (this.ports ?? []).filter(({ state }) => state === 'free')
    const all = [
      ...(links ?? (tcpHosts.length > 0 ? [] : free.map(({ path }) => `serial:${path}`))),
      ...tcpHosts.flatMap((host) => ports.map((port) => `tcp://${host}:${port}`)),
    ]
    const failed = (error: unknown): void => {
      const [link = ''] = all
      this.reports = [...this.reports, notOpened(link, String(error))].slice(-reportsMax)
      this.parts.changed()
    }
    if (all.length > 0) this.search(outside, all).catch(failed)
    return this.state()
  }

  private async search(outside: DoctorPorts, links: readonly string[]): Promise<void> {
    const stop = new AbortController()
    const startedUs = outside.mono.nowUs()
    const job: Job = { stop, startedUs, of: links.length, done: 0, link: '' }
    this.job = job
    try {
      for (const link of links) {
        if (stop.signal.aborted) break
        job.link = link
        this.parts.changed()
        const report = await this.lookAt(outside, link, stop.signal)
        if (stop.signal.aborted && report.device === null) break
        const others = this.reports.filter((one) => portPathOf(one.link) !== portPathOf(link))
        this.reports = [...others, report].slice(-reportsMax)
        job.done++
      }
    } finally {
      this.job = null
      this.parts.changed()
    }
  }

  private async lookAt(
    outside: DoctorPorts,
    link: string,
    signal: AbortSignal,
  ): Promise<LinkReportView> {
    const refused = (note: Why): LinkReportView => notOpened(link, note)
    const own = [
      ...this.parts.ownLinks(),
      ...(this.connected === null ? [] : [this.connected.link]),
    ]
    if (own.some((one) => portPathOf(one) === portPathOf(link))) return refused('etc-lane')
    const { variant = '' } = parseLinkUrl(link, '/links').query
    const wanted = isRsuVariantId(variant) ? variant : null
    try {
      return await checkLink(outside, link, { signal, wanted, claim: () => this.parts.claim(link) })
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return refused(error.detail.note ?? error.code)
    }
  }

  cancel(): FindStateView {
    this.job?.stop.abort()
    return this.state()
  }

  /** Starts to connect; the state shows the result. */
  connect(link: string, holdId: string | null = null): FindStateView {
    const outside = this.real()
    const { connect } = this.parts
    if (connect === null)
      throw new LaneFault('API-02', {
        note: t('这里的设备归车道使用', 'the devices here belong to the lanes'),
      })
    if (this.job !== null) throw new LaneFault('FIND-21', { value: this.job.link })
    const { variant = '' } = parseLinkUrl(link, '/link').query
    this.parts.mayConnect?.(link, holdId)
    this.disconnect()
    this.handsOff = false
    const stop = new AbortController()
    const connected: Connected = { link, stop, connection: null, fault: null }
    this.connected = connected
    connect(link, { holdId, signal: stop.signal }).then(
      (connection) => {
        if (this.connected !== connected) {
          connection.close()
          return
        }
        connected.connection = connection
        // The device of a lane is not reconnected automatically the next time.
        if (this.parts.place === 'workbench')
          this.remember({ last: { link, variant, atIso: isoOf(outside.clock.nowMs()) } })
        this.parts.changed()
      },
      (error: unknown) => {
        if (!(error instanceof LaneFault)) throw error
        if (this.connected !== connected) return
        connected.fault = codedFault(error.code, error.detail.note)
        this.parts.changed()
      },
    )
    return this.state()
  }

  /** By a person: no automatic connection until a device was connected again. */
  disconnect(): FindStateView {
    this.handsOff = true
    const { connected } = this
    this.connected = null
    connected?.stop.abort()
    connected?.connection?.close()
    this.parts.changed()
    return this.state()
  }

  /** The lane has its link back: search or connection on it end here. True: there was one. */
  leave(link: string): boolean {
    const { job, connected } = this
    if (job !== null && portPathOf(job.link) === portPathOf(link)) job.stop.abort()
    if (connected === null || portPathOf(connected.link) !== portPathOf(link)) return false
    this.disconnect()
    return true
  }

  /** Looks for the last device at intervals, until a person has disconnected it. */
  watch(): void {
    const { outside } = this.parts
    if (outside === null || this.closed) return
    if (this.connected === null && !this.handsOff && this.job === null) this.autoConnect()
    this.unwatch = outside.mono.after(watchEveryMs, () => this.watch())
  }

  /** Connects the last device when its port is present and the switch is on. */
  autoConnect(): void {
    const { autoConnect, last } = this.memory
    if (!autoConnect || last === null || this.parts.connect === null) return
    const target = parseLinkUrl(last.link, '/last')
    const isThere =
      target.scheme === 'tcp' || this.parts.outside?.machine.portState(target.path).is === 'free'
    if (isThere) this.connect(last.link)
  }

  setAutoConnect(on: boolean): FindStateView {
    this.remember({ autoConnect: on })
    return this.state()
  }

  /** LANE-01 for a lane without a pushing camera. */
  push(laneId: string, camera: string | null): PushReportView {
    const facts = this.parts.pushOf(laneId)
    if (facts === null) throw new LaneFault('LANE-01', { field: '/laneId', value: laneId })
    return pushReport(laneId, facts, camera, this.parts.cards())
  }

  workbench(on: boolean): { on: boolean } {
    const { workbench, place } = this.parts
    if (workbench === null)
      throw new LaneFault('API-02', {
        note: t('这个停车场不在本窗口中运行', 'this lot is not running in this window'),
      })
    if (on !== (place === 'workbench')) workbench(on)
    return { on }
  }

  close(): void {
    this.closed = true
    this.unwatch()
    this.job?.stop.abort()
    this.connected?.stop.abort()
    this.connected?.connection?.close()
    this.connected = null
  }

  private remember(change: Partial<FindMemory>): void {
    this.memory = { ...this.memory, ...change }
    this.parts.memory.save(this.memory)
    this.parts.changed()
  }

  private lastPath(): string | null {
    const { last } = this.memory
    if (last?.link.startsWith('serial:') !== true) return null
    return portPathOf(last.link).slice('serial:'.length)
  }

  private real(): DoctorPorts {
    const { outside } = this.parts
    if (outside === null) throw new LaneFault('FIND-22')
    return outside
  }
}

function stateOf({ connection, fault }: Connected): 'connecting' | 'up' | 'lost' {
  if (fault !== null) return 'lost'
  if (connection === null) return 'connecting'
  const { up, contact } = connection.settingsStore
  return up || contact.state === 'asking' ? 'up' : 'lost'
}
