// Finished days of the time that is judged, and whether the bill of each was held against the ledger.
// A bill comes on the next day, so the last day has one more day to wait.
import { dayMs, isoOf } from '../core/values/instant.ts'
import type { AcceptanceFacts } from './facts.ts'
import { ofKind, type RowOf } from './transactions.ts'

type DayRow = RowOf<'book'>
type Reconciled = Extract<DayRow['body'], { row: 'reconciled' }>

interface BilledDay {
  readonly day: string
  /** The day after is over: a bill that is not there by then is late. */
  readonly isLate: boolean
  readonly row: DayRow | null
}

const reconciledOf = ({ body }: DayRow): Reconciled | null =>
  body.row === 'reconciled' ? body : null

/** Days on which ETC charged somebody. */
export function billedDays({ rows, nowMs }: AcceptanceFacts): readonly BilledDay[] {
  const paid = ofKind(rows, 'payment').filter(({ body }) => body.means === 'etc')
  const days = [...new Set(paid.map(({ atMs }) => isoOf(atMs).slice(0, 10)))].toSorted()
  const today = isoOf(nowMs).slice(0, 10)
  const yesterday = isoOf(nowMs - dayMs).slice(0, 10)
  const books = ofKind(rows, 'book')
  return days
    .filter((day) => day < today)
    .map((day) => ({
      day,
      isLate: day < yesterday,
      row:
        books.findLast((row) => {
          const own = reconciledOf(row)
          return own?.means === 'etc' && own.day === day
        }) ?? null,
    }))
}
