// The oldest time among up to a million entries that come and go, kept per block of 1024: a query reads only the blocks, and
// a removal recomputes only its own block. Times need not ascend, because a clock may be set back.
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

type What = 'any' | 'upload'

interface Timed {
  readonly atMs: InstantMs
  readonly op: OutboxKind
}

const blockOf = (i: number): number => i >> 10
const blockSize = 1 << 10

export class OldestOfBlocks {
  /** Oldest time of each block; Infinity where it has no such entry. */
  private readonly firsts: Record<What, number[]> = { any: [], upload: [] }
  /** Blocks with removals since they were last computed. */
  private readonly stale = new Set<number>()

  add(i: number, atMs: InstantMs, op: OutboxKind): void {
    const block = blockOf(i)
    const { any, upload } = this.firsts
    any[block] = Math.min(any[block] ?? Infinity, atMs)
    upload[block] = Math.min(upload[block] ?? Infinity, op === 'exitUpload' ? atMs : Infinity)
  }

  gone(i: number): void {
    this.stale.add(blockOf(i))
  }

  /** `at` returns the entry at an index below `length`; null: removed. */
  first(what: What, length: number, at: (i: number) => Timed | null): InstantMs | null {
    for (const block of this.stale) {
      this.firsts.any[block] = Infinity
      this.firsts.upload[block] = Infinity
      const end = Math.min(length, (block + 1) * blockSize)
      for (let i = block * blockSize; i < end; i++) {
        const found = at(i)
        if (found !== null) this.add(i, found.atMs, found.op)
      }
    }
    this.stale.clear()
    const least = this.firsts[what].reduce((a, b) => Math.min(a, b), Infinity)
    return least === Infinity ? null : least
  }
}
