// Hosts one HTTP device: its driver's state, timers and requests, each with its authentication. The driver is pure;
// this host gives it answers and time, and carries out its effects in order.
import type { DownText } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Step, TimerEffect, TimerEvent } from '#base/pure/values/step.ts'
import type { CameraNews } from '../pure/camera/camera-driver.ts'
import type { DeviceRequest, HttpEffect, HttpEvent, RequestAuth } from '../pure/http/session.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { HttpStreams } from '../ports/http-stream.ts'
import { Machine } from '#base/process/machine.ts'

type Happening =
  | HttpEvent
  | TimerEvent
  | { readonly type: 'start' }
  | { readonly type: 'credentialsChanged' }

/** Events of a device have a type. */
interface DeviceEvent {
  readonly type: string
}

interface Commanded<C> {
  readonly type: 'command'
  readonly command: C
}

/** `C`: commands of the driver; a camera that only reports has none. */
export type HttpDriverEvent<C = never> = { readonly atMs: number; readonly wallMs: InstantMs } & (
  | Happening
  | Commanded<C>
)

type HttpDriverEffect<E> = HttpEffect | TimerEffect | { readonly do: 'emit'; readonly event: E }

export interface HttpDriver<S, E extends DeviceEvent = CameraNews, C = never> {
  initial(): S
  step(state: S, event: HttpDriverEvent<C>): Step<S, HttpDriverEffect<E>>
}

interface HttpDeviceParts<S, E extends DeviceEvent = CameraNews, C = never> {
  readonly driver: HttpDriver<S, E, C>
  readonly http: HttpStreams
  readonly mono: MonoClock
  /** Wall clock of the transport: the real time on links. */
  readonly wall: WallClock
  /** The Authorization header of a request; null: no password yet. */
  sign(request: DeviceRequest, auth: RequestAuth): string | null
  emit(event: E): void
  readonly tap?: HttpTap | undefined
}

/** Observes the driver's input and requests in order, without authentication: for consoles and captures. */
export interface HttpTap {
  took(event: HttpDriverEvent<unknown>, monoUs: number): void
  asked(id: string, request: DeviceRequest, isProven: boolean, monoUs: number): void
  /** Later data of that request is ignored. */
  gaveUp(id: string, monoUs: number): void
  /** The driver emitted an event of that type. */
  reported(type: string): void
}

/** Type-erased over the driver's state, so that a lane can hold devices of any kind. */
export class HttpDeviceHost<S, E extends DeviceEvent = CameraNews, C = never> {
  private readonly parts: HttpDeviceParts<S, E, C>
  private readonly machine: Machine<
    S,
    Happening | Commanded<C>,
    HttpDriverEvent<C>,
    HttpDriverEffect<E>
  >
  private readonly requests = new Map<string, Cancel>()
  private closed = false
  /** Why no requests are sent; null: they are. */
  private resting: DownText | null = null
  /** Monotonic ms of the last data from the device; null: none yet. */
  lastReceivedMs: number | null = null
  bytesIn = 0
  bytesOut = 0
  requestsOut = 0

  constructor(parts: HttpDeviceParts<S, E, C>) {
    this.parts = parts
    const { mono, wall, driver, tap } = parts
    this.machine = new Machine({
      mono,
      initial: driver.initial(),
      stamped: (happening) => {
        // The clock is read once, so that taps see exactly the driver's time.
        const monoUs = mono.nowUs()
        const now = { atMs: Math.floor(monoUs / 1000), wallMs: wall.nowMs() }
        const given: HttpDriverEvent<C> = { ...happening, ...now }
        tap?.took(given, monoUs)
        return given
      },
      step: (state, event) => driver.step(state, event),
      carryOut: (effect) => this.carryOut(effect),
    })
  }

  get state(): S {
    return this.machine.state
  }

  open(): void {
    this.feed({ type: 'start' })
  }

  command(command: C): void {
    this.feed({ type: 'command', command })
  }

  credentialsChanged(): void {
    this.feed({ type: 'credentialsChanged' })
  }

  /**
   * Releases the device until `wake`: requests in the meantime fail with that reason, and its driver reports the device
   * as down at once.
   */
  rest(reason: DownText): void {
    this.resting = reason
    for (const cancel of this.requests.values()) cancel()
    this.requests.clear()
    this.credentialsChanged()
  }

  wake(): void {
    this.resting = null
    this.credentialsChanged()
  }

  async close(): Promise<void> {
    this.closed = true
    this.machine.stop()
    for (const cancel of this.requests.values()) cancel()
    await this.parts.http.close()
  }

  private feed(event: Happening | Commanded<C>): void {
    if (!this.closed) this.machine.take(event)
  }

  private carryOut(effect: Exclude<HttpDriverEffect<E>, TimerEffect>): void {
    const { mono, tap } = this.parts
    switch (effect.do) {
      case 'request':
        tap?.asked(effect.id, effect.request, effect.auth !== null, mono.nowUs())
        this.request(effect.id, effect.request, effect.auth)
        return
      case 'abort':
        tap?.gaveUp(effect.id, mono.nowUs())
        this.requests.get(effect.id)?.()
        this.requests.delete(effect.id)
        return
      case 'emit':
        tap?.reported(effect.event.type)
        this.parts.emit(effect.event)
    }
  }

  private request(id: string, request: DeviceRequest, auth: RequestAuth | null): void {
    if (this.resting !== null) {
      this.feed({ type: 'lost', id, reason: this.resting })
      return
    }
    const proof = auth === null ? '' : this.parts.sign(request, auth)
    if (proof === null) {
      this.feed({ type: 'lost', id, reason: 'secretMissing' })
      return
    }
    const headers = {
      ...(proof === '' ? {} : { authorization: proof }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/xml; charset="UTF-8"' }),
    }
    this.requestsOut++
    this.bytesOut += request.path.length + (request.body?.length ?? 0)
    const onReceived = (): void => {
      this.lastReceivedMs = Math.floor(this.parts.mono.nowUs() / 1000)
    }
    const cancel = this.parts.http.request(
      { ...request, headers },
      {
        head: (status, answered) => {
          onReceived()
          this.feed({ type: 'head', id, status, headers: answered })
        },
        body: (bytes) => {
          onReceived()
          this.bytesIn += bytes.length
          this.feed({ type: 'body', id, bytes })
        },
        end: () => {
          this.requests.delete(id)
          this.feed({ type: 'end', id })
        },
        lost: (reason) => {
          this.requests.delete(id)
          this.feed({ type: 'lost', id, reason })
        },
      },
    )
    this.requests.set(id, cancel)
  }
}
