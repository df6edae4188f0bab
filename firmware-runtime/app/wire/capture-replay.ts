// A capture as a test without code: every frame is decoded, and the pure driver is given what it was
// given then. What it sends now has to be what it sent then, byte by byte and in that order.
import type { RsuCommand } from '../../core/etc/rsu.ts'
import { hexOf } from '../../core/values/bytes.ts'
import {
  rsuDriverDefaults,
  startRsuDriver,
  stepRsuDriver,
  type RsuDriverConfig,
  type RsuDriverEvent,
  type RsuDriverState,
} from '../../devices/rsu/driver.ts'
import type { VariantOverride } from '../../devices/rsu/variant-override.ts'
import type { RsuVariant } from '../../devices/rsu/variants.ts'
import type { Capture } from './capture.ts'
import { rsuWireDecoder, type WireRow } from './wire-decoder.ts'
import type { WireEvent } from './wire-ring.ts'

const differencesMax = 20

export interface ReplayDifference {
  /** Line of the capture, or 0 behind its end. */
  readonly line: number
  /** Null: the driver sent something that is not in the capture, or nothing where it should have. */
  readonly captured: string | null
  readonly sent: string | null
}

export interface ReplayResult {
  readonly ok: boolean
  readonly variant: string
  readonly startedAtIso: string
  readonly durationMs: number
  readonly frames: { readonly in: number; readonly out: number; readonly bad: number }
  /** Frames by direction and type: `in B2`. */
  readonly types: Readonly<Record<string, number>>
  readonly discarded: number
  readonly driver: {
    /** False where the capture does not begin with the driver's start: then nothing is compared. */
    readonly compared: boolean
    readonly sent: number
    readonly matched: number
    readonly differences: readonly ReplayDifference[]
    /** What the driver told its lane, by type. */
    readonly told: Readonly<Record<string, number>>
  }
}

export interface ReplayedVariant {
  readonly variant: RsuVariant
  readonly override: VariantOverride | null
}

const count = (into: Record<string, number>, name: string): void => {
  into[name] = (into[name] ?? 0) + 1
}

function driverEvent(event: WireEvent): RsuDriverEvent | null {
  const at = { businessNowMs: event.atMs }
  switch (event.kind) {
    case 'in':
      return { ...at, type: 'bytes', chunk: event.bytes }
    case 'linkUp':
      return { ...at, type: 'linkUp' }
    case 'linkDown':
      return { ...at, type: 'linkDown', reason: event.reason }
    case 'timer':
      return { ...at, type: 'timer', name: event.name }
    case 'command':
      return { ...at, type: 'command', command: event.command as RsuCommand }
    case 'out':
      return null
  }
}

/** One driver beside its capture. */
class Beside {
  readonly differences: ReplayDifference[] = []
  readonly told: Record<string, number> = {}
  sent = 0
  matched = 0
  private state: RsuDriverState
  private waiting: string[] = []

  constructor(config: RsuDriverConfig) {
    this.state = startRsuDriver(config)
  }

  take(event: WireEvent, line: number): void {
    if (event.kind === 'out') {
      this.compare(hexOf(event.bytes), line)
      return
    }
    this.flush(line)
    const given = driverEvent(event)
    if (given === null) return
    const step = stepRsuDriver(this.state, given)
    this.state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') count(this.told, effect.event.type)
      if (effect.do !== 'send') continue
      this.sent++
      this.waiting.push(hexOf(effect.bytes))
    }
  }

  /** What was sent and not found in the capture before this line. */
  flush(line: number): void {
    for (const sent of this.waiting) this.differ({ line, captured: null, sent })
    this.waiting = []
  }

  private compare(captured: string, line: number): void {
    const sent = this.waiting.shift() ?? null
    if (sent === captured) this.matched++
    else this.differ({ line, captured, sent })
  }

  private differ(difference: ReplayDifference): void {
    if (this.differences.length < differencesMax) this.differences.push(difference)
  }
}

/** Rows of the whole capture, in its order. */
export function* captureRows(capture: Capture, variant: RsuVariant): Generator<WireRow> {
  const decoder = rsuWireDecoder(variant)
  for (const event of capture.events) yield* decoder.take(event)
  yield* decoder.end()
}

export function replayCapture(
  capture: Capture,
  { variant, override }: ReplayedVariant,
): ReplayResult {
  const { head, events } = capture
  const frames = { in: 0, out: 0, bad: 0 }
  const types: Record<string, number> = {}
  let discarded = 0
  for (const row of captureRows(capture, variant)) {
    discarded += row.discarded
    if (row.direction === 'link' || row.hex === '') continue
    frames[row.direction]++
    if (!row.ok) frames.bad++
    count(types, `${row.direction} ${row.type === '' ? row.name : row.type}`)
  }
  const { driver = null } = head
  const beside = new Beside({
    ...rsuDriverDefaults,
    variant: variant.id,
    laneMode: 'exit',
    ...driver,
    contact: { ...rsuDriverDefaults.contact, ...driver?.contact },
    override,
  })
  // The head is the first line of the file.
  events.forEach((event, i) => beside.take(event, i + 2))
  beside.flush(0)
  const compared = driver !== null
  const { sent, matched, told } = beside
  const differences = compared ? beside.differences : []
  return {
    ok: frames.bad === 0 && differences.length === 0,
    variant: head.variant,
    startedAtIso: head.startedAtIso,
    durationMs: Math.round((events.at(-1)?.monoUs ?? 0) / 1000),
    frames,
    types,
    discarded,
    driver: { compared, sent, matched, differences, told },
  }
}
