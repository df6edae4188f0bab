// The state of one camera of a lane, reported to the board, the fault line and the lane.
// All kinds of camera links use it, with the same codes for the same faults.
import { type DownText, note, noteWhy, type NoteText } from '../../core/values/notes.ts'
import type { FrameRing } from '../../app/frame-log/frame-ring.ts'
import type { FrameSource } from '../../app/frame-log/frame-sources.ts'
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import type { PlateRead } from '../../core/lane/plate-read.ts'
import { t } from '../../core/values/fault-text.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { joinedWhy, LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import type { RefusedPush } from '../../api/views.ts'
import type { CameraDownReason, CameraNews } from '../../devices/camera/camera-driver.ts'
import {
  clockOfLastRun,
  clockToKeep,
  isSameKept,
  judgeTime,
  measured,
  type Arrival,
  type CameraClock,
  type JudgedTime,
  type KeptClock,
} from '../../devices/camera/late-reading.ts'
import type { CameraCommand, SerialPort } from '../../devices/camera/tcp-make.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { TellVersion } from './device-ports.ts'
import type { BusinessClock, MonoClock } from '../../ports/clocks.ts'
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
  /** `is`: when the reading was taken, as far as the clocks show. */
  take(laneId: string, read: PlateRead, is: JudgedTime['is']): void
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

/** Keeps the state that the board shows, and reports each reason of going down once. */
export class CameraService {
  readonly status: CameraStatus
  private readonly ports: CameraPorts
  private readonly laneId: string
  private readonly link: string
  private readonly mayBeLocal: boolean
  private clock: CameraClock
  private kept: KeptClock | null
  private isLive = true

  /** `mayBeLocal`: the make may report local time as epoch. */
  constructor(
    ports: CameraPorts,
    laneId: string,
    link: string,
    up: boolean | null,
    mayBeLocal = false,
  ) {
    this.ports = ports
    this.mayBeLocal = mayBeLocal
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
      refusedPush: null,
    }
  }

  news(event: CameraNews): void {
    if (event.type === 'clockMeasured') this.clockMeasured(event.offsetMs)
    else if (event.type === 'cameraUp') this.well(true)
    else if (event.type === 'cameraDown') this.down(event.reason, event.note)
    else if (event.type === 'plateRead') this.read(event.read)
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
    return { wallMs: wall.nowMs(), steadyMs: wall.steadyMs(), isSure: this.ports.isClockSure() }
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
    const { clock, is, offsetMs } = judgeTime(this.clock, read, now, this.mayBeLocal)
    if (offsetMs !== null) this.status.clockOffsetMs = offsetMs
    this.clockIs(clock, now)
    this.judged(read, is, now)
    this.ports.take(this.laneId, { ...read, history: is === 'past' }, is)
  }

  /** Reports the first of several readings that are not live, unless the camera itself marked it. */
  private judged(read: PlateRead, is: JudgedTime['is'], { wallMs }: Arrival): void {
    if (is === 'live') this.isLive = true
    if (is === 'live' || read.history) return
    this.status.notLive++
    if (!this.isLive) return
    this.isLive = false
    const detail = {
      field: `/lanes/${this.laneId}/camera`,
      value: this.link,
      note: noteWhy(notLiveNote(read.deviceAtMs, wallMs)),
    }
    this.ports.notLive?.(new LaneFault('CAM-05', detail), this.laneId)
  }
}

const notLiveNote = (deviceAtMs: InstantMs | null, wallMs: InstantMs): NoteText =>
  note('readAt', isoOf(deviceAtMs ?? wallMs), isoOf(wallMs))
