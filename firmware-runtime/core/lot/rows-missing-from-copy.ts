// What a lot lost between its last copy and the end of its machine: deductions that the platform's bill has and the
// ledger has not, money of the others that went back since, and how many rows the head of the dead machine was ahead.
import { note } from '../values/notes.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { RowDraft } from '../values/rows/ledger-row.ts'

export interface BilledCharge {
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly atIso: string
  /** What went back of it, as the bill has it. */
  readonly refundedFen: Fen
}

export interface LostCharge extends Omit<BilledCharge, 'refundedFen'> {
  /** `absent`: the ledger never heard of it. `open`: it has the attempt and no outcome. `amount`: they differ. */
  readonly why: 'absent' | 'open' | 'amount'
}

export interface KnownCharge {
  readonly amountFen: Fen
  readonly state: string
  /** What went back, or is asked for. */
  readonly backFen: Fen
  readonly refs: {
    readonly laneId: string
    readonly stayId: string
    readonly orderId: string
    readonly deductionId: string
  }
}

/** In the order of the bill. */
export const lostCharges = (
  bill: readonly BilledCharge[],
  known: ReadonlyMap<string, KnownCharge>,
): readonly LostCharge[] =>
  bill.flatMap(({ refundedFen: _, ...charge }): readonly LostCharge[] => {
    const own = known.get(charge.outTradeNo)
    if (own === undefined) return [{ ...charge, why: 'absent' }]
    if (own.state !== 'paid') return [{ ...charge, why: 'open' }]
    return own.amountFen === charge.amountFen ? [] : [{ ...charge, why: 'amount' }]
  })

/** Money of a known charge that went back behind the copy. */
export interface LostRefund {
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly rows: readonly RowDraft[]
}

/** In the place of the second person: the bill of the platform. */
const billWord = note('platformBill')

/** A charge that stands twice in a bill of several days went back once, as its last line says. */
const newestLines = (bill: readonly BilledCharge[]): ReadonlyMap<string, BilledCharge> =>
  new Map(bill.map((charge) => [charge.outTradeNo, charge]))

/** With the rows that say so before a lane opens: people would give the same money back a second time. */
export const lostRefunds = (
  bill: readonly BilledCharge[],
  known: ReadonlyMap<string, KnownCharge>,
  { atMs, by, reason }: { readonly atMs: InstantMs; readonly by: string; readonly reason: string },
): readonly LostRefund[] =>
  [...newestLines(bill).values()].flatMap(({ outTradeNo, refundedFen }): LostRefund[] => {
    const own = known.get(outTradeNo)
    const amountFen = refundedFen - (own?.backFen ?? 0)
    if (own?.state !== 'paid' || amountFen <= 0) return []
    // A machine that goes on from this one may be lost as well.
    const refundId = `${outTradeNo}-lost-${atMs}`
    const people = { operator: by, approvedBy: billWord, byPeople: true } as const
    const body = { refundId, outTradeNo, reason, ...people }
    const state = { refundId, state: 'success' } as const
    const rows: RowDraft[] = [
      { kind: 'refund', atMs, ...own.refs, amountFen, body },
      { kind: 'refundState', atMs, stayId: own.refs.stayId, body: state },
    ]
    return [{ outTradeNo, amountFen, rows }]
  })
