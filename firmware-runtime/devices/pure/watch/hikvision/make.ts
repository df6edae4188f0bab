// Hikvision cameras of parking spaces: `PackingSpaceRecognition`, JSON in a multipart push with its pictures. Source of the
// members: Device Network SDK (Traffic) Developer Guide V6.1.4, parking space detection event; `plateNo` and
// `vehicleEnterState` by public code that receives such pushes. The names of colour and confidence are assumed.
import { note } from '#base/pure/words/notes.ts'
import {
  bareReport,
  type SpaceRead,
  type SpaceReport,
  type ViewFault,
} from '../../spaces/report.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import { isPlatePicture, type NamedPicture } from '../../camera/pictures.ts'
import { colourOfPlateColor } from '../../camera/hikvision/colours.ts'
import { confidenceOf, isSentAgain, plateOf, statedTimeOf } from '../../camera/hikvision/event.ts'
import { isJson, rootOfJson } from '../../camera/hikvision/json.ts'
import { Refusal, rootOf, text, type Element } from '../../camera/hikvision/xml.ts'
import { isDeviceId } from '../fields.ts'
import { defineWatchMake } from '../make.ts'
import { pictureMark } from '../picture-mark.ts'
import { hikvisionPresets } from './presets.ts'

/** Spaces of one message: a camera watches some ten. */
const spacesMax = 64

/** What a camera says of its own view, by event. `videoloss` inactive is also its sign of life. */
const viewEvents: Readonly<Record<string, ViewFault>> = {
  videoloss: 'blind',
  shelteralarm: 'blind',
  tamperdetection: 'blind',
  scenechangedetection: 'turned',
}

/** The picture of the space with its surroundings before that of the plate. */
const sceneOf = (pictures: readonly NamedPicture[]): Uint8Array | null =>
  (pictures.find(({ name }) => !isPlatePicture(name)) ?? pictures[0])?.bytes ?? null

function occupiedOf(space: Element): boolean {
  const parked = text(space, 'isParked').toLowerCase()
  const moved = text(space, 'vehicleEnterState').toLowerCase()
  const byState = parked === 'yes' ? true : parked === 'no' ? false : null
  const byMove = moved === 'enter' ? true : moved === 'exit' ? false : null
  if (byState !== null && byMove !== null && byState !== byMove)
    throw new Refusal('ambiguous', note('memberIs', 'vehicleEnterState', moved))
  const is = byState ?? byMove
  if (is === null) throw new Refusal('missing', note('messageMisses', 'isParked'))
  return is
}

function reportOf(root: Element, space: Element, mark: number | null): SpaceReport {
  const deviceId = text(space, 'absoulteParkingNum') || text(space, 'virtualParkingNum')
  if (!isDeviceId(deviceId))
    throw new Refusal('missing', note('messageMisses', 'absoulteParkingNum'))
  const occupied = occupiedOf(space)
  const raw = text(space, 'plateNo')
  const { plate, plateState, prefix } = plateOf(raw)
  const said = colourOfPlateColor(text(space, 'plateColor'))
  const { deviceAtMs } = statedTimeOf(root)
  return {
    ...bareReport,
    deviceId,
    occupied,
    deviceAtMs,
    ...(deviceAtMs === null ? { isUndated: true } : {}),
    isPast: isSentAgain(root) || isSentAgain(space),
    pictureMark: mark,
    look: occupied
      ? {
          plate,
          plateRaw: raw.slice(0, 32),
          plateState,
          colour: colourOfPlate(plate, said === 'unknown' ? (prefix ?? 'unknown') : said),
          confidence: confidenceOf(text(space, 'confidence')),
        }
      : null,
  }
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The spaces of a message: in the list itself, or by regions of the picture. */
function spacesOf(root: Element): readonly Element[] {
  const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
  const all = listed(root['PackingSpaceRecognition']).flatMap((one): readonly unknown[] => {
    if (!isElement(one) || !Array.isArray(one['RegionInfo'])) return [one]
    return one['RegionInfo'].flatMap((region) =>
      isElement(region) ? listed(region['PackingSpace']) : [],
    )
  })
  const spaces = all.filter(isElement)
  if (spaces.length === 0)
    throw new Refusal('missing', note('messageMisses', 'PackingSpaceRecognition'))
  if (spaces.length > spacesMax) throw new Refusal('tooLarge', 'tooManyElements')
  return spaces
}

function readOf(message: string, mark: number | null): SpaceRead {
  const root = isJson(message) ? rootOfJson(message) : rootOf(message, 'EventNotificationAlert')
  const type = text(root, 'eventType').toLowerCase()
  const isActive = text(root, 'eventState').toLowerCase() !== 'inactive'
  if (type === 'packingspacerecognition' && isActive)
    return { ok: true, reports: spacesOf(root).map((space) => reportOf(root, space, mark)) }
  if (type === 'heartbeat' || type === 'packingspacerecognition') return { ok: true, reports: [] }
  const fault = Object.hasOwn(viewEvents, type) ? viewEvents[type] : undefined
  if (fault === undefined)
    throw new Refusal('otherEvent', note('memberIs', 'eventType', type.slice(0, 40)))
  if (isActive) return { ok: true, reports: [], view: { fault, by: type, isOver: false } }
  // A camera that was turned reports the end of the change, and still looks elsewhere: a person has to say that it is right.
  return fault === 'turned'
    ? { ok: true, reports: [] }
    : { ok: true, reports: [], view: { fault, by: type, isOver: true } }
}

export const hikvisionSpaces = defineWatchMake({
  by: 'push',
  name: 'hikvision',
  presets: hikvisionPresets,
  read(message, pictures) {
    const picture = sceneOf(pictures)
    try {
      return { read: readOf(message, pictureMark(picture)), picture }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { read: { ok: false, reason: error.what }, picture: null }
    }
  },
})
