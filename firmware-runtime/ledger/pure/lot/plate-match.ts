// How well a plate as it was read fits a car inside: points off a hundred, each with its word and arguments.
// Pure. Which characters look alike is assumed from fonts and daily work; no source gives rates.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MatchPart, MatchRule, MatchWord, PlateMatch } from '#base/pure/plates/plate-match.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { isEnergyColour } from '#base/pure/plates/plate-kinds.ts'
import type { Stay } from './lot-state.ts'

export interface PlateReading {
  readonly plate: string
  readonly colour: PlateColour
  /** Confidence of the camera, 0 to 1; null where it reports none. */
  readonly confidence: number | null
  /** Null: the clock is in doubt, so times say nothing. */
  readonly nowMs: InstantMs | null
}

/** A car inside whose plate may be the one that was read. */
export interface PlateCandidate {
  readonly stayId: string
  /** Null: the entry camera did not read it; only a person can tell, by the photos. */
  readonly plate: string | null
  readonly colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly laneId: string
  readonly photo: string | null
  /** 0 for a car without a plate: nothing can be compared. */
  readonly score: number
  readonly parts: readonly MatchPart[]
}

const fullScore = 100
/** Smallest score of a candidate that is shown. */
const shownMin = 40
const shownMax = 6

/** Characters that cameras take for each other. */
const alike = ['0ODQ', '8B', '1I7', '5S', '2Z', '6G', 'CG']
/** Less often, or by dirt. */
const similar = ['38', '3B', 'UV', 'VY', 'MN', 'HN', 'EF', 'PR', 'KX', '4A', 'TY', 'JL', '7T', 'WM']
/** Province characters of one left part or one outline. */
const provinces = [
  '沪浙湘渝津',
  '鄂粤',
  '青贵',
  '甘吉',
  '鲁晋',
  '京宁',
  '冀黑',
  '豫粤',
  '皖晋',
  '陕赣',
]
/** GB/T 2260 numbers have neither: one that was read is a digit for certain. */
const neverUsed = 'IO'

export const matchPoints: Readonly<Record<MatchWord, number>> = {
  neverUsed: 4,
  alike: 10,
  province: 12,
  similar: 18,
  otherProvince: 30,
  other: 40,
  energyLength: 12,
  missing: 25,
  extra: 25,
  colour: 15,
  sure: 6,
  fairlySure: 3,
  confidenceUnknown: 3,
  justCame: 10,
  longStay: 6,
  entryLater: 25,
}

const part = (word: MatchWord, args: MatchPart['args'] = {}): MatchPart => ({
  word,
  points: matchPoints[word],
  args,
})

const share = (groups: readonly string[], a: string, b: string): boolean =>
  groups.some((group) => group.includes(a) && group.includes(b))

/** Why two characters at one place may be one; the place counts from 1. */
function characterPart(read: string, known: string, at: number): MatchPart {
  const args = { at, read, known }
  if (at === 1) return part(share(provinces, read, known) ? 'province' : 'otherProvince', args)
  if (share(alike, read, known))
    return part(neverUsed.includes(read) || neverUsed.includes(known) ? 'neverUsed' : 'alike', args)
  return part(share(similar, read, known) ? 'similar' : 'other', args)
}

const pointsOf = (parts: readonly MatchPart[]): number =>
  parts.reduce((sum, { points }) => sum + points, 0)

/** The differences place by place; null where there are too many to be one plate. */
function differences(read: string, known: string): readonly MatchPart[] | null {
  const parts: MatchPart[] = []
  let points = 0
  for (let i = 0; i < read.length; i++) {
    const [a = '', b = ''] = [read[i], known[i]]
    if (a === b) continue
    const found = characterPart(a, b, i + 1)
    points += found.points
    if (points > fullScore - shownMin) return null
    parts.push(found)
  }
  return parts
}

/** A plate of new energy has one character more than its short form: eight. */
const energyLength = 8

/** Score parts if one plate has an extra character; null where leaving it out does not make them similar. */
function oneLonger(reading: PlateReading, stay: Stay, known: string): readonly MatchPart[] | null {
  const read = reading.plate
  const [short, long] = read.length < known.length ? [read, known] : [known, read]
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.slice(at) !== long.slice(at + 1)) return null
  const args = { at: at + 1, char: long[at] ?? '' }
  const shortColour = short === read ? reading.colour : stay.colour
  // No plate of new energy is so short: a character of it was not read.
  if (long.length === energyLength && isEnergyColour(shortColour))
    return [part('energyLength', args)]
  return [part(short === read ? 'missing' : 'extra', args)]
}

