// Claims a stay for a car at the exit: which stay, its price, and the amount already paid.
// Pure: the rows to be made durable and the answer for the lane, from the lot state alone.
import { lawLine } from '#money/pure/billing/by-law.ts'
import { isNoEntryOrder } from '#money/pure/billing/no-entry.ts'
import { stayMsMax } from '#money/pure/billing/price.ts'
import { graceEndsMs, type Tariff } from '#money/pure/billing/tariff.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { numbered, type Minting, type NodeOfLot } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PlateMatch } from '#base/pure/plates/plate-match.ts'
import { compactPlate } from '#base/pure/plates/plate.ts'
import { testOrderFen, testOrderLetter } from '#base/pure/values/test-order.ts'
import type { ClockCause } from '#ledger/pure/lot/clock-watch.ts'
import { findStay, type FindRequest, type FoundStay } from './find-stay.ts'
import { testOf } from '#ledger/pure/lot/first-car.ts'
import { covers, membersOf, validity } from '#money/pure/member/list.ts'
import { unseenEntryLine } from '#money/pure/member/member-price.ts'
import { isBeingTried } from '#money/pure/pay/cases.ts'
import { type Deduction, type LotState, type Order, type Stay } from '#ledger/pure/lot/lot-state.ts'
import {
  chargedFromMs,
  openCoupons,
  paidBeforeFen,
  recordedBeside,
  recordedVehicle,
  stayPrice,
  vehicleOf,
  type AreaOf,
  type ClassOrder,
} from './stay-price.ts'
import type { PlateCandidate } from '#ledger/pure/lot/plate-match.ts'

export interface ClaimRequest extends FindRequest, NodeOfLot {
  readonly laneId: string
  /** The camera's own text; of a car that a person names, his. */
  readonly plateRaw: string
  /** What was read before a person picked this car from those inside. */
  readonly plateRead?: string
  readonly photo: string | null
  readonly areaOf?: AreaOf
}

/** Why a person must set the amount, with both times. */
export interface ClockReason {
  readonly cause: ClockCause
  /** Present time of the clock. */
  readonly readMs: InstantMs
  /** The contradicting time: expected time, last row, or entry. Null: unknown. */
  readonly otherMs: InstantMs | null
  /** Amount by the expected time; null where that time is only a lower bound. */
  readonly suggestFen: Fen | null
}

export interface ClaimedOrder {
  readonly orderId: string
  /** Fen still due. */
  readonly dueFen: Fen
  readonly amountFen: Fen
  readonly lines: readonly OrderLine[]
}

export type ClaimAnswer =
  | {
      readonly kind: 'claimed'
      readonly stayId: string
      readonly plate: string
      readonly enteredAtMs: InstantMs
      readonly order: ClaimedOrder
      /** A deduction of this stay whose outcome is not known yet: settle it before anything else. */
      readonly unsettled: Deduction | null
      /** That deduction is settled and nothing else is charged: the plate of its stay rests on one look. */
      readonly settlesOnly?: true
      /** Deductions tried for this order before. */
      readonly tries: number
      /** Earlier means, when nothing is due any more; null: not paid. */
      readonly alreadyPaid: 'etc' | 'other' | null
      /** How its plate was corrected; null: used as read. */
      readonly match: PlateMatch | null
    }
  /** `candidates`: cars inside that it may be, best first, for a person to pick from. */
  | { readonly kind: 'noStay'; readonly candidates: readonly PlateCandidate[] }
  | {
      readonly kind: 'clockUnsure'
      readonly stayId: string
      readonly plate: string
      readonly enteredAtMs: InstantMs
      readonly clock: ClockReason
      readonly match: PlateMatch | null
    }

/**
 * The deduction to be settled before this car is charged in any way; null also where the driver has paid otherwise
 * since: then the car may leave, and a late success is refunded (8.3.1 b).
 */
export const openDeduction = (order: Order): Deduction | null =>
  order.settledOtherwise
    ? null
    : (order.deductions.find((d) => d.state === 'intent' || d.state === 'unknown') ?? null)

/** The amount of a code that a driver may be paying now stands as long as the code does. */
const codeStandsMs = 120_000

const isBeingPaid = ({ pays }: LotState, { orderId, toMs }: Order, nowMs: InstantMs): boolean =>
  nowMs - toMs <= codeStandsMs && isBeingTried(pays, orderId)

/** Made with the coupons that its stay has now. */
const isCouponed = (lot: LotState, stay: Stay, { fromMs, coupons: codes }: Order): boolean => {
  const now = openCoupons(lot, stay, fromMs)
  return now.length === codes.length && now.every(({ code }) => codes.includes(code))
}

