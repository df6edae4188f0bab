// Joins a lane's camera link to its driver: what is subscribed to, what is spoken to over TCP, and
// what pushes by itself. Drivers are pure; this is where they meet sockets, clocks, secrets, the lane.
import { DeviceHost } from '../app/device-host.ts'
import { HttpDeviceHost } from '../app/http-device-host.ts'
import { deviceHttp } from '../adapters/http/device-http.ts'
import { digestSigner } from '../adapters/http/digest-signer.ts'
import { systemRandom } from '../adapters/clocks/system-clocks.ts'
import type { SecretStore } from '../adapters/secrets/secret-store.ts'
import type { PlateRead } from '../core/lane/plate-read.ts'
import type { LaneConfig } from '../core/lot/config.ts'
import { parseCameraLink, shownLink, type CameraTarget } from '../core/values/camera-link.ts'
import { LaneFault, type FaultCode } from '../core/values/faults.ts'
import { present } from '../core/values/must.ts'
import {
  clockOffsetOf,
  type CameraDownReason,
  type CameraNews,
} from '../devices/camera/camera-driver.ts'
import { dahuaPull } from '../devices/camera/dahua/pull.ts'
import { hikvisionPull } from '../devices/camera/hikvision/pull.ts'
import type { StreamDialect } from '../devices/camera/stream/dialect.ts'
import { streamDriver } from '../devices/camera/stream/driver.ts'
import {
  vzDriver,
  type VzCommand,
  type VzEffect,
  type VzState,
} from '../devices/camera/vz/driver.ts'
import type { VzSerialPort } from '../devices/camera/vz/messages.ts'
import type { LinkOpener } from '../ports/byte-link.ts'
import type { SerialPassthrough } from '../ports/serial-passthrough.ts'
import type { MonoClock, WallClock } from '../ports/clocks.ts'

export interface CameraWorld {
  readonly mono: MonoClock
  /** Transport time: camera clocks are compared with it. */
  readonly wall: WallClock
  readonly opener: LinkOpener
  readonly secrets: SecretStore
  /** The camera went out of service, by another reason than before. */
  linkDown?(fault: LaneFault, laneId: string): void
  take(laneId: string, read: PlateRead): void
}

export interface CameraStatus {
  /** Null: it speaks when a car comes, and its silence says nothing. */
  up: boolean | null
  detail: string
  /** Clock of the camera minus ours, at its last word that told a time. */
  clockOffsetMs: number | null
  lastReadUs: number | null
}

export interface CameraHandle {
  /** The link as it may be shown. */
  readonly link: string
  readonly status: CameraStatus
  readonly lastHeardMs: number | null
  readonly bytesIn: number
  readonly bytesOut: number
  open(): void
  close(): Promise<void>
  /** A serial port that the camera carries; absent where its make has none. */
  serial?(port: VzSerialPort): SerialPassthrough
  /** Relays and forced captures; absent where the camera is only listened to. */
  command?(command: VzCommand): void
}

/** How often a missing or refused password is looked at again; the file is small and local. */
const secretLookMs = 10_000

const faultCodes: Readonly<Record<CameraDownReason, FaultCode>> = {
  notReached: 'LINK-01',
  silent: 'LINK-02',
  credentials: 'CAM-01',
  secretMissing: 'SECRET-01',
  noDigest: 'CAM-03',
  opensByItself: 'CAM-02',
  notSupported: 'CAM-03',
}

/** Keeps what the board shows of one camera, and says each reason of going down once. */
export class CameraDesk {
  readonly status: CameraStatus
  private readonly world: CameraWorld
  private readonly laneId: string
  private readonly link: string

  constructor(world: CameraWorld, laneId: string, link: string, up: boolean | null) {
    this.world = world
    this.laneId = laneId
    this.link = link
    this.status = { up, detail: '', clockOffsetMs: null, lastReadUs: null }
  }

  news(event: CameraNews): void {
    if (event.type === 'cameraUp') Object.assign(this.status, { up: true, detail: '' })
    else if (event.type === 'cameraDown') this.down(event.reason, event.note)
    else if (event.type === 'clockMeasured') this.status.clockOffsetMs = event.offsetMs
    else if (event.type === 'plateRead') this.read(event.read)
  }

  down(reason: CameraDownReason, note: string): void {
    Object.assign(this.status, { up: false, detail: note === '' ? reason : note })
    const detail = {
      field: `/lanes/${this.laneId}/camera`,
      value: this.link,
      note: `${this.laneId} camera: ${note === '' ? reason : note}`,
    }
    this.world.linkDown?.(new LaneFault(faultCodes[reason], detail), this.laneId)
  }

  /** A reading of a camera that pushes brings its time along. */
  pushed(read: PlateRead): void {
    const offsetMs = clockOffsetOf(read, this.world.wall.nowMs())
    if (offsetMs !== null) this.status.clockOffsetMs = offsetMs
    this.read(read)
  }

  private read(read: PlateRead): void {
    this.status.lastReadUs = this.world.mono.nowUs()
    this.world.take(this.laneId, read)
  }
}

type StreamTarget = Extract<CameraTarget, { kind: 'hikvision' | 'dahua' }>

/** Watches for a secret that is missing or was refused to be set anew; nobody restarts a lane for it. */
class SecretWatch {
  private cancel: (() => void) | null = null
  private seen: string | null = null
  private readonly read: () => string | null
  private readonly mono: MonoClock
  private readonly changed: () => void

  constructor(mono: MonoClock, read: () => string | null, changed: () => void) {
    this.mono = mono
    this.read = read
    this.changed = changed
  }

  /** From now on another secret than this one is a change. */
  start(): void {
    this.seen = this.read()
    this.cancel?.()
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }

