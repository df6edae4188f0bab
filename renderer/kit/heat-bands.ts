// The legend of field pictures: the bands of survey/pure/field/heat-bands.ts in words, strongest first.
// Colours of the bands are in styles/heat.css.
import { bandCount, bandDb, lowestDbm } from '#survey/pure/field/heat-bands.ts'

export const legendRows = Array.from({ length: bandCount }, (_, i) => {
  const band = bandCount - 1 - i
  const from = lowestDbm + bandDb * band
  return { band, text: band === 0 ? `< ${from + bandDb}` : `≥ ${from}` }
})
