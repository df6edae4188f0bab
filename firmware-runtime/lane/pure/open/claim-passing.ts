// Claiming an order for an OBU that a gantry hears: which stay it is, and what it owes since it left its space.
// Pure, as lane/pure/lot/claim.ts is for a lane with a boom. No stay is ever made here: most cars on a road never parked.
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { claimedAnswer, openDeduction, type ClaimAnswer, type ClaimRequest } from '../lot/claim.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import { numbered } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { matchPassing } from './match-passing.ts'
import { departureRows } from './open-rows.ts'

interface PassingRequest extends ClaimRequest {
  readonly obuId: string | null
  /** When the car in a space was last seen there; null: no report since the start. */
  seenAtMs(spaceId: string): InstantMs | null
}

interface ClaimedPassing {
  readonly rows: readonly RowDraft[]
  readonly answer: ClaimAnswer
  readonly lastId: number
}

export const claimPassing = (
  lot: LotState,
  tariff: Tariff,
  request: PassingRequest,
): ClaimedPassing =>
  numbered({ ...request, lastId: lot.lastId }, (env) => {
    const { stay, match, candidates, mayCharge } = matchPassing(lot, request)
    const nobody = { rows: [], answer: { kind: 'noStay', candidates } } as const
    if (stay === null) return nobody
    const order = stay.orders.at(-1)
    if (stay.leftAtMs !== null && order !== undefined) {
      const answer = claimedAnswer(stay, request, order, openDeduction(order))
      const only = mayCharge ? {} : { settlesOnly: true as const }
      return { rows: [], answer: { ...answer, ...only, match } }
    }
    const seenAtMs = seenThere(stay, request)
    // The duration of the stay is unknown until its space reports.
    if (seenAtMs === null || request.clock !== null) return nobody
    const left = { leftAtMs: seenAtMs, seenAtMs, by: 'gantry' } as const
    const rows = departureRows(lot, tariff, stay, left, env)
    return { rows, answer: { ...answerOf(stay, request, rows), match } }
  })

const seenThere = ({ spaceId }: Stay, request: PassingRequest): InstantMs | null =>
  spaceId === null ? null : request.seenAtMs(spaceId)

/** Answer with the order that these rows make. */
function answerOf(
  stay: Stay,
  request: PassingRequest,
  rows: readonly RowDraft[],
): Extract<ClaimAnswer, { kind: 'claimed' }> {
  const made = rows.find((row) => row.kind === 'orderMade')
  const amountFen = made?.amountFen ?? 0
  const lines = made?.kind === 'orderMade' ? made.body.lines : []
  return {
    kind: 'claimed',
    stayId: stay.stayId,
    plate: stay.plate ?? request.plate,
    enteredAtMs: stay.enteredAtMs,
    order: { orderId: made?.orderId ?? '', dueFen: amountFen, amountFen, lines },
    unsettled: null,
    tries: 0,
    alreadyPaid: null,
    match: null,
  }
}
