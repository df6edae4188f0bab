// One measurement: passages, tries and times from the frames received between two moments.
// A car without any frame is known only when a person or a loop counted it.
import type { FieldPoint, TuneSignal } from './signals.ts'

interface MeasureFrame {
  readonly fromMs: number
  readonly toMs: number
  /** Number of cars that a person drove through; null: not counted. */
  readonly passesReported: number | null
  /** OBUs of the cars of this lane; empty: not stated, so that foreign OBUs cannot be recognised. */
  readonly cars: readonly string[]
  readonly field: readonly FieldPoint[]
  /** Reads of the antennas of other lanes. */
  readonly beside?: readonly TuneSignal[]
}

/** Middle half and middle of samples, in the samples' own unit. */
interface Spread {
  readonly n: number
  readonly low: number
  readonly median: number
  readonly high: number
}

export interface FrameSight {
  readonly frame: string
  readonly count: number
  /** Middle of the time since its try began, ms. */
  readonly afterMs: number
  /** Middle of the time from its first to its last sight within a passage, ms. */
  readonly visibleMs: number
}

export interface Measurement {
  readonly listenedMs: number
  readonly passes: {
    /** Number of cars; null: not counted. */
    readonly total: number | null
    readonly from: 'told' | 'loop' | null
    readonly seen: number
    readonly read: number
  }
  readonly tries: {
    readonly begun: number
    readonly complete: number
    /** Tries beyond the first of a passage before its card was read. */
    readonly retries: number
    /** Frames that came again byte for byte. */
    readonly repeats: number
  }
  /** First frame that the link shows of a try. */
  readonly opensWith: 'B2' | 'B4' | null
  /** Last frame of complete tries: B4 without a charge. */
  readonly reach: 'B4' | 'B5' | null
  /** Samples, in the order of passages: the statistics need them all. */
  readonly attemptMs: readonly number[]
  /** Time from first to last frame of cars with at least two exchanges: a single one shows no zone. */
  readonly visibleMs: readonly number[]
  readonly frames: readonly FrameSight[]
  /** Readings of foreign OBUs; null: own OBUs not stated. */
  readonly neighbourReads: number | null
  /** OBUs that the antenna of another lane read, too; null: no car was read there; absent in earlier steps. */
  readonly besideReads?: number | null
  readonly field: readonly FieldPoint[]
}

/** The same OBU after a silence this long is another passage of it. */
const passageGapMs = 5_000
const opening = new Set(['B2', 'B4'])
const carFrames = ['B2', 'B3', 'B4', 'B5']

interface Try {
  readonly fromMs: number
  lastMs: number
  readonly opened: string
  complete: boolean
  charged: boolean
  readonly heard: { readonly frame: string; readonly atMs: number }[]
}

interface Passage {
  readonly obuId: string
  readonly fromMs: number
  lastMs: number
  readRetries: number
  read: boolean
  lastHex: string
  readonly tries: Try[]
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const low = sorted[Math.floor(at)] ?? 0
  const high = sorted[Math.ceil(at)] ?? low
  return low + (high - low) * (at - Math.floor(at))
}

export const spreadOf = (samples: readonly number[]): Spread | null =>
  samples.length === 0
    ? null
    : {
        n: samples.length,
        low: quantile(samples, 0.25),
        median: median(samples),
        high: quantile(samples, 0.75),
      }

const tenths = (ms: number): number => Math.round(ms * 10) / 10

class Sorter {
  readonly passages: Passage[] = []
  repeats = 0
  private readonly open = new Map<string, Passage>()

  at(obuId: string, atMs: number): Passage {
    const before = this.open.get(obuId)
    if (before !== undefined && atMs - before.lastMs < passageGapMs) {
      before.lastMs = atMs
      return before
    }
    const passage: Passage = {
      obuId,
      fromMs: atMs,
      lastMs: atMs,
      readRetries: 0,
      read: false,
      lastHex: '',
      tries: [],
    }
    this.passages.push(passage)
    this.open.set(obuId, passage)
    return passage
  }

  frameIn(obuId: string, frame: string, hex: string, atMs: number): void {
    const passage = this.at(obuId, atMs)
    if (passage.lastHex === hex) {
      this.repeats++
      return
    }
    passage.lastHex = hex
    const current = passage.tries.at(-1)
    const opens = opening.has(frame) && !(frame === 'B4' && current?.opened === 'B2')
    if (current === undefined || opens) {
      if (passage.tries.length > 0 && !passage.read) passage.readRetries++
      passage.tries.push({
        fromMs: atMs,
        lastMs: atMs,
        opened: frame,
        complete: false,
        charged: false,
        heard: [{ frame, atMs }],
      })
      return
    }
    current.lastMs = atMs
    current.heard.push({ frame, atMs })
    if (frame === 'B5') current.charged = true
  }

