// Compares two names: differences in blanks, character width and letter case do not make a second person.
// Names are typed where no one is signed in; people who sign in are named by their account.

const plain = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()

export const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b)
