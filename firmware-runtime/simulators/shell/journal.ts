// Recent input and output of a simulator for GET /log: a ring in memory, nothing on disk.
// Bounded; read by the admin side.

interface JournalEntry {
  readonly seq: number
  readonly atMs: number
  /** `in`, `out` or `note`. */
  readonly dir: 'in' | 'out' | 'note'
  readonly text: string
}

export interface Journal {
  note(dir: JournalEntry['dir'], text: string): void
  /** Entries after `seq`, oldest first. */
  after(seq: number, limit: number): JournalEntry[]
}

const entriesMax = 2000
const textMax = 4096

/** `nowMs` is read once per entry. */
export function createJournal(nowMs: () => number): Journal {
  const ring: JournalEntry[] = []
  let seq = 0
  return {
    note(dir, text) {
      seq++
      ring[seq % entriesMax] = { seq, atMs: nowMs(), dir, text: text.slice(0, textMax) }
    },
    after(from, limit) {
      const out: JournalEntry[] = []
      const first = Math.max(from + 1, seq - entriesMax + 1, 1)
      for (let i = first; i <= seq && out.length < limit; i++) {
        const entry = ring[i % entriesMax]
        if (entry) out.push(entry)
      }
      return out
    },
  }
}
