// Dahua by subscription: events with pictures, or without them on older firmware. Measures its clock, and whether its
// epoch is local time (lane-devices.md 1.2).
import { instantOf, minuteMs } from '../../../core/values/instant.ts'
import type { Check, Found, Now, StreamDialect, TextResult } from '../stream/dialect.ts'
import type { Part } from '../stream/multipart.ts'
import { cameraText, utf8Text } from '../text.ts'
import type { DahuaScale } from './event.ts'
import { dahuaEventOf, saidTimeOf } from './event.ts'
import type { Fields } from './keys.ts'
import { eventsOfLines, managedEventOf } from './keys.ts'

interface DahuaPullState {
  readonly deviceId: string
  readonly subscription: 'pictures' | 'events'
  /** Clock of the camera minus ours, from its own answer; null: not answered yet. */
  readonly clockOffsetMs: number | null
  /** Its epoch minus the true one: 0, or the offset of its time zone; null until it was measured. */
  readonly quirkMs: number | null
}

interface DahuaPullOptions extends DahuaScale {
  /** Names the camera until it has sent its serial number. */
  readonly address: string
  readonly channel: number
}

const heartbeatSec = 5
const zoneMs = 8 * 60 * minuteMs
/** Clocks that differ by less count as equal; far below a time zone offset. */
const sameClockMs = 5 * minuteMs

/** Civil time of the camera, which stands in China. */
export function civilTimeOf(text: string): number | null {
  const m = /result\s*=\s*(\d{4})-(\d{1,2})-(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})/.exec(text)
  if (m === null) return null
  const [year, month, day, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const fits = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24
  const ofDayMs = ((hour * 60 + minute) * 60 + second) * 1000
  return fits ? instantOf(year, month, day, ofDayMs) : null
}

/**
 * The epoch difference that explains a current event: after the measured clock offset, nearly zero or nearly the time
 * zone offset remains. Any other remainder explains nothing, and the known value stays.
 */
function quirkOf(d: DahuaPullState, saidMs: number, wallMs: number): number | null {
  const leftMs = saidMs - wallMs - (d.clockOffsetMs ?? 0)
  if (Math.abs(leftMs) < sameClockMs) return 0
  return Math.abs(leftMs - zoneMs) < sameClockMs ? zoneMs : d.quirkMs
}

const serialCheck: Check<DahuaPullState> = {
  request: () => ({ method: 'GET', path: '/cgi-bin/magicBox.cgi?action=getSerialNo' }),
  judge(d, status, body) {
    const serial = status === 200 ? /\bsn=([\w-]{4,64})/.exec(utf8Text(body))?.[1] : undefined
    return { d: { ...d, deviceId: serial ?? d.deviceId }, hold: null, clockOffsetMs: null }
  },
}

const clockCheck: Check<DahuaPullState> = {
  request: () => ({ method: 'GET', path: '/cgi-bin/global.cgi?action=getCurrentTime' }),
  judge(d, status, body, now) {
    const atMs = status === 200 ? civilTimeOf(utf8Text(body)) : null
    const clockOffsetMs = atMs === null ? null : atMs - now.wallMs
    return { d: { ...d, clockOffsetMs }, hold: null, clockOffsetMs }
  },
}

function pathOf({ subscription }: DahuaPullState, channel: number): string {
  const heartbeat = `heartbeat=${heartbeatSec}`
  return subscription === 'pictures'
    ? '/cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=[TrafficJunction]' +
        `&channel=${channel}&${heartbeat}`
    : `/cgi-bin/eventManager.cgi?action=attach&codes=[TrafficJunction]&${heartbeat}`
}

type Texts = readonly { readonly code: string | null; readonly fields: Fields }[]

function textsOf(text: string): Texts | 'keepAlive' | null {
  if (/^\s*Heartbeat\s*$/i.test(text)) return 'keepAlive'
  const managed = managedEventOf(text)
  if (managed !== null) {
    const { code, action, fields } = managed
    // A `Stop` ends an event and is not a second one.
    return action === 'Stop' ? 'keepAlive' : [{ code, fields }]
  }
  const events = eventsOfLines(text)
  return events === null || events.length === 0
    ? null
    : events.map((fields) => ({ code: null, fields }))
}

function takeText(
  given: DahuaPullState,
  part: Part,
  now: Now,
  scale: DahuaScale,
): TextResult<DahuaPullState> {
  const texts = textsOf(cameraText(part.bytes, part.charset))
  if (texts === 'keepAlive') return { d: given, found: [{ kind: 'keepAlive' }] }
  if (texts === null)
    return { d: given, found: [{ kind: 'refused', what: 'noEvents', other: false }] }
  let d = given
  const found: Found[] = texts.map(({ code, fields }) => {
    const saidMs = saidTimeOf(fields)
    if (saidMs !== null) d = { ...d, quirkMs: quirkOf(d, saidMs, now.wallMs) }
    const event = dahuaEventOf(fields, code, d.deviceId, { saidMs, quirkMs: d.quirkMs }, scale)
    return event.kind === 'refused'
      ? { ...event, other: true }
      : { kind: 'draft', draft: event.draft }
  })
  return { d, found }
}

/** Whether a text part is complete: lines end with a line end; JSON is complete when it parses. */
function wholeText(part: Part): boolean {
  const last = part.bytes.at(-1)
  if (last === 0x0a || last === 0x7d) {
    const text = utf8Text(part.bytes)
    return /^\s*Code=/.test(text) ? managedEventOf(text) !== null : last === 0x0a
  }
  return part.bytes.length < 32 && /^\s*Heartbeat$/i.test(utf8Text(part.bytes))
}

export const dahuaPull = (options: DahuaPullOptions): StreamDialect<DahuaPullState> => ({
  initial: () => ({
    deviceId: options.address,
    subscription: 'pictures',
    clockOffsetMs: null,
    quirkMs: null,
  }),
  checks: [serialCheck, clockCheck],
  recheckMs: 600_000,
  subscription: (d) => ({ method: 'GET', path: pathOf(d, options.channel) }),
  otherSubscription: (d, status) =>
    d.subscription === 'pictures' && status >= 400 && status < 500 && status !== 403
      ? { ...d, subscription: 'events' }
      : null,
  // Three heartbeats.
  silenceMs: 3 * heartbeatSec * 1000,
  deviceId: (d) => d.deviceId,
  wholeText,
  text: (d, part, now) => takeText(d, part, now, options),
})
