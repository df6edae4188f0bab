// The books of the issuer of a lot that works: each service of table I.1, each charge that the platform has, each day.
import type { AcceptanceFacts, IssuerFact, IssuerKind } from '#ledger/pure/facts.ts'
import { chargedFen, chargesOf, isPaid } from '#acceptance/pure/transactions.ts'
import { isoOf } from '#base/pure/values/instant.ts'

export const issuerKinds: readonly IssuerKind[] = [
  'contractNo',
  'statusCheck',
  'charge',
  'refund',
  'query',
  'bookkeeping',
  'bill',
  'reconciliation',
]
const asked = ['statusCheck', 'charge', 'refund', 'query', 'bill'] as const

export function issuerOf(facts: AcceptanceFacts): readonly IssuerFact[] {
  const bookings = chargesOf(facts).flatMap((charge): readonly IssuerFact[] => {
    const { word, intent, refunds } = charge
    if (!isPaid(charge) || word?.says !== 'has') return []
    const backFen = refunds.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)
    const fen = chargedFen(charge) - backFen
    const of = { chargedFen: fen, bookedFen: fen, day: isoOf(intent.atMs).slice(0, 10) }
    return [{ kind: 'bookkeeping', ok: true, ref: word.businessNo, text: 'ok', ...of }]
  })
  const days = Map.groupBy(bookings, ({ day = '' }) => day)
  return [
    { kind: 'contractNo', ok: true, ref: 'C1', text: 'ok', contractNos: ['C1', 'C1'] },
    ...asked.map((kind): IssuerFact => {
      return { kind, ok: true, ref: kind, text: 'ok', status: 200, answer: 'success' }
    }),
    ...bookings,
    ...[...days].map(([day, own]): IssuerFact => {
      const fen = own.reduce((sum, one) => sum + (one.bookedFen ?? 0), 0)
      return {
        kind: 'reconciliation',
        ok: true,
        ref: day,
        text: 'ok',
        chargedFen: fen,
        bookedFen: fen,
      }
    }),
  ]
}
