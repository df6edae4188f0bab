// A sighting of a simulated camera of any protocol: checked when it comes by the admin side, kept in the store.
// Pictures are drawn from the plate unless they are given.
import { parseIso } from '#base/pure/values/instant.ts'
import { plateColourOfCode, plateColours } from '#base/pure/plates/plate.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { carPicture, platePicture, spacePicture } from './picture.ts'
import { flagIn, membersOf, refuse } from '../shell/members.ts'
import { timeSpellings, type TimeSpelling } from './spelled-time.ts'

/** A sighting as kept until it was delivered. */
export interface Sighting {
  readonly id: number
  readonly atIso: string
  readonly plate: string | null
  readonly plateState: 'read' | 'none' | 'unreadable'
  readonly colour: PlateColour
  readonly confidence: number
  /** Null: drawn from the plate. */
  readonly jpegBase64: string | null
  readonly pictures: boolean
  /** A camera of parking spaces speaks of this one; absent: a camera of a lane. */
  readonly space?: { readonly id: string; readonly occupied: boolean }
  /** An event about its own view instead of a car, such as `shelteralarm`. */
  readonly view?: { readonly event: string; readonly isOver: boolean }
  /** Its picture is that of the sighting before, whatever its clock says. */
  readonly isFrozen?: boolean
  /** Spelling of its time; absent: that of the make. */
  readonly timeAs?: TimeSpelling
}

export type CameraRow =
  | { readonly row: 'seen'; readonly sighting: Sighting }
  | { readonly row: 'delivered'; readonly id: number; readonly history: boolean }
  | { readonly row: 'lost'; readonly id: number }

function colourOf(value: unknown): PlateColour {
  if (typeof value === 'number') return plateColourOfCode(value)
  const colour = plateColours.find((c) => c === value)
  if (!colour) throw refuse('colour', value, `one of ${plateColours.join(' ')}`)
  return colour
}

function spaceOf({ space }: { readonly [name: string]: unknown }): Sighting['space'] {
  if (space === undefined) return undefined
  const { id, ...more } = membersOf(space, 'a space is an object')
  if (typeof id !== 'string' || !/^[\w.-]{1,16}$/.test(id)) throw refuse('space', id, 'its number')
  return { id, occupied: flagIn(more, 'occupied', false) }
}

function viewOf({ view }: { readonly [name: string]: unknown }): Sighting['view'] {
  if (view === undefined) return undefined
  const { event, ...more } = membersOf(view, 'an event of the view is an object')
  if (typeof event !== 'string' || !/^[a-zA-Z]{1,40}$/.test(event))
    throw refuse('view', event, 'the name of an event')
  return { event, isOver: flagIn(more, 'isOver', false) }
}

function timeAsOf({ timeAs }: { readonly [name: string]: unknown }): TimeSpelling | undefined {
  const found = timeSpellings.find((one) => one === timeAs)
  if (timeAs !== undefined && found === undefined)
    throw refuse('timeAs', timeAs, `one of ${timeSpellings.join(' ')}`)
  return found
}

/** Checks a body of POST /plates. Throws ARG-01 with the wrong member. */
export function sightingOf(body: unknown, nowIso: string): Omit<Sighting, 'id'> {
  const input = membersOf(body, 'a reading is an object')
  const { plate = null, confidence = 0.97, jpegBase64 = null } = input
  const pictures = flagIn(input, 'pictures', true)
  const atIso = input.atIso ?? nowIso
  const plateState = input.plateState ?? (plate === null ? 'none' : 'read')
  if (plate !== null && (typeof plate !== 'string' || plate === '' || plate.length > 32)) {
    throw refuse('plate', plate, '1 to 32 characters or null')
  }
  if (plateState !== 'read' && plateState !== 'none' && plateState !== 'unreadable') {
    throw refuse('plateState', plateState, 'read, none or unreadable')
  }
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 100)) {
    throw refuse('confidence', confidence, '0 to 1, or 0 to 100')
  }
  if (typeof atIso !== 'string' || parseIso(atIso) === null)
    throw refuse('atIso', atIso, 'ISO 8601')
  if (jpegBase64 !== null && (typeof jpegBase64 !== 'string' || !isBase64(jpegBase64))) {
    throw refuse('jpegBase64', typeof jpegBase64, 'base64')
  }
  const [space, view, timeAs] = [spaceOf(input), viewOf(input), timeAsOf(input)]
  return {
    atIso,
    plate,
    plateState,
    colour: colourOf(input.colour ?? (plate === null ? 'unknown' : 'blue')),
    confidence: Math.round(confidence <= 1 ? 100 * confidence : confidence),
    jpegBase64,
    pictures,
    ...(space === undefined ? {} : { space }),
    ...(view === undefined ? {} : { view }),
    ...(timeAs === undefined ? {} : { timeAs }),
    ...(flagIn(input, 'isFrozen', false) ? { isFrozen: true } : {}),
  }
}

const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)

export function isCameraRow(row: unknown): row is CameraRow {
  if (typeof row !== 'object' || row === null || !('row' in row)) return false
  if (row.row === 'seen') return 'sighting' in row
  return (row.row === 'delivered' || row.row === 'lost') && 'id' in row
}

/** Plate crop and whole scene; null when the sighting has no pictures. */
export function picturesOf({
  plate,
  plateState,
  colour,
  jpegBase64,
  pictures,
  space,
  atIso,
  isFrozen,
}: Sighting): { readonly plate: Uint8Array; readonly car: Uint8Array } | null {
  if (!pictures) return null
  const shown = plateState === 'none' ? null : plate
  if (space !== undefined) {
    const clock = isFrozen === true ? '' : atIso.slice(11, 19)
    const car = spacePicture(space.occupied, shown, colour, clock)
    return { plate: car, car }
  }
  const given = jpegBase64 === null ? null : Uint8Array.from(Buffer.from(jpegBase64, 'base64'))
  return { plate: given ?? platePicture(shown, colour), car: given ?? carPicture(shown, colour) }
}
