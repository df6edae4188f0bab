// Readings of a gantry that were like the plate of a car that left its space unpaid, and charged nobody. In memory: a start
// forgets them, and what they may have paid stays owed.
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { PlateCandidate } from '#ledger/pure/lot/plate-match.ts'
import { dueFen } from '#ledger/pure/lot/order-due.ts'
import { notTakenWhy, type NotTaken } from '../pure/open/match-passing.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'

/** Most readings that are kept, and for how long. Assumed. */
const keptMax = 50
const keptMs = 24 * 3_600_000

interface UnmatchedPassing {
  readonly laneId: string
  readonly obuId: string | null
  readonly plate: string
  readonly colour: PlateColour
  readonly atMs: InstantMs
  readonly candidates: readonly PlateCandidate[]
}

/** A car that still owes, and why the reading did not pay for it. */
interface UnmatchedCar {
  readonly candidate: PlateCandidate
  readonly leftAtMs: InstantMs
  readonly dueFen: number
  readonly why: NotTaken
}

export class UnmatchedPassings {
  #kept: readonly UnmatchedPassing[] = []

  /** Most cars of a road are like no other: they are not kept. A later reading of a plate replaces the earlier one. */
  note(passing: UnmatchedPassing): void {
    if (passing.candidates.every(({ plate }) => plate === null)) return
    const others = this.#kept.filter(({ plate }) => plate !== passing.plate)
    this.#kept = [passing, ...others].slice(0, keptMax)
  }

  /** The newest first, each with the cars that still owe; a reading without such a car is left out. */
  list(lot: LotState, nowMs: InstantMs) {
    this.#kept = this.#kept.filter(({ atMs }) => nowMs - atMs < keptMs)
    return this.#kept.flatMap((passing) => {
      const whys = notTakenWhy(lot, { ...passing, nowMs: passing.atMs }, passing.candidates)
      const cars = passing.candidates.flatMap((candidate, n): UnmatchedCar[] => {
        const stay = lot.left.get(candidate.stayId)
        const order = stay?.orders.at(-1)
        const why = whys[n]
        if (stay === undefined || order === undefined || order.settledOtherwise) return []
        const due = dueFen(order)
        if (due === 0 || why === undefined) return []
        return [{ candidate, leftAtMs: stay.leftAtMs ?? 0, dueFen: due, why }]
      })
      return cars.length === 0 ? [] : [{ passing, cars }]
    })
  }
}
