// Hikvision by subscription: the alert stream of ISAPI, and the check who may open the gate. Paths and fields:
// lane-devices.md 1.1. Events are the same as in a push.
import { type DownText, note } from '#base/pure/words/notes.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import { cameraText, utf8Text } from '../text.ts'
import type { Check, CheckResult, Found, Hold, StreamDialect } from '../stream/dialect.ts'
import type { Part } from '../stream/multipart.ts'
import { parseHikvisionEvent } from './event.ts'
import { wholeJson } from './json.ts'
import { Refusal, rootOf, text } from './xml.ts'

interface HikvisionPullState {
  /** The device id in its events; empty before the first one. */
  readonly deviceId: string
}

interface HikvisionPullOptions {
  /** `absent`: a person says that this model opens no gate and has no `ctrlMod`. */
  readonly ctrlMod: 'asked' | 'absent'
}

const againMs = 60_000

const opens = (note: DownText): Hold => ({ reason: 'opensByItself', note, againMs })

/** Firmware writes the element in two spellings. */
const ctrlModShape = /<(?:[\w-]+:)?ctrlMode?(?:\s[^>]*)?>\s*([^<]*?)\s*<\//g

/**
 * Only ctrlMod 1 (the platform opens) is accepted, for every lane that the camera lists. An answer without the value is
 * refused as well: a camera that opens by its own list lets cars out unpaid.
 */
export function judgeEntrance(status: number, xml: string): Hold | null {
  if (status === 200) {
    const modes = [...xml.matchAll(ctrlModShape)].map((m) => m[1] ?? '')
    const wrong = modes.find((mode) => mode !== '1')
    if (modes.length > 0 && wrong === undefined) return null
    return opens(wrong === undefined ? 'ctrlModUntold' : note('ctrlModIs', wrong.slice(0, 20)))
  }
  if (status === 404 || status === 403 || status === 501)
    return opens(note('ctrlModStatus', status))
  return { reason: 'notReached', note: note('answerStatus', status), againMs: null }
}

const entranceCheck: Check<HikvisionPullState> = {
  request: () => ({ method: 'GET', path: '/ISAPI/ITC/Entrance/entranceParam' }),
  judge(d, status, body): CheckResult<HikvisionPullState> {
    return { d, hold: judgeEntrance(status, utf8Text(body)), clockOffsetMs: null }
  },
}

/** `firmwareVersion` and `firmwareReleasedDate` together: one version is released with several builds. */
function readingOf(xml: string): DeviceReading | null {
  const root = orNull(() => rootOf(xml, 'DeviceInfo'))
  if (root === null) return null
  const said = (name: string): string => orNull(() => text(root, name)) ?? ''
  const told = (value: string): string | null => (/^[\x20-\x7e]{1,80}$/.test(value) ? value : null)
  const released = said('firmwareReleasedDate')
  const version = `${said('firmwareVersion')}${released === '' ? '' : ` ${released}`}`.trim()
  return {
    version: told(version),
    hardware: told(said('hardwareVersion')),
    serial: told(said('serialNumber')),
  }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const versionCheck: Check<HikvisionPullState> = {
  beside: true,
  request: () => ({ method: 'GET', path: '/ISAPI/System/deviceInfo' }),
  judge: (d, status, body) => ({
    d,
    hold: null,
    clockOffsetMs: null,
    version: status === 200 ? readingOf(utf8Text(body)) : null,
  }),
}

function foundIn(part: Part): { readonly found: Found; readonly deviceId: string | null } {
  const event = parseHikvisionEvent(cameraText(part.bytes, part.charset))
  if (event.kind === 'keepAlive') return { found: event, deviceId: null }
  if (event.kind === 'refused') {
    const { what } = event
    const other = event.reason === 'otherEvent' || event.reason === 'inactive'
    return { found: { kind: 'refused', what, other }, deviceId: null }
  }
  const { read, detail } = event
  const { deviceId } = read
  if (detail.openedByCamera && !read.history)
    return { found: { kind: 'distrust', hold: opens('openedByCamera') }, deviceId }
  return { found: { kind: 'draft', draft: { read, group: null, groupSize: 1 } }, deviceId }
}

export const hikvisionPull = (
  options: HikvisionPullOptions,
): StreamDialect<HikvisionPullState> => ({
  initial: () => ({ deviceId: '' }),
  checks: [...(options.ctrlMod === 'asked' ? [entranceCheck] : []), versionCheck],
  recheckMs: 600_000,
  subscription: () => ({ method: 'GET', path: '/ISAPI/Event/notification/alertStream' }),
  otherSubscription: () => null,
  // Idle cameras send a sign of life every few seconds; more than 30 s of silence means a dead link [assumed].
  silenceMs: 30_000,
  deviceId: (d) => d.deviceId,
  wholeText: ({ bytes }) =>
    /EventNotificationAlert>\s*$/.test(tail(bytes)) ||
    (bytes.at(-1) === 0x7d && wholeJson(utf8Text(bytes)) !== null),
  text(d, part) {
    const { found, deviceId } = foundIn(part)
    return { d: deviceId === null ? d : { deviceId }, found: [found] }
  },
})

const tail = (bytes: Uint8Array): string =>
  String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - 64)))
