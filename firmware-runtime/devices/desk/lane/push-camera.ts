// Cameras that push: the lane only listens, and gets a push when a car comes.
// Only the silence of a camera with heartbeats is a fault.
import { note } from '#base/pure/words/notes.ts'
import type { Pushed, PushMake, PushPictures } from '../../pure/camera/push-make.ts'
import type { TimeRule } from '../../pure/camera/late-reading.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import {
  CameraService,
  type CameraHandle,
  type CameraStatus,
  type CameraPorts,
} from './camera-service.ts'

/** Heartbeats come every 5 to 30 s (lane-devices.md 1.4); three of the slowest, with a reserve. */
const pushSilenceMs = 95_000

/** A camera that pushes to the lane when a car comes. */
export class PushCamera implements CameraHandle {
  readonly link: string
  readonly source = null
  readonly service: CameraService
  readonly make: PushMake
  lastReceivedMs: number | null = null
  bytesIn = 0
  readonly bytesOut = 0
  private readonly mono: MonoClock
  /** Set while the camera sends heartbeats; a camera without heartbeats is never silent. */
  private silence: (() => void) | null = null
  private beats = false
  private distrusted = false

  constructor(
    laneId: string,
    link: string,
    make: PushMake,
    ports: CameraPorts,
    rule: TimeRule = {},
  ) {
    this.link = link
    this.make = make
    this.mono = ports.mono
    this.service = new CameraService(ports, laneId, link, null, rule)
  }

  get status(): CameraStatus {
    return this.service.status
  }

  /** Takes one push, parsed by its make. A refused push may come from anyone and is not a sign of life. */
  take(text: string, pictures: PushPictures, head = ''): Pushed {
    const push = this.make.read(text, pictures)
    if (push.kind !== 'refused') this.understood(push, text.length)
    else if (push.counted) {
      this.service.notUnderstood()
      this.refused(push.what, head)
    }
    return push
  }

  /**
   * A push that may have held a plate and brought nothing. `isNamed`: it came on the path of this lane; another one
   * concerns a camera that was never understood.
   */
  refused(what: string, head: string, isNamed = true): void {
    this.service.refusedPush(what, head)
    const isHeard = isNamed ? this.isPushing() : this.lastReceivedMs !== null
    if (!isHeard && !this.distrusted)
      this.service.down('pushRefused', note('pushWas', head === '' ? '-' : head))
  }

  private understood(push: Exclude<Pushed, { kind: 'refused' }>, bytes: number): void {
    this.heard(bytes)
    if (push.kind === 'keepAlive') {
      if (push.deviceAtMs !== null) this.service.beat(push.deviceAtMs)
      this.beat()
      return
    }
    if (push.openedByCamera && !push.read.history) {
      this.distrusted = true
      this.service.down('opensByItself', 'openedByCamera')
      return
    }
    this.distrusted = false
    this.works()
    this.service.pushed(push.read)
  }

  private works(): void {
    if (this.status.up === false) this.service.well(this.beats ? true : null)
  }

  /**
   * A push to this lane without its secret. While the camera pushes to the right path, it came from another sender;
   * otherwise the camera has an old address and no plate will come.
   */
  wrongPath(head = ''): void {
    this.service.refusedPush('pushPath', head)
    if (!this.isPushing() && !this.distrusted) this.service.down('wrongPath', 'pathNotFound')
  }

  private isPushing(): boolean {
    const receivedMs = this.lastReceivedMs
    return receivedMs !== null && this.mono.nowUs() / 1000 - receivedMs < pushSilenceMs
  }

  /** A heartbeat: from now on the camera's silence is a fault. */
  beat(): void {
    this.beats = true
    this.heard(0)
  }

  private heard(bytes: number): void {
    this.lastReceivedMs = Math.floor(this.mono.nowUs() / 1000)
    this.bytesIn += bytes
    if (!this.beats) return
    this.silence?.()
    this.silence = this.mono.after(pushSilenceMs, () =>
      this.service.down('silent', note('noHeartbeatIn', pushSilenceMs)),
    )
    // A heartbeat does not end the fault that the camera opens the gate by itself.
    if (this.status.up !== true && !this.distrusted) this.service.well(true)
  }

  open(): void {
    // All of them share the intake's listener.
  }

  close(): Promise<void> {
    this.silence?.()
    return Promise.resolve()
  }
}