function textParts(reading: PlateReading, stay: Stay, known: string): readonly MatchPart[] | null {
  const longer = known.length - reading.plate.length
  if (longer === 0) return differences(reading.plate, known)
  return Math.abs(longer) === 1 ? oneLonger(reading, stay, known) : null
}

const sureFrom = 0.98
const fairlySureFrom = 0.9

/** The surer a camera is, the less likely it took one character for another. */
function confidenceParts(confidence: number | null): MatchPart[] {
  if (confidence === null) return [part('confidenceUnknown')]
  const args = { percent: Math.round(confidence * 100) }
  if (confidence >= sureFrom) return [part('sure', args)]
  return confidence >= fairlySureFrom ? [part('fairlySure', args)] : []
}

const justCameMs = 30_000
const longStayMs = 72 * 3_600_000

function timeParts({ nowMs }: PlateReading, stay: Stay): MatchPart[] {
  if (nowMs === null || stay.timeUnsure) return []
  const stoodMs = nowMs - stay.enteredAtMs
  if (stoodMs < 0) return [part('entryLater')]
  if (stoodMs < justCameMs) return [part('justCame', { seconds: Math.floor(stoodMs / 1000) })]
  return stoodMs > longStayMs ? [part('longStay', { hours: Math.floor(stoodMs / 3_600_000) })] : []
}

const colourParts = ({ colour }: PlateReading, stay: Stay): MatchPart[] =>
  colour === 'unknown' || stay.colour === 'unknown' || colour === stay.colour
    ? []
    : [part('colour', { read: colour, known: stay.colour })]

/** Null where the two are no one plate. */
export function scoreOf(reading: PlateReading, stay: Stay): PlateCandidate | null {
  const { stayId, plate, colour, enteredAtMs, entryLaneId: laneId, photo } = stay
  if (plate === null) return null
  const text = textParts(reading, stay, plate)
  if (text === null) return null
  const parts = [
    ...text,
    ...colourParts(reading, stay),
    ...confidenceParts(reading.confidence),
    ...timeParts(reading, stay),
  ]
  const score = fullScore - pointsOf(parts)
  return score < shownMin
    ? null
    : { stayId, plate, colour, enteredAtMs, laneId, photo, score, parts }
}

/** Cars that may be the one that was read, best first; of two with one score the one that came first. */
export function candidatesOf(
  reading: PlateReading,
  stays: Iterable<Stay>,
): readonly PlateCandidate[] {
  const found: PlateCandidate[] = []
  for (const stay of stays) {
    const candidate = scoreOf(reading, stay)
    if (candidate !== null) found.push(candidate)
  }
  return found.sort((a, b) => b.score - a.score || a.enteredAtMs - b.enteredAtMs).slice(0, shownMax)
}

/** Number of unread cars that are shown; more photos cannot be compared while a car waits (assumed). */
const unreadMax = 4

/** Cars inside whose plate was not read at the entry, the newest first: any of them may be the car at an exit. */
export function unreadOf(stays: Iterable<Stay>): readonly PlateCandidate[] {
  const found: PlateCandidate[] = []
  for (const { stayId, plate, colour, enteredAtMs, entryLaneId, photo, spaceId } of stays) {
    if (plate !== null || spaceId !== null) continue
    const of = { stayId, plate, colour, enteredAtMs, laneId: entryLaneId, photo }
    found.push({ ...of, score: 0, parts: [] })
  }
  return found.sort((a, b) => b.enteredAtMs - a.enteredAtMs).slice(0, unreadMax)
}

/** The best of them as a correction; null where it scores too little, or another one nearly as much. */
export function correctionOf(
  plateRead: string,
  [best, second]: readonly PlateCandidate[],
  { scoreMin, marginMin }: MatchRule,
): PlateMatch | null {
  if (best === undefined || best.score < scoreMin) return null
  const secondScore = second?.score ?? null
  if (secondScore !== null && best.score - secondScore < marginMin) return null
  return { plateRead, score: best.score, secondScore, scoreMin, marginMin, parts: best.parts }
}
