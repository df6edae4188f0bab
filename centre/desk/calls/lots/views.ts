// Lots, one lot, its batches and their rows.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { FeedTimes, UpTo } from '#ledger/pure/centre/level.ts'

/** How far the rows of a node are here. */
export interface FeedView extends FeedTimes {
  readonly nodeId: string
  readonly lastSeq: number
}

/** Sums of a day in China. */
export interface DaySums {
  /** Payments. */
  readonly n: number
  readonly fen: number
  /** Refunds. */
  readonly backN: number
  readonly backFen: number
  /** Cars. */
  readonly entered: number
  readonly left: number
  /** Rows of the day that a person set aside: no sum has them. */
  readonly aside: number
}

/** What the newest heartbeat of a lot says. */
export interface LotBeat {
  readonly heardMs: number
  readonly capacity: number
  readonly inside: number
  readonly free: number
  /** Devices that are down, and lanes with a car that needs a person. */
  readonly devicesDown: number
  readonly waiting: number
}

/** Figures of a heartbeat that its rows do not give (yet). */
export interface ToldView {
  readonly fen: number
  readonly entered: number
  readonly left: number
  /** Rows that are in no figure yet; 0: all are, and the lot's own books say something else. */
  readonly toCome: number
}

export interface LotRow {
  readonly lotId: string
  readonly name: BilingualText
  readonly state: string
  readonly feeds: readonly FeedView[]
  /** Kinds of its open matters. */
  readonly matters: readonly string[]
  /** The first end of a key in use; null: it has none. */
  readonly keysToMs: number | null
  /** Up to when its figures hold. */
  readonly upTo: UpTo
  /** Its day by its rows. */
  readonly today: DaySums
  /** Null: it has sent none. */
  readonly beat: LotBeat | null
  /** Its day by its heartbeat, where that differs; null: rows and heartbeat agree, or the rows are further. */
  readonly told: ToldView | null
}

export interface KeyView {
  readonly serial: string
  readonly use: string
  readonly fromMs: number
  readonly toMs: number
  readonly revokedMs: number | null
  readonly revokedBy: string | null
}

export interface BatchView {
  readonly nodeId: string
  readonly fromSeq: number
  readonly toSeq: number
  /** 64 lower-case hex digits of d after the last row. */
  readonly head: string
  readonly serial: string
  readonly bytes: number
}

export interface LotView extends LotRow {
  readonly keys: readonly KeyView[]
  /** The newest. */
  readonly batches: readonly BatchView[]
}

/** A line of a batch; a row whose text is withheld has its r alone. */
export interface LineView {
  readonly seq: number
  readonly text: string
}

/** A batch checked now, and the key that signed it. */
export interface SignatureView {
  /** `fits`: digest and signature agree with the rows. `noBefore`: the batch before it is not here. */
  readonly check: 'fits' | 'differs' | 'noKey' | 'noBefore'
  /** Of its key; null: it is not known here. */
  readonly fromMs: number | null
  readonly toMs: number | null
  readonly revokedMs: number | null
}

export interface LotsCalls {
  'lots.list': { args: object; answer: readonly LotRow[] }
  'lots.get': { args: { readonly lotId: string }; answer: LotView }
  /** The batch that holds a row. */
  'lots.batch': {
    args: { readonly lotId: string; readonly nodeId: string; readonly seq: number }
    answer: BatchView & { readonly lines: readonly LineView[]; readonly signature: SignatureView }
  }
}
