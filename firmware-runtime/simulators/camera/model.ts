// The camera as a pure model: plates in, pushes out; a push that was not taken is sent again later.
// The caller sends a push over HTTP (or drops it) and reports the result.
import { type PushStyle } from './push-style.ts'
import type { Timing } from '../shell/arguments.ts'
import { DeviceModel, type GoneOutput, type RowOutput } from '../shell/device-model.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { hikvisionPush } from './hikvision-push.ts'
import type { PushPart } from './push.ts'
import { isCameraRow, sightingOf, type CameraRow, type Sighting } from './sighting.ts'

const cameraFaults: FaultEngineOptions = { places: ['push'], moreActions: ['reorderParts'] }

export interface Push {
  /** Counts pushes, not sightings. */
  readonly pushId: number
  readonly sightingId: number
  readonly history: boolean
  readonly parts: readonly PushPart[]
  readonly body: Uint8Array
  /** Sizes of the chunks in which the body is sent; the last chunk is the rest. */
  readonly pieces: readonly number[]
  /** The connection breaks after this many bytes; null: never. */
  readonly cutAt: number | null
}

export type CameraOutput =
  | { readonly atUs: number; readonly do: 'push'; readonly push: Push }
  | RowOutput<CameraRow>
  | GoneOutput

interface CameraModelOptions {
  readonly timing: Timing
  readonly seed: number
  /** Device identity; survives an IP change. */
  readonly macAddress?: string
  readonly faults?: FaultEngine
  readonly rows?: readonly unknown[]
  /** Absent: the style of Hikvision cameras. */
  readonly style?: PushStyle
}

interface Pending {
  readonly sighting: Sighting
  posts: number
  history: boolean
  /** Failed or overtaken: waits for the next round. */
  waits: boolean
}

/** Trigger to event 150 to 400 ms, then the pictures (lane-devices.md 1.7). */
const delayMs = { instant: [0, 0], standard: [200, 450] } as const
const retryMs = { instant: 200, standard: 5000 } as const
const pendingMax = 10_000
const rePushMax = 8
const bootMs = 1000

export class CameraModel extends DeviceModel<CameraOutput> {
  readonly macAddress: string
  colourInFront = true
  readonly #timing: Timing
  readonly #style: PushStyle
  readonly #pending = new Map<number, Pending>()
  readonly #flying = new Map<number, { pending: Pending; answerLost: boolean; repeats: boolean }>()
  #queue: { pending: Pending; fault: FaultAction | null }[] = []
  #held: { pending: Pending; fault: FaultAction | null }[] = []
  #lastId = 0
  #lastPush = 0
  #offUntilUs = 0
  #retryPlanned = false
  readonly #counts = { seen: 0, delivered: 0, deliveredHistory: 0, failed: 0, lost: 0 }

  constructor(options: CameraModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(cameraFaults))
    this.#timing = options.timing
    this.#style = options.style ?? hikvisionPush
    const last = (options.seed & 0xff).toString(16).padStart(2, '0')
    this.macAddress = options.macAddress ?? `02:00:5e:10:00:${last}`
    for (const row of options.rows ?? []) this.#restore(row)
    if (this.#pending.size > 0) this.#retryLater()
  }

  /** A car is seen. Throws ARG-01 for a body that is not a reading. */
  see(body: unknown, nowIso: string, atUs: number): { id: number; outputs: CameraOutput[] } {
    const read = sightingOf(body, nowIso)
    this.agenda.runUntil(atUs)
    const sighting: Sighting = { id: ++this.#lastId, ...read }
    // A camera without power sees nothing; the number is used up, as in real cameras.
    if (!this.#off()) this.#kept(sighting)
    return { id: sighting.id, outputs: this.advance(atUs) }
  }

  /** The result of a push: true for any 2xx. */
  ended(pushId: number, taken: boolean, atUs: number): CameraOutput[] {
    this.agenda.runUntil(atUs)
    const flight = this.#flying.get(pushId)
    this.#flying.delete(pushId)
    if (flight) {
      const { pending, answerLost, repeats } = flight
      if (taken && !answerLost) this.#delivered(pending)
      else this.#failed(pending)
      if (repeats) this.#queue.unshift({ pending, fault: null })
    }
    this.#next()
    return this.advance(atUs)
  }

  state(): Record<string, unknown> {
    return {
      macAddress: this.macAddress,
      ...this.#counts,
      pending: this.#pending.size,
      off: this.#off(),
      colourInFront: this.colourInFront,
    }
  }

  #off(): boolean {
    return this.agenda.nowUs < this.#offUntilUs
  }

  #row(row: CameraRow): void {
    this.out({ atUs: this.agenda.nowUs, do: 'row', row })
  }

