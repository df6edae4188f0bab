// Rows prove, heartbeats tell: what a heartbeat says of the day beside what the rows say, where the two differ.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import type { DaySums, ToldView } from './views.ts'

interface Both {
  readonly day: string
  readonly sums: Pick<DaySums, 'fen' | 'entered' | 'left'>
  readonly said: Beat['today']
  /** Last row of its node that is in the sums, and the last that it had at its heartbeat. */
  readonly folded: number
  readonly beatSeq: number
}

/** Null: they say the same, or the heartbeat is of another day or of fewer rows. */
export function toldOf({ day, sums, said, folded, beatSeq }: Both): ToldView | null {
  if (said.day !== day || folded > beatSeq) return null
  const fen = said.takings.reduce((sum, one) => sum + one.fen, 0)
  const { entered, left } = said
  const isSame = fen === sums.fen && entered === sums.entered && left === sums.left
  return isSame ? null : { fen, entered, left, toCome: beatSeq - folded }
}
