// Where numbering continues after a machine was lost: beyond every number it may have used since its last copy.
// Ids skip a gap that a ledger row records; receipts of a day get placeholders for the numbers that may be used.
import { canonicalJson } from '#base/pure/data/json.ts'
import { dayMs, dayStartMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LostSpan } from '#base/pure/values/lost-span.ts'
import type { LotState } from './lot-state.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { lostReceiptsEvent, receiptDayOf } from '#base/pure/rows/receipt-rows.ts'

/** Row of the kind `event`: ids after it are beyond the gap. */
export const numbersMovedEvent = 'numbersMoved'

/** Reserve for a burst, or for a clock of the new machine that is up to three hours slow. */
const idsAtOnce = 1_000_000
/** A car uses about ten ids, and no lot has ten cars per second. */
const idsEachSec = 100
/** Upper bound: a row adds at most two new ids. */
const idsEachRow = 10
const receiptsAtOnce = 1_000
const secEachReceipt = 5

export interface Loss {
  /** Time of the copy, and time at which a new machine continues from it. */
  readonly copyAtMs: InstantMs
  readonly atMs: InstantMs
  /** Number of rows that the lost machine is known to have written after the copy. */
  readonly lostRows: number
  /** The largest number of it that another system has recorded; 0 where none was asked. */
  readonly billedNumber: number
}

/**
 * First number for counters within one order, also for orders made before the copy: each restore moves the last id by
 * at least one gap, so no machine reuses a number of the lost one.
 */
export const numbersFrom = (lastId: number): number => 100 * Math.floor(lastId / idsAtOnce)

interface NumbersMoved {
  readonly gap: number
  /** The gap also starts after this number. */
  readonly behind: number
  /** Time of the copy; rows of older versions do not have it. */
  readonly fromMs?: InstantMs
}

/**
 * Two machines restored from one copy, one after the other, differ by the time between them: the numbers of the
 * second are beyond those that the first used.
 */
function movedBy({ copyAtMs, atMs, lostRows, billedNumber }: Loss): NumbersMoved {
  const agoSec = Math.max(0, Math.ceil((atMs - copyAtMs) / 1000))
  const gap = idsAtOnce + Math.max(idsEachSec * agoSec, idsEachRow * lostRows)
  return { gap, behind: billedNumber, fromMs: copyAtMs }
}

/** Largest difference between the clocks of the two machines that is not noticed. */
const clocksApartMs = 60_000

/** Whether a card that was charged here at `markMs` was charged by the lost machine, for a car that came at `enteredAtMs`. */
export const isChargedInSpan = (
  span: LostSpan | null,
  { markMs, enteredAtMs }: { readonly markMs: InstantMs; readonly enteredAtMs: InstantMs },
): boolean =>
  span !== null &&
  markMs > enteredAtMs &&
  markMs >= span.fromMs - clocksApartMs &&
  markMs <= span.toMs + clocksApartMs

export function moveNumbers(
  lot: Pick<LotState, 'lastId' | 'lostSpan'>,
  detail: string,
  atMs: InstantMs,
): void {
  const { gap, behind, fromMs } = JSON.parse(detail) as NumbersMoved
  lot.lastId = Math.max(lot.lastId, behind) + gap
  lot.lostSpan = fromMs === undefined ? null : { fromMs, toMs: atMs }
}

/** Each day on which another machine may have issued receipts, with the numbers that it may have used. */
export function placesLeft({
  copyAtMs,
  atMs,
}: Pick<Loss, 'copyAtMs' | 'atMs'>): readonly RowDraft[] {
  const rows: RowDraft[] = []
  const first = Math.min(copyAtMs, atMs)
  for (let startMs = dayStartMs(first); startMs <= atMs; startMs += dayMs) {
    const endMs = Math.min(startMs + dayMs - 1, atMs)
    const spanSec = Math.ceil((endMs - Math.max(startMs, first)) / 1000)
    const count = receiptsAtOnce + Math.ceil(spanSec / secEachReceipt)
    const detail = canonicalJson({ day: receiptDayOf(startMs), count })
    // It is dated within its day, because the receipts of a day are read from the rows of that day.
    rows.push({ kind: 'event', atMs: endMs, body: { type: lostReceiptsEvent, detail } })
  }
  return rows
}

/** Rows that the new machine writes before it uses any number. */
export const rowsAfterLoss = (loss: Loss): readonly RowDraft[] => [
  ...placesLeft(loss),

  {
    kind: 'event',
    atMs: loss.atMs,
    body: { type: numbersMovedEvent, detail: canonicalJson(movedBy(loss)) },
  },
]
