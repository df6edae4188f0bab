// Plate colours of Hikvision cameras: the plateColor element and the character in front of the plate. Tables of
// lane-devices.md 1.1 and section 0; an unlisted word is an unknown colour.
import type { PlateColour } from '../../../core/values/plates/plate.ts'

const plateColors: Readonly<Record<string, PlateColour>> = {
  black: 'black',
  blue: 'blue',
  white: 'white',
  yellow: 'yellow',
  green: 'green',
  newEnergyGreen: 'green',
  newEnergyYellowGreen: 'yellowGreen',
  civilAviationBlack: 'black',
  civilAviationGreen: 'green',
}

export const colourOfPlateColor = (word: string): PlateColour =>
  Object.hasOwn(plateColors, word) ? (plateColors[word] ?? 'unknown') : 'unknown'

/** Longer first: 黄绿 also begins with 黄. */
const prefixes: readonly (readonly [string, PlateColour])[] = [
  ['黄绿', 'yellowGreen'],
  ['蓝', 'blue'],
  ['黄', 'yellow'],
  ['白', 'white'],
  ['黑', 'black'],
  ['绿', 'green'],
]

/** The colour character(s) at the beginning of a text. */
export function colourOfPrefix(text: string): { colour: PlateColour; chars: number } | null {
  for (const [word, colour] of prefixes) {
    if (text.startsWith(word)) return { colour, chars: word.length }
  }
  return null
}
