// Colour numbers of Vzicom cameras, on TCP and in HTTP pushes (lane-devices.md 1.4).
// Colours missing in the table are sent as unknown, as a camera does.
import type { PlateColour } from '#base/pure/plates/plate.ts'

export const vzColourType: Record<PlateColour, number> = {
  unknown: 0,
  blue: 1,
  yellow: 2,
  white: 3,
  black: 4,
  green: 5,
  yellowGreen: 6,
  blueWhite: 0,
}
