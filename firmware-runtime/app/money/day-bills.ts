// A day held against the bills that others have of it: the gateway's of payments by code, the platform's of ETC.
// What nobody has a bill of is compared with nothing, and why a bill did not come is kept for people.
import { dayCodes } from '../../core/billing/day-codes.ts'
import { billKey, tallyOf } from '../../core/billing/day-items.ts'
import { reconcileCodes, type BillLine, type LedgerCode } from '../../core/billing/day-tally.ts'
import {
  dayMs,
  dayStartMs,
  instantOfIso,
  isoOf,
  type InstantMs,
} from '../../core/values/instant.ts'
import type { TallyRow } from '../../core/values/tally-row.ts'
import type { LedgerService } from '../../ports/ledger-service.ts'
import type { PaymentBill, PaymentSilence } from '../../ports/payment.ts'
import type { PlatformBill, PlatformBills } from '../../ports/platform-bill.ts'

export type BilledMeans = 'etc' | 'qr'

interface BillParts {
  readonly runtime: {
    /** Null where the lot has no gateway. */
    readonly payments: { bill(day: string): Promise<PaymentBill | PaymentSilence> } | null
    nowMs(): InstantMs
  }
  readonly service: Pick<LedgerService, 'dayTally' | 'etcOfDay'>
  /** Null where nobody has a bill of ETC. */
  readonly bills: PlatformBills | null
}

/** A bill that was asked for and did not come. */
interface MissingBill {
  readonly means: BilledMeans
  readonly reason: string
}

interface HeldDay {
  readonly rows: readonly TallyRow[]
  readonly differences: number
  /** What was held against its bill now. */
  readonly means: readonly BilledMeans[]
  readonly missing: readonly MissingBill[]
}

interface Span {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

export const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

export function spanOf(day: string): Span {
  const fromMs = dayStartMs(instantOfIso(`${day}T00:00:00+08:00`))
  return { fromMs, toMs: fromMs + dayMs }
}

type Lines = readonly BillLine[] | { readonly reason: string }

export class DayBills {
  private readonly parts: BillParts
  private readonly missed = new Map<string, { readonly atMs: InstantMs; readonly reason: string }>()
  /** The platform said that it has none. */
  private hasNone = false

  constructor(parts: BillParts) {
    this.parts = parts
  }

  /** Of what somebody has a bill. */
  get means(): readonly BilledMeans[] {
    const { runtime, bills } = this.parts
    return [
      ...(bills === null || this.hasNone ? [] : (['etc'] as const)),
      ...(runtime.payments === null ? [] : (['qr'] as const)),
    ]
  }

  /** The last time that a bill was asked for and did not come; null: it came, or nobody asked. */
  missedOf(means: BilledMeans, day: string) {
    return this.missed.get(billKey(means, day)) ?? null
  }

  /** Rows for the ledger; `by` is empty where the clock asks. */
  async hold(day: string, by: string): Promise<HeldDay> {
    const span = spanOf(day)
    const rows: TallyRow[] = []
    const means: BilledMeans[] = []
    const missing: MissingBill[] = []
    let differences = 0
    const dayBefore = dayOf(span.fromMs - dayMs)
    const coming = this.means.map(
      (one) => [one, this.linesOf(one, day), this.linesOf(one, dayBefore)] as const,
    )
    for (const [one, ...bills] of coming) {
      const [bill, before] = await Promise.all(bills)
      if ('reason' in bill) {
        missing.push({ means: one, reason: bill.reason })
        this.missed.set(billKey(one, day), {
          atMs: this.parts.runtime.nowMs(),
          reason: bill.reason,
        })
        continue
      }
      this.missed.delete(billKey(one, day))
      const billBefore = 'reason' in before ? [] : before
      const codes = await this.codesOf(one, span)
      const found = reconcileCodes({ day, means: one, codes, bill, billBefore })
      means.push(one)
      differences += found.differences.length
      const { expectedFen, foundFen, counts } = found
      rows.push({
        row: 'reconciled',
        ...(one === 'etc' ? { means: one } : {}),
        day,
        expectedFen,
        foundFen,
        differences: found.differences.length,
        counts,
        by,
      })
      for (const difference of found.differences)
        rows.push({ row: 'item', owner: by, ...difference })
    }
    const { items } = tallyOf((await this.parts.service.dayTally(span.fromMs)).books)
    return {
      rows: rows.filter((row) => row.row !== 'item' || !items.has(row.itemId)),
      differences,
      means,
      missing,
    }
  }

  private async codesOf(means: BilledMeans, span: Span): Promise<readonly LedgerCode[]> {
    const { service } = this.parts
    if (means === 'qr') return dayCodes((await service.dayTally(span.fromMs)).pays, span)
    const charges = await service.etcOfDay(span.fromMs)
    return charges.map(({ outTradeNo, atMs, ...charge }) => ({
      ...charge,
      attemptNo: outTradeNo,
      isOfDay: atMs >= span.fromMs && atMs < span.toMs,
    }))
  }

  private async linesOf(means: BilledMeans, day: string): Promise<Lines> {
    const { runtime, bills } = this.parts
    if (means === 'qr') {
      const found = await runtime.payments?.bill(day)
      if (found === undefined) return { reason: 'noGateway' }
      return 'rows' in found ? found.rows : { reason: found.reason }
    }
    const { promise, resolve } = Promise.withResolvers<PlatformBill>()
    bills?.bill(day, resolve)
    const found = await promise
    if (found.kind === 'none') this.hasNone = true
    if (found.kind !== 'bill') return { reason: `${found.kind} ${found.reason}`.trim() }
    return found.rows.map(({ outTradeNo, ...line }) => ({ ...line, attemptNo: outTradeNo }))
  }
}
