// Finds the order that an OBU at a gantry pays: among cars that have left their spaces, and those that still stand there
// according to the ledger. Pure; the answer gives the reason, and a car without a certain match passes.
import { isColourOf, type CardBar } from '#money/pure/lot/card-bar.ts'
import { openDeduction } from '../lot/claim.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import { candidatesOf, correctionOf, type PlateCandidate } from '#ledger/pure/lot/plate-match.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { PlateMatch } from '#base/pure/plates/plate-match.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { stayOfPlate } from '../lot/find-stay.ts'

/** A reading of a gantry: the OBU and the plate stored in it. */
interface PassingObu {
  readonly obuId: string | null
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
  /** False: an earlier charge of this OBU is settled, and nothing else is charged. */
  readonly mayCharge: boolean
}

const owes = (stay: Stay): boolean => {
  const order = stay.orders.at(-1)
  return order !== undefined && !order.settledOtherwise && order.paidFen < order.amountFen
}

/** The OBU that was read at its space; else its plate, where more than one look agrees, in its colour. */
function isItsObu(stay: Stay, { obuId, plate, colour }: PassingObu): boolean {
  const { record } = stay
  if (record !== null && obuId !== null && record.obu.obuId === obuId) return true
  if (record !== null && record.obu.obuPlate !== null)
    return record.obu.obuPlate === plate && isColourOf(plate, record.colour, colour)
  return stay.oneLook === null && stay.plate === plate && isColourOf(plate, stay.colour, colour)
}

/** A charge of this OBU has no result: the passage settles it, whatever the plate rests on. */
const isUnsettledOf = (stay: Stay, obuId: string | null): boolean => {
  const order = stay.orders.at(-1)
  return order !== undefined && obuId !== null && openDeduction(order)?.obuId === obuId
}

/**
 * The oldest unpaid order that is certainly that of its car; else the car that stands in a space by the ledger and cannot, because
 * it is here; else, for a quarter of an hour, a car with a similar camera reading. More cars use the road than the lot, so that
 * similarity alone does not suffice later, nor for a car that was not seen leaving.
 */
export function matchPassing(lot: LotState, passing: PassingObu): PassingMatch {
  const none = { match: null, candidates: [], mayCharge: true }
  for (const stay of lot.left.values()) {
    if (!owes(stay)) continue
    if (isItsObu(stay, passing)) return { stay, ...none }
    if (isUnsettledOf(stay, passing.obuId)) return { stay, ...none, mayCharge: false }
  }
  const parked = stayOfPlate(lot, passing.plate, passing.colour)
  if (parked !== null && parked.leftAtMs === null && isItsObu(parked, passing))
    return { stay: parked, ...none }
  const like: Stay[] = []
  for (const stay of lot.left.values()) if (owes(stay) && mayBeIts(stay, passing)) like.push(stay)
  const candidates = candidatesOf({ ...passing, confidence: null }, like)
  const match = correctionOf(passing.plate, candidates, certainMatch)
  const best = like.find(({ stayId }) => stayId === candidates[0]?.stayId)
  if (match === null || best === undefined || passingBarOf(best, passing) !== null)
    return { ...none, stay: null, candidates }
  return { ...none, stay: best, match }
}

/** Its plate as it was read a short while ago; later only the very plate, where it lacks a second look or its colour. */
function mayBeIts(stay: Stay, passing: PassingObu): boolean {
  const ofObu = stay.record?.obu.obuPlate ?? null
  // The OBU that was read at its space is that of another car.
  if (ofObu !== null && ofObu !== passing.plate) return false
  if (passing.nowMs - (stay.leftAtMs ?? 0) <= misreadWithinMs) return true
  return stay.plate === passing.plate && passingBarOf(stay, passing) !== null
}

/** Why this OBU does not pay for a car of its plate; null: nothing but the plate itself decides. */
function passingBarOf(stay: Stay, { plate, colour }: PassingObu): CardBar | null {
  if (stay.oneLook !== null) return stay.oneLook.by
  const known = stay.record === null ? stay.colour : stay.record.colour
  const isStated = known !== 'unknown' && colour !== 'unknown'
  return isStated || isColourOf(plate, known, colour) ? null : 'colourUnknown'
}

export type NotTaken = 'noPlate' | 'unlike' | 'alsoLike' | 'lessLike' | CardBar

/** Why each of the candidates of a reading that matched nobody was not charged; they stand best first. */
export const notTakenWhy = (
  lot: Pick<LotState, 'stays'>,
  passing: PassingObu,
  candidates: readonly PlateCandidate[],
): readonly NotTaken[] =>
  candidates.map(({ stayId, plate, score }, n) => {
    if (plate === null) return 'noPlate'
    const stay = lot.stays.get(stayId)
    const bar = stay === undefined ? null : passingBarOf(stay, passing)
    if (bar !== null && plate === passing.plate) return bar
    if (score < certainMatch.scoreMin) return 'unlike'
    return n > 0 ? 'lessLike' : (bar ?? 'alsoLike')
  })
