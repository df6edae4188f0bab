// Compares a day with the bills of others: the gateway's for payments by code, the platform's for ETC, and its split of
// them. Without a bill nothing is compared; why a bill did not come is stored for people.
import { dayCodes } from '#money/pure/billing/day-codes.ts'
import { billKey, openLinesOf, tallyOf, type Tally } from '#money/pure/billing/day-items.ts'
import {
  reconcileCodes,
  type BillLine,
  type LedgerCode,
  type OpenLine,
} from '#money/pure/billing/day-tally.ts'
import { destinationRows } from '#ledger/pure/lot/destinations.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import {
  dayMs,
  dayStartMs,
  instantOfIso,
  isoOf,
  type InstantMs,
} from '#base/pure/values/instant.ts'
import { reconcileSplit, type SplitLine } from '#money/pure/billing/split-tally.ts'
import type { BilledMeans, TallyRow } from '#base/pure/rows/tally-row.ts'
import type { EtcOfDay, LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PaymentBill, PaymentSilence } from '#money/ports/payment.ts'
import type {
  BilledTrade,
  DayBill,
  PlatformBills,
  SplitShare,
} from '#ledger/ports/platform-bill.ts'

interface BillParts {
  readonly runtime: {
    /** Null: the lot has no gateway. */
    readonly payments: { bill(day: string): Promise<PaymentBill | PaymentSilence> } | null
    nowMs(): InstantMs
  }
  readonly service: Pick<LedgerService, 'dayTally' | 'etcOfDay'>
  /** By destination: its bills of charges or, under its own name, of exit records. Null or no entry: it has no bill. */
  readonly bills: ReadonlyMap<string, PlatformBills | null>
}

/** A bill that was requested and did not come. */
interface MissingBill {
  readonly means: BilledMeans
  readonly reason: string
}

interface HeldDay {
  readonly rows: readonly TallyRow[]
  readonly differences: number
  /** Means that were compared with their bill now. */
  readonly means: readonly BilledMeans[]
  readonly missing: readonly MissingBill[]
}

interface Span {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

const notBegun = t('这一天还没有开始', 'that day has not begun')

export const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

export function spanOf(day: string): Span {
  const fromMs = dayStartMs(instantOfIso(`${day}T00:00:00+08:00`))
  return { fromMs, toMs: fromMs + dayMs }
}

type Came<Line> = readonly Line[] | { readonly reason: string }
type Lines = Came<BillLine>
/** Means that are compared with rows of the ledger. */
type OwnMeans = Exclude<BilledMeans, 'split'>
/** The result of comparing a day's bill with the ledger. */
type Judgement = Omit<ReturnType<typeof reconcileSplit>, 'parties'> &
  Partial<Pick<ReturnType<typeof reconcileSplit>, 'parties'>> &
  Partial<Pick<ReturnType<typeof reconcileCodes>, 'open' | 'lines'>>
/** Or the reason why its bill did not come. */
type Judged = Judgement | { readonly reason: string }

const rowOf = (means: BilledMeans, day: string, by: string, found: Judgement): TallyRow => ({
  row: 'reconciled',
  ...(means === 'qr' ? {} : { means }),
  day,
  expectedFen: found.expectedFen,
  foundFen: found.foundFen,
  differences: found.differences.length,
  counts: found.counts,
  ...((found.open ?? 0) === 0 ? {} : { open: found.open }),
  ...(found.parties === undefined ? {} : { parties: found.parties }),
  by,
})

export class DayBills {
  private readonly parts: BillParts
  private readonly missed = new Map<string, { readonly atMs: InstantMs; readonly reason: string }>()
  /** Means for which the platform answered that it has no bill. */
  private readonly none = new Set<BilledMeans>()

  constructor(parts: BillParts) {
    this.parts = parts
  }

  /** Means for which a bill exists. */
  get means(): readonly BilledMeans[] {
    const { runtime } = this.parts
    const platforms = destinationRows.flatMap(({ means }): readonly BilledMeans[] => {
      const bills = means === null ? null : this.billsOf(means)
      if (means === null || bills === null) return []
      return means === 'etc' ? [means, ...splitOf(bills)] : [means]
    })
    const others = runtime.payments === null ? [] : (['qr'] as const)
    return [...platforms.filter((one) => !this.none.has(one)), ...others]
  }

  /** Bills of the destination under whose name the means are compared. */
  private billsOf(means: 'etc' | 'operator'): PlatformBills | null {
    const of = destinationRows.find((row) => row.means === means)
    return of === undefined ? null : (this.parts.bills.get(of.id) ?? null)
  }

  /** The last time that a bill was requested and did not come; null: it came, or was not requested. */
  missedOf(means: BilledMeans, day: string) {
    return this.missed.get(billKey(means, day)) ?? null
  }

  /**
   * Rows for the ledger. `by` is empty for the scheduled comparison; `only` names the bills to request again. DAY-01
   * for a day that has not begun.
   */
  async hold(day: string, by: string, only: readonly BilledMeans[] = this.means): Promise<HeldDay> {
    const span = spanOf(day)
    if (span.fromMs > this.parts.runtime.nowMs())
      throw new LaneFault('DAY-01', { field: '/day', value: day, note: notBegun })
    const rows: TallyRow[] = []
    const means: BilledMeans[] = []
    const missing: MissingBill[] = []
    let differences = 0
    let books: Promise<Tally['items']> | null = null
    // Read after the bills, which are all requested at once.
    const items = () => (books ??= this.itemsOf(span))
    for (const [one, judging] of this.judging(day, span, { only, items })) {
      const found = await judging
      if ('reason' in found) {
        missing.push({ means: one, reason: found.reason })
        const atMs = this.parts.runtime.nowMs()
        this.missed.set(billKey(one, day), { atMs, reason: found.reason })
        continue
      }
      this.missed.delete(billKey(one, day))
      means.push(one)
      differences += found.differences.length
      rows.push(rowOf(one, day, by, found))
      for (const difference of found.differences)
        rows.push({ row: 'item', owner: by, ...difference })
      for (const line of found.lines ?? []) rows.push({ row: 'line', ...line })
    }
    const known = await items()
    return {
      rows: rows.filter((row) => row.row !== 'item' || !known.has(row.itemId)),
      differences,
      means,
      missing,
    }
  }

