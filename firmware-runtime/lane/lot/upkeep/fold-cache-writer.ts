// When the stored state is updated to the ledger: at a quiet moment, not often, and never while a car waits. The work
// itself is done elsewhere (ledger/ports/fold-cache.ts); this is only the schedule.
import type { KeepFold } from '#ledger/ports/fold-cache.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { LedgerHead } from '#ledger/ports/ledger.ts'
import type { LotRuntime } from '../lot-runtime.ts'
import { note } from '#base/pure/words/notes.ts'

/** A start checks this many rows at its end anyway (`checkRowsAtStart`), so it stays as fast. */
export const keepRows = 2_000
export const keepMs = 3_600_000
/** A lane with a stuck loop is never idle: from this number of rows on no quiet moment is awaited. */
export const keepAnywayRows = 5 * keepRows

/** `rows` and `ms` since the last try. */
export function isKeepDue(since: { rows: number; ms: number; quiet: boolean }): boolean {
  const { rows, ms, quiet } = since
  if (rows <= 0) return false
  return rows >= keepAnywayRows || (quiet && (rows >= keepRows || ms >= keepMs))
}

interface FoldCacheWriterParts {
  readonly runtime: LotRuntime
  readonly mono: MonoClock
  head(): LedgerHead
  readonly keep: KeepFold
}

export class FoldCacheWriter {
  private readonly parts: FoldCacheWriterParts
  private triedSeq: number
  private triedUs: number
  private underWay = false
  private stopped = false
  private readonly look = (): void => this.keepWhenDue()

  constructor(parts: FoldCacheWriterParts) {
    this.parts = parts
    this.triedSeq = parts.runtime.keptSeq
    this.triedUs = parts.mono.nowUs()
    parts.runtime.onChange.add(this.look)
  }

  stop(): void {
    this.stopped = true
    this.parts.runtime.onChange.delete(this.look)
  }

  private keepWhenDue(): void {
    if (this.underWay) return
    const { runtime, mono, head, keep } = this.parts
    const { seq } = head()
    const nowUs = mono.nowUs()
    const { quiet } = runtime
    const since = { rows: seq - this.triedSeq, ms: (nowUs - this.triedUs) / 1000, quiet }
    if (!isKeepDue(since)) return
    // Also after a failure: a disk that refuses is tried again later, not at once.
    this.triedSeq = seq
    this.triedUs = nowUs
    this.underWay = true
    keep((kept) => {
      this.underWay = false
      if (!kept.ok && !this.stopped)
        runtime.trace('', null, 'fault', note('cacheNotKept', kept.why))
    })
  }
}
