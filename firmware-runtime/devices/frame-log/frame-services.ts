// The devices of a lot whose frames can be viewed: ring, service and description of each. One for each device, made
// with the lot.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import { captureText } from './capture.ts'
import { pcapOf } from './capture-pcap.ts'
import { FrameService } from './frame-service.ts'
import type { DecodedRow } from './frame-decoder.ts'
import { FrameRing } from './frame-ring.ts'
import type { FrameSource } from './frame-sources.ts'

interface FrameFieldRef {
  readonly laneId: string
  readonly device: LoggedDevice
  readonly link: string
  readonly source: FrameSource
  readonly ring: FrameRing
}

interface SavedFrames {
  readonly bytes: Uint8Array
  readonly frames: number
  readonly whole: boolean
}

export class DeviceFrames {
  readonly place: FrameFieldRef
  readonly service: FrameService

  constructor(place: FrameFieldRef) {
    this.place = place
    const { laneId, device, ring, source } = place
    this.service = new FrameService({ laneId, device, ring, decoder: source.decoder() })
  }

  /** The content of the ring, as a file. */
  saved(format: 'capture' | 'pcapng', program: string): SavedFrames {
    const { ring, laneId, device, source } = this.place
    const { events } = ring.since(0)
    const rows: DecodedRow[] = []
    const decoder = source.decoder()
    for (const event of events) rows.push(...decoder.take(event))
    const frames = rows.filter(({ hex }) => hex !== '').length
    const whole = ring.isWhole
    if (format === 'pcapng')
      return {
        bytes: pcapOf({ laneId, device, variant: source.name, program }, rows),
        frames,
        whole,
      }
    const deviceTypes =
      whole && Object.keys(ring.reportedTypes).length > 0 ? ring.reportedTypes : null
    const text = captureText({ ...source.start(whole), laneId }, events, deviceTypes)
    return { bytes: new TextEncoder().encode(text), frames, whole }
  }
}

export class FrameServices {
  private readonly services = new Map<string, DeviceFrames>()
  private readonly rings = new Map<string, FrameRing>()
  private readonly businessMs: () => number

  constructor(businessMs: () => number) {
    this.businessMs = businessMs
  }

  /** The ring for a device's tap; made before its driver. */
  ringOf(laneId: string, device: LoggedDevice): FrameRing {
    const key = `${laneId} ${device}`
    const ring = this.rings.get(key) ?? new FrameRing(this.businessMs)
    this.rings.set(key, ring)
    return ring
  }

  add(place: Omit<FrameFieldRef, 'ring'>): void {
    const { laneId, device } = place
    const ring = this.ringOf(laneId, device)
    this.services.set(`${laneId} ${device}`, new DeviceFrames({ ...place, ring }))
  }

  get all(): readonly DeviceFrames[] {
    return [...this.services.values()]
  }

  /** WIRE-04 for a lane without such a link. */
  of(laneId: string, device: LoggedDevice): DeviceFrames {
    const found = this.services.get(`${laneId} ${device}`)
    if (found === undefined)
      throw new LaneFault('WIRE-04', { field: '/laneId', value: `${laneId} ${device}` })
    return found
  }
}
