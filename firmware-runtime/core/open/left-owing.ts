// What cars of an open lot owe that have left their spaces and whose stay has not ended: each with the rest of its order. A charge
// without a result is named, because nothing else may be taken for that order until it is known.
import { openDeduction } from '../lot/claim.ts'
import type { LotState, Order } from '../lot/lot-state.ts'
import { dueFen } from '../lot/lot.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateColour } from '../values/plates/plate.ts'

export interface LeftOwing {
  readonly stayId: string
  /** Null: nothing read it. */
  readonly plate: string | null
  readonly colour: PlateColour
  readonly leftAtMs: InstantMs
  readonly order: Order
  readonly dueFen: Fen
  /** A charge of it by ETC has no result yet. An offer bars nothing: it is cancelled by what else pays the order (P2). */
  readonly isPending: boolean
}

/** The oldest first. */
export const leftOwing = (lot: LotState): readonly LeftOwing[] =>
  [...lot.left.values()].flatMap(({ stayId, plate, colour, leftAtMs, orders }) => {
    const order = orders.at(-1)
    if (order === undefined || leftAtMs === null || order.settledOtherwise) return []
    const fen = dueFen(order)
    if (fen === 0) return []
    const isPending = openDeduction(order) !== null
    return [{ stayId, plate, colour, leftAtMs, order, dueFen: fen, isPending }]
  })
