// A receiver behind gpsd: (state, event) -> (state, effects). It requests reports and reads lines. A silent daemon is
// dropped and requested again; devices/pure/place/place.ts interprets the reports.
import { note, type DownText } from '#base/pure/words/notes.ts'
import { shownBytes } from '#base/pure/data/shown-bytes.ts'
import type { PositionReport } from '../../place/place.ts'
import { noTimer, timer, type Step } from '#base/pure/values/step.ts'
import { gpsdClock, type GpsdClock } from './clock.ts'
import { gpsdLine, watchRequest } from './report.ts'
import { change, count, emit, type Draft, type LinkEffect, type LinkEvent } from '../../driver.ts'

/** Reports come every second; after this many missed seconds the receiver counts as absent. */
export const gnssSilentMs = 5_000
/** A SKY object with all satellites has about 6,000 characters. */
const lineBytesMax = 16_384

export interface GnssState {
  readonly link: 'up' | 'down' | 'dropping'
  readonly reported: 'up' | 'down' | null
  /** Bytes of an incomplete line. */
  readonly carry: string
  /** A line that is too long is discarded up to its end. */
  readonly skipping: boolean
  /** The last line since the last report that was not understood; null: none. */
  readonly strange: string | null
  /** Also emits times and satellites, for clock measurements. */
  readonly tellsClock: boolean
  readonly counters: {
    readonly reports: number
    readonly refused: number
    readonly discardedBytes: number
  }
}

export type GnssEvent =
  | { readonly type: 'gnssUp' }
  | { readonly type: 'gnssDown'; readonly reason: DownText }
  | { readonly type: 'position'; readonly report: PositionReport }
  | { readonly type: 'clock'; readonly clock: GpsdClock }

export type GnssEffect = LinkEffect<GnssEvent>

export type GnssInput = { readonly atMs: number } & LinkEvent

export const startGnss = ({ tellsClock = false } = {}): GnssState => ({
  link: 'down',
  reported: null,
  carry: '',
  skipping: false,
  strange: null,
  tellsClock,
  counters: { reports: 0, refused: 0, discardedBytes: 0 },
})

type GnssDraft = Draft<GnssState, GnssEffect>

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

function lineCame(d: GnssDraft, text: string): void {
  if (text.trim() === '') return
  const clock = d.s.tellsClock ? gpsdClock(text) : null
  if (clock !== null) emit(d, { type: 'clock', clock })
  const line = gpsdLine(text)
  if (line.kind === 'other') return
  if (line.kind === 'refused') {
    count(d, 'refused', 1)
    change(d, { strange: shownBytes(ascii(text)) })
    count(d, 'discardedBytes', text.length)
    return
  }
  count(d, 'reports', 1)
  change(d, { strange: null })
  d.effects.push(timer('silence', gnssSilentMs))
  if (d.s.reported !== 'up') emit(d, { type: 'gnssUp' })
  change(d, { reported: 'up' })
  emit(d, { type: 'position', report: line.report })
}

function bytesCame(d: GnssDraft, bytes: Uint8Array): void {
  // One character for each byte: the names and numbers that are read are ASCII.
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  const lines = (d.s.carry + text).split('\n')
  const rest = lines.pop() ?? ''
  for (const line of lines) {
    if (d.s.skipping) count(d, 'discardedBytes', line.length)
    else lineCame(d, line)
    change(d, { skipping: false })
  }
  const tooLong = d.s.skipping || rest.length > lineBytesMax
  if (tooLong) count(d, 'discardedBytes', rest.length)
  if (tooLong) change(d, { strange: shownBytes(ascii(rest)) })
  change(d, { carry: tooLong ? '' : rest, skipping: tooLong })
}

function down(d: GnssDraft, reason: DownText): void {
  d.effects.push(noTimer('silence'))
  change(d, { link: 'down', carry: '', skipping: false })
  if (d.s.reported !== 'down') emit(d, { type: 'gnssDown', reason })
  change(d, { reported: 'down' })
}

export function stepGnss(state: GnssState, event: GnssInput): Step<GnssState, GnssEffect> {
  const d: GnssDraft = { s: state, effects: [] }
  if (event.type === 'linkUp') {
    change(d, { link: 'up', carry: '', skipping: false, strange: null })
    d.effects.push({ do: 'send', bytes: ascii(watchRequest) }, timer('silence', gnssSilentMs))
  } else if (event.type === 'linkDown') down(d, event.reason)
  else if (d.s.link === 'up' && event.type === 'bytes') bytesCame(d, event.bytes)
  else if (d.s.link === 'up' && event.type === 'timer' && event.name === 'silence') {
    change(d, { link: 'dropping' })
    // Lines that are understood and hold no position are not an answer that was not understood.
    const { carry, strange } = d.s
    const odd = strange ?? (carry === '' ? null : shownBytes(ascii(carry)))
    const reason = odd === null ? note('noPositionReport') : note('answeredStrange', odd)
    d.effects.push({ do: 'dropLink', reason })
  }
  return { state: d.s, effects: d.effects }
}
