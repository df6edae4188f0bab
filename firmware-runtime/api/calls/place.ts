// Calls of piles and handhelds: charge one car, say where a handheld is, look at them.
// A position moves neither money nor a barrier: it is no act, but a viewer may not make one up.
import { z } from 'zod'
import { latMicrodegMax, lonMicrodegMax } from '../../core/place/fence.ts'
import type { PlacePosition, PlaceQuoteView, PlacesView } from '../place-views.ts'
import { act, iso, laneId, read, who, type ActAnswer, type CallRow, type Who } from '../rows.ts'

interface PositionArgs {
  laneId: string
  /** The receiver's own time: a report that repeats it is no news. */
  atIso: string
  /** Null: it has no fix. */
  position: PlacePosition | null
}

const position = z.strictObject({
  latMicrodeg: z.int().min(-latMicrodegMax).max(latMicrodegMax),
  lonMicrodeg: z.int().min(-lonMicrodegMax).max(lonMicrodegMax),
  accuracyMm: z.int().min(0).max(1_000_000_000).nullable(),
})
const plate = z.string().min(1).max(20)
const told: CallRow<PositionArgs, PlacesView> = {
  role: 'attendant',
  args: z.strictObject({ laneId, atIso: iso, position: position.nullable() }),
  act: false,
  demoOnly: false,
}

export const placeCalls = {
  'place.state': read<{ laneId?: string | undefined }, PlacesView>(
    z.strictObject({ laneId: laneId.optional() }),
  ),
  'place.quote': read<{ laneId: string; plate: string }, PlaceQuoteView>(
    z.strictObject({ laneId, plate }),
  ),
  /**
   * Answers when the search has begun; `place.state` says what came of it. With `amountFen`, what a
   * person confirmed: nothing else is charged (PLACE-08).
   */
  'place.charge': act<
    { laneId: string; plate: string; amountFen?: number | undefined } & Who,
    ActAnswer
  >(
    'attendant',
    z.strictObject({
      laneId,
      plate,
      amountFen: z.int().min(0).max(100_000_000).optional(),
      ...who,
    }),
  ),
  'place.position': told,
} as const
