// One HTTP device at work: its driver's state, its timers and its requests, each with its proof.
// The driver is pure; this host feeds it answers and time, and carries its effects out in order.
import type { DownText } from '../../core/values/notes.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { Step, TimerEffect, TimerEvent } from '../../core/values/step.ts'
import type { CameraNews } from '../../devices/camera/camera-driver.ts'
import type {
  DeviceRequest,
  HttpEffect,
  HttpEvent,
  RequestAuth,
} from '../../devices/http/session.ts'
import type { Cancel, MonoClock, WallClock } from '../../ports/clocks.ts'
import type { HttpStreams } from '../../ports/http-stream.ts'
import { Machine } from '../machine.ts'

type Happening =
  | HttpEvent
  | TimerEvent
  | { readonly type: 'start' }
  | { readonly type: 'credentialsChanged' }

/** What a device tells has a type. */
interface DeviceEvent {
  readonly type: string
}

interface Commanded<C> {
  readonly type: 'command'
  readonly command: C
}

/** `C` is what the driver can be told; a camera that is only listened to takes nothing. */
export type HttpDriverEvent<C = never> = { readonly atMs: number; readonly wallMs: InstantMs } & (
  | Happening
  | Commanded<C>
)

type HttpDriverEffect<E> = HttpEffect | TimerEffect | { readonly do: 'emit'; readonly event: E }

interface HttpDriver<S, E extends DeviceEvent = CameraNews, C = never> {
  initial(): S
  step(state: S, event: HttpDriverEvent<C>): Step<S, HttpDriverEffect<E>>
}

interface HttpDeviceParts<S, E extends DeviceEvent = CameraNews, C = never> {
  readonly driver: HttpDriver<S, E, C>
  readonly http: HttpStreams
  readonly mono: MonoClock
  /** Transport time: real over links. */
  readonly wall: WallClock
  /** The Authorization header of a request; null while there is no password to prove. */
  sign(request: DeviceRequest, auth: RequestAuth): string | null
  emit(event: E): void
  readonly tap?: HttpTap | undefined
}

/** Sees what a driver hears and asks, in that order: for consoles and captures. No proof comes here. */
export interface HttpTap {
  took(event: HttpDriverEvent<unknown>, monoUs: number): void
  asked(id: string, request: DeviceRequest, isProven: boolean, monoUs: number): void
  /** Nothing of that request is heard any more. */
  gaveUp(id: string, monoUs: number): void
  /** The driver told its lane something of that type. */
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
  /** Why nothing is asked; null while it is. */
  private resting: DownText | null = null
  /** Monotonic ms at which the device last said something, or null. */
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
        // One look at the clock: who taps sees the very time that the driver is told.
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
   * Lets go of the device until `wake`: what is asked meanwhile is lost with that reason, and its driver says
   * at once that it knows nothing.
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