  private async itemsOf({ fromMs }: Span): Promise<Tally['items']> {
    return tallyOf((await this.parts.service.dayTally(fromMs)).books).items
  }

  /** Requests all bills at once; the split bill is compared with the bill of the same day. */
  private judging(
    day: string,
    span: Span,
    { only, items }: { only: readonly BilledMeans[]; items: () => Promise<Tally['items']> },
  ): readonly (readonly [BilledMeans, Promise<Judged>])[] {
    const dayBefore = dayOf(span.fromMs - dayMs)
    const means = this.means.filter((one) => only.includes(one))
    const etc = means.includes('etc') ? this.linesOf('etc', day) : null
    return means.map((one) => {
      if (one === 'split') return [one, this.splitJudged(day, span, etc)] as const
      const bill = one === 'etc' && etc !== null ? etc : this.linesOf(one, day)
      const open = async () => openLinesOf(await items(), one, day)
      return [one, this.judged(one, day, span, [bill, this.linesOf(one, dayBefore)], open)] as const
    })
  }

  private async judged(
    means: OwnMeans,
    day: string,
    span: Span,
    bills: readonly [Promise<Lines>, Promise<Lines>],
    open: () => Promise<readonly OpenLine[]>,
  ): Promise<Judged> {
    const [bill, before] = await Promise.all(bills)
    if ('reason' in bill) return bill
    const billBefore = 'reason' in before ? [] : before
    const codes = await this.codesOf(means, span)
    const heldOn = dayOf(this.parts.runtime.nowMs())
    const openLines = await open()
    return reconcileCodes({ day, means, codes, bill, billBefore, heldOn, openLines })
  }

  private async splitJudged(day: string, span: Span, etc: Promise<Lines> | null): Promise<Judged> {
    const [bill, split] = await Promise.all([etc ?? { reason: 'noBill' }, this.splitLines(day)])
    if ('reason' in split) return split
    if ('reason' in bill) return bill
    const codes = await this.codesOf('etc', span)
    const stays = new Map(codes.map(({ attemptNo, stayId }) => [attemptNo, stayId]))
    return reconcileSplit({ day, bill, split, stayOf: (no) => stays.get(no) })
  }

  private async codesOf(means: OwnMeans, span: Span): Promise<readonly LedgerCode[]> {
    const { service } = this.parts
    if (means === 'qr') return dayCodes((await service.dayTally(span.fromMs)).pays, span)
    const charges = await service.etcOfDay(span.fromMs)
    const isIn = (atMs: InstantMs): boolean => atMs >= span.fromMs && atMs < span.toMs
    if (means === 'operator') return charges.flatMap((one) => recordCode(one, isIn(one.atMs)))
    return charges.map(({ outTradeNo, atMs, record: _, ...charge }) => ({
      ...charge,
      attemptNo: outTradeNo,
      isOfDay: isIn(atMs),
    }))
  }

  private async linesOf(means: OwnMeans, day: string): Promise<Lines> {
    const { runtime } = this.parts
    if (means === 'qr') {
      const found = await runtime.payments?.bill(day)
      if (found === undefined) return { reason: 'noGateway' }
      return 'rows' in found ? found.rows : { reason: found.reason }
    }
    const source = this.billsOf(means)
    const rows = await this.asked<BilledTrade>(means, (done) => source?.bill(day, done))
    return 'reason' in rows
      ? rows
      : rows.map(({ outTradeNo, ...line }) => ({ ...line, attemptNo: outTradeNo }))
  }

  private async splitLines(day: string): Promise<Came<SplitLine>> {
    const rows = await this.asked<SplitShare>('split', (done) =>
      this.billsOf('etc')?.split?.(day, done),
    )
    return 'reason' in rows
      ? rows
      : rows.map(({ outTradeNo, ...line }) => ({ ...line, attemptNo: outTradeNo }))
  }

  private async asked<Row>(
    means: BilledMeans,
    ask: (done: (found: DayBill<Row>) => void) => void,
  ): Promise<Came<Row>> {
    const { promise, resolve } = Promise.withResolvers<DayBill<Row>>()
    ask(resolve)
    const found = await promise
    if (found.kind === 'none') this.none.add(means)
    return found.kind === 'bill' ? found.rows : { reason: `${found.kind} ${found.reason}`.trim() }
  }
}

/**
 * An exit record states what a car was charged when it left; later refunds are not part of it. A record that has not
 * arrived is counted in the queue: it is not a difference, and neither is one of which only the answer was lost.
 */
const recordCode = (
  { outTradeNo, stayId, record }: EtcOfDay,
  isOfDay: boolean,
): readonly LedgerCode[] =>
  record === null
    ? []
    : [
        {
          attemptNo: outTradeNo,
          stayId,
          paidFen: record.fen,
          refundedFen: 0,
          onItsWayFen: 0,
          isOfDay: isOfDay && record.isThere,
        },
      ]

const splitOf = ({ split }: PlatformBills): readonly 'split'[] => (split === null ? [] : ['split'])
