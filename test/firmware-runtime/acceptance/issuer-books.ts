// One stored record for each service of table I.1, as an issuer would keep it.
import type { IssuerFact, IssuerKind } from '../../../firmware-runtime/acceptance/facts.ts'

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
export const issuer: readonly IssuerFact[] = issuerKinds.map((kind) => ({
  kind,
  ok: true,
  ref: kind,
  text: 'ok',
}))
