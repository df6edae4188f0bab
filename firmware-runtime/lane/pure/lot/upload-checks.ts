// M11: every paid outcome has an upload row, a receipt or a named open item that counts as exposure.
// Part of the checker of invariants.ts; the money at risk is computed here independently, from rows alone.
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import {
  lastState,
  type Checker,
  type DeductionCase,
  type Ledgered,
  type LiveFacts,
} from './invariant-cases.ts'

/** The charge's own record, whatever the platform made of it. */
const recordOf = (ledger: Ledgered, d: DeductionCase) => ledger.outbox.get(d.intent.body.outTradeNo)

/** The platform's word that it is paid, or a person's who has the word of the clearing side. */
const isReceipt = ({ source }: { readonly source: string }): boolean =>
  source === 'platform' || source === 'person'

export function checkUploads(c: Checker, ledger: Ledgered, live: LiveFacts): void {
  for (const d of ledger.deductions.values()) {
    const end = d.outcomes.at(-1)
    if (end?.body.state !== 'paid') continue
    const named = ledger.noTac.has(d.intent.orderId ?? '')
    const ok = recordOf(ledger, d) !== undefined || isReceipt(end.body) || named
    c.check('M11', ok, end, 'paid, and neither an upload nor a receipt nor an open item')
  }
  if (live.exposureFen === undefined) return
  const atRisk = atRiskFen(ledger)
  const detail = `${atRisk} fen at risk by the rows, ${live.exposureFen} on the screen`
  c.check('M11', live.exposureFen === atRisk, null, detail)
}

function atRiskFen(ledger: Ledgered): Fen {
  let sum = 0
  for (const d of ledger.deductions.values())
    if (!isTestOrder(d.intent.orderId) && !ledger.booked.has(d.intent.deductionId ?? ''))
      sum += riskOf(ledger, d)
  return sum
}

/** Unconfirmed fen of one charge. */
function riskOf(ledger: Ledgered, d: DeductionCase): Fen {
  const record = recordOf(ledger, d)
  const state = ledger.uploadState.get(record?.outboxId ?? '')
  if (record !== undefined) {
    const refused = record.op === 'charge' && state === 'rejected'
    return state === 'confirmed' || refused ? 0 : record.amountFen
  }
  const end = d.outcomes.at(-1)
  const onCard = d.intent.body.chargeMode === 'card'
  if (lastState(d) === 'unknown') return onCard ? (d.intent.amountFen ?? 0) : 0
  return end?.body.state === 'paid' && !isReceipt(end.body) ? (end.amountFen ?? 0) : 0
}
