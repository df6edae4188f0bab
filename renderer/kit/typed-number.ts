// Numbers as people type them: a Chinese input method leaves full-width digits and a 。 where the point stands.
// Only the letters are folded here; what a number may be is said by the field.
export const typedNumber = (text: string): string =>
  text.normalize('NFKC').replaceAll('。', '.').replaceAll('−', '-').trim()

/** Whole and not negative, of so many digits at most; null where it is none. */
export function typedWhole(text: string, digits: number): number | null {
  const plain = typedNumber(text)
  return /^\d+$/.test(plain) && plain.length <= digits ? Number(plain) : null
}
