// Decodes one event of a Hikvision ISAPI camera, EventNotificationAlert in XML or JSON, to a plate reading or a
// refusal. Fields and special values: lane-devices.md sections 0 and 1.1. The XML parser converts no text to a number:
// a plate like 1E5 or 007 must stay unchanged.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { PlateRead } from '../../lane/plate-read.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { type PlateColour, plateOfText } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import { colourOfPlateColor } from './colours.ts'
import { isJson, rootOfJson } from './json.ts'
import {
  basicTime,
  digitsTime,
  epochMsTime,
  epochSecTime,
  isoTime,
  mailTime,
  readTimeOf,
  slashTime,
  timeBy,
  type ReadTime,
} from '../times.ts'
import {
  child,
  type Element,
  isElement,
  Refusal,
  type RefusalReason,
  rootOf,
  text,
  textIn,
} from './xml.ts'

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

export function plateOf(raw: string): PlateText {
  if (/^noplate$/i.test(raw)) return { plate: null, plateState: 'none', prefix: null }
  const found = plateOfText(raw)
  if (found === null) return { plate: null, plateState: 'unreadable', prefix: null }
  return { ...found, plateState: 'read' }
}

/** Of `dateTime`, by firmware; JSON may state the epoch as a number [assumed]. */
const spellings = [isoTime, basicTime, slashTime, mailTime, epochSecTime, epochMsTime, digitsTime]

const timeOf = (said: string): InstantMs | null => timeBy(said.trim(), spellings)

/** The time of an event or of a report about spaces. */
export const statedTimeOf = (root: Element): ReadTime =>
  readTimeOf([{ text: text(root, 'dateTime'), spellings }])

/** Times of the pictures: `absTime` of a picture in digits, `picTime` of a platform [assumed]. */
const pictureTimes = ['absTime', 'picTime'] as const
/** Digits of a picture without a time. */
const isUnset = (said: string): boolean => /^[0\-/:T ]*$/.test(said)

/** Elements below a name, however often it is repeated. */
function listed(parent: Element, name: string): readonly Element[] {
  const value = Object.hasOwn(parent, name) ? parent[name] : null
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter(isElement)
}

function readTime(root: Element, anpr: Element): ReadTime {
  const lists = [root, anpr].flatMap((one) => listed(one, 'pictureInfoList'))
  const infos = [root, anpr, ...lists].flatMap((one) => [one, ...listed(one, 'pictureInfo')])
  const besides = infos.flatMap((one) => pictureTimes.map((name) => textIn(one, name)))
  const texts = [text(root, 'dateTime'), ...besides.filter((said) => !isUnset(said))]
  return readTimeOf(texts.map((said) => ({ text: said, spellings })))
}

/** ISAPI marks events sent after a network failure as retransmitted data (重传数据标记); firmware writes true or 1. */
export const isSentAgain = (element: Element): boolean =>
  /^(?:true|1)$/i.test(text(element, 'isDataRetransmission'))

const isNotOfNow = (element: Element): boolean =>
  isSentAgain(element) || text(element, 'alarmDataType') === '1'

/** 0 to 1; null when absent or out of range, never 1. */
export function confidenceOf(raw: string): number | null {
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
    ...readTime(root, anpr),
    plate,
    plateRaw: raw.slice(0, plateCharsMax),
    plateState,
    colour: colourOfPlate(plate, said === 'unknown' ? (prefix ?? 'unknown') : said),
    confidence: confidenceOf(text(anpr, 'confidenceLevel')),
    history: [root, anpr].some(isNotOfNow),
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
    // A sign of life that was sent again does not say what time it is now.
    return {
      kind: 'keepAlive',
      deviceAtMs: isSentAgain(root) ? null : timeOf(text(root, 'dateTime')),
    }
  }
  if (type !== 'anpr') {
    // A plate under another name is not lost without a count.
    const anpr = child(root, 'ANPR')
    const hasPlate = anpr !== null && text(anpr, 'licensePlate') !== ''
    const reason = hasPlate ? 'notAnEvent' : 'otherEvent'
    throw new Refusal(reason, note('memberIs', 'eventType', type.slice(0, 40)))
  }
  // Some firmware leaves the state of a plate out.
  if (state !== 'active' && state !== '')
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
