// What a lot lost between its last copy and the end of its machine: deductions in the platform's bill that the ledger
// lacks, later refunds of the others, and the number of rows by which the dead machine was ahead.
import { note } from '#base/pure/words/notes.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

export interface BilledCharge {
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly atIso: string
  /** Fen refunded according to the bill. */
  readonly refundedFen: Fen
}

export interface LostCharge extends Omit<BilledCharge, 'refundedFen'> {
  /** `absent`: not in the ledger. `open`: an attempt without an outcome. `amount`: different amounts. */
  readonly why: 'absent' | 'open' | 'amount'
}

export interface KnownCharge {
  readonly amountFen: Fen
  readonly state: string
  /** Fen refunded or requested. */
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

/** A refund of a known charge made after the copy. */
export interface LostRefund {
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly rows: readonly RowDraft[]
}

/** In the place of the second person: the bill of the platform. */
const billWord = note('platformBill')

/** The last line of each charge: one that occurs twice in a bill of several days was refunded once. */
const newestLines = (bill: readonly BilledCharge[]): ReadonlyMap<string, BilledCharge> =>
  new Map(bill.map((charge) => [charge.outTradeNo, charge]))

/** Includes the rows to write before a lane opens: otherwise people would refund the same money twice. */
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
