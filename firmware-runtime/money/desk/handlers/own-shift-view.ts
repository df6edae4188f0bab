// The day for a role without the books of the lot: the current shift and those that this person counted today, with the
// drawer and this person's items. Other days and shifts, and bills, are left out.
import type { DayView } from '../../calls/day.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { rowsOfShift } from '../../pure/billing/day-items.ts'
import { dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { carsInside } from '#lane/pure/lot/entry-room.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { dayOf } from '#lane/money/day-bills.ts'
import { drawerSpan, drawerSum, drawerView, shiftSums } from '#base/desk/handlers/day-drawer.ts'
import { itemView, letGoViews, planView, shiftView } from './day-views.ts'
import { isItemOf, type ShiftNow } from '#base/desk/handlers/shift-fence.ts'

interface OwnShiftParts {
  readonly runtime: LotRuntime
  readonly service: Pick<LedgerService, 'reportPart' | 'letGoRows'>
  readonly config: Pick<LotConfig, 'capacity'>
}

export async function ownShiftView(
  { runtime, service, config }: OwnShiftParts,
  { day, shift }: ArgsOf<'day.get'>,
  now: ShiftNow,
): Promise<DayView> {
  const { tally, rows, name } = now
  const nowMs = runtime.nowMs()
  const today = dayOf(nowMs)
  if (day !== undefined && day !== today)
    throw new LaneFault('PEOPLE-16', { field: '/day', value: day })
  const startMs = dayStartMs(nowMs)
  const own = tally.shifts.filter(({ by, toMs }) => toMs >= startMs && isSamePerson(by, name))
  const one = shift === undefined ? null : own[shift]
  if (one === undefined)
    throw new LaneFault('DAY-01', {
      field: '/shift',
      value: String(shift),
      note: t('没有这一班', 'there is no such shift'),
    })
  const span =
    one === null
      ? now.span
      : {
          fromMs: one.fromMs,
          toMs: one.toMs,
          rows: rowsOfShift(tally.shifts, tally.shifts.indexOf(one)),
        }
  const part = await service.reportPart({ span, tariffsMs: [], countedSeq: 0 })
  const items = [...tally.items.values()].filter((item) => isItemOf(item, now))
  return {
    day: today,
    isOwnShift: true,
    fromIso: isoOf(span.fromMs),
    toIso: isoOf(one?.toMs ?? nowMs),
    inside: carsInside(runtime.lot),
    capacity: config.capacity,
    hours: [],
    ...shiftSums(part),
    letGo: await letGoViews({ runtime, service }, span),
    books: [],
    items: items
      .toSorted((a, b) => Number(a.end !== null) - Number(b.end !== null))
      .map((item) => itemView(rows.pays, item, nowMs)),
    plan: planView(tally.plans.get(today)),
    told: [],
    shifts: own.map(shiftView),
    drawer: {
      ...drawerView(drawerSum(tally, rows, drawerSpan(tally, rows, nowMs)), rows),
      // Earlier months belong to no shift of this person.
      neverCounted: tally.shifts.length > 0 ? null : [],
    },
  }
}
