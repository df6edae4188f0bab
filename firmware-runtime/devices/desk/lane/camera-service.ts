// The state of one camera of a lane, reported to the board, the fault line and the lane.
// All kinds of camera links use it, with the same codes for the same faults.
import { type DownText, note, noteWhy, type NoteText } from '#base/pure/words/notes.ts'
import type { FrameRing } from '../../frame-log/frame-ring.ts'
import type { FrameSource } from '../../frame-log/frame-sources.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import type { PlateRead } from '../../pure/lane/plate-read.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { joinedWhy, LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import type { RefusedPush } from '#lane/calls/views.ts'
import type { CameraDownReason, CameraNews } from '../../pure/camera/camera-driver.ts'
import {
  clockOfLastRun,
  clockToKeep,
  isSameKept,
  judgeTime,
  measured,
  type Arrival,
  type CameraClock,
  type KeptClock,
  type TimeRule,
  type TimeVerdict,
  type UndatedWhy,
} from '../../pure/camera/late-reading.ts'
import type { CameraCommand, SerialPort } from '../../pure/camera/tcp-make.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { TellVersion } from './device-ports.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { CameraMessages, SerialPassthrough } from '../../ports/serial-passthrough.ts'

export interface CameraPorts {
  readonly mono: MonoClock
  /** Transport time: camera clocks are compared with it. */
  readonly wall: BusinessClock
  /** False while our own clock is in doubt. */
  isClockSure(): boolean
  /** Clocks of the cameras by lane and link, from run to run; absent: each run begins without. */
  readonly clocks?: CameraClocks
  readonly opener: LinkOpener
  readonly secrets: SecretStore
  versionTold?: TellVersion
  /** Called when the camera goes out of service, or changes the reason. */
  linkDown?(fault: LaneFault, laneId: string): void
  /** Called when it answers again. */
  linkUp?(): void
  /** `verdict`: when the reading was taken, as far as the clocks show. */
  take(laneId: string, read: PlateRead, verdict: TimeVerdict): void
  /**
   * When a car came onto the loop of the lane, ms by the steady count; `before`: it stood there when the loop was first seen.
   * Null: none stands there. Absent: a test, where a person brings the car.
   */
  carCame?(laneId: string): number | 'before' | null
  /** Called when a reading without a mark of the camera is not taken as live, once until the next live one. */
  notLive?(fault: LaneFault, laneId: string): void
  /** The ring of frames that people can look at. */
  ringOf?(laneId: string): FrameRing
}

interface CameraClocks {
  of(laneId: string, link: string): KeptClock | null
  keep(laneId: string, link: string, clock: KeptClock): void
}

export interface CameraStatus {
  /** Null: the camera sends only when a car comes, so its silence is not a fault. */
  up: boolean | null
  detail: DownText | ''
  /** Null while it is in service. */
  reason: CameraDownReason | null
  /** Camera clock minus this machine's, ms, at its last message with a time. */
  clockOffsetMs: number | null
  lastReadUs: number | null
  /** Messages since the start that could not be parsed. */
  notUnderstood: number
  /** Readings since the start that were not of now, or whose time nobody could check; no lane took their plate. */
  notLive: number
  /** Undated readings since the last live one; null: none. */
  undated: {
    count: number
    readonly sinceMs: InstantMs
    code: FaultCode
    /** The time as the camera stated it; empty: none. */
    time: string
  } | null
  /** Pushes that brought nothing, since the start; null: none. */
  refusedPush: RefusedPush | null
}

export interface CameraHandle {
  /** The link without its secret, for display. */
  readonly link: string
  /** Null for a camera without frames to look at. */
  readonly source: FrameSource | null
  readonly status: CameraStatus
  readonly lastReceivedMs: number | null
  readonly bytesIn: number
  readonly bytesOut: number
  open(): void
  close(): Promise<void>
  /** A serial port of the camera; absent when its make has none. */
  serial?(port: SerialPort): SerialPassthrough
  /** Messages of the device behind the camera; absent as above. */
  readonly messages?: CameraMessages
  /** Relays and forced captures; absent for a camera that is only read. */
  command?(command: CameraCommand): void
}

/** The fault code of each reason, for cameras and for gates on them. */
export const cameraFaultCodes: Readonly<Record<CameraDownReason, FaultCode>> = {
  notReached: 'LINK-01',
  silent: 'LINK-02',
  credentials: 'CAM-01',
  secretMissing: 'SECRET-01',
  noDigest: 'CAM-03',
  opensByItself: 'CAM-02',
  notSupported: 'CAM-03',
  wrongPath: 'CAM-04',
  pushRefused: 'CAM-12',
}

/** What is reported of a reading that is not of now. */
const undatedCodes: Readonly<Record<UndatedWhy, FaultCode>> = {
  ourClock: 'CAM-05',
  absent: 'CAM-07',
  notUnderstood: 'CAM-07',
  unconfirmed: 'CAM-08',
}

/** After a connect a camera sends what it kept, in one burst; a car that is not on the loop yet is read by then at the latest. */
const settledMs = 10_000

/** Keeps the state that the board shows, and reports each reason of going down once. */
export class CameraService {
  readonly status: CameraStatus
  private readonly ports: CameraPorts
  private readonly laneId: string
  private readonly link: string
  private readonly rule: TimeRule
  private clock: CameraClock
  private kept: KeptClock | null
  /** Codes of readings that were not live, reported since the last live one. */
  private readonly reported = new Set<FaultCode>()
  /** Since when its link is unbroken, by the steady count; null: it is not held. */
  private heldMs: number | null = null

  /** `rule`: of its make and its lane. */
  constructor(
    ports: CameraPorts,
    laneId: string,
    link: string,
    up: boolean | null,
    rule: TimeRule = {},
  ) {
    this.ports = ports
    this.rule = rule
    this.kept = ports.clocks?.of(laneId, link) ?? null
    this.clock = clockOfLastRun(this.kept)
    this.laneId = laneId
    this.link = link
    this.status = {
      up,
      detail: '',
      reason: null,
      clockOffsetMs: null,
      lastReadUs: null,
      notUnderstood: 0,
      notLive: 0,
      undated: null,
      refusedPush: null,
    }
  }

  news(event: CameraNews): void {
    if (event.type === 'clockMeasured') this.clockMeasured(event.offsetMs)
    else if (event.type === 'cameraUp') {
      this.heldMs ??= this.ports.wall.steadyMs()
      this.well(true)
    } else if (event.type === 'cameraDown') {
      this.heldMs = null
      this.down(event.reason, event.note)
    } else if (event.type === 'plateRead') this.read(event.read)
    else if (event.type === 'notUnderstood') this.notUnderstood()
    else if (event.type === 'versionRead')
      this.ports.versionTold?.(this.laneId, 'camera', event.reading)
  }

  down(reason: CameraDownReason, why: DownText): void {
    const again = this.status.reason === reason
    Object.assign(this.status, { up: false, reason, detail: why })
    if (again) return
    const detail = {
      field: `/lanes/${this.laneId}/camera`,
      value: this.link,
      note: joinedWhy([t('相机', 'camera'), noteWhy(why)]),
    }
    this.ports.linkDown?.(new LaneFault(cameraFaultCodes[reason], detail), this.laneId)
  }

  /** The camera is in service again (true), or not known to be out of service (null). */
  well(up: true | null): void {
    if (up === true && this.status.up !== true) this.ports.linkUp?.()
    Object.assign(this.status, { up, reason: null, detail: '' })
  }

  /** A reading from a pushing camera, which includes its time. */
  pushed(read: PlateRead): void {
    this.read(read)
  }

  /** A heartbeat with a time; no car waits for it. */
  beat(deviceAtMs: InstantMs): void {
    this.clockMeasured(deviceAtMs - this.ports.wall.nowMs())
  }

  notUnderstood(): void {
    this.status.notUnderstood++
  }

  refusedPush(what: string, head: string): void {
    const count = (this.status.refusedPush?.count ?? 0) + 1
    const lastIso = isoOf(this.ports.wall.nowMs())
    this.status.refusedPush = { count, lastIso, what, head, isReadSince: false }
  }

  private arrival(): Arrival {
    const { wall } = this.ports
    const steadyMs = wall.steadyMs()
    const isHeld = this.isHeld(steadyMs)
    return { wallMs: wall.nowMs(), steadyMs, isSure: this.ports.isClockSure(), isHeld }
  }

  private isHeld(steadyMs: number): boolean {
    const { carCame } = this.ports
    if (this.heldMs === null) return false
    if (carCame === undefined) return true
    const cameMs = carCame(this.laneId)
    if (cameMs === null) return steadyMs - this.heldMs >= settledMs
    return cameMs !== 'before' && this.heldMs < cameMs
  }

  private clockMeasured(offsetMs: number): void {
    const now = this.arrival()
    this.status.clockOffsetMs = offsetMs
    this.clockIs(measured(this.clock, offsetMs, now), now)
  }

  /** Kept where it has changed, so that the next run has it, whatever ends this one. */
  private clockIs(clock: CameraClock, now: Arrival): void {
    this.clock = clock
    const kept = clockToKeep(clock, now)
    if (kept === null || isSameKept(kept, this.kept)) return
    this.kept = kept
    this.ports.clocks?.keep(this.laneId, this.link, kept)
  }

  private read(read: PlateRead): void {
    this.status.lastReadUs = this.ports.mono.nowUs()
    const refused = this.status.refusedPush
    if (refused !== null) this.status.refusedPush = { ...refused, isReadSince: true }
    const now = this.arrival()
    const { clock, verdict, offsetMs } = judgeTime(this.clock, read, now, this.rule)
    if (offsetMs !== null) this.status.clockOffsetMs = offsetMs
    this.clockIs(clock, now)
    this.judged(read, verdict, now)
    this.ports.take(this.laneId, { ...read, history: verdict.is === 'past' }, verdict)
  }

  /** Reports the first of several readings that are not live, by its kind, unless the camera itself marked it. */
  private judged(read: PlateRead, verdict: TimeVerdict, { wallMs }: Arrival): void {
    if (verdict.is === 'live') {
      this.reported.clear()
      this.status.undated = null
    }
    if (verdict.is === 'live' || read.history) return
    this.status.notLive++
    const why = verdict.is === 'past' ? 'ourClock' : verdict.why
    const code = undatedCodes[why]
    // Our own clock in doubt is a matter by itself.
    if (code !== 'CAM-05') this.countUndated(read, code, wallMs)
    if (this.reported.has(code)) return
    this.reported.add(code)
    const detail = {
      field: `/lanes/${this.laneId}/camera`,
      value: this.link,
      note: noteWhy(notLiveNote(read, wallMs)),
    }
    this.ports.notLive?.(new LaneFault(code, detail), this.laneId)
  }

  private countUndated(read: PlateRead, code: FaultCode, wallMs: InstantMs): void {
    const { count = 0, sinceMs = wallMs } = this.status.undated ?? {}
    this.status.undated = { count: count + 1, sinceMs, code, time: statedTime(read) }
  }
}

/** As the camera stated it; empty: it stated none. */
const statedTime = ({ deviceAtMs, timeRaw }: PlateRead): string =>
  timeRaw ?? (deviceAtMs === null ? '' : isoOf(deviceAtMs))

export function notLiveNote(read: PlateRead, wallMs: InstantMs): NoteText {
  if (read.timeRaw !== undefined) return note('timeNotUnderstood', read.timeRaw)
  return read.deviceAtMs === null
    ? 'timeAbsent'
    : note('readAt', isoOf(read.deviceAtMs), isoOf(wallMs))
}