  private look(): void {
    const now = this.read()
    if (now !== null && now !== this.seen) {
      this.stop()
      this.changed()
      return
    }
    this.cancel = this.mono.after(secretLookMs, () => this.look())
  }
}

function streamCamera<D>(
  target: StreamTarget,
  dialect: StreamDialect<D>,
  laneId: string,
  link: string,
  world: CameraWorld,
): CameraHandle {
  const desk = new CameraDesk(world, laneId, link, false)
  /** A secret that does not open here is as good as none; the fault says which. */
  const password = (): string | null => {
    try {
      return world.secrets.read(target.secret)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return null
    }
  }
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const device = new HttpDeviceHost({
    driver: streamDriver(dialect),
    http: deviceHttp(`http://${host}:${target.port}`),
    mono: world.mono,
    wall: world.wall,
    sign: digestSigner(target.user, password, systemRandom()),
    emit(event) {
      desk.news(event)
      if (event.type === 'cameraDown' && event.reason === 'credentials') watch.start()
    },
  })
  let started = false
  const start = (): void => {
    if (started) device.credentialsChanged()
    else device.open()
    started = true
  }
  const watch = new SecretWatch(world.mono, password, start)
  return {
    link,
    status: desk.status,
    open() {
      if (password() !== null) start()
      else {
        desk.down('secretMissing', `secret ${target.secret} is not set`)
        watch.start()
      }
    },
    async close() {
      watch.stop()
      await device.close()
    },
    get lastHeardMs() {
      return device.lastHeardMs
    },
    get bytesIn() {
      return device.bytesIn
    },
    bytesOut: 0,
  }
}

function vzCamera(
  target: Extract<CameraTarget, { kind: 'vz' }>,
  laneId: string,
  link: string,
  world: CameraWorld,
): CameraHandle {
  const desk = new CameraDesk(world, laneId, link, false)
  const name = target.host.includes(':') ? `[${target.host}]` : target.host
  const address = `${name}:${target.port}`
  const passages = new Map<VzSerialPort, VzPassthrough>()
  const host = new DeviceHost<VzState, VzCommand, CameraNews, VzEffect>({
    url: `tcp://${address}`,
    opener: world.opener,
    mono: world.mono,
    business: world.wall,
    driver: vzDriver(`vz:${address}`),
    emit(event) {
      desk.news(event)
      if (event.type === 'serialBytes')
        for (const [port, passage] of passages) if (port === event.port) passage.heard(event.bytes)
      if (event.type === 'cameraUp' || event.type === 'cameraDown')
        for (const passage of passages.values()) passage.changed(event.type === 'cameraUp')
    },
    other: () => undefined,
    linkChanged: () => undefined,
  })
  return {
    link,
    status: desk.status,
    open: () => host.open(),
    close() {
      host.close()
      return Promise.resolve()
    },
    serial(port) {
      const passage =
        passages.get(port) ??
        new VzPassthrough(desk.status.up === true, (bytes) =>
          host.command({ type: 'serialSend', port, bytes }),
        )
      passages.set(port, passage)
      host.command({ type: 'serialOpen', port })
      return passage
    },
    command: (command) => host.command(command),
    get lastHeardMs() {
      return host.lastHeardMs
    },
    get bytesIn() {
      return host.bytesIn
    },
    get bytesOut() {
      return host.bytesOut
    },
  }
}

/** A serial port behind a Vzicom camera, as displays use it. */
class VzPassthrough implements SerialPassthrough {
  private up: boolean
  private readonly write: (bytes: Uint8Array) => void
  private bytesListener: (bytes: Uint8Array) => void = () => undefined
  private upListener: (up: boolean) => void = () => undefined

  constructor(up: boolean, write: (bytes: Uint8Array) => void) {
    this.up = up
    this.write = write
  }

  send(bytes: Uint8Array): void {
    if (this.up) this.write(bytes)
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.bytesListener = listener
  }

  onUp(listener: (up: boolean) => void): void {
    this.upListener = listener
    listener(this.up)
  }

  heard(bytes: Uint8Array): void {
    this.bytesListener(bytes)
  }

  changed(up: boolean): void {
    if (up === this.up) return
    this.up = up
    this.upListener(up)
  }
}

/** A camera that pushes: the lane listens, and hears of it when a car comes. */
export class PushCamera implements CameraHandle {
  readonly link: string
  readonly desk: CameraDesk
  lastHeardMs: number | null = null
  bytesIn = 0
  readonly bytesOut = 0
  private readonly mono: MonoClock

  constructor(laneId: string, link: string, world: CameraWorld) {
    this.link = link
    this.mono = world.mono
    this.desk = new CameraDesk(world, laneId, link, null)
  }

  get status(): CameraStatus {
    return this.desk.status
  }

  heard(bytes: number): void {
    this.lastHeardMs = Math.floor(this.mono.nowUs() / 1000)
    this.bytesIn += bytes
  }

  open(): void {
    // The intake listens for all of them.
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

export const isPushed = (link: string | null): boolean =>
  link !== null && ['push', 'sim'].includes(parseCameraLink(link).kind)

export function cameraDevice(lane: LaneConfig, world: CameraWorld): CameraHandle | PushCamera {
  const url = present(lane.camera, 'the lane has a camera link')
  const target = parseCameraLink(url)
  const link = shownLink(url)
  if (target.kind === 'hikvision')
    return streamCamera(target, hikvisionPull(target), lane.id, link, world)
  if (target.kind === 'dahua') {
    const dialect = dahuaPull({ ...target, address: `dahua:${target.host}:${target.port}` })
    return streamCamera(target, dialect, lane.id, link, world)
  }
  if (target.kind === 'vz') return vzCamera(target, lane.id, link, world)
  return new PushCamera(lane.id, link, world)
}
