// Number plates: normal form, colours, and how far two readings are apart.
// Colour codes of a link differ per dialect (rsu-interface.md 4.5, P12); this is the product's own list.
import { plateColours, type PlateColour } from './plate-colours.ts'
import { plateKindOf } from './plate-kinds.ts'
import { colourOfPrefix } from './plate-prefix.ts'

export { plateColours, type PlateColour } from './plate-colours.ts'

/** Colour code on OBU, card and platform (platform-access.md B.2). */
export const plateColourCode: Record<PlateColour, number> = {
  blue: 0,
  yellow: 1,
  black: 2,
  white: 3,
  green: 4,
  yellowGreen: 5,
  blueWhite: 6,
  unknown: 9,
}

export const plateColourOfCode = (code: number): PlateColour =>
  plateColours.find((c) => plateColourCode[c] === code) ?? 'unknown'

/** Wider than the kinds that are known: plates of other times and shapes are plates. */
const plateShape = /^[\u4e00-\u9fff][A-Z0-9]{5,8}[A-Z0-9\u4e00-\u9fff]?$/u
/** The plate of a rescue vehicle of which a character was not read. */
const halfRescue = /[应急]$/u

const isPlate = (text: string): boolean =>
  plateKindOf(text) !== null || (plateShape.test(text) && !halfRescue.test(text))

/**
 * The colour in front of a plate, and the plate. 黑 is a province too: a plate of a known kind is left whole. Null:
 * there is no colour in front of one.
 */
function prefixed(text: string): { readonly plate: string; readonly colour: PlateColour } | null {
  const prefix = colourOfPrefix(text)
  if (prefix === null || (text.startsWith('黑') && plateKindOf(text) !== null)) return null
  const plate = text.slice(prefix.chars)
  return isPlate(plate) ? { plate, colour: prefix.colour } : null
}

/** NFKC (full width to ASCII), capitals, without separators. */
export const compactPlate = (raw: string): string =>
  raw
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s·•.\-_]/gu, '')

interface PlateOfText {
  readonly plate: string
  /** The colour written in front of it. */
  readonly prefix: PlateColour | null
}

function plateAs(compact: string): PlateOfText | null {
  const found = prefixed(compact)
  if (found !== null) return { plate: found.plate, prefix: found.colour }
  return isPlate(compact) ? { plate: compact, prefix: null } : null
}

/** Marks that separate whole plates, after NFKC; the Han stroke and the box line are typed for a bar. */
const separators = /[|¦│∣丨,;、/\\&+]/u
/** Words of one plate at most: each of its characters by itself. */
const wordsOfPlateMax = 10

/** Plates of a text without separators, and each of its words that belongs to none. */
function spacedPlates(text: string): PlateOfText[] {
  const words = text.split(/\s+/u).filter((word) => word !== '')
  const found: PlateOfText[] = []
  for (let at = 0; at < words.length;) {
    let length = Math.min(wordsOfPlateMax, words.length - at)
    // A colour behind a known plate is none of its characters.
    const isWhole = plateKindOf(compactPlate(words[at] ?? '')) !== null
    const fit = (): PlateOfText | null => {
      const joined = compactPlate(words.slice(at, at + length).join(''))
      return length > 1 && isWhole && plateKindOf(joined) === null ? null : plateAs(joined)
    }
    while (length > 1 && fit() === null) length--
    found.push(fit() ?? { plate: words[at] ?? '', prefix: null })
    at += length
  }
  return found
}

const crossingPlate = /[港澳]$/u
/** A plate of Hong Kong or Macau, beside the mainland plate of the same car. */
const isOtherPlace = (word: string): boolean =>
  /^[A-Z0-9]{2,8}$/.test(compactPlate(word)) && !isPlate(compactPlate(word))

function platesOf(raw: string): readonly PlateOfText[] {
  const words = raw.normalize('NFKC').split(separators).flatMap(spacedPlates)
  const wordAt = (at: number): string => words[at]?.plate ?? ''
  const isCrossing = (at: number): boolean => isPlate(wordAt(at)) && crossingPlate.test(wordAt(at))
  const isSameCar = (at: number, step: 1 | -1): boolean =>
    isCrossing(at + step) || (isOtherPlace(wordAt(at + step)) && isCrossing(at + 2 * step))
  return words.filter(
    ({ plate }, at) => !(isOtherPlace(plate) && (isSameCar(at, -1) || isSameCar(at, 1))),
  )
}

/**
 * Every plate of a text in normal form, in order; a word that is no plate stays as it is, so that a reader can refuse it.
 * A car with plates of three places is the mainland one (`粤Z1234澳|MX1234|ZM123`, lane-devices.md section 0).
 */
export const plateWords = (raw: string): readonly string[] => platesOf(raw).map((one) => one.plate)

/** Plates of a text in normal form, each once. */
export const platesIn = (raw: string): readonly string[] => [
  ...new Set(plateWords(raw).filter(isPlate)),
]

/**
 * The plate of a text that names one car, in normal form, and the colour in front of it. Null when it is not a plate
 * (F20 of reliability-security.md: 40 chars, emoji, NUL), and when it names two cars: none of them may stand for both
 * (ADR 381).
 */
export function plateOfText(raw: string): PlateOfText | null {
  if (raw.length > 32) return null
  const [found, ...others] = platesOf(raw)
  if (found === undefined || !isPlate(found.plate)) return null
  return others.every(({ plate }) => plate === found.plate) ? found : null
}

export const normalisePlate = (raw: string): string | null => plateOfText(raw)?.plate ?? null

/**
 * The normalised plates to be checked again: most have a missing or extra character. They are still accepted, because old,
 * foreign and special plates have other shapes.
 */
export const unusualPlates = (plates: readonly string[]): readonly string[] => [
  ...new Set(plates.filter((one) => !/^\*/.test(one) && plateKindOf(one) === null)),
]

/** Shown form: `测A·12345`. */
export const plateShown = (plate: string): string => `${plate.slice(0, 2)}·${plate.slice(2)}`

/** Number of differing characters; a different length counts as far apart. */
export function plateDistance(a: string, b: string): number {
  if (a.length !== b.length) return Math.max(a.length, b.length)
  let distance = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) distance++
  return distance
}
