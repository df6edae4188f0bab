// Position in a line of gpsd: TPV objects of gpsd_json(5), one JSON object in each line. Degrees become whole
// microdegrees and metres whole millimetres here.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import { latMicrodegMax, lonMicrodegMax } from '#base/pure/place/fence.ts'
import type { PositionReport } from '../../place/place.ts'
import { parseIso } from '#base/pure/values/instant.ts'

/** Requests reports as they come; a request is one line of at most 80 characters. */
export const watchRequest = '?WATCH={"enable":true,"json":true};\n'

type GpsdLine =
  | { readonly kind: 'position'; readonly report: PositionReport }
  /** Another class of object: VERSION, DEVICES, SKY. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly why: NoteText }

const refused = (why: NoteText): GpsdLine => ({ kind: 'refused', why })

/** Fix modes: 0 unknown, 1 no fix, 2 two-dimensional, 3 with a height. */
const fixFrom = 2
/** Larger than any error that a receiver states: a larger one means that there is no position. */
const accuracyMmMax = 1_000_000_000

function metresIn(from: object, name: string): number | null {
  const value: unknown = Reflect.get(from, name)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

/** `eph` if stated, else computed from the errors to the north and the east. */
function accuracyMmOf(tpv: object): number | null {
  const eph = metresIn(tpv, 'eph')
  const [epx, epy] = [metresIn(tpv, 'epx'), metresIn(tpv, 'epy')]
  const metres = eph ?? (epx === null || epy === null ? null : Math.sqrt(epx * epx + epy * epy))
  return metres === null ? null : Math.min(accuracyMmMax, Math.ceil(metres * 1000))
}

function microdegIn(from: object, name: string, max: number): number | null {
  const value: unknown = Reflect.get(from, name)
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const microdeg = Math.round(value * 1e6)
  return Math.abs(microdeg) > max ? null : microdeg
}

export function gpsdLine(text: string): GpsdLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refused('noJsonObject')
  }
  if (typeof value !== 'object' || value === null) return refused('noJsonObject')
  const name: unknown = Reflect.get(value, 'class')
  if (typeof name !== 'string') return refused(note('messageMisses', 'class'))
  if (name !== 'TPV') return { kind: 'other' }
  const mode: unknown = Reflect.get(value, 'mode')
  if (typeof mode !== 'number' || !Number.isInteger(mode))
    return refused(note('messageMisses', 'mode'))
  const time: unknown = Reflect.get(value, 'time')
  const deviceTimeMs = typeof time === 'string' ? parseIso(time) : null
  if (mode < fixFrom)
    return { kind: 'position', report: { at: null, accuracyMm: null, deviceTimeMs } }
  const latMicrodeg = microdegIn(value, 'lat', latMicrodegMax)
  const lonMicrodeg = microdegIn(value, 'lon', lonMicrodegMax)
  if (latMicrodeg === null || lonMicrodeg === null) return refused('noSuchPlace')
  if (deviceTimeMs === null) return refused('fixWithoutTime')
  const at = { latMicrodeg, lonMicrodeg }
  return { kind: 'position', report: { at, accuracyMm: accuracyMmOf(value), deviceTimeMs } }
}
