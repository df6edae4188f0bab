// Whose order an OBU pays that a gantry hears: of the cars that have left their spaces, and of those that still stand
// there by the ledger. Pure; the answer says why, and a car that fits nobody surely is let pass.
import type { LotState, Stay } from '../lot/lot-state.ts'
import { candidatesOf, correctionOf, type PlateCandidate } from '../lot/plate-match.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateMatch } from '../values/plates/plate-match.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import { stayOfPlate } from '../lot/find-stay.ts'

/** What a gantry heard: the plate that is written in the OBU. */
interface PassingObu {
  readonly plate: string
  readonly colour: PlateColour
  readonly nowMs: InstantMs
}

/** How long after it left its space a car may be taken for one whose plate was misread. Assumed. */
const misreadWithinMs = 15 * 60_000

/**
 * Only characters that no plate has are put right by themselves: the plate in an OBU is certain, and cars of one company
 * drive by whose plates differ in one that cameras mistake. What is merely like is for a person.
 */
const certain = { scoreMin: 92, marginMin: 15 } as const

interface PassingMatch {
  readonly stay: Stay | null
  /** Why its plate is not the one in the OBU; null where it is. */
  readonly match: PlateMatch | null
  /** Cars that it may be, best first, where none fits well enough. */
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
 * The oldest unpaid order of its very plate; else the car that stands in a space by the ledger and cannot, as it is here;
 * else, for a quarter of an hour, a car whose plate a camera took for another one. A road has more cars than the lot:
 * a likeness alone is not enough later, nor for a car that nobody saw leaving.
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
  const match = correctionOf(passing.plate, candidates, certain)
  const [best] = candidates
  if (match === null || best === undefined) return { stay: null, match: null, candidates }
  return { stay: lot.stays.get(best.stayId) ?? null, match, candidates: [] }
}
