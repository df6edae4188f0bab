// The attendant's booth of a simulated lot (7.1.2): who sits there when, the notes in the drawer, and its count at the
// end of each shift by the sums of the product. The drawer of the ledger must hold what the attendant really has.
import { countedRows, drawerSpan, drawerSum } from '#base/desk/handlers/day-drawer.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, dayStartMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import type { SimLot } from './sim-lot.ts'
import type { SitePlan } from './site-plan.ts'

/** Two shifts by day; at night the booth is empty. */
const shiftHours = [7, 15, 23] as const
const hourMs = 3_600_000
/** For change: the rest is handed in. */
const floatFen: Fen = 5_000
const by = 'simulated attendant'

interface Cash {
  readonly givenFen: Fen
  readonly dueFen: Fen
}

export class SimBooth {
  readonly #lot: SimLot
  readonly #plan: SitePlan
  readonly #isUnattended: boolean
  /** The ledger as searches read it, open for one question. */
  readonly #reads: <T>(use: (reader: OpenedReader) => T) => T
  /** Cash on the counter of cars that have not left. */
  readonly #onCounter = new Map<object, Cash>()
  #drawerFen: Fen = 0
  #nextMs: InstantMs
  #shifts = 0

  constructor(
    lot: SimLot,
    plan: SitePlan,
    options: {
      readonly fromMs: InstantMs
      readonly isUnattended: boolean
      reads<T>(use: (reader: OpenedReader) => T): T
    },
  ) {
    this.#lot = lot
    this.#plan = plan
    this.#isUnattended = options.isUnattended
    this.#reads = options.reads
    this.#nextMs = this.#endAfter(options.fromMs)
  }

  isEmpty(nowMs: InstantMs): boolean {
    const [begins, , ends] = shiftHours
    const hour = Math.floor((nowMs - dayStartMs(nowMs)) / hourMs)
    return this.#isUnattended || hour < begins || hour >= ends
  }

  #endAfter(atMs: InstantMs): InstantMs {
    const day = dayStartMs(atMs)
    const [, ...ends] = shiftHours
    const next = ends.map((hour) => day + hour * hourMs).find((endMs) => endMs > atMs)
    return next ?? day + dayMs + ends[0] * hourMs
  }

  /** True when the shift has ended. */
  isOver(nowMs: InstantMs): boolean {
    return !this.#isUnattended && nowMs >= this.#nextMs
  }

  /** Cash handed over by the driver; a repeated act after a crash is the same payment. */
  takes(crossing: object, cash: Cash): void {
    this.#onCounter.set(crossing, cash)
  }

  hasCashOf(crossing: object): boolean {
    return this.#onCounter.has(crossing)
  }

  /** The boom is open: moves notes into the drawer and change out of it; cash for an order paid otherwise is returned. */
  leaves(crossing: object, isPaidHere: boolean): void {
    const cash = this.#onCounter.get(crossing)
    this.#onCounter.delete(crossing)
    if (cash === undefined || !isPaidHere) return
    const changeFen = cash.givenFen - cash.dueFen
    this.#drawerFen += cash.givenFen - changeFen
    this.#plan.count('cashPayments')
    this.#plan.count('cashFen', cash.givenFen)
    this.#plan.count('changeFen', changeFen)
  }

  /** Counts like `day.count`; returns the fault of the drawer, or null. */
  countShift(nowMs: InstantMs): string | null {
    const { runtime, opened } = this.#lot
    opened.headWriter.flush()
    const drawer = this.#reads((reader) => {
      const rows = reader.dayTally(dayStartMs(nowMs))
      const tally = tallyOf(rows.books)
      return drawerSum(tally, rows, drawerSpan(tally, rows, nowMs))
    })
    const countedFen = this.#drawerFen
    const leftFen = Math.min(countedFen, floatFen)
    const rows = countedRows(drawer, { countedFen, leftFen, by })
    runtime.append(rows.map((body): RowDraft => ({ kind: 'book', atMs: nowMs, body })))
    this.#drawerFen = leftFen
    this.#nextMs = this.#endAfter(nowMs)
    this.#shifts++
    this.#plan.count('shifts')
    this.#plan.count('countedFen', countedFen - leftFen)
    if (rows.length === 1) return null
    const { beforeFen, takenFen, backFen } = drawer
    const expectedFen = beforeFen + takenFen - backFen
    return `shift ${this.#shifts}: the drawer holds ${countedFen}, the ledger says ${expectedFen}`
  }
}
