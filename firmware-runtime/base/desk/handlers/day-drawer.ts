// The drawer in a day's accounts: what it should hold, what was paid back from it, and how often it was opened. Rows
// in, numbers out.
import { t, type BilingualText } from '../../pure/words/fault-text.ts'
import type { Tally } from '#money/pure/billing/day-items.ts'
import { endsSinceCount, floatSinceCount } from '#money/pure/billing/given-back.ts'
import type { ReportPart } from '#money/pure/billing/report-part.ts'
import type { GivenBack } from '#money/pure/pay/refund-by-hand.ts'
import { cashDifference } from '#money/pure/billing/day-tally.ts'
import { monthSpan } from '#money/pure/member/merchants.ts'
import type { Fen } from '../../pure/values/fen.ts'
import { dayStartMs, isoOf, type InstantMs } from '../../pure/values/instant.ts'
import { canonicalJson } from '../../pure/data/json.ts'
import type { RowDraft } from '../../pure/rows/ledger-row.ts'
import { backMeans, wentBy } from '../../pure/values/refund-means.ts'
import type { TallyRow } from '../../pure/rows/tally-row.ts'
import type { DayTally, SinceCount } from '#ledger/ports/ledger-service.ts'
import { dayOf } from '#lane/money/day-bills.ts'

/** Amount that it should hold at the end of a shift. */
export const drawerFenOf = ({
  beforeFen,
  takenFen,
  backFen: back = 0,
}: Tally['shifts'][number]): number => beforeFen + takenFen - back

/** `state` of an opening without a sale. */
export const noSale = 'noSale'

/** Pulses since the last count, and those of them without a sale; a pulse that was not sent does not count. */
function openedSince({ pulses }: Pick<SinceCount, 'pulses'>) {
  const left = Object.entries(pulses).filter(([state]) => state !== 'silent')
  return { opened: left.reduce((sum, [, n]) => sum + n, 0), noSale: pulses[noSale] ?? 0 }
}

interface Span {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

/** The months (+08:00) that a period touches, cut to it. */
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

/** The period since the last count; before the first count, since the ledger began. */
export function drawerSpan(
  { shifts }: Tally,
  { beganMs }: Pick<DayTally, 'beganMs'>,
  toMs: InstantMs,
): Span {
  return { fromMs: shifts.at(-1)?.toMs ?? beganMs ?? dayStartMs(toMs), toMs }
}

/** The drawer at the end of a shift: its float, cash taken since, and cash paid back from it. */
export interface DrawerSum extends Span {
  /** Left by the shift before, and put in since. */
  readonly beforeFen: Fen
  readonly floatFen: Fen
  readonly takenFen: Fen
  readonly backFen: Fen
  /** The last row that was counted. */
  readonly uptoSeq: number
}

/** Since the last count, or the start of the lot, by row numbers and not by the clock. */
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

/** The drawer as shown by a page and a command. */
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

/** The rows of a count: the amount counted, and an item when it differs from the expected amount. */
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

/** Refunds of a period, by the means used to pay back; `codes` are those of that period. */
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
/** Sums over all lanes, largest first. */
function byMeans<T extends MeansSum>(list: readonly T[]) {
  const sums = new Map<T['means'], { readonly count: number; readonly amountFen: Fen }>()
  for (const { means, count, amountFen } of list) {
    const before = sums.get(means) ?? { count: 0, amountFen: 0 }
    sums.set(means, { count: before.count + count, amountFen: before.amountFen + amountFen })
  }
  const all = [...sums].map(([means, sum]) => ({ means, ...sum }))
  return all.sort((a, b) => b.amountFen - a.amountFen)
}

/** What ETC took in a shift, before refunds. */
export function etcTaken({ takings }: ReportPart): { readonly count: number; readonly fen: Fen } {
  const own = takings.filter(({ means }) => means === 'etc')
  return { count: own.reduce((sum, { count }) => sum + count, 0), fen: sumFen(own) }
}

/** Takings and refunds of a shift. */
export function shiftSums({ entered, unpaired, takings, refunds }: ReportPart) {
  const back = byMeans(refunds).flatMap(({ means, ...sum }) =>
    means === null ? [] : [{ means, ...sum }],
  )
  const cashBackFen = sumFen(back.filter(({ means }) => means === 'cash'))
  const refundedFen = sumFen(back) - cashBackFen
  return { stays: entered, ...unpaired, takings: byMeans(takings), back, cashBackFen, refundedFen }
}

/** Opens the drawer of the lot, or says why it cannot. */
export type OpenDrawer = () => (() => void) | BilingualText

export const noDrawer = t('没有钱箱', 'there is no cash drawer')

/**
 * Pulse for cash paid back or for a float: its row, to be written before the drawer opens. Null: no drawer opens by
 * command, and its key is used.
 */
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
  const body = { type: 'drawer', detail: canonicalJson({ state: 'sent', by }) } as const
  return { row: { kind: 'event', atMs, ...(stayId === undefined ? {} : { stayId }), body }, open }
}
