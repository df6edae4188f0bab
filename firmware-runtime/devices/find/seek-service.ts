// Searches on request of a person: one at a time, limited in time, on all network cards at once. Results stay until the
// next search; a cancelled search changes nothing.
import { codedFault } from '#base/process/api-fault.ts'
import type { CameraReportView, PushReportView } from '../calls/find-views.ts'
import type { LaneCameraView, SeekKind, SeekView } from '../calls/seek-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Card, FoundCamera, FoundLanePc, SeenHid, SeenPrinter } from '../ports/find.ts'
import { oneRowEach } from './same-camera.ts'

/** Searches of the machine; each answers within `waitMs`. */
export interface SeekPorts {
  readonly mono: MonoClock
  cards(): readonly Card[]
  cameras(card: Card, waitMs: number): Promise<readonly FoundCamera[]>
  /** `port`: null: the usual port of each search. */
  cameraAt(host: string, port: number | null, waitMs: number): Promise<readonly FoundCamera[]>
  lanePcs(card: Card, waitMs: number): Promise<readonly FoundLanePc[]>
  hid(): Promise<readonly SeenHid[]>
  printers(): readonly SeenPrinter[]
}

export interface SeekParts {
  readonly place: SeekView['place']
  /** Null in a demo. */
  readonly outside: SeekPorts | null
  /** Null for a lane without a pushing camera. */
  push(laneId: string, address: string | null): PushReportView | null
  /** Null for a camera without a password. */
  asked(laneId: string): Promise<CameraReportView> | null
}

type Found = Partial<Pick<SeekView, SeekKind | 'printers'>>

const waitMs = 3_000
/** HID devices are listed by the system, without a network. */
const hidMs = 300

interface Job {
  readonly what: SeekKind
  readonly startedUs: number
  readonly ofMs: number
}

export class SeekService {
  private readonly parts: SeekParts
  private found: Found = {}
  private job: Job | null = null
  private fault: SeekView['fault'] = null

  constructor(parts: SeekParts) {
    this.parts = parts
  }

  state(): SeekView {
    const { job, found, fault } = this
    const { place, outside } = this.parts
    const nowUs = outside?.mono.nowUs() ?? 0
    return {
      place,
      cards: this.cards(),
      job:
        job === null
          ? null
          : {
              what: job.what,
              elapsedMs: Math.round((nowUs - job.startedUs) / 1000),
              ofMs: job.ofMs,
            },
      cameras: found.cameras ?? null,
      lanes: found.lanes ?? null,
      hid: found.hid ?? null,
      printers: found.printers ?? null,
      fault,
    }
  }

  /** FIND-21 while one runs, FIND-22 in a demo. */
  begin(what: SeekKind, at: string | null): SeekView {
    const { outside } = this.parts
    if (outside === null) throw new LaneFault('FIND-22')
    if (this.job !== null) throw new LaneFault('FIND-21', { value: this.job.what })
    const ofMs = what === 'hid' ? hidMs : waitMs
    const job: Job = { what, startedUs: outside.mono.nowUs(), ofMs }
    this.job = job
    this.fault = null
    this.look(outside, what, at).then(
      (found) => this.end(job, found),
      (error: unknown) => this.failed(job, error),
    )
    return this.state()
  }

  /** Later answers are ignored. */
  cancel(): SeekView {
    this.job = null
    return this.state()
  }

  async camera(laneId: string, address: string | null): Promise<LaneCameraView> {
    const push = this.parts.push(laneId, address)
    if (push !== null) return { push, asked: null }
    return { push: null, asked: await this.parts.asked(laneId) }
  }

  private cards(): readonly Card[] {
    return (this.parts.outside?.cards() ?? []).filter(({ loopback }) => !loopback)
  }

  private async look(outside: SeekPorts, what: SeekKind, at: string | null): Promise<Found> {
    if (what === 'hid') return { hid: await outside.hid(), printers: outside.printers() }
    if (at !== null) {
      const [host = '', port] = at.split(':')
      const own = port === undefined ? null : Number(port)
      return { cameras: oneRowEach(await outside.cameraAt(host, own, waitMs)) }
    }
    const cards = this.cards()
    if (what === 'lanes')
      return { lanes: (await Promise.all(cards.map((one) => outside.lanePcs(one, waitMs)))).flat() }
    const found = await Promise.all(cards.map((one) => outside.cameras(one, waitMs)))
    return { cameras: oneRowEach(found.flat()) }
  }

  private end(job: Job, found: Found): void {
    if (this.job !== job) return
    this.job = null
    this.found = { ...this.found, ...found }
  }

  private failed(job: Job, error: unknown): void {
    if (!(error instanceof LaneFault)) throw error
    if (this.job !== job) return
    this.job = null
    this.fault = codedFault(error.code, error.detail.note)
  }
}
