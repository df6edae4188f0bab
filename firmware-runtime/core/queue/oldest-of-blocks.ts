// The oldest time among a million that come and go: kept by blocks of a thousand, so that a question looks at
// the blocks, and what has gone costs its own block alone. Times need not be in order: a clock may be set back.
import type { OutboxKind } from '../values/rows/ledger-row.ts'
import type { InstantMs } from '../values/instant.ts'

type What = 'any' | 'upload'

interface Timed {
  readonly atMs: InstantMs
  readonly op: OutboxKind
}

const blockOf = (i: number): number => i >> 10
const blockSize = 1 << 10

export class OldestOfBlocks {
  /** Infinity where there is none. */
  private readonly firsts: Record<What, number[]> = { any: [], upload: [] }
  /** Blocks that something has left since they were looked at. */
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

  /** `at` tells what lies at a place below `length`; null where it is gone. */
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
