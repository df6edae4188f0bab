// Folds the ledger rows into the open and ended differences of a lot's books and its counted shifts.
// Only a row that says how and by whom ends an item; no item is withdrawn or left out.
import {
  openInBill,
  type BilledMeans,
  type Difference,
  type LineNow,
  type LineState,
  type PlannedShift,
  type ToldChange,
} from '#base/pure/rows/tally-row.ts'
import { dayMs, instantOfIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { RowNumbers } from './row-span.ts'

export interface DayItem extends Difference {
  readonly foundAtMs: InstantMs
  /** Row of the ledger that found it. */
  readonly foundSeq: number
  /** The refund that had ended it and was refused: it is open again. */
  readonly refusedRefund?: string
  /** The person who works on it; empty: not assigned. */
  readonly owner: string
  /** The person who did the act alone and may therefore not end this item. */
  readonly by?: string
  /** State of this line in the newest bill that was fetched; the amounts are those of the item. */
  readonly state?: LineState
  /** Time since which the two sides agree again. */
  readonly agreedAtMs?: InstantMs
  readonly end: (Omit<Ended, 'row' | 'itemId'> & { readonly atMs: InstantMs }) | null
}

type Ended = Extract<RowBodies['book'], { row: 'end' }>
type Counted = Extract<RowBodies['book'], { row: 'counted' }>
type Reconciled = Extract<RowBodies['book'], { row: 'reconciled' }>

type Shift = Counted & {
  readonly toMs: InstantMs
  /** Last row that the count includes. Rows from older versions do not say it: then the row number of the count itself. */
  readonly uptoSeq: number
}

/** Row numbers between count n - 1 and count n; for the shift after the last count the range has no upper end. */
export const rowsOfShift = (shifts: readonly Shift[], n: number): RowNumbers => ({
  afterSeq: shifts[n - 1]?.uptoSeq ?? 0,
  uptoSeq: shifts[n]?.uptoSeq ?? Number.MAX_SAFE_INTEGER,
})

/** The shifts of a day as they are planned now. */
export interface DayPlan {
  readonly version: string
  readonly takenAtMs: InstantMs
  readonly shifts: readonly PlannedShift[]
  /** Number of plans received for this day. */
  readonly revision: number
}

export type Told = ToldChange & {
  readonly toldAtMs: InstantMs
  /** When the change takes effect; where a person applied it earlier, the time of that act. */
  readonly takeAtMs: InstantMs
}

export interface Tally {
  /** By id, in the order in which they were found. */
  readonly items: ReadonlyMap<string, DayItem>
  readonly shifts: readonly Shift[]
  /** Newest comparison of each day with its bill, by `billKey`. */
  readonly reconciled: ReadonlyMap<string, Reconciled & { readonly atMs: InstantMs }>
  /** By day. */
  readonly plans: ReadonlyMap<string, DayPlan>
  /** Planned shifts that were reported as ended without a count, by `endKey`. */
  readonly endedPlans: ReadonlySet<string>
  /** Newest announced change of each kind, applied or not. */
  readonly told: ReadonlyMap<ToldChange['of'], Told>
}

/** The person's planned shift that overlaps most with this time; empty where there is none or it was reported as ended. */
export function plannedOf(
  { plans, endedPlans }: Pick<Tally, 'plans' | 'endedPlans'>,
  { fromMs, toMs }: { readonly fromMs: InstantMs; readonly toMs: InstantMs },
  staffId: string,
): { readonly planNo?: string } {
  const shared = ({ onMs, offMs }: PlannedShift): number =>
    Math.min(offMs, toMs) - Math.max(onMs, fromMs)
  const own = [...plans.values()]
    .flatMap(({ shifts }) => shifts)
    .filter((one) => one.staffId === staffId && shared(one) > 0 && !endedPlans.has(endKey(one)))
    .toSorted((a, b) => shared(b) - shared(a))
  return own[0] === undefined ? {} : { planNo: own[0].shiftNo }
}

/** The platform assigns shift numbers and may reuse one on another day, so the key holds the time as well. */
export const endKey = ({ shiftNo, onMs }: Pick<PlannedShift, 'shiftNo' | 'onMs'>): string =>
  `${shiftNo} ${onMs}`

export const billKey = (means: BilledMeans, day: string): string => `${means} ${day}`

/** Open items of a day for lines whose money is missing. */
export const openLinesOf = (
  items: Tally['items'],
  means: BilledMeans,
  day: string,
): readonly (Difference & LineNow)[] =>
  [...items.values()]
    .filter((one) => one.end === null && one.day === day && one.means === means)
    .filter(({ kind }) => openInBill.includes(kind))
    .map((one) => ({ ...one, state: one.state ?? one.kind }))

/** True when the day must be compared again: its last comparison left lines without a final state. */
export const isOpenStill = ({ items, reconciled }: Tally, means: BilledMeans, day: string) =>
  (reconciled.get(billKey(means, day))?.open ?? 0) > 0 ||
  openLinesOf(items, means, day).some(({ state }) => openInBill.includes(state))

/** False where the day was compared before it had ended: then its whole bill was never compared. */
export const isOfWholeDay = ({ day, atMs }: Reconciled & { readonly atMs: InstantMs }): boolean =>
  atMs >= instantOfIso(`${day}T00:00:00+08:00`) + dayMs

/**
 * A difference that is found again keeps its item, also an ended one. A payment item is an exception: new money updates an open
 * item, and opens a new one where the item has ended; the ended one keeps its record under a number of its own.
 */
function found(items: Map<string, DayItem>, item: DayItem): void {
  const { itemId, expectedFen, foundFen } = item
  const known = items.get(itemId)
  if (known === undefined) items.set(itemId, item)
  else if (item.kind === 'recordsDiffer' && known.end === null)
    // An open difference that recurs takes its new values and keeps its owner and the time it was found.
    items.set(itemId, { ...item, foundAtMs: known.foundAtMs, owner: known.owner })
  else if (item.kind !== 'payment') return
  else if (known.end === null) items.set(itemId, { ...known, expectedFen, foundFen })
  else {
    const ended = `${itemId} ${known.end.atMs}`
    items.delete(itemId)
    items.set(ended, { ...known, itemId: ended })
    items.set(itemId, item)
  }
}

export function tallyOf(rows: Iterable<LedgerRow>): Tally {
  const items = new Map<string, DayItem>()
  const shifts: Shift[] = []
  const reconciled = new Map<string, Reconciled & { readonly atMs: InstantMs }>()
  const plans = new Map<string, DayPlan>()
  const told = new Map<ToldChange['of'], Told>()
  const endedPlans = new Set<string>()
  for (const row of rows) {
    if (row.kind !== 'book') continue
    const { body, atMs } = row
    if (body.row === 'counted')
      shifts.push({ ...body, uptoSeq: body.uptoSeq ?? row.seq, toMs: atMs })
    else if (body.row === 'reconciled')
      reconciled.set(billKey(body.means ?? 'qr', body.day), { ...body, atMs })
    else if (body.row === 'plan') {
      const { day, version, shifts: planned } = body
      const revision = (plans.get(day)?.revision ?? 0) + 1
      plans.set(day, { version, takenAtMs: atMs, shifts: planned, revision })
    } else if (body.row === 'planEnded') endedPlans.add(endKey(body.shift))
    else if (body.row === 'told') {
      const { row: _, ...change } = body
      told.set(body.of, { ...change, toldAtMs: atMs })
    } else if (body.row === 'takeNow') {
      const waits = told.get(body.of)
      if (waits?.version === body.version) told.set(body.of, { ...waits, takeAtMs: atMs })
    } else if (body.row === 'item') {
      const { row: _, ...item } = body
      found(items, { ...item, foundAtMs: atMs, foundSeq: row.seq, end: null })
    } else if ('itemId' in body) {
      const item = items.get(body.itemId)
      if (body.row === 'reopened' && item !== undefined)
        items.set(body.itemId, { ...item, refusedRefund: body.refundNo, end: null })
      if (body.row === 'reopened' || item === undefined || item.end !== null) continue
      if (body.row === 'owner') items.set(body.itemId, { ...item, owner: body.owner })
      else if (body.row === 'agreed') items.set(body.itemId, { ...item, agreedAtMs: atMs })
      else if (body.row === 'line') {
        const { row: _, ...now } = body
        items.set(body.itemId, { ...item, ...now })
      } else {
        const { row: _, itemId: _of, ...end } = body
        items.set(body.itemId, { ...item, end: { ...end, atMs } })
      }
    }
  }
  return { items, shifts, reconciled, plans, told, endedPlans }
}
