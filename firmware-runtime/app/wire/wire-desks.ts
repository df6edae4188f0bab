// The wires of a lot that can be looked at: for each its ring, its desk, and the way to send by hand.
// One a device; made with the lot and there for its whole life.
import type { AskResult } from '../../core/etc/rsu-device.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { safeChoices, type SafeChoice } from '../../devices/rsu/safe-frames.ts'
import type { RsuDriverConfig } from '../../devices/rsu/driver-state.ts'
import type { RsuVariant } from '../../devices/rsu/variants.ts'
import { captureDriver, captureText } from './capture.ts'
import { pcapOf } from './capture-pcap.ts'
import { FrameDesk } from './frame-desk.ts'
import { rsuWireDecoder, type WireRow } from './wire-decoder.ts'
import { WireRing } from './wire-ring.ts'

export interface WirePlace {
  readonly laneId: string
  readonly device: 'rsu'
  readonly link: string
  /** Generic variant, or a profile `vendor/model`. */
  readonly name: string
  readonly variant: RsuVariant
  readonly config: RsuDriverConfig
  readonly ring: WireRing
  readonly ask: (code: string, fields: Readonly<Record<string, string>>) => AskResult
}

export interface SavedWire {
  readonly bytes: Uint8Array
  readonly frames: number
  readonly whole: boolean
}

export class WireDesk {
  readonly place: WirePlace
  readonly desk: FrameDesk

  constructor(place: WirePlace) {
    this.place = place
    const { laneId, device, ring, variant } = place
    this.desk = new FrameDesk({ laneId, device, ring, decoder: rsuWireDecoder(variant) })
  }

  get safe(): readonly SafeChoice[] {
    const { variant, config } = this.place
    return safeChoices(variant.table, config.override)
  }

  /** What the ring still holds, as a file. */
  saved(format: 'capture' | 'pcapng', program: string): SavedWire {
    const { ring, name, laneId, config } = this.place
    const { events } = ring.since(0)
    const rows: WireRow[] = []
    const decoder = rsuWireDecoder(this.place.variant)
    for (const event of events) rows.push(...decoder.take(event))
    const frames = rows.filter(({ hex }) => hex !== '').length
    const whole = ring.isWhole
    const driver = whole ? captureDriver(config) : null
    const bytes =
      format === 'pcapng'
        ? pcapOf({ laneId, variant: name, program }, rows)
        : new TextEncoder().encode(captureText({ variant: name, laneId, driver }, events))
    return { bytes, frames, whole }
  }
}

export class WireDesks {
  private readonly desks = new Map<string, WireDesk>()
  private readonly rings = new Map<string, WireRing>()
  private readonly businessMs: () => number

  constructor(businessMs: () => number) {
    this.businessMs = businessMs
  }

  /** Where a lane's driver is tapped; it is there before the driver is. */
  ringOf(laneId: string): WireRing {
    const ring = this.rings.get(laneId) ?? new WireRing(this.businessMs)
    this.rings.set(laneId, ring)
    return ring
  }

  add(place: Omit<WirePlace, 'ring'>): void {
    this.desks.set(place.laneId, new WireDesk({ ...place, ring: this.ringOf(place.laneId) }))
  }

  get all(): readonly WireDesk[] {
    return [...this.desks.values()]
  }

  /** WIRE-04 for a lane without such a wire. */
  of(laneId: string): WireDesk {
    const found = this.desks.get(laneId)
    if (found === undefined) throw new LaneFault('WIRE-04', { field: '/laneId', value: laneId })
    return found
  }
}
