// Parts of a day's accounts for page and command: an item with its stay, and the planned shifts. Times become texts
// here.
import type { DayItemView, DayView, LetGoView } from '../../calls/day.ts'
import { stayOfCode } from '../../pure/billing/day-codes.ts'
import type { DayItem, DayPlan, Tally, Told } from '../../pure/billing/day-items.ts'
import { isLate } from '../../pure/billing/feedback-items.ts'
import { letGo } from '../../pure/billing/let-go.ts'
import { toldText } from '../../pure/billing/told-changes.ts'
import type { RowSpan } from '../../pure/billing/row-span.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

interface LetGoParts {
  readonly runtime: Pick<LotRuntime, 'lot' | 'lanes'>
  readonly service: Pick<LedgerService, 'letGoRows'>
}

export function itemView(pays: readonly LedgerRow[], item: DayItem, nowMs: InstantMs): DayItemView {
  const { foundAtMs, foundSeq: _, agreedAtMs, end, stayId: known = null, ...of } = item
  const rest = {
    ...of,
    ...(agreedAtMs === undefined ? {} : { agreedAtIso: isoOf(agreedAtMs) }),
    ...(isLate(item, nowMs) ? { isLate: true as const } : {}),
  }
  const stayId = known ?? (item.means === 'qr' ? stayOfCode(pays, item.ref) : null)
  if (end === null) return { ...rest, stayId, foundAtIso: isoOf(foundAtMs), end }
  const { atMs, ...how } = end
  return { ...rest, stayId, foundAtIso: isoOf(foundAtMs), end: { ...how, atIso: isoOf(atMs) } }
}

export const shiftView = ({
  fromMs,
  toMs,
  row: _,
  uptoSeq: _upto,
  backFen = 0,
  floatFen = 0,
  ...rest
}: Tally['shifts'][number]): DayView['shifts'][number] => ({
  ...rest,
  backFen,
  floatFen,
  fromIso: isoOf(fromMs),
  toIso: isoOf(toMs),
})

/** Cars that left unpaid in a period, with what they owe now. */
export async function letGoViews(
  { runtime, service }: LetGoParts,
  span: RowSpan,
): Promise<readonly LetGoView[]> {
  const { arrears } = runtime.lot
  const facts = {
    rows: await service.letGoRows(span.fromMs, span.toMs),
    span,
    letsOut: (laneId: string) => runtime.lanes.get(laneId)?.config.direction === 'exit',
    owed(orderId: string) {
      const one = arrears.get(orderId)
      return one === undefined ? null : one.isPaid ? 0 : one.amountFen
    },
  }
  return letGo(facts).map(({ atMs, ...one }) => ({ ...one, atIso: isoOf(atMs) }))
}

export const toldView = (one: Told): DayView['told'][number] => ({
  of: one.of,
  version: one.version,
  toldIso: isoOf(one.toldAtMs),
  takeIso: isoOf(one.takeAtMs),
  what: toldText(one),
})

export function planView(plan: DayPlan | undefined): DayView['plan'] {
  if (plan === undefined) return null
  const { takenAtMs, shifts, ...rest } = plan
  const shown = shifts.map(({ onMs, offMs, ...one }) => ({
    ...one,
    onIso: isoOf(onMs),
    offIso: isoOf(offMs),
  }))
  return { ...rest, takenIso: isoOf(takenAtMs), shifts: shown }
}