  /** An answer of ours is part of the try that it answers. */
  frameOut(obuId: string): Try | undefined {
    return this.open.get(obuId)?.tries.at(-1)
  }
}

function sort(signals: readonly TuneSignal[]): Sorter {
  const sorter = new Sorter()
  for (const signal of signals) {
    if (signal.type === 'trigger') continue
    if (signal.type === 'frame') {
      const { frame, obuId, hex, atMs } = signal
      if (obuId === null) continue
      if (signal.direction === 'in') {
        if (carFrames.includes(frame)) sorter.frameIn(obuId, frame, hex, atMs)
      } else {
        const answered = sorter.frameOut(obuId)
        if (answered !== undefined) answered.lastMs = atMs
      }
      continue
    }
    const passage = sorter.at(signal.obuId, signal.atMs)
    if (signal.type === 'unreadable') continue
    passage.read = true
    const last = passage.tries.at(-1)
    if (last !== undefined) last.complete = true
  }
  return sorter
}

const framesOf = (passages: readonly Passage[]): FrameSight[] =>
  carFrames.flatMap((frame) => {
    const after: number[] = []
    const visible: number[] = []
    for (const { tries } of passages) {
      const sights: number[] = []
      for (const one of tries)
        for (const receivedFrame of one.heard)
          if (receivedFrame.frame === frame) {
            after.push(receivedFrame.atMs - one.fromMs)
            sights.push(receivedFrame.atMs)
          }
      const [first] = sights
      if (first !== undefined) visible.push((sights.at(-1) ?? first) - first)
    }
    if (after.length === 0) return []
    const [afterMs, visibleMs] = [tenths(median(after)), tenths(median(visible))]
    return [{ frame, count: after.length, afterMs, visibleMs }]
  })

function passesOf(own: readonly Passage[], given: MeasureFrame, triggers: number) {
  const seen = own.length
  const counted = given.passesReported ?? (triggers > 0 ? triggers : null)
  const from = given.passesReported !== null ? 'told' : triggers > 0 ? 'loop' : null
  return {
    // More cars received than counted: the count was wrong, and a rate above 1 would be meaningless.
    total: counted === null ? null : Math.max(counted, seen),
    from,
    seen,
    read: own.filter((one) => one.read).length,
  } as const
}

/** Assumed: a car needs longer from the zone of one antenna to that of another lane, ms. */
const besideMs = 10_000

/** OBUs that this antenna and that of another lane read at nearly the same time; null: no car was read there. */
function besideOf(inside: readonly TuneSignal[], beside: readonly TuneSignal[]): number | null {
  const there = beside.flatMap((one) => (one.type === 'read' ? [one] : []))
  if (there.length === 0) return null
  const both = inside.flatMap((here) =>
    here.type === 'read' &&
    there.some(
      ({ obuId, atMs }) =>
        obuId.toUpperCase() === here.obuId.toUpperCase() && Math.abs(atMs - here.atMs) <= besideMs,
    )
      ? [here.obuId.toUpperCase()]
      : [],
  )
  return new Set(both).size
}

/** Evaluates the signals of one time range. */
export function measure(signals: readonly TuneSignal[], given: MeasureFrame): Measurement {
  const inside = signals.filter(({ atMs }) => atMs >= given.fromMs && atMs <= given.toMs)
  const sorter = sort(inside)
  const known = new Set(given.cars.map((id) => id.toUpperCase()))
  const own = sorter.passages.filter(({ obuId }) => known.size === 0 || known.has(obuId))
  const others = sorter.passages.filter((one) => !own.includes(one))
  const tries = own.flatMap((one) => one.tries)
  const complete = tries.filter((one) => one.complete)
  const charged = complete.filter((one) => one.charged)
  const timed = charged.length > 0 ? charged : complete
  const opened = timed[0]?.opened
  return {
    listenedMs: Math.round(given.toMs - given.fromMs),
    passes: passesOf(own, given, inside.filter(({ type }) => type === 'trigger').length),
    tries: {
      begun: tries.length,
      complete: complete.length,
      retries: own.reduce((sum, one) => sum + one.readRetries, 0),
      repeats: sorter.repeats,
    },
    opensWith: opened === undefined ? null : opened === 'B4' ? 'B4' : 'B2',
    reach: timed.length === 0 ? null : charged.length > 0 ? 'B5' : 'B4',
    attemptMs: timed.map((one) => tenths(one.lastMs - one.fromMs)),
    visibleMs: own
      .filter((one) => one.tries.length > 1)
      .map((one) => tenths(one.lastMs - one.fromMs)),
    frames: framesOf(own),
    neighbourReads: known.size === 0 ? null : others.filter((one) => one.read).length,
    besideReads: besideOf(inside, given.beside ?? []),
    field: given.field,
  }
}
