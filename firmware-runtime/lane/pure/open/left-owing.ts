// What cars of an open lot owe that have left their spaces and whose stay has not ended: each with the rest of its order. A charge
// without a result is named, because nothing else may be taken for that order until it is known.
import { openDeduction } from '../lot/claim.ts'
import { cardBarOf, type CardBar } from '#money/pure/lot/card-bar.ts'
import type { LotState, Order, Stay } from '#ledger/pure/lot/lot-state.ts'
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

export interface LeftOwing {
  readonly stayId: string
  /** Null: nothing read it. */
  readonly plate: string | null
  readonly colour: PlateColour
  readonly leftAtMs: InstantMs
  /** Why no card is charged by its plate; null: a gantry that reads it charges. */
  readonly bar: CardBar | null
  readonly typedBy: string | null
  readonly photo: string | null
  readonly order: Order
  readonly dueFen: Fen
  /** A charge of it by ETC has no result yet. An offer bars nothing: it is cancelled by what else pays the order (P2). */
  readonly isPending: boolean
}

/** An OBU that was read at the space is that of its car, whatever else was typed. */
export const leftBarOf = (stay: Stay): CardBar | null =>
  stay.plate === null || stay.record !== null ? null : cardBarOf(stay)

/** The oldest first. */
export const leftOwing = (lot: LotState): readonly LeftOwing[] =>
  [...lot.left.values()].flatMap((stay) => {
    const { stayId, plate, colour, leftAtMs, orders, oneLook, photo } = stay
    const order = orders.at(-1)
    if (order === undefined || leftAtMs === null || order.settledOtherwise) return []
    const fen = dueFen(order)
    if (fen === 0) return []
    const isPending = openDeduction(order) !== null
    const look = { bar: leftBarOf(stay), typedBy: oneLook?.who ?? null, photo }
    return [{ stayId, plate, colour, leftAtMs, ...look, order, dueFen: fen, isPending }]
  })
