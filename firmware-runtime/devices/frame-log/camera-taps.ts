// Taps of camera drivers: their input and output go into the ring, without pictures. The drivers' own codecs tell where
// pictures are.
import { withoutPictures } from '../pure/camera/picture-gaps.ts'
import {
  boundaryOf,
  feedMultipart,
  multipartLimits,
  openMultipart,
  type MultipartState,
} from '../pure/camera/stream/multipart.ts'
import type { PictureFinder, TcpMake } from '../pure/camera/tcp-make.ts'
import { headBytes, requestBytes } from '../pure/http/exchange.ts'
import type { DeviceRequest } from '../pure/http/session.ts'
import type { DriverEvent } from '../pure/driver.ts'
import type { DeviceTap } from '../hosts/device-host.ts'
import type { HttpDriverEvent, HttpTap } from '../hosts/http-device-host.ts'
import type { RingHappening, FrameRing } from './frame-ring.ts'

/** A camera on TCP: its make finds the pictures in its frames. */
export class TcpTap implements DeviceTap {
  private readonly ring: FrameRing
  private readonly pictures: PictureFinder

  constructor(ring: FrameRing, make: TcpMake) {
    this.ring = ring
    this.pictures = make.pictures()
  }

  took(event: DriverEvent<unknown>, monoUs: number): void {
    if (event.type === 'bytes') {
      const kept = withoutPictures(event.bytes, this.pictures.feed(event.bytes))
      this.ring.add({ kind: 'in', ...kept }, monoUs, event.businessNowMs)
      return
    }
    if (event.type === 'linkUp') this.pictures.cut()
    if (event.type === 'timer' && event.name === 'frame') this.pictures.resync()
    this.ring.took(event, monoUs)
  }

  sent(bytes: Uint8Array, monoUs: number): void {
    this.ring.sent(bytes, monoUs)
  }

  reported(type: string): void {
    this.ring.reported(type)
  }
}

/** No picture bytes are kept here either. */
const limits = { ...multipartLimits, pictureBytesMax: 0 }
const noBytes = new Uint8Array(0)

/** A subscribed camera: pictures are parts of its endless answer. */
export class StreamTap implements HttpTap {
  private readonly ring: FrameRing
  private readonly streams = new Map<string, MultipartState>()

  constructor(ring: FrameRing) {
    this.ring = ring
  }

  took(event: HttpDriverEvent<unknown>, monoUs: number): void {
    this.ring.add(this.happening(event), monoUs, event.wallMs)
  }

  asked(id: string, request: DeviceRequest, isProven: boolean, monoUs: number): void {
    const bytes = requestBytes(request, isProven)
    this.ring.add({ kind: 'out', bytes, exchange: id }, monoUs)
  }

  gaveUp(id: string, monoUs: number): void {
    this.streams.delete(id)
    this.ring.add({ kind: 'out', bytes: noBytes, exchange: id }, monoUs)
  }

  reported(type: string): void {
    this.ring.reported(type)
  }

  private happening(event: HttpDriverEvent<unknown>): RingHappening {
    switch (event.type) {
      case 'head': {
        const { id, status, headers } = event
        const boundary = status === 200 ? boundaryOf(headers['content-type'] ?? '') : null
        if (boundary !== null) this.streams.set(id, openMultipart(boundary, limits))
        return { kind: 'in', bytes: headBytes(status, headers), exchange: id }
      }
      case 'body':
        return { kind: 'in', ...this.kept(event.id, event.bytes), exchange: event.id }
      case 'end':
        this.streams.delete(event.id)
        return { kind: 'in', bytes: noBytes, exchange: event.id }
      case 'lost':
        this.streams.delete(event.id)
        return { kind: 'linkDown', reason: event.reason, exchange: event.id }
      case 'timer':
        return { kind: 'timer', name: event.name }
      case 'command':
        return { kind: 'command', command: event.command }
      case 'start':
      case 'credentialsChanged':
        return { kind: 'command', command: { type: event.type } }
    }
  }

  private kept(id: string, bytes: Uint8Array) {
    const stream = this.streams.get(id)
    if (stream === undefined) return { bytes: bytes.slice() }
    const { state, pictures } = feedMultipart(stream, bytes, () => false)
    this.streams.set(id, state)
    return withoutPictures(bytes, pictures)
  }
}
