// The state of one camera of a lane, reported to the board, the fault line and the lane.
// All kinds of camera links use it, with the same codes for the same faults.
import { type DownText, noteWhy } from '../../core/values/notes.ts'
import type { FrameRing } from '../../app/frame-log/frame-ring.ts'
import type { FrameSource } from '../../app/frame-log/frame-sources.ts'
import type { SecretStore } from '../../adapters/secrets/secret-store.ts'
import type { PlateRead } from '../../core/lane/plate-read.ts'
import { t } from '../../core/values/fault-text.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { joinedWhy, LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import {
  clockOffsetOf,
  type CameraDownReason,
  type CameraNews,
} from '../../devices/camera/camera-driver.ts'
import {
  judgeTime,
  measured,
  unknownClock,
  type CameraClock,
} from '../../devices/camera/late-reading.ts'
import type { CameraCommand, SerialPort } from '../../devices/camera/tcp-make.ts'
import type { LinkOpener } from '../../ports/byte-link.ts'
import type { MonoClock, WallClock } from '../../ports/clocks.ts'
import type { CameraMessages, SerialPassthrough } from '../../ports/serial-passthrough.ts'

export interface CameraPorts {
  readonly mono: MonoClock
  /** Transport time: camera clocks are compared with it. */
  readonly wall: WallClock
  readonly opener: LinkOpener
  readonly secrets: SecretStore
  /** Called when the camera goes out of service, or changes the reason. */
  linkDown?(fault: LaneFault, laneId: string): void
  /** Called when it answers again. */
  linkUp?(): void
  take(laneId: string, read: PlateRead): void
  /** The ring of frames that people can look at. */
  ringOf?(laneId: string): FrameRing
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
}

/** Keeps the state that the board shows, and reports each reason of going down once. */
export class CameraService {
  readonly status: CameraStatus
  private readonly ports: CameraPorts
  private readonly laneId: string
  private readonly link: string
  private clock = unknownClock
  /**
   * Clock offset of the last time message, ms. The next event makes it the camera's clock, unless that event is a
   * reading with the same offset, which is judged first.
   */
  private toldMs: number | null = null

  constructor(ports: CameraPorts, laneId: string, link: string, up: boolean | null) {
    this.ports = ports
    this.laneId = laneId
    this.link = link
    this.status = {
      up,
      detail: '',
      reason: null,
      clockOffsetMs: null,
      lastReadUs: null,
      notUnderstood: 0,
    }
  }

  news(event: CameraNews): void {
    this.clockTold(event)
    if (event.type === 'cameraUp') this.well(true)
    else if (event.type === 'cameraDown') this.down(event.reason, event.note)
    else if (event.type === 'plateRead') this.read(event.read, event.receivedAtMs)
    else if (event.type === 'notUnderstood') this.notUnderstood()
  }

  down(reason: CameraDownReason, note: DownText): void {
    const again = this.status.reason === reason
    Object.assign(this.status, { up: false, reason, detail: note })
    if (again) return
    const detail = {
      field: `/lanes/${this.laneId}/camera`,
      value: this.link,
      note: joinedWhy([t(`${this.laneId} 相机`, `${this.laneId} camera`), noteWhy(note)]),
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
    this.read(read, this.ports.wall.nowMs())
  }

  /** A heartbeat with a time; no car waits for it. */
  beat(deviceAtMs: InstantMs): void {
    this.clockIs(measured(deviceAtMs - this.ports.wall.nowMs()))
  }

  notUnderstood(): void {
    this.status.notUnderstood++
  }

  private clockTold(event: CameraNews): void {
    const { toldMs } = this
    const isOfReading =
      event.type === 'plateRead' && clockOffsetOf(event.read, event.receivedAtMs) === toldMs
    if (toldMs !== null && !isOfReading) this.clockIs(measured(toldMs))
    this.toldMs = event.type === 'clockMeasured' ? event.offsetMs : null
    if (this.toldMs !== null) this.status.clockOffsetMs = this.toldMs
  }

  private clockIs(clock: CameraClock): void {
    this.clock = clock
    this.status.clockOffsetMs = clock.offsetMs
  }

  private read(read: PlateRead, receivedAtMs: InstantMs): void {
    this.status.lastReadUs = this.ports.mono.nowUs()
    const { clock, isPast } = judgeTime(this.clock, read, receivedAtMs)
    this.clockIs(clock)
    this.ports.take(this.laneId, { ...read, history: isPast })
  }
}
