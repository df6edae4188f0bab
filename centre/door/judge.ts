// What the centre answers to a batch, from what it has of that feed (many-lots.md, section 4). Pure.

/** What the centre has of a node's rows. */
export interface Cursor {
  readonly last: number
  /** d after that row, 64 lower-case hex digits. */
  readonly head: string
}

interface BatchPlace {
  readonly fromSeq: number
  readonly toSeq: number
  readonly prev: string
  readonly head: string
}

/** A row of a batch that cannot be read, by its number and its r. */
export interface AsideRow {
  readonly seq: number
  readonly digest: string
}

export interface FeedState {
  readonly cursor: Cursor
  /** Another history of the feed was seen, and nobody has decided about it yet. */
  readonly isForked: boolean
  /** d that the centre keeps for the last row of the batch; null: no kept batch ends there. */
  readonly kept: string | null
}

export type Verdict =
  | { readonly is: 'take'; readonly last: number }
  /** Everything of the batch is known. */
  | { readonly is: 'again'; readonly last: number }
  | { readonly is: 'want'; readonly want: number }
  | { readonly is: 'forked'; readonly forked: number }
  /** The first row that nobody let pass. */
  | { readonly is: 'aside'; readonly aside: number }

export function verdictOf(
  { cursor, isForked, kept }: FeedState,
  batch: BatchPlace,
  /** Its rows that cannot be read and that no person let pass, in order. */
  asides: readonly AsideRow[],
): Verdict {
  const { last, head } = cursor
  if (isForked) return { is: 'forked', forked: last }
  if (batch.toSeq <= last) {
    // A last row that ends no kept batch proves nothing: the next new batch shows a fork by what it follows.
    const isOther = kept !== null && kept !== batch.head
    return isOther ? { is: 'forked', forked: last } : { is: 'again', last }
  }
  if (batch.fromSeq !== last + 1) return { is: 'want', want: last + 1 }
  if (batch.prev !== head) return { is: 'forked', forked: last }
  const [first] = asides
  return first === undefined ? { is: 'take', last: batch.toSeq } : { is: 'aside', aside: first.seq }
}
