// Finished days of the judged period: those on which cars passed, and whether the bills of each were compared with the
// ledger. A bill comes on the next day, so the last day is allowed one more day.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { rowEvidence, type Wrong } from './item.ts'
import { ofKind, type RowOf } from './transactions.ts'

type DayRow = RowOf<'book'>
type Reconciled = Extract<DayRow['body'], { row: 'reconciled' }>

interface BilledDay {
  readonly day: string
  /** The next day is over: a bill that is still missing is late. */
  readonly isLate: boolean
  readonly row: DayRow | null
}

const reconciledOf = ({ body }: DayRow): Reconciled | null =>
  body.row === 'reconciled' ? body : null

const dayOf = (atMs: number): string => isoOf(atMs).slice(0, 10)

/** Days with cars that are over and lie whole in the judged period. */
export function daysWithCars({ rows, nowMs, fromMs }: AcceptanceFacts): readonly string[] {
  const cars = rows.filter(({ kind }) => kind === 'barrier')
  return [...new Set(cars.map(({ atMs }) => dayOf(atMs)))].filter(
    (day) => day > dayOf(fromMs - 1) && day < dayOf(nowMs),
  )
}

/** Days with ETC charges, and whether one of their bills was compared. */
export function billedDays(
  { rows, nowMs }: AcceptanceFacts,
  means: 'etc' | 'split',
): readonly BilledDay[] {
  const paid = ofKind(rows, 'payment').filter(({ body }) => body.means === 'etc')
  const days = [...new Set(paid.map(({ atMs }) => dayOf(atMs)))].toSorted()
  const today = dayOf(nowMs)
  const yesterday = dayOf(nowMs - dayMs)
  const books = ofKind(rows, 'book')
  return days
    .filter((day) => day < today)
    .map((day) => ({
      day,
      isLate: day < yesterday,
      row:
        books.findLast((row) => {
          const own = reconciledOf(row)
          return own?.means === means && own.day === day
        }) ?? null,
    }))
}

/** The bill of a day that had charges was empty, or was compared before the day was over. */
export const badBills = (days: readonly BilledDay[], bill: BilingualText): readonly Wrong[] =>
  days.flatMap(({ day, row }): readonly Wrong[] => {
    const own = row === null ? null : reconciledOf(row)
    if (row === null || own === null) return []
    const evidence = [rowEvidence(row)]
    if (dayOf(row.atMs) <= day)
      return [
        {
          assertion: 'billEarly',
          words: t(
            `${day} 的${bill.zh}在当天结束前就核对了`,
            `the ${bill.en} of ${day} was compared before the day was over`,
          ),
          evidence,
        },
      ]
    if (own.foundFen !== 0 || own.expectedFen === 0) return []
    return [
      {
        assertion: 'emptyBill',
        words: t(
          `${day} 有扣费 ${own.expectedFen} 分,${bill.zh}是空的`,
          `${day} has charges of ${own.expectedFen} fen, but its ${bill.en} is empty`,
        ),
        evidence,
      },
    ]
  })

/** Days with a late bill. */
export const lateBills = (days: readonly BilledDay[], bill: BilingualText): readonly Wrong[] =>
  days
    .filter(({ isLate, row }) => isLate && row === null)
    .map(({ day }) => ({
      assertion: 'noBill',
      words: t(`${day} 有扣费,没有${bill.zh}`, `${day} has charges but no ${bill.en}`),
      evidence: [],
    }))

type TallyRow = DayRow['body']
type Of<K extends TallyRow['row']> = Extract<TallyRow, { row: K }>

/** Ended with a reason, and by what shows it or by a second person: words of one person agree nothing. */
function isAgreed(end: Of<'end'> | undefined, isGone: boolean): boolean {
  if (end === undefined || end.reason.trim() === '') return false
  const isSecond = end.approvedBy !== null && !isSamePerson(end.approvedBy, end.by)
  return isSecond || isGone || end.refundFen !== undefined
}

/** The differences of a means, each with its day and whether it is agreed. */
function differencesOf(rows: readonly DayRow[], means: string) {
  const of = <K extends TallyRow['row']>(kind: K): readonly Of<K>[] =>
    rows.map(({ body }) => body).filter((body): body is Of<K> => body.row === kind)
  const ends = new Map(of('end').map((end) => [end.itemId, end]))
  const gone = new Set(of('agreed').map(({ itemId }) => itemId))
  return of('item')
    .filter((item) => item.means === means)
    .map(({ day, itemId }) => ({ day, isAgreed: isAgreed(ends.get(itemId), gone.has(itemId)) }))
}

/** Bills that were compared and do not agree with the ledger: a bill proves only that it was downloaded. */
export function openBills(
  { rows }: AcceptanceFacts,
  days: readonly BilledDay[],
  means: 'etc' | 'split',
  bill: BilingualText,
): readonly BilingualText[] {
  const items = differencesOf(ofKind(rows, 'book'), means)
  return days.flatMap(({ day, row }) => {
    const own = row === null ? null : reconciledOf(row)
    if (own === null) return []
    const found = items.filter((item) => item.day === day)
    const open = found.filter((item) => !item.isAgreed).length
    const isUntold = own.differences > 0 && found.length === 0
    const isUneven =
      own.differences === 0 && (own.open ?? 0) === 0 && own.expectedFen !== own.foundFen
    if (open === 0 && !isUntold && !isUneven) return []
    const n = Math.max(open, own.differences)
    return [
      t(
        `${day} 的${bill.zh}有 ${n} 处差异没有了结(每处须写原因,并有证明或另一人核准),账本 ${own.expectedFen} 分,账单 ${own.foundFen} 分`,
        `${n} differences of the ${bill.en} of ${day} have no end (each with a reason, and with what shows it or a second person); ledger ${own.expectedFen} fen, bill ${own.foundFen} fen`,
      ),
    ]
  })
}
