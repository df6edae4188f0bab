// Dahua by subscription: events with pictures, or without them on older firmware. Asks the camera for its time
// (lane-devices.md 1.2).
import type { Check, Found, StreamDialect, TextResult } from '../stream/dialect.ts'
import type { Part } from '../stream/multipart.ts'
import { cameraText, utf8Text } from '../text.ts'
import { timeBy } from '../times.ts'
import { civilTimes, dahuaEventOf, type DahuaEvent, type DahuaScale } from './event.ts'
import { eventsOfLines, type Fields, managedEventOf } from './keys.ts'

interface DahuaPullState {
  readonly deviceId: string
  /** Null: not told. */
  readonly serial: string | null
  readonly subscription: 'pictures' | 'events'
}

interface DahuaPullOptions extends DahuaScale {
  /** Names the camera until it has sent its serial number. */
  readonly address: string
  readonly channel: number
}

/** What is asked of a camera, and how an event is decoded. */
interface DahuaEvents {
  readonly codes: readonly string[]
  readonly of: typeof dahuaEventOf
}

const plates: DahuaEvents = { codes: ['TrafficJunction'], of: dahuaEventOf }

const heartbeatSec = 5

/** Civil time of the camera, which stands in China. */
export function civilTimeOf(text: string): number | null {
  const said = /result\s*=\s*([^\r\n]{1,40})/.exec(text)?.[1]
  return said === undefined ? null : timeBy(said.trim(), civilTimes)
}

const serialCheck: Check<DahuaPullState> = {
  request: () => ({ method: 'GET', path: '/cgi-bin/magicBox.cgi?action=getSerialNo' }),
  judge(d, status, body) {
    const serial = status === 200 ? /\bsn=([\w-]{4,64})/.exec(utf8Text(body))?.[1] : undefined
    return {
      d: { ...d, deviceId: serial ?? d.deviceId, serial: serial ?? null },
      hold: null,
      clockOffsetMs: null,
    }
  },
}

const clockCheck: Check<DahuaPullState> = {
  request: () => ({ method: 'GET', path: '/cgi-bin/global.cgi?action=getCurrentTime' }),
  judge(d, status, body, now) {
    const atMs = status === 200 ? civilTimeOf(utf8Text(body)) : null
    const clockOffsetMs = atMs === null ? null : atMs - now.wallMs
    return { d, hold: null, clockOffsetMs }
  },
}

/** Version with its build, as one text; an older model says `Bad Request`. */
const versionCheck: Check<DahuaPullState> = {
  beside: true,
  request: () => ({ method: 'GET', path: '/cgi-bin/magicBox.cgi?action=getSoftwareVersion' }),
  judge(d, status, body) {
    const shape = /^\s*version\s*=\s*([\x21-\x7e]{1,80})/i
    const version = status === 200 ? shape.exec(utf8Text(body))?.[1] : undefined
    const reading = { version: version ?? null, hardware: null, serial: d.serial }
    return { d, hold: null, clockOffsetMs: null, version: reading }
  },
}

function pathOf({ subscription }: DahuaPullState, channel: number, codes: string): string {
  const heartbeat = `heartbeat=${heartbeatSec}`
  return subscription === 'pictures'
    ? `/cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=[${codes}]` +
        `&channel=${channel}&${heartbeat}`
    : `/cgi-bin/eventManager.cgi?action=attach&codes=[${codes}]&${heartbeat}`
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
  d: DahuaPullState,
  part: Part,
  eventOf: (fields: Fields, code: string | null, deviceId: string) => DahuaEvent,
): TextResult<DahuaPullState> {
  const texts = textsOf(cameraText(part.bytes, part.charset))
  if (texts === 'keepAlive') return { d, found: [{ kind: 'keepAlive' }] }
  if (texts === null) return { d, found: [{ kind: 'refused', what: 'noEvents', other: false }] }
  const found: Found[] = texts.map(({ code, fields }) => {
    const event = eventOf(fields, code, d.deviceId)
    return event.kind === 'refused' ? event : { kind: 'draft', draft: event.draft }
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

export const dahuaPull = (
  options: DahuaPullOptions,
  events: DahuaEvents = plates,
): StreamDialect<DahuaPullState> => ({
  initial: () => ({ deviceId: options.address, serial: null, subscription: 'pictures' }),
  checks: [serialCheck, clockCheck, versionCheck],
  recheckMs: 600_000,
  subscription: (d) => ({
    method: 'GET',
    path: pathOf(d, options.channel, events.codes.join(',')),
  }),
  otherSubscription: (d, status) =>
    d.subscription === 'pictures' && status >= 400 && status < 500 && status !== 403
      ? { ...d, subscription: 'events' }
      : null,
  // Three heartbeats.
  silenceMs: 3 * heartbeatSec * 1000,
  deviceId: (d) => d.deviceId,
  wholeText,
  text: (d, part) =>
    takeText(d, part, (fields, code, deviceId) => events.of(fields, code, deviceId, options)),
})
