// Decodes one event of a Hikvision ISAPI camera, EventNotificationAlert in XML or JSON, to a plate reading or a
// refusal. Fields and special values: lane-devices.md sections 0 and 1.1. The XML parser converts no text to a number:
// a plate like 1E5 or 007 must stay unchanged.
import { note, type NoteText } from '../../../core/values/notes.ts'
import type { PlateRead } from '../../../core/lane/plate-read.ts'
import { parseIso, type InstantMs } from '../../../core/values/instant.ts'
import type { PlateColour } from '../../../core/values/plates/plate.ts'
import { normalisePlate } from '../../../core/values/plates/plate.ts'
import { colourOfPlate } from '../../../core/values/plates/plate-kinds.ts'
import { colourOfPlateColor, colourOfPrefix } from './colours.ts'
import { isJson, rootOfJson } from './json.ts'
import type { Element, RefusalReason } from './xml.ts'
import { Refusal, child, rootOf, text } from './xml.ts'

/** Details of a reading beside the plate; stored with the passage, and not used for decisions. */
interface HikvisionDetail {
  readonly channel: string
  readonly line: string
  readonly direction: 'forward' | 'reverse' | 'unknown'
  readonly plateType: string
  readonly vehicleType: string
  readonly detectType: string
  /** How many times the camera has sent this event; 1 for the first. */
  readonly postCount: number | null
  /** barrierGateCtrlType 0: the camera opened by itself, which the product forbids (`ctrlMod` 1). */
  readonly openedByCamera: boolean
  /** JT/T 489-2019 series and type, for example `1.2`; null when not recognised. */
  readonly tollClass: string | null
}

export type CameraEvent =
  | { readonly kind: 'plate'; readonly read: PlateRead; readonly detail: HikvisionDetail }
  /** `videoloss inactive` and heartbeats of an idle camera: signs of life, never alarms. */
  | { readonly kind: 'keepAlive'; readonly deviceAtMs: InstantMs | null }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly what: NoteText }

const plateCharsMax = 32

/** The MAC address without separators: it stays when the IP address changes. */
function deviceIdOf(root: Element): string {
  const mac = text(root, 'macAddress').toLowerCase().replaceAll(/[:-]/g, '')
  if (/^[0-9a-f]{12}$/.test(mac) && !/^0+$/.test(mac)) return mac
  const ip = text(root, 'ipAddress')
  if (/^[0-9a-fA-F.:]{3,45}$/.test(ip)) return `ip:${ip}`
  throw new Refusal('missing', 'namesNoDevice')
}

interface PlateText {
  readonly plate: string | null
  readonly plateState: PlateRead['plateState']
  readonly prefix: PlateColour | null
}

/** A colour character in front is removed only when a plate remains (lane-devices.md section 0). */
function plateOf(raw: string): PlateText {
  if (/^noplate$/i.test(raw)) return { plate: null, plateState: 'none', prefix: null }
  const whole = normalisePlate(raw)
  const prefix = colourOfPrefix(raw)
  const rest = prefix === null ? null : normalisePlate(raw.slice(prefix.chars))
  if (prefix !== null && rest !== null) {
    return { plate: rest, plateState: 'read', prefix: prefix.colour }
  }
  const plateState = whole === null ? 'unreadable' : 'read'
  return { plate: whole, plateState, prefix: null }
}

/** ISAPI marks events sent after a network failure as retransmitted data (重传数据标记); firmware writes true or 1. */
const isSentAgain = (element: Element): boolean =>
  /^(?:true|1)$/i.test(text(element, 'isDataRetransmission'))

/** 0 to 1; null when absent or out of range, never 1. */
function confidenceOf(raw: string): number | null {
  const percent = /^\d{1,3}$/.test(raw) ? Number(raw) : 101
  return percent <= 100 ? percent / 100 : null
}

function readOf(root: Element, anpr: Element, jpeg: Uint8Array | null): PlateRead {
  const raw = text(anpr, 'licensePlate')
  if (raw === '') throw new Refusal('missing', note('messageMisses', 'licensePlate'))
  const deviceId = deviceIdOf(root)
  const dateTime = text(root, 'dateTime')
  const { plate, plateState, prefix } = plateOf(raw)
  const said = colourOfPlateColor(text(anpr, 'plateColor'))
  return {
    deviceId,
    // Without a device time two passages could not be told apart, so there is no record id.
    // activePostCount is left out, since it differs between repeats of one event.
    recordId: dateTime === '' ? '' : `${deviceId}/${dateTime.slice(0, 40)}/${raw.slice(0, 40)}`,
    deviceAtMs: parseIso(dateTime),
    plate,
    plateRaw: raw.slice(0, plateCharsMax),
    plateState,
    colour: colourOfPlate(plate, said === 'unknown' ? (prefix ?? 'unknown') : said),
    confidence: confidenceOf(text(anpr, 'confidenceLevel')),
    history: text(anpr, 'alarmDataType') === '1' || isSentAgain(root) || isSentAgain(anpr),
    jpeg,
  }
}

function detailOf(root: Element, anpr: Element): HikvisionDetail {
  const vehicle = child(anpr, 'vehicleInfo')
  const series = vehicle === null ? '' : text(vehicle, 'tollRoadVehicleSeries')
  const type = vehicle === null ? '' : text(vehicle, 'tollRoadVehicleType')
  const direction = text(anpr, 'direction')
  const posts = text(root, 'activePostCount')
  return {
    channel: text(root, 'channelID'),
    line: text(anpr, 'line'),
    direction: direction === 'forward' || direction === 'reverse' ? direction : 'unknown',
    plateType: text(anpr, 'plateType'),
    vehicleType: text(anpr, 'vehicleType'),
    detectType: text(anpr, 'detectType'),
    postCount: /^\d{1,9}$/.test(posts) ? Number(posts) : null,
    openedByCamera: text(anpr, 'barrierGateCtrlType') === '0',
    tollClass: /^[1-3]\.[1-6]$/.test(`${series}.${type}`) ? `${series}.${type}` : null,
  }
}

function eventOf(xml: string, jpeg: Uint8Array | null): CameraEvent {
  const root = isJson(xml) ? rootOfJson(xml) : rootOf(xml, 'EventNotificationAlert')
  const type = text(root, 'eventType').toLowerCase()
  const state = text(root, 'eventState').toLowerCase()
  if (type === 'heartbeat' || (type === 'videoloss' && state === 'inactive')) {
    return { kind: 'keepAlive', deviceAtMs: parseIso(text(root, 'dateTime')) }
  }
  if (type !== 'anpr')
    throw new Refusal('otherEvent', note('memberIs', 'eventType', type.slice(0, 40)))
  if (state !== 'active')
    throw new Refusal('inactive', note('memberIs', 'eventState', state.slice(0, 40)))
  const anpr = child(root, 'ANPR')
  if (anpr === null) throw new Refusal('missing', note('messageMisses', 'ANPR'))
  return { kind: 'plate', read: readOf(root, anpr, jpeg), detail: detailOf(root, anpr) }
}

/** Never throws, whatever a camera or another sender in its place sends. */
export function parseHikvisionEvent(xml: string, jpeg: Uint8Array | null = null): CameraEvent {
  try {
    return eventOf(xml, jpeg)
  } catch (error) {
    if (error instanceof Refusal) {
      return { kind: 'refused', reason: error.reason, what: error.what }
    }
    throw error
  }
}
