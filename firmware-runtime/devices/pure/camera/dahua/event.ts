// Decodes one Dahua event, given as a table of fields, to a plate reading or a refusal. Field names differ between
// firmware versions: lane-devices.md 1.2. Scales are data.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { PlateRead } from '../../lane/plate-read.ts'
import { type PlateColour, plateOfText } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import type { Draft } from '../stream/assembly.ts'
import {
  epochMsTime,
  epochSecTime,
  isoTime,
  readTimeOf,
  slashTime,
  type ReadTime,
  type StatedTime,
} from '../times.ts'
import type { Fields } from './keys.ts'

/** Properties that differ between models and are not reported. */
export interface DahuaScale {
  /** Confidence goes to 100 on most plate cameras, to 255 in the generic object model [assumed]. */
  readonly confidenceMax: 100 | 255
}

const codes: readonly string[] = ['TrafficJunction', 'TrafficManualSnap']

/** `PlateColor`; an unlisted word is an unknown colour. */
const plateColors: Readonly<Record<string, PlateColour>> = {
  blue: 'blue',
  yellow: 'yellow',
  white: 'white',
  black: 'black',
  green: 'green',
  shadowgreen: 'green',
  yellowgreen: 'yellowGreen',
  bluebottomwhitetext: 'blue',
  yellowbottomblacktext: 'yellow',
  blackbottomwhitetext: 'black',
}
const plateCharsMax = 32
const groupSizeMax = 8

export type DahuaEvent =
  | { readonly kind: 'plate'; readonly draft: Draft }
  /** `other`: an event of another kind, without a plate. */
  | { readonly kind: 'refused'; readonly what: NoteText; readonly other: boolean }

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,13}$/.test(text) ? Number(text) : null

/** Before this the clock of a camera was never set: it counts from 1970 or 2000, and tells no two events apart. */
const setFromMs = 1_000_000_000_000

const epochs = [epochSecTime, epochMsTime]
/** Of its time query and of `LocaleTime`: Chinese time. */
export const civilTimes = [isoTime, slashTime]

const of = (fields: Fields, name: string): string =>
  fields.get(name) ?? fields.get(`EventBaseInfo.${name}`) ?? ''

/** `UTC` is local time on some models; `RealUTC` and `LocaleTime` beside it name their zone. */
function readTime(fields: Fields): ReadTime {
  const numbers = [of(fields, 'UTC'), fields.get('TrafficCar.UTC') ?? '']
  const epoch = (text: string): StatedTime =>
    /[-/]/.test(text) ? { text, spellings: civilTimes, hasZone: true } : { text, spellings: epochs }
  const time = readTimeOf([
    ...numbers.map(epoch),
    { text: of(fields, 'RealUTC'), spellings: epochs, hasZone: true },
    { text: of(fields, 'LocaleTime'), spellings: civilTimes, hasZone: true },
  ])
  const ms = whole(of(fields, 'UTCMS'))
  const { deviceAtMs } = time
  const isWhole = deviceAtMs !== null && deviceAtMs % 1000 === 0
  return isWhole && ms !== null && ms < 1000 ? { ...time, deviceAtMs: deviceAtMs + ms } : time
}

interface PlateText extends Pick<PlateRead, 'plate' | 'plateRaw' | 'plateState'> {
  readonly prefix: PlateColour
  /** The confidence belongs to an object with this plate. */
  readonly sure: boolean
}

/** The plate of the car, or that of a plate object; an empty text is an unread plate. */
function plateOf(fields: Fields): PlateText {
  const isPlate = (fields.get('Object.ObjectType') ?? 'Plate') === 'Plate'
  const ofObject = isPlate ? (fields.get('Object.Text') ?? '') : ''
  const ofCar = fields.get('TrafficCar.PlateNumber') ?? ''
  const raw = ofCar === '' ? ofObject : ofCar
  const found = plateOfText(raw)
  const plate = found?.plate ?? null
  return {
    plate,
    prefix: found?.prefix ?? 'unknown',
    plateRaw: raw.slice(0, plateCharsMax),
    plateState: plate === null ? 'unreadable' : 'read',
    sure: isPlate && (ofObject === '' || ofObject === raw),
  }
}

function colourOf(fields: Fields): PlateColour {
  const word = (fields.get('TrafficCar.PlateColor') ?? '').toLowerCase()
  return Object.hasOwn(plateColors, word) ? (plateColors[word] ?? 'unknown') : 'unknown'
}

/** Older firmware reports 0 for every plate, so 0 means unknown. */
function confidenceOf(fields: Fields, { confidenceMax }: DahuaScale): number | null {
  const said = whole(fields.get('Object.Confidence'))
  return said === null || said === 0 || said > confidenceMax ? null : said / confidenceMax
}

function groupOf(fields: Fields): Pick<Draft, 'group' | 'groupSize'> {
  const group = whole(fields.get('GroupID'))
  const size = whole(fields.get('CountInGroup')) ?? 1
  if (group === null || group === 0) return { group: null, groupSize: 1 }
  return { group: String(group), groupSize: Math.min(groupSizeMax, Math.max(1, size)) }
}

/** The code of an event: of its subscription, or in its fields. */
export const dahuaCodeOf = (fields: Fields, code: string | null): string =>
  code ?? fields.get('Code') ?? fields.get('EventBaseInfo.Code') ?? ''

/** Another event than those that were asked for. */
export const otherDahuaEvent = (fields: Fields, code: string) =>
  ({
    kind: 'refused',
    what: note('memberIs', 'code', code.slice(0, 40)),
    other: plateOf(fields).plateRaw === '',
  }) as const

/** The plate, time and group of an event. */
export function dahuaDraft(fields: Fields, deviceId: string, scale: DahuaScale): Draft {
  const { plate, prefix, plateRaw, plateState, sure } = plateOf(fields)
  const time = readTime(fields)
  const saidMs = time.deviceAtMs
  const { group, groupSize } = groupOf(fields)
  const said = colourOf(fields)
  const read: PlateRead = {
    deviceId,
    recordId:
      saidMs === null || saidMs < setFromMs ? '' : `${deviceId}/${saidMs}/${group ?? plateRaw}`,
    ...time,
    plate,
    plateRaw,
    plateState,
    colour: colourOfPlate(plate, said === 'unknown' ? prefix : said),
    confidence: sure ? confidenceOf(fields, scale) : null,
    // A subscription delivers current events; no field says otherwise.
    history: false,
    jpeg: null,
  }
  return { read, group, groupSize }
}

export function dahuaEventOf(
  fields: Fields,
  code: string | null,
  deviceId: string,
  scale: DahuaScale,
): DahuaEvent {
  const named = dahuaCodeOf(fields, code)
  return codes.includes(named)
    ? { kind: 'plate', draft: dahuaDraft(fields, deviceId, scale) }
    : otherDahuaEvent(fields, named)
}
