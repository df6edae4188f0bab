// The state at a start, computed from the ledger's rows, with or without a stored state before them. A stored state
// counts only when the ledger has exactly the row at which it was made; else all rows are folded.
import { emptyFolded, foldInto, foldStored, hasRow, type Folded } from '#ledger/pure/fold/folded.ts'
import { outboxRowIn } from '#ledger/pure/queue/records.ts'
import type { FoundFold } from '#ledger/ports/fold-cache.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { note, type NoteText } from '#base/pure/words/notes.ts'

interface StartFold {
  readonly folded: Folded
  /** The row of the stored state; 0: none was used. */
  readonly keptSeq: number
  /** For the event stream. */
  readonly how: NoteText
}

export const noFold: FoundFold = { kind: 'none', why: 'absent' }

export function foldLedger(
  ledger: Pick<Ledger, 'rows'>,
  found: FoundFold,
  startMonoMs: number,
  rowAt = outboxRowIn((seq) => ledger.rows(seq)),
): StartFold {
  const rowsAfter = (seq: number): ReturnType<Ledger['rows']> => ledger.rows(seq)
  const goOn = (folded: Folded, fold: typeof foldInto): Folded => {
    for (const row of rowsAfter(folded.at.seq)) fold(folded, row, startMonoMs)
    return folded
  }
  const all = (why: string): StartFold => {
    const folded = goOn(emptyFolded(rowAt), foldStored)
    return { folded, keptSeq: 0, how: note('allRowsRead', folded.at.seq, why) }
  }
  if (found.kind === 'none') return all(found.why)
  if (!hasRow(found.at, rowsAfter)) return all('otherRows')
  const kept = found.restore(startMonoMs, rowAt)
  if (kept === null) return all('otherVersion')
  const keptSeq = kept.at.seq
  try {
    const folded = goOn(kept, foldInto)
    return { folded, keptSeq, how: note('cacheRead', keptSeq, folded.at.seq - keptSeq) }
  } catch (error) {
    // A cache must not prevent a start; faults of the rows themselves appear again below.
    return all(note('rowsMisfit', error instanceof Error ? error.message : String(error)))
  }
}