  #kept(sighting: Sighting): void {
    this.#counts.seen++
    this.#row({ row: 'seen', sighting })
    const pending: Pending = { sighting, posts: 0, history: false, waits: false }
    this.#pending.set(sighting.id, pending)
    if (this.#pending.size > pendingMax) {
      const oldest = this.#pending.keys().next().value
      if (oldest !== undefined) this.#drop(oldest)
    }
    const [min, max] = delayMs[this.#timing]
    const fault = this.faults.decide('push', 'before')
    const moreMs = fault?.do === 'delay' ? fault.ms : 0
    this.agenda.plan(1000 * (moreMs + min + (max - min) * this.random()), () => {
      if (fault?.do === 'drop') this.#drop(sighting.id)
      else if (fault && this.apply(fault)) this.#failed(pending)
      else if (fault?.do === 'reorder') this.#held.push({ pending, fault: null })
      else {
        const rest = fault?.do === 'delay' ? null : fault
        this.#queue.push({ pending, fault: rest }, ...this.#held)
        this.#held = []
        this.#next()
      }
    })
  }

  #drop(id: number): void {
    this.#pending.delete(id)
    this.#counts.lost++
    this.#row({ row: 'lost', id })
  }

  /** One push at a time, as real cameras do. */
  #next(): void {
    if (this.#flying.size > 0) return
    const item = this.#queue.shift()
    if (!item) return
    if (this.#off()) {
      this.#failed(item.pending)
      this.#next()
      return
    }
    const { pending, fault: before } = item
    const fault = before ?? this.faults.decide('push', 'after')
    pending.posts++
    const push = this.#push(pending, fault)
    this.#flying.set(push.pushId, {
      pending,
      answerLost: fault?.do === 'drop',
      repeats: fault?.do === 'duplicate',
    })
    this.out({ atUs: this.agenda.nowUs, do: 'push', push })
  }

  #push(pending: Pending, fault: FaultAction | null): Push {
    const { sighting, posts, history } = pending
    const { macAddress, colourInFront } = this
    const reordered = fault?.do === 'reorderParts'
    const content = { sighting, posts, history, macAddress, colourInFront, reordered }
    const { parts, body: whole } = this.#style(content)
    const body = fault?.do === 'flip' ? this.mangled(whole, fault) : whole
    return {
      pushId: ++this.#lastPush,
      sightingId: pending.sighting.id,
      history: pending.history,
      parts,
      body,
      pieces: this.#pieces(body.length),
      cutAt: fault?.do === 'cut' ? Math.ceil(body.length / 2) : null,
    }
  }

  /** Odd chunk sizes: they split headers, boundaries and multi-byte characters. */
  #pieces(length: number): number[] {
    const cuts = Array.from({ length: 4 }, () => 1 + Math.floor(this.random() * length))
    cuts.push(1 + Math.floor(this.random() * Math.min(length, 1200)))
    cuts.sort((a, b) => a - b)
    return cuts.map((cut, i) => cut - (cuts[i - 1] ?? 0)).filter((size) => size > 0)
  }

  #delivered(pending: Pending): void {
    const { id } = pending.sighting
    if (!this.#pending.delete(id)) return
    this.#counts.delivered++
    if (pending.history) this.#counts.deliveredHistory++
    this.#row({ row: 'delivered', id, history: pending.history })
  }

  /** A failed push becomes history: it is sent again when the target answers. */
  #failed(pending: Pending): void {
    if (!this.#pending.has(pending.sighting.id)) return
    this.#counts.failed++
    pending.history = true
    pending.waits = true
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#retryPlanned) return
    this.#retryPlanned = true
    this.agenda.plan(1000 * retryMs[this.#timing], () => {
      this.#retryPlanned = false
      // A few at a time, oldest first, so that a lane that is back is not flooded.
      const waiting = [...this.#pending.values()].filter((p) => p.waits)
      for (const pending of waiting.slice(0, this.#off() ? 0 : rePushMax)) {
        pending.waits = false
        this.#queue.push({ pending, fault: null })
      }
      if (waiting.length > 0) this.#retryLater()
      this.#next()
    })
  }

  /** Off or cut from the network for a time; sightings meanwhile are sent later. */
  protected override apply(action: FaultAction): boolean {
    if (!['silence', 'reboot', 'unplug'].includes(action.do)) return false
    this.#offUntilUs = this.agenda.nowUs + (action.ms || bootMs) * 1000
    return true
  }

  #restore(row: unknown): void {
    if (!isCameraRow(row)) throw new Error('the books hold a row that no camera simulator wrote')
    if (row.row === 'seen') {
      const { sighting } = row
      this.#counts.seen++
      this.#lastId = Math.max(this.#lastId, sighting.id)
      this.#pending.set(sighting.id, { sighting, posts: 1, history: true, waits: true })
      return
    }
    this.#pending.delete(row.id)
    if (row.row === 'lost') this.#counts.lost++
    else {
      this.#counts.delivered++
      if (row.history) this.#counts.deliveredHistory++
    }
  }
}

export const createCameraModel = (options: CameraModelOptions): CameraModel =>
  new CameraModel(options)
