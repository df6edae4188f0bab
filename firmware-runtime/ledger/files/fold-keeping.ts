// Brings fold.cache up to the ledger: reads the stored state and the rows after it, and writes a new file.
// Made from rows on disk, never from the state in memory, and in slices with other work in between.
import { emptyFolded, foldInto, hasRow, type Folded, type RowsAfter } from '../pure/fold/folded.ts'
import { snapshotMonoMs } from '../pure/fold/snapshot.ts'
import { outboxRowIn } from '../pure/queue/records.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { KeptFold } from '../ports/fold-cache.ts'
import { dropFoldFile, readFoldFile, writeFoldFile, type FoldFileOptions } from './fold-file.ts'

/** Some 10 ms of work: the longest wait of another request to the worker. */
const sliceRows = 1_000

interface KeepOptions {
  readonly place: FoldFileOptions
  readonly rowsAfter: RowsAfter
  /** Stops after this many rows: a cache of an earlier row is valid, too. */
  readonly rowsMax?: number
  readonly sync: boolean
}

function keptState({ place, rowsAfter }: KeepOptions): Folded {
  const found = readFoldFile(place)
  const rowAt = outboxRowIn(rowsAfter)
  const kept = found.kind === 'found' ? found.restore(snapshotMonoMs, rowAt) : null
  return kept !== null && hasRow(kept.at, rowsAfter) ? kept : emptyFolded(rowAt)
}

/** Yields between slices; returns what is stored now. */
export function* keeping(options: KeepOptions): Generator<undefined, KeptFold> {
  const folded = keptState(options)
  const fromSeq = folded.at.seq
  try {
    yield* goingOn(folded, options)
  } catch (error) {
    if (error instanceof LaneFault) return { ok: false, why: error.code }
    if (fromSeq === 0) throw error
    dropFoldFile(options.place.dir)
    return { ok: false, why: 'otherRows' }
  }
  if (folded.at.seq === fromSeq) return { ok: true, seq: fromSeq }
  return writeFoldFile(options.place, folded, options.sync)
}

function* goingOn(folded: Folded, { rowsAfter, rowsMax = Infinity }: KeepOptions) {
  let rows = 0
  for (const row of rowsAfter(folded.at.seq)) {
    if (rows >= rowsMax) return
    foldInto(folded, row, snapshotMonoMs)
    if (++rows % sliceRows === 0) yield
  }
}

/** Without slices: used when no car waits. */
export function keepNow(options: KeepOptions): KeptFold {
  const steps = keeping(options)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}
