// Numbers as people type them: a Chinese input method leaves full-width digits, and a 。 for the decimal point.
// Only characters are converted here; the field decides which numbers are valid.
export const typedNumber = (text: string): string =>
  text.normalize('NFKC').replaceAll('。', '.').replaceAll('−', '-').trim()

/** A whole number of at most `digits` digits and not negative; null for any other text. */
export function typedWhole(text: string, digits: number): number | null {
  const plain = typedNumber(text)
  return /^\d+$/.test(plain) && plain.length <= digits ? Number(plain) : null
}
