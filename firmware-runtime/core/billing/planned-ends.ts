// Planned shifts that are over and whose drawer nobody counted, because no cash came in: they are told to the operator's platform
// as planned (P21, P35; table G.1, row 4), each once. Pure: what the books have in, shifts out.
import type { Fen } from '../values/fen.ts'
import { dayMs, minuteMs, type InstantMs } from '../values/instant.ts'
import type { PlannedShift } from '../values/rows/tally-row.ts'
import { endKey, type Tally } from './day-items.ts'
import type { ReportPart } from './report-part.ts'

/** Who hands over late still counts the drawer. */
const graceMs = 60 * minuteMs
/** A plan of long ago is nobody's to tell of any more. */
const keptMs = 2 * dayMs

const sharesTime = (
  { onMs, offMs }: PlannedShift,
  { fromMs, toMs }: { readonly fromMs: InstantMs; readonly toMs: InstantMs },
): boolean => fromMs < offMs && toMs > onMs

/** A shift that was over when its plan came is none that this lot could have known of. */
export function uncountedShifts(
  { plans, shifts, endedPlans }: Pick<Tally, 'plans' | 'shifts' | 'endedPlans'>,
  nowMs: InstantMs,
): readonly PlannedShift[] {
  const counted = (one: PlannedShift): boolean =>
    shifts.some((count) => count.planNo === one.shiftNo && sharesTime(one, count))
  return [...plans.values()].flatMap(({ shifts: planned, takenAtMs }) =>
    planned.filter(
      (one) =>
        one.offMs + graceMs <= nowMs &&
        one.offMs > nowMs - keptMs &&
        one.offMs > takenAtMs &&
        !endedPlans.has(endKey(one)) &&
        !counted(one),
    ),
  )
}

/** What ETC took in it: in its lane, or in the whole lot. */
export function etcIn(
  { takings }: Pick<ReportPart, 'takings'>,
  { laneId }: Pick<PlannedShift, 'laneId'>,
): { readonly count: number; readonly fen: Fen } {
  const own = takings.filter(
    (one) => one.means === 'etc' && (laneId === null || one.laneId === laneId),
  )
  return own.reduce(
    (sum, { count, amountFen }) => ({ count: sum.count + count, fen: sum.fen + amountFen }),
    { count: 0, fen: 0 },
  )
}
