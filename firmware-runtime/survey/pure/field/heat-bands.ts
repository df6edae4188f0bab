// Bands of field strength: 5 dB each from -70 to -20 dBm, fixed, so that two pictures can be compared.
// The window and the report draw the same ones.
export const bandCount = 10
export const lowestDbm = -70
export const bandDb = 5

export const bandOf = (levelDbm: number): number =>
  Math.min(bandCount - 1, Math.max(0, Math.floor((levelDbm - lowestDbm) / bandDb)))
