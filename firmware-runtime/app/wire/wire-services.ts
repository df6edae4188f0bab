// The wires of a lot that can be looked at: for each its ring, its service, and what it is of.
// One a device; made with the lot and there for its whole life.
import { LaneFault } from '../../core/values/faults.ts'
import type { WireDevice } from '../../core/values/wire-device.ts'
import { captureText } from './capture.ts'
import { pcapOf } from './capture-pcap.ts'
import { FrameService } from './frame-service.ts'
import type { WireRow } from './wire-decoder.ts'
import { WireRing } from './wire-ring.ts'
import type { WireSource } from './wire-sources.ts'

interface FrameFieldRef {
  readonly laneId: string
  readonly device: WireDevice
  readonly link: string
  readonly source: WireSource
  readonly ring: WireRing
}

interface SavedWire {
  readonly bytes: Uint8Array
  readonly frames: number
  readonly whole: boolean
}

export class WireService {
  readonly place: FrameFieldRef
  readonly service: FrameService

  constructor(place: FrameFieldRef) {
    this.place = place
    const { laneId, device, ring, source } = place
    this.service = new FrameService({ laneId, device, ring, decoder: source.decoder() })
  }

  /** What the ring still holds, as a file. */
  saved(format: 'capture' | 'pcapng', program: string): SavedWire {
    const { ring, laneId, device, source } = this.place
    const { events } = ring.since(0)
    const rows: WireRow[] = []
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
    const told = whole && Object.keys(ring.reportedTypes).length > 0 ? ring.reportedTypes : null
    const text = captureText({ ...source.start(whole), laneId }, events, told)
    return { bytes: new TextEncoder().encode(text), frames, whole }
  }
}

export class WireServices {
  private readonly services = new Map<string, WireService>()
  private readonly rings = new Map<string, WireRing>()
  private readonly businessMs: () => number

  constructor(businessMs: () => number) {
    this.businessMs = businessMs
  }

  /** Where a device's driver is tapped; it is there before the driver is. */
  ringOf(laneId: string, device: WireDevice): WireRing {
    const key = `${laneId} ${device}`
    const ring = this.rings.get(key) ?? new WireRing(this.businessMs)
    this.rings.set(key, ring)
    return ring
  }

  add(place: Omit<FrameFieldRef, 'ring'>): void {
    const { laneId, device } = place
    const ring = this.ringOf(laneId, device)
    this.services.set(`${laneId} ${device}`, new WireService({ ...place, ring }))
  }

  get all(): readonly WireService[] {
    return [...this.services.values()]
  }

  /** WIRE-04 for a lane without such a wire. */
  of(laneId: string, device: WireDevice): WireService {
    const found = this.services.get(`${laneId} ${device}`)
    if (found === undefined)
      throw new LaneFault('WIRE-04', { field: '/laneId', value: `${laneId} ${device}` })
    return found
  }
}
