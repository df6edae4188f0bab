// A satellite receiver on a serial line: (state, event) -> (state, effects). It only listens. The sentences of one
// second are judged together: a single status V makes the time invalid.
import type { DownText } from '#base/pure/words/notes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noTimer, timer, type Step, type TimerEffect } from '#base/pure/values/step.ts'
import { noScan, scan, type Arrival, type Scan } from './framing.ts'
import { readSentence, type NmeaSentence } from './sentences.ts'
import { constellationOf, noSky, skyWith, type Sky } from './sky.ts'
import { change, count, emit, type Draft, type DriverEvent } from '../../driver.ts'

/** A receiver sends every second; after this many missed seconds it is treated as absent. */
export const nmeaSilentMs = 5_000
/** A pause this long ends a burst; at 4800 baud two sentences follow each other within 2 ms. */
const burstGapMs = 150
/** Serial delay varies by 100 to 500 ms; a real jump is at least a whole second. */
const jumpMsMin = 700

/** All data received for one moment. */
interface Epoch {
  readonly timeOfDayMs: number | null
  readonly began: Arrival
  readonly talker: string
  readonly rmc: { readonly dayMs: InstantMs | null; readonly isFix: boolean } | null
  readonly gga: { readonly isFix: boolean; readonly satellites: number | null } | null
  readonly zdaDayMs: InstantMs | null
}

export interface NmeaState {
  readonly link: 'up' | 'down' | 'dropping'
  readonly reported: 'up' | 'down' | null
  readonly scan: Scan
  readonly epoch: Epoch | null
  readonly sky: Sky
  readonly last: { readonly utcMs: InstantMs; readonly atMs: number } | null
  readonly counters: {
    readonly sentences: number
    readonly badSums: number
    readonly refused: number
    readonly discardedBytes: number
    readonly times: number
    readonly repeats: number
    readonly jumps: number
  }
}

interface NmeaTime {
  readonly utcMs: InstantMs
  /** When the first byte of its burst arrived, by the clock that is being measured. */
  readonly arrivedMs: InstantMs
  readonly talker: string
  readonly constellation: string | null
  readonly satellites: number | null
}

export type NmeaEvent =
  | { readonly type: 'nmeaUp' }
  | { readonly type: 'nmeaDown'; readonly reason: DownText }
  | ({ readonly type: 'time' } & NmeaTime)
  /** The receiver sends, but no valid time. */
  | { readonly type: 'noTime'; readonly why: 'noFix' | 'noDate' | 'twoDates' }
  /** Its time advanced by another amount than our clock (difference `byMs`): its earlier times are in doubt. */
  | { readonly type: 'jumped'; readonly byMs: number }

export type NmeaEffect =
  | { readonly do: 'emit'; readonly event: NmeaEvent }
  | { readonly do: 'dropLink'; readonly reason: DownText }
  | TimerEffect

export type NmeaInput = DriverEvent

export const startNmea = (): NmeaState => ({
  link: 'down',
  reported: null,
  scan: noScan,
  epoch: null,
  sky: noSky,
  last: null,
  counters: {
    sentences: 0,
    badSums: 0,
    refused: 0,
    discardedBytes: 0,
    times: 0,
    repeats: 0,
    jumps: 0,
  },
})

interface NmeaDraft extends Draft<NmeaState, NmeaEffect> {
  readonly atMs: number
}

/** The instant on which the sentences agree, or the reason why they give no time. */
function instantIn(epoch: Epoch): InstantMs | 'noFix' | 'noDate' | 'twoDates' {
  const { rmc, gga, zdaDayMs, timeOfDayMs } = epoch
  const said = [rmc?.isFix, gga?.isFix].filter((isFix) => isFix !== undefined)
  if (said.length === 0 || said.includes(false) || timeOfDayMs === null) return 'noFix'
  const rmcDayMs = rmc?.dayMs ?? null
  if (rmcDayMs !== null && zdaDayMs !== null && rmcDayMs !== zdaDayMs) return 'twoDates'
  const dayMs = zdaDayMs ?? rmcDayMs
  return dayMs === null ? 'noDate' : dayMs + timeOfDayMs
}

