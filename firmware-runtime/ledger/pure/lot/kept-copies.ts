// Selects the copies to keep at a second place: the newest full ones, with the row files after each. Deletion starts at the
// oldest, so that the rest can still be opened.

interface KeptLine {
  readonly kind: 'base' | 'rows'
  /** Two lines may name the same copy: the folder beside it changed, and the ledger did not. */
  readonly file: string
}

/** Whole copies that are kept, with the rows behind each. */
const basesKept = 3

/** The lines that stay: those from the oldest kept whole copy on. Their files stay, and no other. */
export function keptLines<T extends KeptLine>(lines: readonly T[]): readonly T[] {
  const bases = new Set(lines.filter(({ kind }) => kind === 'base').map(({ file }) => file))
  const first = [...bases].at(-basesKept)
  return first === undefined ? lines : lines.slice(lines.findIndex(({ file }) => file === first))
}
