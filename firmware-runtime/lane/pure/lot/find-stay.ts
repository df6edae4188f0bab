// Finds the stay of a plate: the one with that plate, or the one it was corrected to by its score.
// A plate that matches several cars, or none well enough, is not assigned: the attendant picks.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MatchRule, PlateMatch } from '#base/pure/plates/plate-match.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { membersOf } from '#money/pure/member/list.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import type { LotState, Stay } from '#ledger/pure/lot/lot-state.ts'
import { colourKey } from '#ledger/pure/lot/plate-keys.ts'
import {
  candidatesOf,
  correctionOf,
  unreadOf,
  type PlateCandidate,
} from '#ledger/pure/lot/plate-match.ts'

export interface FindRequest {
  readonly plate: string
  readonly colour: PlateColour
  readonly confidence: number | null
  readonly nowMs: InstantMs
  readonly clock: ClockDoubt | null
  /** Null: the plate came from a person or from the OBU and is not corrected. */
  readonly matchRule: MatchRule | null
}

export interface FoundStay {
  readonly stay: Stay | null
  /** Where its plate was corrected. */
  readonly match: PlateMatch | null
  /** Cars inside to pick from: those without a plate, then the best match first; empty where a stay was found. */
  readonly candidates: readonly PlateCandidate[]
}

/** The open stay of a plate: of its colour first, else the newest. */
export function stayOfPlate(lot: LotState, plate: string, colour: PlateColour): Stay | null {
  const stayId = lot.byColour.get(colourKey(plate, colour)) ?? lot.byPlate.get(plate)
  return lot.stays.get(stayId ?? '') ?? null
}

/** True when the car came in through an entry and has not left. */
export const isInside = ({ noEntry, pass }: Stay): boolean =>
  !noEntry && (pass === null || pass.cause === 'entry')

export function isPlateInside(lot: LotState, plate: string, colour: PlateColour): boolean {
  const stay = stayOfPlate(lot, plate, colour)
  return stay !== null && isInside(stay)
}

/** Cars that came in by an entry and have not been let go at an exit, each plate once in a colour. */
function* findable(lot: LotState): Generator<Stay> {
  const seen = new Set<string>()
  for (const ids of [lot.byColour, lot.byPlate])
    for (const stayId of ids.values()) {
      const stay = lot.stays.get(stayId)
      if (stay === undefined || seen.has(stayId)) continue
      seen.add(stayId)
      if (isInside(stay)) yield stay
    }
}

export const unreadInside = (lot: LotState): readonly PlateCandidate[] =>
  unreadOf([...lot.stays.values()].filter(isInside))

export function findStay(lot: LotState, request: FindRequest): FoundStay {
  const { plate, colour, confidence, clock, matchRule } = request
  const stay = stayOfPlate(lot, plate, colour)
  if (stay !== null) return { stay, match: null, candidates: [] }
  const nowMs = clock === null ? request.nowMs : null
  const candidates = candidatesOf({ plate, colour, confidence, nowMs }, findable(lot))
  // A plate on the list of members is there as it was read: the car is its own.
  const mayCorrect = matchRule !== null && membersOf(lot.members, plate).length === 0
  const match = mayCorrect ? correctionOf(plate, candidates, matchRule) : null
  const [best] = candidates
  if (match === null || best === undefined) {
    return { stay: null, match: null, candidates: [...unreadInside(lot), ...candidates] }
  }
  return { stay: lot.stays.get(best.stayId) ?? null, match, candidates: [] }
}
