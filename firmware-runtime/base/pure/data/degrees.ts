// Degrees of latitude and longitude as people write them, in whole millionths: `22.8` is 22,800,000. Nothing is rounded.

const written = /^(-?)(\d{1,3})(?:\.(\d{1,6}))?$/

/** Null: no number of degrees with at most 6 decimals, or more than `most`. */
export function microdegOf(text: string, most: number): number | null {
  const [, sign = '', whole, part = ''] = written.exec(text) ?? []
  if (whole === undefined) return null
  const micro = Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'))
  if (micro > most) return null
  return sign === '-' ? -micro : micro
}

export function degreesText(micro: number): string {
  const digits = String(Math.abs(micro)).padStart(7, '0')
  return `${micro < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
