// Earlier stays of a car on one day, folded from the orders that a plan with `dayVisits` priced: what they took of the free time
// and of the cap of the day. The order of the next stay records what it counted, and is priced again from that.
import { segmentsOf } from '../billing/segments.ts'
import type { TariffPlan } from '../billing/tariff.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, dayStartMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { nothingBefore, type CountedBefore } from '#base/pure/rows/counted-before.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import { platesOf } from '#base/pure/lot/plates-of-stay.ts'

interface DayVisit {
  readonly colour: PlateColour
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  /** What its periods cost, by the date on which they began. */
  readonly fenByDay: ReadonlyMap<InstantMs, Fen>
}

export interface DayVisits {
  /** By plate, then by stay. */
  readonly byPlate: Map<string, Map<string, DayVisit>>
  /** Day of the last sweep. */
  sweptMs: InstantMs
}

export const emptyVisits = (): DayVisits => ({ byPlate: new Map(), sweptMs: 0 })

interface VisitOrder {
  readonly orderId: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly lines: readonly OrderLine[]
  readonly plateRead?: string
}

interface VisitStay {
  readonly stayId: string
  readonly plate: string | null
  readonly colour: PlateColour
  readonly orders: readonly VisitOrder[]
}

/** Lines of the tariff itself. What is taken off beside it and arrears of other days are no price of this day. */
export const besideTariff: readonly OrderLine['rule'][] = [
  'reservation',
  'coupon',
  'points',
  'arrears',
]

function fenByDay(orders: readonly VisitOrder[]): ReadonlyMap<InstantMs, Fen> {
  const sums = new Map<InstantMs, Fen>()
  for (const { fromMs, amountFen, rule } of orders.flatMap(({ lines }) => lines)) {
    if (amountFen === 0 || besideTariff.includes(rule)) continue
    const startMs = dayStartMs(fromMs)
    sums.set(startMs, (sums.get(startMs) ?? 0) + amountFen)
  }
  return sums
}

/** An order of a plan with `dayVisits` was made: the stay counts for later ones as its orders are now. */
export function noteVisit(visits: DayVisits, stay: VisitStay): void {
  const { stayId, colour, orders } = stay
  const own = segmentsOf(orders.filter(({ orderId }) => !isTestOrder(orderId)))
  const last = own.at(-1)
  if (last === undefined) return
  const fromMs = Math.min(...own.map((order) => order.fromMs))
  const visit = { colour, fromMs, toMs: last.toMs, fenByDay: fenByDay(own) }
  for (const plate of platesOf(stay)) {
    const ofPlate = visits.byPlate.get(plate) ?? new Map<string, DayVisit>()
    visits.byPlate.set(plate, ofPlate)
    ofPlate.set(stayId, visit)
  }
}

/** Its newest order is of a plan without `dayVisits`. */
export function forgetVisit(visits: DayVisits, stay: VisitStay): void {
  if (visits.byPlate.size === 0) return
  for (const plate of platesOf(stay)) visits.byPlate.get(plate)?.delete(stay.stayId)
}

/** Once a day: forgets cars that ended their stays before yesterday and are not inside. */
export function sweepVisits(
  visits: DayVisits,
  nowMs: InstantMs,
  isInside: (plate: string) => boolean,
): void {
  const startMs = dayStartMs(nowMs)
  if (startMs <= visits.sweptMs) return
  visits.sweptMs = startMs
  for (const [plate, ofPlate] of visits.byPlate) {
    if (isInside(plate)) continue
    for (const [stayId, { toMs }] of ofPlate) if (toMs < startMs - dayMs) ofPlate.delete(stayId)
    if (ofPlate.size === 0) visits.byPlate.delete(plate)
  }
}

/** Earlier stays of the same car: a plate of another colour is another car. */
function earlierVisits(
  { byPlate }: DayVisits,
  { stayId, colour }: VisitStay,
  { plates, fromMs }: { readonly plates: readonly string[]; readonly fromMs: InstantMs },
): readonly DayVisit[] {
  const found = new Map(plates.flatMap((plate) => [...(byPlate.get(plate) ?? [])]))
  return [...found].flatMap(([otherId, visit]) => {
    const isSame = [visit.colour, colour].includes('unknown') || visit.colour === colour
    return otherId !== stayId && isSame && visit.toMs <= fromMs ? [visit] : []
  })
}

function freeUsedMs(
  { dayVisits }: TariffPlan,
  visits: readonly DayVisit[],
  enteredAtMs: InstantMs,
): number {
  const sameDay = visits.filter(({ fromMs }) => dayStartMs(fromMs) === dayStartMs(enteredAtMs))
  if (dayVisits?.free === 'once') return sameDay.length === 0 ? 0 : dayMs
  if (dayVisits?.free !== 'shared') return 0
  return Math.min(
    dayMs,
    sameDay.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0),
  )
}

/** `paid`: orders of this stay that were paid before a charge that begins anew, which leaves no free time. */
export function countedBefore(
  visits: DayVisits,
  plan: TariffPlan,
  stay: VisitStay & { readonly enteredAtMs: InstantMs },
  paid: readonly VisitOrder[],
  plateRead?: string,
): CountedBefore {
  const { dayVisits } = plan
  const { enteredAtMs } = stay
  const earlier =
    dayVisits === undefined
      ? []
      : earlierVisits(visits, stay, { plates: platesOf(stay, plateRead), fromMs: enteredAtMs })
  const freeMs = paid.length > 0 ? dayMs : freeUsedMs(plan, earlier, enteredAtMs)
  const counted = { ...(paid.length > 0 ? { overstay: true as const } : {}), freeUsedMs: freeMs }
  if (dayVisits?.capTogether !== true) return { ...nothingBefore, ...counted }
  const sums = new Map(fenByDay(segmentsOf(paid)))
  for (const { fenByDay: ofVisit } of earlier)
    for (const [day, fen] of ofVisit)
      if (day >= dayStartMs(enteredAtMs)) sums.set(day, (sums.get(day) ?? 0) + fen)
  const days = [...sums]
    .map(([day, amountFen]) => ({ dayMs: day, amountFen }))
    .sort((a, b) => a.dayMs - b.dayMs)
  return { ...counted, days }
}
