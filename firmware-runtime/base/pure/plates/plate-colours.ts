// Colours of number plates, as the product names them.

export const plateColours = [
  'blue',
  'yellow',
  'black',
  'white',
  'green',
  'yellowGreen',
  'blueWhite',
  'unknown',
] as const
export type PlateColour = (typeof plateColours)[number]
