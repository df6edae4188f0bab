// Splits the income of a shared bay among its providers: in basis points, in integer fen that add up to the income.
// The largest remainders get the fen that are left over; of equal ones the first provider, the lot last.
import { segmentsOf } from '#money/pure/billing/segments.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type {
  IncomePart,
  Reservation,
  Share,
  SharePart,
  UpFact,
} from '#base/pure/rows/reservation-row.ts'

interface IncomeOrder {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly paidFen: Fen
  readonly reservationFen: Fen
}

export interface StayWithIncome {
  readonly stayId: string
  readonly enteredAtMs: InstantMs
  readonly orders: readonly IncomeOrder[]
}

const wholeBp = 10_000
/** The lot's own part. */
const lotPart = ''

/** Every provider in turn, and the lot with the rest. */
export function divided(totalFen: Fen, parts: readonly SharePart[]): readonly IncomePart[] {
  const lotBp = wholeBp - parts.reduce((sum, { bp }) => sum + bp, 0)
  const all = [...parts, { providerId: lotPart, bp: lotBp }]
  // A remainder below the whole: products stay within what a number counts exactly.
  const shares = all.map((part, at) => {
    const product = totalFen * part.bp
    return { ...part, at, amountFen: Math.floor(product / wholeBp), rest: product % wholeBp }
  })
  const leftFen = totalFen - shares.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const first = new Set(
    shares
      .toSorted((a, b) => b.rest - a.rest || a.at - b.at)
      .slice(0, leftFen)
      .map(({ at }) => at),
  )
  return shares.map(({ providerId, bp, at, amountFen }) => ({
    providerId,
    bp,
    amountFen: amountFen + (first.has(at) ? 1 : 0),
  }))
}

/** Income of a stay with a reservation; the stay as it leaves. */
export function incomeOf(
  { orderNo, terms, shareNo }: Reservation,
  { stayId, enteredAtMs, orders }: StayWithIncome,
  shares: ReadonlyMap<string, Share>,
): UpFact {
  const paidFen = orders.reduce((sum, order) => sum + order.paidFen, 0)
  const usedFen = segmentsOf(orders).reduce((sum, order) => sum + order.reservationFen, 0)
  const prepaidFen = terms.kind === 'prepaid' ? usedFen : 0
  const parts = divided(paidFen + prepaidFen, shares.get(shareNo ?? '')?.parts ?? [])
  return { kind: 'income', orderNo, stayId, enteredAtMs, paidFen, prepaidFen, parts }
}
