// A capture as a test without code: every frame is decoded, and the pure driver gets the recorded events. It has to
// send the recorded bytes, in the recorded order.
import { t } from '#base/pure/words/fault-text.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RsuVariant } from '../pure/rsu/variants.ts'
import { checkOf, type Capture } from './capture.ts'
import type { ReplayDriver } from './replay-driver.ts'
import type { DecodedRow } from './frame-decoder.ts'
import { decoderOf, replayDriverOf, type ReplayedVariant } from './capture-kinds.ts'
import type { RingEvent } from './frame-ring.ts'

export type { ReplayedVariant }

const differencesMax = 20

interface ReplayDifference {
  /** Line of the capture; 0: after its end. */
  readonly line: number
  /** Null: the driver sent bytes that are not in the capture. */
  readonly captured: string | null
  readonly sent: string | null
}

interface ReplayResult {
  readonly ok: boolean
  readonly device: string
  readonly variant: string
  readonly startedAtIso: string
  readonly durationMs: number
  readonly frames: { readonly in: number; readonly out: number; readonly bad: number }
  /** Frames by direction and type: `in B2`. */
  readonly types: Readonly<Record<string, number>>
  readonly discarded: number
  /** Whether the bytes match the checksum in the closing line; null: no closing line. */
  readonly whole: boolean | null
  readonly driver: {
    /** False: the capture does not begin with the driver's start, so nothing is compared. */
    readonly compared: boolean
    readonly sent: number
    readonly matched: number
    readonly differences: readonly ReplayDifference[]
    /** Events that the driver emitted, by type. */
    readonly told: Readonly<Record<string, number>>
    /** Recorded events by type, when the capture has them and they differ. */
    readonly toldThen: Readonly<Record<string, number>> | null
  }
}

const count = (into: Record<string, number>, name: string): void => {
  into[name] = (into[name] ?? 0) + 1
}

interface Waiting {
  readonly hex: string
  readonly late: boolean
}

/** One driver compared with its capture. */
class Beside {
  readonly differences: ReplayDifference[] = []
  readonly told: Record<string, number> = {}
  sent = 0
  matched = 0
  private readonly driver: ReplayDriver
  private waiting: readonly Waiting[] = []

  constructor(driver: ReplayDriver) {
    this.driver = driver
  }

  take(event: RingEvent, line: number): void {
    if (event.kind === 'out') {
      this.compare(hexOf(event.bytes), line)
      return
    }
    this.flush(line)
    // Delayed sends are lost with their link.
    if (event.kind === 'linkDown') this.forget()
    const { sent, told } = this.driver.take(event)
    for (const type of told) count(this.told, type)
    this.sent += sent.length
    this.waiting = [...this.waiting, ...sent]
  }

  /** Reports bytes that were sent and not found in the capture before this line. */
  flush(line: number): void {
    for (const { hex, late } of this.waiting)
      if (!late) this.differ({ line, captured: null, sent: hex })
    this.waiting = this.waiting.filter(({ late }) => late)
  }

  /** Delayed sends at the end of a capture were not sent yet. */
  forget(): void {
    this.sent -= this.waiting.length
    this.waiting = []
  }

  private compare(captured: string, line: number): void {
    const [next, ...rest] = this.waiting
    this.waiting = rest
    const sent = next?.hex ?? null
    if (sent === captured) this.matched++
    else this.differ({ line, captured, sent })
  }

  private differ(difference: ReplayDifference): void {
    if (this.differences.length < differencesMax) this.differences.push(difference)
  }
}

/** Rows of the whole capture, in order; an antenna's by the table of its variant. */
export function* captureRows(
  capture: Capture,
  rsu: RsuVariant | null = null,
): Generator<DecodedRow> {
  const decoder = decoderOf(capture.head, rsu)
  for (const event of capture.events) yield* decoder.take(event)
  yield* decoder.end()
}

/**
 * Reports an event that the driver cannot process although its members are valid, with its line and without a stack.
 */
function fitting<T>(line: number, what: unknown, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof LaneFault || !(error instanceof Error)) throw error
    const value = JSON.stringify(what).slice(0, 200)
    const note = t(
      `${line === 1 ? '开头写的驱动' : '这一行'}不能回放`,
      `${line === 1 ? 'the driver in the head' : 'this line'} cannot be replayed`,
    )
    throw new LaneFault('WIRE-01', { field: `line ${line}`, value, note })
  }
}

function besideOf({ head, events }: Capture, rsu: ReplayedVariant | null): Beside | null {
  const driver = fitting(1, head.driver ?? null, () => replayDriverOf(head, rsu))
  if (driver === null) return null
  const beside = new Beside(driver)
  // The head is the first line of the file.
  events.forEach((event, i) =>
    fitting(i + 2, event, () => {
      beside.take(event, i + 2)
    }),
  )
  beside.flush(0)
  beside.forget()
  return beside
}

const sameCounts = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): boolean => [...Object.keys(a), ...Object.keys(b)].every((type) => a[type] === b[type])

export function replayCapture(capture: Capture, rsu: ReplayedVariant | null = null): ReplayResult {
  const { head, events, end = null } = capture
  const frames = { in: 0, out: 0, bad: 0 }
  const types: Record<string, number> = {}
  let discarded = 0
  for (const row of captureRows(capture, rsu?.variant)) {
    discarded += row.discarded
    if (row.direction === 'link' || row.hex === '') continue
    frames[row.direction]++
    if (!row.ok) frames.bad++
    count(types, `${row.direction} ${row.type === '' ? row.name : row.type}`)
  }
  const beside = besideOf(capture, rsu)
  const { sent = 0, matched = 0, told = {}, differences = [] } = beside ?? {}
  const then = beside === null ? null : (end?.told ?? null)
  const toldThen = then === null || sameCounts(then, told) ? null : then
  const whole = end === null ? null : end.crc32 === checkOf(events)
  return {
    ok: frames.bad === 0 && differences.length === 0 && toldThen === null && whole !== false,
    device: head.device,
    variant: head.variant,
    startedAtIso: head.startedAtIso,
    durationMs: Math.round((events.at(-1)?.monoUs ?? 0) / 1000),
    frames,
    types,
    discarded,
    whole,
    driver: { compared: beside !== null, sent, matched, differences, told, toldThen },
  }
}
