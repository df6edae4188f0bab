// The rows of the lot's own ledger as its centre gets them, read in the reading worker (docs/centre.md).
import type { FeedBatch, Mark } from '../pure/centre/follower.ts'

export interface FeedRows {
  /** The rows behind `from`, at most `rowsMax` and within the limits of a batch; null: there is none. Throws LEDGER-04. */
  feedBatch(from: Mark, rowsMax: number): Promise<FeedBatch | null>
  /** The own digest up to `toSeq`, from `from` if that row still has its hash, else from the first row. Throws LEDGER-04. */
  feedDigest(toSeq: number, from: Mark): Promise<Mark>
  /** Keeps a mark of the centre `url` for the next start. */
  feedKeep(url: string, mark: Mark): Promise<void>
}
