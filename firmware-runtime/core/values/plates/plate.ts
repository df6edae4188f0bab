// Number plates: normal form, colours, and how far two readings are apart.
// Colour codes of a link differ per dialect (rsu-interface.md 4.5, P12); this is the product's own list.
import { plateColours, type PlateColour } from './plate-colours.ts'
import { plateKindOf } from './plate-kinds.ts'

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

/** NFKC (full width to ASCII), capitals, without separators. */
export const compactPlate = (raw: string): string =>
  raw
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s·•.\-_]/gu, '')

/**
 * Normal form: `compactPlate` of something that is a plate; of a car with plates of three places the mainland one
 * (`粤Z1234澳|MX1234|ZM123`, lane-devices.md section 0).
 * Null when what remains is not a plate (F20 of reliability-security.md: 40 chars, emoji, NUL).
 */
export function normalisePlate(raw: string): string | null {
  if (raw.length > 32) return null
  const texts = compactPlate(raw).split('|').slice(0, 3)
  return texts.find((one) => plateShape.test(one) || plateKindOf(one) !== null) ?? null
}

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
