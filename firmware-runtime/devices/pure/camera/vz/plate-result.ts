// Decodes a `PlateResult` of Vzicom, the same on TCP and in HTTP pushes, to a plate reading. Codes and special values:
// lane-devices.md sections 0, 1.3 and 1.4.
import type { PlateRead } from '../../lane/plate-read.ts'
import { type PlateColour, plateOfText } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import {
  epochMsTime,
  epochSecTime,
  isoTime,
  readTimeOf,
  slashTime,
  type ReadTime,
} from '../times.ts'
import { childOf, isSet, type Members, rawOf, textOf, wholeOf } from './fields.ts'

/** `colorType`; an unlisted number is an unknown colour. */
export const vzColours: readonly PlateColour[] = [
  'unknown',
  'blue',
  'yellow',
  'white',
  'black',
  'green',
  'yellowGreen',
]
/** `type`: a car without a plate. */
const typeNoPlate = 31
const noPlateText = '_无_'
const plateCharsMax = 32

/** Data from the message around the result. */
interface VzSource {
  readonly deviceId: string
  /** Number of the record on the device; null: none. */
  readonly record: number | null
  /** Time beside the result; empty: none. */
  readonly timeString: string
  readonly history: boolean
  /** The plate is encrypted and must not be guessed. */
  readonly encrypted: boolean
  readonly jpeg: Uint8Array | null
}

/** Before this the clock of a camera was never set: it counts from 1970, and tells no two records apart. */
const setFromMs = 946_684_800_000

const epochs = [epochSecTime, epochMsTime]

/**
 * Epoch time of the device; its clock may be wrong, but no time zone is involved. `timeString` beside the result is Chinese
 * time.
 */
function readTime(result: Members, timeString: string): ReadTime {
  const stamp = childOf(result, 'timeStamp')
  const time = stamp === null ? null : (childOf(stamp, 'Timeval') ?? stamp)
  const sec = time === null ? rawOf(result, 'timeStamp') : rawOf(time, 'sec')
  const read = readTimeOf([
    { text: sec, spellings: epochs },
    { text: timeString, spellings: [isoTime, slashTime] },
  ])
  const usec = time === null ? null : wholeOf(time, 'usec')
  const { deviceAtMs } = read
  const isWhole = deviceAtMs !== null && deviceAtMs % 1000 === 0
  return isWhole && usec !== null && usec >= 0 && usec < 1_000_000
    ? { ...read, deviceAtMs: deviceAtMs + Math.floor(usec / 1000) }
    : read
}

function plateOf(
  result: Members,
  encrypted: boolean,
): Pick<PlateRead, 'plate' | 'plateRaw' | 'plateState'> & { readonly prefix: PlateColour | null } {
  const raw = textOf(result, 'license')
  if (encrypted)
    return { plate: null, plateRaw: 'encrypted', plateState: 'unreadable', prefix: null }
  const plateRaw = raw.slice(0, plateCharsMax)
  if (raw === noPlateText || (raw === '' && wholeOf(result, 'type') === typeNoPlate))
    return { plate: null, plateRaw, plateState: 'none', prefix: null }
  const found = plateOfText(raw)
  if (found === null) return { plate: null, plateRaw, plateState: 'unreadable', prefix: null }
  return { ...found, plateRaw, plateState: 'read' }
}

/** 1 to 100 by its documentation; 0 and any other value mean unknown. */
function confidenceOf(result: Members): number | null {
  const percent = wholeOf(result, 'confidence')
  return percent !== null && percent >= 1 && percent <= 100 ? percent / 100 : null
}

export function plateReadOf(result: Members, source: VzSource): PlateRead {
  const { deviceId, record, history, encrypted, jpeg } = source
  const time = readTime(result, source.timeString)
  const { deviceAtMs } = time
  const { prefix, ...plate } = plateOf(result, encrypted)
  const said = vzColours[wholeOf(result, 'colorType') ?? 0] ?? 'unknown'
  const isUnnamed = record === null || deviceAtMs === null || deviceAtMs < setFromMs
  return {
    deviceId,
    // Record numbers restart after some reboots; together with the time they identify a record for ever.
    recordId: isUnnamed ? '' : `${deviceId}/${record}/${deviceAtMs}`,
    ...time,
    ...plate,
    colour: colourOfPlate(plate.plate, said === 'unknown' ? (prefix ?? said) : said),
    confidence: confidenceOf(result),
    history,
    jpeg,
  }
}

/** Firmware writes the mark as a number, a text or a boolean. */
export const isOffline = (...places: readonly (Members | null)[]): boolean =>
  places.some((place) => place !== null && isSet(place, 'isoffline'))

export const isEncrypted = (...places: readonly (Members | null)[]): boolean =>
  places.some((place) => place !== null && isSet(place, 'enable_encrypt'))