/** Newest order of the stay when it still stands: unsettled, or paid within the time to leave. */
function standingOrder(lot: LotState, stay: Stay, nowMs: InstantMs, tariff: Tariff): Order | null {
  const order = stay.orders.at(-1)
  if (order === undefined) return null
  // The car has left its space: its order was made for that time.
  if (stay.leftAtMs !== null) return order
  const hasNewCoupon = !isCouponed(lot, stay, order)
  if (isBeingPaid(lot, order, nowMs) && !hasNewCoupon) return order
  if (isNoEntryOrder(order.lines) && order.paidAtMs === null) return order
  if (openDeduction(order) !== null) return order
  const { paidAtMs } = order
  if (paidAtMs !== null && nowMs <= graceEndsMs(tariff, stay.enteredAtMs, paidAtMs)) return order
  return order.toMs === nowMs && !hasNewCoupon ? order : null
}

interface Claimed {
  readonly rows: RowDraft[]
  readonly answer: ClaimAnswer
}

/**
 * Why this stay cannot be priced by the clock. Null also while the result of a charge is still due:
 * that is settled first, whatever the time is.
 */
function clockReason(
  lot: LotState,
  stay: Stay,
  tariff: Tariff,
  request: ClaimRequest,
): ClockReason | null {
  const { nowMs, clock } = request
  const last = stay.orders.at(-1)
  if (last !== undefined && (openDeduction(last) !== null || stay.leftAtMs !== null)) return null
  const laterMs = Math.max(stay.enteredAtMs, last?.paidAtMs ?? 0, last?.toMs ?? 0)
  if (clock !== null) {
    // The time of the last row is only a lower bound of the present time.
    const known = clock.cause === 'jump' || clock.cause === 'differs'
    const otherMs = clock.expectedMs
    const suggestFen =
      known && otherMs !== null ? priceAt(lot, stay, tariff, { ...request, nowMs: otherMs }) : null
    return { cause: clock.cause, readMs: nowMs, otherMs, suggestFen }
  }
  if (laterMs > nowMs)
    return { cause: 'entryLater', readMs: nowMs, otherMs: laterMs, suggestFen: null }
  if (!stay.timeUnsure) return null
  return { cause: 'entryUnsure', readMs: nowMs, otherMs: stay.enteredAtMs, suggestFen: null }
}

/** What a stay would cost then, less what was paid for it; null: its entry time says nothing. */
export function priceAt(
  lot: LotState,
  stay: Stay,
  tariff: Tariff,
  request: Pick<ClaimRequest, 'nowMs' | 'colour' | 'areaOf' | 'plateRead'>,
): Fen | null {
  const { nowMs: toMs, areaOf, plateRead } = request
  if (stay.timeUnsure || toMs < stay.enteredAtMs) return null
  const fromMs = Math.min(toMs, Math.max(chargedFromMs(tariff, stay), toMs - stayMsMax))
  const vehicle = vehicleOf(stay, request)
  const priced = stayPrice(lot, tariff, stay, { fromMs, toMs, vehicle, areaOf, plateRead })
  return Math.max(0, priced.amountFen - paidBeforeFen(stay, fromMs))
}

/** `lastId`: the last number used, including those in the rows. */
export const claim = (
  lot: LotState,
  tariff: Tariff,
  request: ClaimRequest,
): Claimed & { readonly lastId: number } =>
  numbered({ ...request, lastId: lot.lastId }, (numberedRequest) =>
    claimWith(lot, tariff, numberedRequest),
  )

type NewClaim = ClaimRequest & Minting

function claimWith(lot: LotState, tariff: Tariff, request: NewClaim): Claimed {
  const found = findStay(lot, request)
  const test = testOf(lot.firstCars, request)
  const { match } = found
  // A test car is never matched to the stay of another plate.
  const stay = test !== null && match !== null ? null : found.stay
  if (stay === null && test !== null) return claimTest(request, null)
  if (stay === null) return claimCovered(lot, tariff, request, found)
  const { nowMs } = request
  const plateRead = match?.plateRead ?? request.plateRead
  const clock = clockReason(lot, stay, tariff, {
    ...request,
    ...(plateRead === undefined ? {} : { plateRead }),
  })
  if (clock !== null) {
    const plate = stay.plate ?? request.plate
    const { stayId, enteredAtMs } = stay
    return { rows: [], answer: { kind: 'clockUnsure', stayId, plate, enteredAtMs, clock, match } }
  }
  const standing = standingOrder(lot, stay, nowMs, tariff)
  if (standing !== null) {
    const answer = claimedAnswer(stay, request, standing, openDeduction(standing))
    return { rows: [], answer: { ...answer, match } }
  }
  if (test !== null) return claimTest(request, stay)
  // A stay beyond the tariff's limit is priced at it.
  const fromMs = Math.min(nowMs, Math.max(chargedFromMs(tariff, stay), nowMs - stayMsMax))
  const vehicle = vehicleOf(stay, request)
  const { areaOf } = request
  const asked = { fromMs, toMs: nowMs, vehicle, areaOf, plateRead }
  const priced = stayPrice(lot, tariff, stay, asked)
  const paidBefore = paidBeforeFen(stay, fromMs)
  const amountFen = Math.max(0, priced.amountFen - paidBefore)
  const orderId = request.mint('O')
  const rows: RowDraft[] = [
    orderRow(request, {
      stayId: stay.stayId,
      orderId,
      amountFen,
      plate: stay.plate,
      fromMs,
      lines: priced.lines,
      tariffId: tariff.id,
      ...recordedVehicle(stay, vehicle),
      ...recordedBeside(priced),
      ...(match === null ? {} : { match }),
      ...(match !== null || plateRead === undefined ? {} : { plateRead }),
    }),
  ]
  const order = { orderId, dueFen: amountFen, amountFen, lines: priced.lines }
  return {
    rows,
    answer: {
      kind: 'claimed',
      stayId: stay.stayId,
      plate: stay.plate ?? request.plate,
      enteredAtMs: stay.enteredAtMs,
      order,
      unsettled: null,
      tries: 0,
      alreadyPaid: paidBefore > 0 && amountFen === 0 ? paidHow(stay) : null,
      match,
    },
  }
}

/** A member without an entry record, or a car that is free by law: nothing is due where it is covered now. */
function claimCovered(
  lot: LotState,
  tariff: Tariff,
  request: NewClaim,
  { candidates }: FoundStay,
): Claimed {
  const { plate, nowMs, clock } = request
  const covering = membersOf(lot.members, plate).find((held) => {
    const [fromMs, toMs] = validity(held)
    return covers(held) && held.member.areas === null && nowMs >= fromMs && nowMs < toMs
  })
  const line =
    lawLine(plate, nowMs, nowMs) ??
    (covering === undefined ? null : unseenEntryLine(covering.member, nowMs))
  if (line === null || clock !== null) return { rows: [], answer: { kind: 'noStay', candidates } }
  const stayId = request.mint('S')
  const orderId = request.mint('O')
  const lines = [line]
  const opened = noEntryRow(request, stayId)
  const facts = { stayId, orderId, plate, amountFen: 0, fromMs: nowMs, lines, tariffId: tariff.id }
  return {
    rows: [opened, orderRow(request, facts)],
    answer: {
      kind: 'claimed',
      stayId,
      plate,
      enteredAtMs: nowMs,
      order: { orderId, dueFen: 0, amountFen: 0, lines },
      unsettled: null,
      tries: 0,
      alreadyPaid: null,
      match: null,
    },
  }
}

/** The order of a first car: one fen on the stay of the car, or on one that begins now. */
function claimTest(request: NewClaim, stay: Stay | null): Claimed {
  const { nowMs, plate } = request
  const stayId = stay?.stayId ?? request.mint('S')
  const orderId = request.mint(testOrderLetter)
  const fromMs = stay === null ? nowMs : Math.min(nowMs, stay.enteredAtMs)
  const amountFen = testOrderFen
  const text = { zh: '首车测试,随即退回', en: 'First car test, given back' }
  const lines: OrderLine[] = [{ fromMs, toMs: nowMs, rule: 'first', amountFen, text }]
  const opened = stay === null ? [noEntryRow(request, stayId)] : []
  const order = orderRow(request, {
    stayId,
    orderId,
    amountFen,
    fromMs,
    lines,
    plate: stay?.plate ?? plate,
    tariffId: 'first-car-test',
  })
  return {
    rows: [...opened, order],
    answer: {
      kind: 'claimed',
      stayId,
      plate: stay?.plate ?? plate,
      enteredAtMs: stay?.enteredAtMs ?? nowMs,
      order: { orderId, dueFen: amountFen, amountFen, lines },
      unsettled: null,
      tries: 0,
      alreadyPaid: null,
      match: null,
    },
  }
}

const paidHow = (stay: Stay): 'etc' | 'other' =>
  stay.orders.some((o) => o.settledOtherwise) ? 'other' : 'etc'

/** True for an order that a person settled, including a waived one or one for a lower amount. */
const isSettled = (order: Order, due: Fen): boolean =>
  order.settledOtherwise || (order.paidFen > 0 && due === 0)

export function claimedAnswer(
  stay: Stay,
  request: ClaimRequest,
  order: Order,
  unsettled: Deduction | null,
): Extract<ClaimAnswer, { kind: 'claimed' }> {
  const due = Math.max(0, order.amountFen - order.paidFen)
  return {
    kind: 'claimed',
    stayId: stay.stayId,
    plate: stay.plate ?? request.plate,
    enteredAtMs: stay.enteredAtMs,
    order: { orderId: order.orderId, dueFen: due, amountFen: order.amountFen, lines: order.lines },
    unsettled,
    tries: order.deductions.length,
    alreadyPaid: unsettled === null && isSettled(order, due) ? paidHow(stay) : null,
    match: null,
  }
}

/** The stay of a car that reached the exit without one; `plate` null when it was not read. */
export const noEntryRow = (
  request: Pick<ClaimRequest, 'laneId' | 'colour' | 'photo' | 'nowMs'> & { plate: string | null },
  stayId: string,
): RowDraft => ({
  kind: 'stayOpened',
  atMs: request.nowMs,
  laneId: request.laneId,
  stayId,
  body: {
    plate: request.plate,
    colour: request.colour,
    enteredAtMs: request.nowMs,
    noEntry: true,
    photo: request.photo,
  },
})

interface OrderFacts extends Omit<ClassOrder, 'toMs'> {
  readonly orderId: string
  /** Absent: now. */
  readonly toMs?: InstantMs
  readonly match?: PlateMatch
  readonly plateRead?: string
}

/** A camera puts the colour before the plate, and dots into it. */
function readAs({ plate, plateRaw }: OrderedBy): string | null {
  if (plateRaw === null) return plate
  return plate !== null && compactPlate(plateRaw).endsWith(plate) ? plate : plateRaw
}

interface OrderedBy extends Pick<ClaimRequest, 'laneId' | 'nowMs' | 'photo'> {
  readonly plate: string | null
  readonly plateRaw: string | null
}

export const orderRow = (request: OrderedBy, order: OrderFacts): RowDraft => ({
  kind: 'orderMade',
  atMs: request.nowMs,
  laneId: request.laneId,
  stayId: order.stayId,
  orderId: order.orderId,
  amountFen: order.amountFen,
  body: {
    tariffId: order.tariffId,
    fromMs: order.fromMs,
    toMs: order.toMs ?? request.nowMs,
    lines: order.lines,
    plate: order.plate,
    plateRaw: readAs(request),
    ...(request.photo === null ? {} : { photo: request.photo }),
    ...(order.match === undefined ? {} : { match: order.match }),
    ...(order.plateRead === undefined ? {} : { plateRead: order.plateRead }),
    ...(order.vehicle === undefined ? {} : { vehicle: order.vehicle }),
    ...(order.before === undefined ? {} : { before: order.before }),
    ...(order.cover === undefined ? {} : { cover: order.cover }),
    ...(order.reservation === undefined ? {} : { reservation: order.reservation }),
    ...(order.coupons === undefined ? {} : { coupons: order.coupons }),
    ...(order.arrears === undefined ? {} : { arrears: order.arrears }),
    ...(order.earns === undefined ? {} : { earns: order.earns }),
  },
})

/**
 * A deduction whose result still decides: not booked, its order not paid in another way, and its car
 * still in the lot.
 */
export function isOpenCase(lot: LotState, deductionId: string): boolean {
  const deduction = lot.unsettled.get(deductionId)
  if (deduction === undefined || !lot.stays.has(deduction.stayId)) return false
  const order = lot.orders.get(deduction.orderId)
  return order === undefined || (order.paidFen === 0 && !order.settledOtherwise)
}

/**
 * Reason against another payment for an order: paid since a lane claimed it, another lane or place waits for the result
 * of its charge, or its car has left by another lane.
 */
export function settleBar(
  lot: LotState,
  laneId: string,
  { stayId, orderId }: { readonly stayId: string | null; readonly orderId: string | null },
): 'paid' | 'charging' | 'left' | null {
  const order = lot.orders.get(orderId ?? '')
  if (order !== undefined && (order.paidFen > 0 || order.settledOtherwise)) return 'paid'
  for (const d of lot.unsettled.values())
    if (d.stayId === stayId && d.state === 'intent' && d.laneId !== laneId) return 'charging'
  return stayId === null || lot.stays.has(stayId) ? null : 'left'
}
