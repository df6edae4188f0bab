// Where the numbers of a lot go on after a machine was lost: behind all that it may have given out since its last copy.
// Ids by a gap that a row of the ledger moves, receipts of a day by places that nobody can fill any more.
import { canonicalJson } from '../values/json.ts'
import { dayMs, dayStartMs, type InstantMs } from '../values/instant.ts'
import type { RowDraft } from '../values/rows/ledger-row.ts'
import { lostReceiptsEvent, receiptDayOf } from '../values/rows/receipt-rows.ts'

/** Row of the kind `event`: from here on ids are behind it. */
export const numbersMovedEvent = 'numbersMoved'

/** A burst, or a clock of the new machine that is behind by less than three hours. */
const idsAtOnce = 1_000_000
/** A car takes some ten ids, and no lot has ten cars a second. */
const idsEachSec = 100
/** A row brings two new ids at most. */
const idsEachRow = 10
const receiptsAtOnce = 1_000
const secEachReceipt = 5

export interface Loss {
  /** When the copy was made, and when a machine goes on from it. */
  readonly copyAtMs: InstantMs
  readonly atMs: InstantMs
  /** Rows that the lost machine is known to have had behind the copy. */
  readonly lostRows: number
  /** The largest number that somebody else has of it; 0 where nobody was asked. */
  readonly billedNumber: number
}

/**
 * What is counted within one order goes on from here, an order of before the copy too: each restore moves
 * the last id by a gap at least, so no machine has the same number as the one that was lost.
 */
export const numbersFrom = (lastId: number): number => 100 * Math.floor(lastId / idsAtOnce)

interface NumbersMoved {
  readonly gap: number
  /** The gap is behind this one too. */
  readonly behind: number
}

/**
 * Two machines that go on from one copy, one after the other, are as far apart as the time between
 * them: the second is behind what the first gave out.
 */
function movedBy({ copyAtMs, atMs, lostRows, billedNumber }: Loss): NumbersMoved {
  const agoSec = Math.max(0, Math.ceil((atMs - copyAtMs) / 1000))
  const gap = idsAtOnce + Math.max(idsEachSec * agoSec, idsEachRow * lostRows)
  return { gap, behind: billedNumber }
}

export function lastIdMoved(lastId: number, detail: string): number {
  const { gap, behind } = JSON.parse(detail) as NumbersMoved
  return Math.max(lastId, behind) + gap
}

/** Each day in which the lost machine may have given out receipts, with the places they may have taken. */
function lostPlaces({ copyAtMs, atMs }: Loss): readonly RowDraft[] {
  const rows: RowDraft[] = []
  const first = Math.min(copyAtMs, atMs)
  for (let startMs = dayStartMs(first); startMs <= atMs; startMs += dayMs) {
    const endMs = Math.min(startMs + dayMs - 1, atMs)
    const spanSec = Math.ceil((endMs - Math.max(startMs, first)) / 1000)
    const count = receiptsAtOnce + Math.ceil(spanSec / secEachReceipt)
    const detail = canonicalJson({ day: receiptDayOf(startMs), count })
    // It stands among the rows of its day, which is where that day's receipts are read.
    rows.push({ kind: 'event', atMs: endMs, body: { type: lostReceiptsEvent, detail } })
  }
  return rows
}

/** What the new machine writes before anything else takes a number. */
export const rowsAfterLoss = (loss: Loss): readonly RowDraft[] => [
  ...lostPlaces(loss),

  {
    kind: 'event',
    atMs: loss.atMs,
    body: { type: numbersMovedEvent, detail: canonicalJson(movedBy(loss)) },
  },
]
