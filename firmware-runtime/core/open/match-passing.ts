// Finds the order that an OBU at a gantry pays: among cars that have left their spaces, and those that still stand there
// according to the ledger. Pure; the answer gives the reason, and a car without a certain match passes.
import type { LotState, Stay } from '../lot/lot-state.ts'
import { candidatesOf, correctionOf, type PlateCandidate } from '../lot/plate-match.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateMatch } from '../values/plates/plate-match.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import { stayOfPlate } from '../lot/find-stay.ts'

/** A reading of a gantry: the plate stored in the OBU. */
interface PassingObu {
  readonly plate: string
  readonly colour: PlateColour
  readonly nowMs: InstantMs
}

/** Time after leaving its space in which a car may be matched by a misread plate. Assumed. */
const misreadWithinMs = 15 * 60_000

/**
 * Only characters that no plate contains are corrected automatically: the plate in an OBU is certain, and cars of one company
 * often have plates that differ in one confusable character. Other similar plates are left to a person.
 */
export const certainMatch = { scoreMin: 92, marginMin: 15 } as const

interface PassingMatch {
  readonly stay: Stay | null
  /** Why its plate is not the one in the OBU; null where it is. */
  readonly match: PlateMatch | null
  /** Candidates, best match first, where none matches well enough. */
  readonly candidates: readonly PlateCandidate[]
}

const owes = (stay: Stay): boolean => {
  const order = stay.orders.at(-1)
  return order !== undefined && !order.settledOtherwise && order.paidFen < order.amountFen
}

/** The OBU of a plate in one colour never pays for one in another. */
const isPlate = (stay: Stay, { plate, colour }: PassingObu): boolean =>
  stay.plate === plate &&
  (stay.colour === colour || stay.colour === 'unknown' || colour === 'unknown')

/**
 * The oldest unpaid order with exactly its plate; else the car that stands in a space by the ledger and cannot, because it is
 * here; else, for a quarter of an hour, a car with a similar camera reading. More cars use the road than the lot, so that
 * similarity alone does not suffice later, nor for a car that was not seen leaving.
 */
export function matchPassing(lot: LotState, passing: PassingObu): PassingMatch {
  const none = { match: null, candidates: [] }
  for (const stay of lot.left.values())
    if (isPlate(stay, passing) && owes(stay)) return { stay, ...none }
  const parked = stayOfPlate(lot, passing.plate, passing.colour)
  if (parked !== null && parked.leftAtMs === null && isPlate(parked, passing))
    return { stay: parked, ...none }
  const recent: Stay[] = []
  for (const stay of lot.left.values())
    if (owes(stay) && passing.nowMs - (stay.leftAtMs ?? 0) <= misreadWithinMs) recent.push(stay)
  const reading = { ...passing, confidence: null }
  const candidates = candidatesOf(reading, recent)
  const match = correctionOf(passing.plate, candidates, certainMatch)
  const [best] = candidates
  if (match === null || best === undefined) return { stay: null, match: null, candidates }
  return { stay: lot.stays.get(best.stayId) ?? null, match, candidates: [] }
}

export type NotTaken = 'noPlate' | 'unlike' | 'alsoLike' | 'lessLike'

/** Why each of the candidates of a reading that matched nobody was not charged; they stand best first. */
export const notTakenWhy = (candidates: readonly PlateCandidate[]): readonly NotTaken[] =>
  candidates.map(({ plate, score }, n) => {
    if (plate === null) return 'noPlate'
    if (score < certainMatch.scoreMin) return 'unlike'
    return n === 0 ? 'alsoLike' : 'lessLike'
  })
