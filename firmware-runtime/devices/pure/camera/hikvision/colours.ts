// Plate colours of Hikvision cameras: the plateColor element. Table of lane-devices.md 1.1; an unlisted word is an
// unknown colour.
import type { PlateColour } from '#base/pure/plates/plate.ts'

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
