// The query of the records page: one day of the lot unless another span is chosen, newest first.
// Days follow the lot's clock; nothing is converted to this machine's zone.
import type { LedgerFilter } from '#ledger/calls/ledger.ts'
import { daysOf } from '../../kit/local-date.ts'
import { fenOfYuan } from '../../kit/words.ts'

/** Two local times, such as `2026-03-14T00:00:00`; null: open on that side. */
export interface Span {
  readonly from: string | null
  readonly to: string | null
}

export const quickSpans = ['today', 'yesterday', 'week', 'month', 'lastMonth'] as const
export type QuickSpan = (typeof quickSpans)[number]

/** Longest span for a search by person or amount, which has no index, and for sums. */
export const spanDaysMax = 31
const dayMs = 86_400_000

const dayText = (dayAtMs: number): string => new Date(dayAtMs).toISOString().slice(0, 10)
/** Taken as UTC: only whole days are added, so the zone does not matter. */
const dayAt = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`)

/** Half-open: up to midnight after the last day. */
export function spanOf(quick: QuickSpan, businessIso: string): Span {
  const today = dayAt(businessIso)
  const [first, last] = {
    today: [today, today],
    yesterday: [today - dayMs, today - dayMs],
    week: [today - 6 * dayMs, today],
    month: daysOf('month', businessIso.slice(0, 10)).map(dayAt),
    lastMonth: daysOf('lastMonth', businessIso.slice(0, 10)).map(dayAt),
  }[quick]
  const at = (dayAtMs: number): string => `${dayText(dayAtMs)}T00:00:00`
  return { from: at(first ?? today), to: at((last ?? today) + dayMs) }
}

export function isShort({ from, to }: Span): boolean {
  if (from === null || to === null) return false
  const spanMs = Date.parse(`${to}Z`) - Date.parse(`${from}Z`)
  return spanMs >= 0 && spanMs <= spanDaysMax * dayMs
}

export interface SearchForm extends Span {
  readonly kind: LedgerFilter['kind']
  readonly plate: string
  readonly by: string
  readonly yuan: string
  /** Means of payments, or by which refunds were given back; empty: any. */
  readonly means: LedgerFilter['means'] | ''
}

/** Why this search is refused, as a key of the page's words; null: it is allowed. */
export function askFault(searchForm: SearchForm): 'amountBad' | 'spanLong' | 'spanTurned' | null {
  const { by, yuan, from, to } = searchForm
  if (yuan.trim() !== '' && fenOfYuan(yuan) === null) return 'amountBad'
  if (from !== null && to !== null && from >= to) return 'spanTurned'
  return (by.trim() !== '' || yuan.trim() !== '') && !isShort(searchForm) ? 'spanLong' : null
}

export function filterOf(searchForm: SearchForm, offset: string): LedgerFilter {
  const { kind, from, to, means } = searchForm
  const part = searchForm.plate
    .trim()
    .toUpperCase()
    .replaceAll(/[\s·.]/g, '')
  const by = searchForm.by.trim()
  const amountFen = fenOfYuan(searchForm.yuan)
  return {
    kind,
    order: 'newest',
    ...(part === '' ? {} : { platePart: part }),
    ...(by === '' ? {} : { by }),
    ...(amountFen === null ? {} : { amountFen }),
    ...(means === '' || (kind !== 'payment' && kind !== 'refund') ? {} : { means }),
    ...(from === null ? {} : { from: `${from}${offset}` }),
    ...(to === null ? {} : { to: `${to}${offset}` }),
  }
}
