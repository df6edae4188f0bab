// What a day's books count of its drawer: what it should hold, what went back out of it, and how often it was opened.
// Rows in, numbers out.
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import type { Tally } from '../../core/billing/day-items.ts'
import { endsSinceCount, floatSinceCount } from '../../core/billing/given-back.ts'
import type { ReportPart } from '../../core/billing/report-part.ts'
import type { GivenBack } from '../../core/pay/refund-by-hand.ts'
import { cashDifference } from '../../core/billing/day-tally.ts'
import { monthSpan } from '../../core/member/merchants.ts'
import type { Fen } from '../../core/values/fen.ts'
import { dayStartMs, isoOf, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import { backMeans, wentBy } from '../../core/values/refund-means.ts'
import type { TallyRow } from '../../core/values/rows/tally-row.ts'
import type { DayTally, SinceCount } from '../../ports/ledger-service.ts'
import { dayOf } from '../money/day-bills.ts'

/** What it should hold at the end of a shift. */
export const drawerFenOf = ({
  beforeFen,
  takenFen,
  backFen: back = 0,
}: Tally['shifts'][number]): number => beforeFen + takenFen - back

/** `state` of an opening without a sale. */
export const noSale = 'noSale'

/** Pulses since the drawer was counted, and those of them without a sale; one that did not leave is none. */
function openedSince({ pulses }: Pick<SinceCount, 'pulses'>) {
  const left = Object.entries(pulses).filter(([state]) => state !== 'silent')
  return { opened: left.reduce((sum, [, n]) => sum + n, 0), noSale: pulses[noSale] ?? 0 }
}

interface Span {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

/** The months of +08:00 that a span touches, cut to it. */
export function monthsIn({ fromMs, toMs }: Span): { month: string; span: Span }[] {
  const months: { month: string; span: Span }[] = []
  for (let atMs = fromMs; atMs < toMs;) {
    const month = isoOf(atMs).slice(0, 7)
    const [, endMs] = monthSpan(month)
    months.push({ month, span: { fromMs: atMs, toMs: Math.min(endMs, toMs) } })
    atMs = endMs
  }
  return months
}

/** The time since it was counted last; before that, since the ledger began. */
export function drawerSpan(
  { shifts }: Tally,
  { beganMs }: Pick<DayTally, 'beganMs'>,
  toMs: InstantMs,
): Span {
  return { fromMs: shifts.at(-1)?.toMs ?? beganMs ?? dayStartMs(toMs), toMs }
}

/** What is known of it at the end of a shift: its float, what was taken since, and given back out of it. */
export interface DrawerSum extends Span {
  /** Left by the shift before, and put in since. */
  readonly beforeFen: Fen
  readonly floatFen: Fen
  readonly takenFen: Fen
  readonly backFen: Fen
  /** The last row that was looked at. */
  readonly uptoSeq: number
}

/** Since it was counted last, or the lot began, by the numbers of rows: whatever a clock said. */
export function drawerSum(
  { shifts }: Tally,
  { books, sinceCount }: DayTally,
  span: Span,
): DrawerSum {
  const { takenFen, uptoSeq } = sinceCount
  const back = [...sinceCount.given, ...endsSinceCount(books, uptoSeq)]
  const { cashBackFen } = goneBack([], back, { fromMs: -Infinity, toMs: Infinity })
  const floatFen = floatSinceCount(books, uptoSeq)
  const beforeFen = (shifts.at(-1)?.leftFen ?? 0) + floatFen
  return { ...span, beforeFen, floatFen, takenFen, backFen: cashBackFen, uptoSeq }
}

/** The drawer as a page and a command show it. */
export const drawerView = (
  { fromMs, beforeFen, floatFen, takenFen, backFen }: DrawerSum,
  { sinceCount }: Pick<DayTally, 'sinceCount'>,
) => ({
  sinceIso: isoOf(fromMs),
  beforeFen,
  floatFen,
  takenFen,
  backFen,
  ...openedSince(sinceCount),
})

/** The rows of a count: what was counted, and an item where that is not what it should hold. */
export function countedRows(
  { toMs, ...drawer }: DrawerSum,
  counted: Pick<Tally['shifts'][number], 'countedFen' | 'leftFen' | 'by' | 'etc' | 'planNo'>,
): readonly TallyRow[] {
  const { by, countedFen } = counted
  const { beforeFen, takenFen, backFen } = drawer
  const row = { row: 'counted', ...drawer, ...counted } as const
  const difference = cashDifference({
    day: dayOf(toMs),
    ref: isoOf(toMs),
    expectedFen: beforeFen + takenFen - backFen,
    countedFen,
  })
  return difference === null ? [row] : [row, { row: 'item', owner: by, ...difference }]
}

const sumFen = (list: readonly { readonly amountFen: number }[]): number =>
  list.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** What went back in a span of time, under the means by which it did; `codes` are of that span. */
export function goneBack(
  codes: readonly { readonly amountFen: number }[],
  given: readonly GivenBack[],
  { fromMs, toMs }: Span,
) {
  const ofSpan = given.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  const back = backMeans.flatMap((means) => {
    const list = means === 'qr' ? codes : ofSpan.filter((one) => wentBy(one.means) === means)
    return list.length === 0 ? [] : [{ means, count: list.length, amountFen: sumFen(list) }]
  })
  const cashBackFen = sumFen(back.filter(({ means }) => means === 'cash'))
  return { back, cashBackFen, refundedFen: sumFen(back) - cashBackFen }
}

interface MeansSum {
  readonly means: string | null
  readonly count: number
  readonly amountFen: Fen
}
/** Over all lanes, the largest first. */
function byMeans<T extends MeansSum>(list: readonly T[]) {
  const sums = new Map<T['means'], { readonly count: number; readonly amountFen: Fen }>()
  for (const { means, count, amountFen } of list) {
    const before = sums.get(means) ?? { count: 0, amountFen: 0 }
    sums.set(means, { count: before.count + count, amountFen: before.amountFen + amountFen })
  }
  const all = [...sums].map(([means, sum]) => ({ means, ...sum }))
  return all.sort((a, b) => b.amountFen - a.amountFen)
}

/** What ETC took in a shift, before anything went back. */
export function etcTaken({ takings }: ReportPart): { readonly count: number; readonly fen: Fen } {
  const own = takings.filter(({ means }) => means === 'etc')
  return { count: own.reduce((sum, { count }) => sum + count, 0), fen: sumFen(own) }
}

/** What a shift brought in and gave back. */
export function shiftSums({ entered, takings, refunds }: ReportPart) {
  const back = byMeans(refunds).flatMap(({ means, ...sum }) =>
    means === null ? [] : [{ means, ...sum }],
  )
  const cashBackFen = sumFen(back.filter(({ means }) => means === 'cash'))
  const refundedFen = sumFen(back) - cashBackFen
  return { stays: entered, takings: byMeans(takings), back, cashBackFen, refundedFen }
}

/** Opens the drawer of the lot, or why that cannot be. */
export type OpenDrawer = () => (() => void) | BilingualText

export const noDrawer = t('没有钱箱', 'no drawer')

/** Cash goes back, or a float comes in: the row of the pulse, written before it opens. Null: none opens by itself, and its key does. */
export function drawerPulse(
  drawer: OpenDrawer,
  {
    stayId,
    by,
    atMs,
  }: { readonly stayId?: string | undefined; readonly by: string; readonly atMs: InstantMs },
): { readonly row: RowDraft; open(): void } | null {
  const open = drawer()
  if (typeof open !== 'function') return null
  const body = { type: 'drawer', detail: canonicalJson({ state: 'sent', by }) }
  return { row: { kind: 'event', atMs, ...(stayId === undefined ? {} : { stayId }), body }, open }
}
