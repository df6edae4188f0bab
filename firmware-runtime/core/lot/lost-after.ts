// What a lot lost between its last copy and the end of its machine: deductions that the platform's bill has and the
// ledger has not, and how many rows the head of the dead machine was ahead.
import type { Fen } from '../values/fen.ts'

export interface BilledCharge {
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly atIso: string
}

export interface LostCharge extends BilledCharge {
  /** `absent`: the ledger never heard of it. `open`: it has the attempt and no outcome. `amount`: they differ. */
  readonly why: 'absent' | 'open' | 'amount'
}

export interface KnownCharge {
  readonly amountFen: Fen
  readonly state: string
}

/** In the order of the bill. */
export const lostCharges = (
  bill: readonly BilledCharge[],
  known: ReadonlyMap<string, KnownCharge>,
): readonly LostCharge[] =>
  bill.flatMap((charge): readonly LostCharge[] => {
    const own = known.get(charge.outTradeNo)
    if (own === undefined) return [{ ...charge, why: 'absent' }]
    if (own.state !== 'paid') return [{ ...charge, why: 'open' }]
    return own.amountFen === charge.amountFen ? [] : [{ ...charge, why: 'amount' }]
  })
