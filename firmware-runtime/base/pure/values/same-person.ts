// Compares two names: differences in blanks, marks, character width and letter case do not make a second person.
// Names are typed where no one is signed in; people who sign in are named by their account.

const plain = (name: string): string => {
  const folded = name.normalize('NFKD').toLowerCase()
  const letters = folded.replaceAll(/[^\p{Letter}\p{Number}]+/gu, '')
  return letters === '' ? folded.trim() : letters
}

export const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b)
