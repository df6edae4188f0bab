// Planned shifts that ended without a count of the drawer, because no cash came in: each is reported once, as planned, to the
// operator's platform (P21, P35; table G.1, row 4). Pure: the present tally in, shifts out.
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { PlannedShift } from '#base/pure/rows/tally-row.ts'
import { endKey, type Tally } from './day-items.ts'
import type { ReportPart } from './report-part.ts'

/** Allowance for a late hand-over, whose count of the drawer still arrives. */
const graceMs = 60 * minuteMs
/** Older planned shifts are not reported any more. */
const keptMs = 2 * dayMs

const sharesTime = (
  { onMs, offMs }: PlannedShift,
  { fromMs, toMs }: { readonly fromMs: InstantMs; readonly toMs: InstantMs },
): boolean => fromMs < offMs && toMs > onMs

/** Leaves out a shift that had ended before its plan arrived: the lot could not have known of it. */
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

/** ETC takings of the shift: of its lane, or of the whole lot. */
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
