// A word of a row, a file or a person looked up in a table of words: only what the table itself has is found, never what
// every object has (`constructor`).

export const ownWord = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined
