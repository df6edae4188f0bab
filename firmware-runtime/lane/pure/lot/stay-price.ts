// The vehicle data known when a stay is priced, and the same order priced by the class of its OBU.
// Pure: a claim prices before the antenna is on; the class that the OBU then reports may change the order once.
import { lawLine } from '#money/pure/billing/by-law.ts'
import { price, type Price } from '#money/pure/billing/price.ts'
import { isNoEntryOrder } from '#money/pure/billing/no-entry.ts'
import { earlierOrders } from '#money/pure/billing/segments.ts'
import {
  overstayFromMs,
  planOf,
  pointsRulesOf,
  type Tariff,
  type Vehicle,
} from '#money/pure/billing/tariff.ts'
import { unknownClassLine } from '#money/pure/billing/unknown-class.ts'
import { couponPrice } from '#money/pure/member/coupon-price.ts'
import { couponsOf } from '#money/pure/member/coupons.ts'
import { coverOf } from '#money/pure/member/cover.ts'
import { pointsMemberOf } from '#money/pure/member/list.ts'
import { memberPrice, priceOfRest } from '#money/pure/member/member-price.ts'
import { isBeingTried } from '#money/pure/pay/cases.ts'
import { endOf, missedReservation, reservationOfStay } from '#ledger/pure/reservation/list.ts'
import { reservationPrice } from '../reservation/price.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { CountedBefore } from '#base/pure/rows/counted-before.ts'
import type { ArrearsPart, Coupon, CouponUse } from '#base/pure/rows/coupon-row.ts'
import type { OrderLine, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { CoverPart } from '#base/pure/rows/member-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import type { PointsTerms } from '#base/pure/rows/points-row.ts'
import type { ReservationTerms, ReservationUse } from '#base/pure/rows/reservation-row.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { arrearsLine, arrearsOf } from '#money/pure/lot/arrears.ts'
import { countedBefore } from '#money/pure/lot/day-visits.ts'
import type { Deduction, LotState, Order, Stay } from '#ledger/pure/lot/lot-state.ts'
import { platesOf } from '#base/pure/lot/plates-of-stay.ts'

/** Part of the lot that a lane leads into; absent: the lot has one price for all. */
export type AreaOf = ((laneId: string) => string | null) | undefined

/** Before its OBU is read the class is unknown; a yellow plate indicates a large vehicle, its shape one of new energy. */
export const vehicleOf = (
  stay: Stay,
  { colour, areaOf }: { readonly colour: PlateColour; readonly areaOf?: AreaOf },
): Vehicle => ({
  vehicleClass: null,
  colour: colourOfPlate(stay.plate, stay.colour === 'unknown' ? colour : stay.colour),
  area: areaOf?.(stay.entryLaneId) ?? null,
})

/** Vehicle data that the row of a stay lacks. */
export const recordedVehicle = (
  { colour: known }: Stay,
  { vehicleClass, colour, area }: Vehicle,
): Pick<RowBodies['orderMade'], 'vehicle'> => {
  if (vehicleClass !== null) return { vehicle: { colour, area, vehicleClass } }
  return area === null && colour === known ? {} : { vehicle: { colour, area } }
}

/** Paid for the time from `fromMs` on; what was paid before a charge that began anew is not taken off again. */
export function paidBeforeFen({ orders, enteredAtMs }: Stay, fromMs: InstantMs): Fen {
  const earlier = earlierOrders(orders, enteredAtMs, fromMs)
  return orders.reduce((sum, o) => (earlier.includes(o) ? sum : sum + o.paidFen), 0)
}

/** From when on a stay is charged: its entry, or where the tariff says so the end of what was paid in full. */
export function chargedFromMs(
  tariff: Tariff,
  stay: Pick<Stay, 'orders' | 'enteredAtMs'>,
): InstantMs {
  const { orders, enteredAtMs } = stay
  const paid = orders.findLast((one) => isPaidInFull(one) && !isTestOrder(one.orderId))
  if (paid === undefined || isNoEntryOrder(paid.lines)) return enteredAtMs
  const paidAtMs = Math.max(paid.toMs, paid.paidAtMs ?? 0)
  return overstayFromMs(tariff, enteredAtMs, paidAtMs) ?? enteredAtMs
}

/** Coupons of a stay that no order before a charge that began anew has used. */
export function openCoupons(
  { coupons }: Pick<LotState, 'coupons'>,
  { stayId, orders, enteredAtMs }: Stay,
  fromMs: InstantMs,
): readonly Coupon[] {
  const used = earlierOrders(orders, enteredAtMs, fromMs).flatMap((one) => one.coupons)
  return couponsOf(coupons, stayId).filter(({ code }) => !used.includes(code))
}

interface StayPrice extends Price {
  /** What was counted before; null: each stay of the plan is charged by itself. */
  readonly before: CountedBefore | null
  /** Parts covered by members; empty without a member. */
  readonly cover: readonly CoverPart[]
  /** Amount taken off by its reservation; null: no reservation. */
  readonly reservation: ReservationUse | null
  /** Amounts taken off by its coupons. */
  readonly coupons: readonly CouponUse[]
  /** Arrears of earlier stays of its car. */
  readonly arrears: readonly ArrearsPart[]
  /** Points of its member, if it has one and the tariff knows any. */
  readonly earns: PointsTerms | null
}

interface CountedRequest extends PriceRequest {
  readonly before: CountedBefore | null
}

interface PriceRequest {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly vehicle: Vehicle
  readonly areaOf?: AreaOf
  /** What the exit read, where the car was corrected to this stay. */
  readonly plateRead?: string | undefined
}

/** The amount due for a stay between two times, by tariff, members and coupons, with arrears. */
export function stayPrice(
  lot: LotState,
  tariff: Tariff,
  stay: Stay,
  asked: PriceRequest,
): StayPrice {
  if (tariff.use === 'nonCommercial') {
    const free = reservedPrice(lot, tariff, stay, { ...asked, before: null })
    return { ...free, before: null, coupons: [], arrears: [], earns: null }
  }
  const { fromMs, toMs, vehicle } = asked
  const paid = earlierOrders(stay.orders, stay.enteredAtMs, fromMs)
  const plan = planOf(tariff, fromMs, toMs, vehicle)
  const isCounted = plan.dayVisits !== undefined || paid.length > 0
  const before = isCounted ? countedBefore(lot.visits, plan, stay, paid, asked.plateRead) : null
  const request = { ...asked, before }
  const covered = reservedPrice(lot, tariff, stay, request)
  const own = couponPrice(covered, openCoupons(lot, stay, fromMs), asked, (endMs) =>
    endMs === fromMs ? 0 : reservedPrice(lot, tariff, stay, { ...request, toMs: endMs }).amountFen,
  )
  const paidArrears = paid.flatMap(({ arrears }) => arrears.map(({ orderId }) => orderId))
  const owed = arrearsOf(lot.arrears, stay, platesOf(stay, asked.plateRead)).filter(
    ({ orderId }) => !paidArrears.includes(orderId),
  )
  const isPriced = covered.lines.some(({ rule }) => rule !== 'member' && rule !== 'law')
  const open = isPriced ? unknownClassLine(tariff, fromMs, toMs, vehicle) : null
  return {
    amountFen: owed.reduce((sum, { amountFen }) => sum + amountFen, own.amountFen),
    lines: [
      ...(open === null ? [] : [open]),
      ...own.lines,
      ...owed.map((one) => arrearsLine(one, toMs)),
    ],
    before,
    cover: covered.cover,
    reservation: covered.reservation,
    coupons: own.coupons,
    arrears: owed.map(({ orderId, amountFen }) => ({ orderId, amountFen })),
    earns: earnsOf(lot, tariff, stay, asked),
  }
}

function earnsOf(
  { members }: LotState,
  tariff: Tariff,
  stay: Stay,
  { fromMs, toMs, plateRead }: PriceRequest,
): PointsTerms | null {
  const rules = pointsRulesOf(tariff, fromMs, toMs)
  if (rules === null) return null
  const member = firstOf(platesOf(stay, plateRead), (one) => pointsMemberOf(members, one, toMs))
  if (member === null) return null
  const { perYuan, perVisit, validDays } = rules
  return { no: member.no, perYuan, perVisit, validDays }
}

function firstOf<T>(plates: readonly string[], find: (plate: string) => T | null): T | null {
  for (const plate of plates) {
    const found = find(plate)
    if (found !== null) return found
  }
  return null
}

type ReservedPrice = ReturnType<typeof coveredPrice> & Pick<StayPrice, 'reservation'>

/** Of a prepaid amount what earlier orders of the stay have not used. */
const termsLeft = (terms: ReservationTerms, paid: readonly Order[]): ReservationTerms =>
  terms.kind === 'prepaid'
    ? paid.reduce(
        (left, { reservationFen }) => ({ ...left, amountFen: left.amountFen - reservationFen }),
        terms,
      )
    : terms

function reservedPrice(
  lot: LotState,
  tariff: Tariff,
  stay: Stay,
  asked: CountedRequest,
): ReservedPrice {
  const covered = coveredPrice(lot, tariff, stay, asked)
  const held = reservationOfStay(lot.reservations, stay.stayId) ?? lateOf(lot, stay, asked)
  if (held === null || tariff.use === 'nonCommercial') return { ...covered, reservation: null }
  const { orderNo, fromMs, terms } = held.reservation
  const { cover } = covered
  const { vehicle, before } = asked
  const left = termsLeft(terms, earlierOrders(stay.orders, stay.enteredAtMs, asked.fromMs))
  const reserved = { orderNo, fromMs, toMs: endOf(held), terms: left }
  const priced = reservationPrice(
    covered,
    reserved,
    asked,
    (from, to) => priceOfRest(tariff, { fromMs: from, toMs: to, vehicle, before }, cover).amountFen,
  )
  return { ...priced, cover }
}

/** The reservation of a car whose plate was read rightly at its exit only; its order then binds it. */
const lateOf = ({ reservations }: LotState, stay: Stay, { plateRead }: PriceRequest) =>
  firstOf(platesOf(stay, plateRead), (one) =>
    stay.noEntry ? null : missedReservation(reservations, one, stay.enteredAtMs),
  )

function coveredPrice(
  lot: LotState,
  tariff: Tariff,
  stay: Stay,
  asked: CountedRequest,
): Price & { readonly cover: readonly CoverPart[] } {
  const { fromMs, toMs, vehicle, areaOf, before } = asked
  const { members } = lot
  const free = lawLine(stay.plate, fromMs, toMs)
  if (free !== null) return { amountFen: 0, lines: [free], cover: [] }
  if (members.byNo.size === 0 || tariff.use === 'nonCommercial')
    return { ...price(tariff, fromMs, toMs, vehicle, before ?? undefined), cover: [] }
  const { stayId } = stay
  const covers = platesOf(stay, asked.plateRead).map((plate) => {
    const covered = { stayId, plate, fromMs, toMs, area: vehicle.area }
    return coverOf(members, covered, (other) => {
      const car = lot.stays.get(lot.byPlate.get(other) ?? '')
      const isOther = car !== undefined && car.stayId !== stayId
      return isOther ? { ...car, area: areaOf?.(car.entryLaneId) ?? null } : null
    })
  })
  const cover = covers.find(({ parts }) => parts.length > 0) ?? covers[0] ?? noCover
  const asStay = { fromMs, toMs, vehicle, before }
  return memberPrice(tariff, asStay, cover, (no) => members.byNo.get(no)?.member)
}

const noCover = { parts: [], taken: [] } as const

type PricedBeside = Pick<
  RowBodies['orderMade'],
  'before' | 'cover' | 'reservation' | 'coupons' | 'arrears' | 'earns'
>

/** The members, coupons, arrears and points of an order as its row records them. */
export const recordedBeside = ({
  before,
  cover,
  reservation,
  coupons,
  arrears,
  earns,
}: StayPrice): PricedBeside => ({
  ...(before === null ? {} : { before }),
  ...(reservation === null ? {} : { reservation }),
  ...(cover.length === 0 ? {} : { cover }),
  ...(coupons.length === 0 ? {} : { coupons }),
  ...(arrears.length === 0 ? {} : { arrears }),
  ...(earns === null ? {} : { earns }),
})

/** An order priced with the class of the OBU. */
export interface ClassOrder extends PricedBeside {
  readonly stayId: string
  readonly amountFen: Fen
  readonly plate: string | null
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly lines: readonly OrderLine[]
  readonly tariffId: string
  /** Vehicle data of the price, where it is more than the colour of the stay. */
  readonly vehicle?: RowBodies['orderMade']['vehicle']
}

export interface ClassRequest {
  readonly orderId: string
  readonly vehicleClass: number
  readonly colour: PlateColour
  readonly areaOf?: AreaOf
}

/** True when a person may take it as paid: in full, or settled otherwise. */
const isPaidInFull = ({ paidAtMs, settledOtherwise, paidFen, amountFen }: Order): boolean =>
  paidAtMs !== null && (settledOtherwise || paidFen >= amountFen)

/** True when no C6 was sent for it and no platform charges it. */
const isUnsent = ({ armed, state, chargeMode }: Deduction): boolean =>
  armed === null && (state === 'refused' || (state === 'intent' && chargeMode === 'card'))

/** True when no money of the order moved or may have moved, and no other payment is in progress. */
const isUntouched = (lot: LotState, order: Order): boolean =>
  order.paidFen === 0 &&
  !order.settledOtherwise &&
  order.deductions.every(isUnsent) &&
  !isBeingTried(lot.pays, order.orderId)

export const classLine = (vehicleClass: number, atMs: InstantMs): OrderLine => ({
  fromMs: atMs,
  toMs: atMs,
  rule: 'class',
  amountFen: 0,
  text: {
    zh: `按电子标签车型 ${vehicleClass} 计费`,
    en: `Priced by vehicle class ${vehicleClass} of the OBU`,
  },
})

/** True where the class of the OBU leads to another plan than an unknown one. */
export function isDecidedByClass(
  tariff: Tariff,
  { plate }: Stay,
  { fromMs, toMs, vehicle }: PriceRequest,
): boolean {
  if (tariff.use === 'nonCommercial' || (vehicle.vehicleClass ?? 0) < 1) return false
  const plans = [{ ...vehicle, vehicleClass: null }, vehicle].map((one) =>
    planOf(tariff, fromMs, toMs, one),
  )
  return plans[0] !== plans[1] && lawLine(plate, fromMs, toMs) === null
}

/** Null where the class changes nothing, or the order may no longer change. */
export function orderByClass(
  lot: LotState,
  tariff: Tariff,
  { orderId, vehicleClass, colour, areaOf }: ClassRequest,
): ClassOrder | null {
  const order = lot.orders.get(orderId)
  const stay = lot.stays.get(order?.stayId ?? '')
  if (order === undefined || stay === undefined || isTestOrder(orderId)) return null
  if (stay.orders.at(-1) !== order || order.lines.length === 0) return null
  if (vehicleClass < 1 || !isUntouched(lot, order)) return null
  const { fromMs, toMs } = order
  const vehicle = { ...vehicleOf(stay, { colour, areaOf }), vehicleClass }
  if (!isDecidedByClass(tariff, stay, { fromMs, toMs, vehicle })) return null
  const priced = stayPrice(lot, tariff, stay, { fromMs, toMs, vehicle, areaOf })
  const { amountFen, lines } = priced
  return {
    stayId: stay.stayId,
    amountFen: Math.max(0, amountFen - paidBeforeFen(stay, fromMs)),
    plate: stay.plate,
    fromMs,
    toMs,
    lines: [classLine(vehicleClass, fromMs), ...lines],
    tariffId: tariff.id,
    ...recordedVehicle(stay, vehicle),
    ...recordedBeside(priced),
  }
}
