// Whether two names are one person's: blanks around and between, width and case of letters make no second person.
// Names are typed by whoever has no session; people who sign in have theirs from their account.

const plain = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()

export const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b)
