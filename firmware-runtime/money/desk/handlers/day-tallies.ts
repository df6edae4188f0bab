// Comparison of a day, by means: the bills of platform and gateway, and the counted drawer. Means that were not
// compared are marked so, and never called equal.
import type { TallyView } from '../../calls/day.ts'
import { dayCodes } from '../../pure/billing/day-codes.ts'
import { billKey, isOfWholeDay, type Tally } from '../../pure/billing/day-items.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { itemsOfWords, type BilledMeans, type DifferenceKind } from '#base/pure/rows/tally-row.ts'
import { dayOf, type DayBills, type spanOf } from '#lane/money/day-bills.ts'
import { drawerFenOf } from '#base/desk/handlers/day-drawer.ts'

type Span = ReturnType<typeof spanOf>

/** Items for a person that are not differences to a bill. */
const besideBill: readonly DifferenceKind[] = ['payment', 'late', ...itemsOfWords]

export const sumOf = (
  payments: readonly { readonly word: string; readonly amountFen: number }[],
  means: string,
): number => payments.find(({ word }) => word === means)?.amountFen ?? 0

const none = { atIso: '', by: '', counts: null, missed: null, parties: [] }

export function talliesOf(
  bills: DayBills,
  given: {
    readonly pays: readonly LedgerRow[]
    readonly books: Tally
    readonly whole: Span
    readonly shifts: Tally['shifts']
    readonly drawer: Span & { readonly takenFen: number }
    readonly etcFen: number
  },
): TallyView[] {
  const { pays, books, whole, shifts, drawer, etcFen } = given
  const day = dayOf(whole.fromMs)
  const open = (means: string): boolean =>
    [...books.items.values()].some(
      (one) =>
        one.means === means &&
        one.end === null &&
        one.day === day &&
        !besideBill.includes(one.kind),
    )
  const stateOf = (means: string, expectedFen: number, foundFen: number) =>
    open(means) ? 'differs' : expectedFen === foundFen ? 'equal' : 'ended'
  const codesFen = dayCodes(pays, whole)
    .filter(({ isOfDay }) => isOfDay)
    .reduce((sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen, 0)
  const billed = (means: BilledMeans, ownFen: number): TallyView => {
    const held = books.reconciled.get(billKey(means, day))
    const miss = bills.missedOf(means, day)
    const missed = miss === null ? null : { atIso: isoOf(miss.atMs), reason: miss.reason }
    if (held === undefined) {
      const state = bills.means.includes(means) ? 'notYet' : 'noBill'
      return { means, expectedFen: ownFen, foundFen: null, state, ...none, missed }
    }
    const { expectedFen, foundFen, by, counts = null, parties = [] } = held
    const now = stateOf(means, expectedFen, foundFen)
    const state = now === 'differs' || isOfWholeDay(held) ? now : 'soFar'
    const atIso = isoOf(held.atMs)
    return { means, expectedFen, foundFen, state, atIso, by, counts, missed, parties }
  }
  const others = (['split', 'operator'] as const).filter(
    (means) => bills.means.includes(means) || books.reconciled.has(billKey(means, day)),
  )
  const counted = shifts.at(-1)
  const sum = (of: (shift: Tally['shifts'][number]) => number): number =>
    shifts.reduce((total, shift) => total + of(shift), 0)
  // Cash that a shift left in the drawer does not count for the next one.
  const cashFen = sum(({ takenFen, backFen: back = 0 }) => takenFen - back)
  const countedFen = sum((shift) => shift.countedFen - shift.beforeFen)
  const isOff = shifts.some((shift) => shift.countedFen !== drawerFenOf(shift))
  const cashState = open('cash') ? 'differs' : isOff ? 'ended' : 'equal'
  // Cash of this day that was taken since the last count.
  const hasMore = counted?.toMs === drawer.fromMs && drawer.takenFen > 0
  return [
    billed('etc', etcFen),
    billed('qr', codesFen),
    counted === undefined
      ? { means: 'cash', expectedFen: 0, foundFen: null, state: 'notYet', ...none }
      : {
          means: 'cash',
          expectedFen: cashFen,
          foundFen: countedFen,
          state: cashState === 'differs' || !hasMore ? cashState : 'soFar',
          atIso: isoOf(counted.toMs),
          by: counted.by,
          counts: null,
          missed: null,
          parties: [],
        },
    ...others.map((means) => billed(means, etcFen)),
  ]
}