/** Ends the burst and emits its result once. */
function closeEpoch(d: NmeaDraft): void {
  const { epoch, last, sky } = d.s
  if (epoch === null) return
  change(d, { epoch: null })
  const utcMs = instantIn(epoch)
  if (typeof utcMs !== 'number') {
    // A receiver that lost its fix starts anew: a jump after that is not reported.
    if (utcMs === 'noFix') change(d, { last: null })
    return emit(d, { type: 'noTime', why: utcMs })
  }
  const { began, talker, gga } = epoch
  if (last?.utcMs === utcMs) return count(d, 'repeats')
  if (last !== null) {
    const byMs = utcMs - last.utcMs - (began.atMs - last.atMs)
    if (Math.abs(byMs) >= jumpMsMin) {
      count(d, 'jumps')
      emit(d, { type: 'jumped', byMs })
    }
  }
  change(d, { last: { utcMs, atMs: began.atMs } })
  count(d, 'times')
  const constellation = constellationOf(talker, sky, d.atMs)
  const satellites = gga?.satellites ?? null
  emit(d, { type: 'time', utcMs, arrivedMs: began.wallMs, talker, constellation, satellites })
}

function timed(
  d: NmeaDraft,
  sentence: Extract<NmeaSentence, { readonly timeOfDayMs: number | null }>,
  began: Arrival,
): void {
  const { timeOfDayMs, talker } = sentence
  if (d.s.epoch !== null && d.s.epoch.timeOfDayMs !== timeOfDayMs) closeEpoch(d)
  const fresh: Epoch = { timeOfDayMs, began, talker, rmc: null, gga: null, zdaDayMs: null }
  const epoch = d.s.epoch ?? fresh
  if (sentence.kind === 'rmc') change(d, { epoch: { ...epoch, talker, rmc: sentence } })
  else if (sentence.kind === 'gga') change(d, { epoch: { ...epoch, gga: sentence } })
  else change(d, { epoch: { ...epoch, zdaDayMs: sentence.dayMs } })
}

function sentenceReceived(d: NmeaDraft, body: string, began: Arrival): void {
  const sentence = readSentence(body)
  if (sentence.kind === 'refused') return count(d, 'refused')
  count(d, 'sentences')
  d.effects.push(timer('silence', nmeaSilentMs))
  if (d.s.reported !== 'up') emit(d, { type: 'nmeaUp' })
  change(d, { reported: 'up', sky: skyWith(d.s.sky, sentence, d.atMs) })
  if (sentence.kind === 'rmc' || sentence.kind === 'gga' || sentence.kind === 'zda')
    timed(d, sentence, began)
}

function bytesCame(d: NmeaDraft, bytes: Uint8Array, wallMs: number): void {
  const got = scan(d.s.scan, bytes, { atMs: d.atMs, wallMs })
  change(d, { scan: got.scan })
  count(d, 'badSums', got.badSums)
  count(d, 'discardedBytes', got.discardedBytes)
  for (const { body, began } of got.sentences) sentenceReceived(d, body, began)
  if (d.s.epoch !== null) d.effects.push(timer('burst', burstGapMs))
}

function down(d: NmeaDraft, reason: DownText): void {
  d.effects.push(noTimer('silence'), noTimer('burst'))
  change(d, { link: 'down', scan: noScan, epoch: null, sky: noSky, last: null })
  if (d.s.reported !== 'down') emit(d, { type: 'nmeaDown', reason })
  change(d, { reported: 'down' })
}

export function stepNmea(state: NmeaState, event: NmeaInput): Step<NmeaState, NmeaEffect> {
  const d: NmeaDraft = { s: state, effects: [], atMs: event.atMs }
  if (event.type === 'linkUp') {
    change(d, { link: 'up', scan: noScan })
    d.effects.push(timer('silence', nmeaSilentMs))
  } else if (event.type === 'linkDown') down(d, event.reason)
  else if (d.s.link === 'up' && event.type === 'bytes')
    bytesCame(d, event.bytes, event.businessNowMs)
  else if (d.s.link === 'up' && event.type === 'timer' && event.name === 'burst') closeEpoch(d)
  else if (d.s.link === 'up' && event.type === 'timer' && event.name === 'silence') {
    change(d, { link: 'dropping' })
    d.effects.push({ do: 'dropLink', reason: 'noReceiverSentence' })
  }
  return { state: d.s, effects: d.effects }
}
