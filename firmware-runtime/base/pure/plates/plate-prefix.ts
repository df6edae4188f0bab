// The colour that Chinese firmware writes as characters in front of a plate (lane-devices.md section 0).
import type { PlateColour } from './plate-colours.ts'

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
