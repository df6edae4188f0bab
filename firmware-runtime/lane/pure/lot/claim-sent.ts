// Claims the order that another billing system has open in a lane. Nothing is searched or priced here.
import { claimedAnswer, openDeduction, type ClaimAnswer, type ClaimRequest } from './claim.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

export function claimSent(
  lot: LotState,
  request: ClaimRequest,
): { readonly rows: readonly RowDraft[]; readonly answer: ClaimAnswer } {
  const order = lot.orders.get(lot.sent.byLane.get(request.laneId) ?? '')
  const stay = lot.stays.get(order?.stayId ?? '')
  if (order === undefined || stay === undefined)
    return { rows: [], answer: { kind: 'noStay', candidates: [] } }
  return { rows: [], answer: claimedAnswer(stay, request, order, openDeduction(order)) }
}
