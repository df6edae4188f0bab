// Arrears per order, folded from rows: added to the next exit of the same car, paid once, and owed again as far as that payment
// is refunded. An order has no arrears while a charge of it is open, or where a person settled it.
import { keptMs } from '../member/stay-money.ts'
import type { ArrearsPart } from '#base/pure/rows/coupon-row.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { cardBarOf, type BarredCar, type CardBar } from './card-bar.ts'

interface PaidPart {
  readonly stayId: string
  readonly amountFen: Fen
  readonly atMs: InstantMs
}

interface Arrears {
  readonly orderId: string
  readonly stayId: string
  readonly plate: string
  readonly colour: PlateColour
  /** Why no card is charged for it by its plate; null: the next order of its car includes it. */
  readonly bar: CardBar | null
  /** Who typed its plate; null: a device read it, or it is not known. */
  readonly typedBy: string | null
  /** Of its car, which another person may confirm. */
  readonly photo: string | null
  /** Still owed. */
  readonly amountFen: Fen
  readonly leftAtMs: InstantMs
  /** The stay whose order includes it now; null: no stay. */
  readonly heldBy: string | null
  /** Paid by the stay `heldBy`, whose later orders still include it; or, without one, paid by an ended stay or waived. */
  readonly isPaid: boolean
  /** Parts paid by ended stays. */
  readonly paid: readonly PaidPart[]
  /** The stay that had paid it and was refunded. */
  readonly backFrom: string | null
}

/** By order. */
export type ArrearsList = Map<string, Arrears>

/** The members of an order and its stay that decide about arrears. */
interface LeftOrder {
  readonly orderId: string
  readonly stayId: string
  readonly amountFen: Fen
  readonly paidFen: Fen
  readonly settledOtherwise: boolean
  readonly arrears: readonly ArrearsPart[]
  readonly deductions: readonly { readonly state: string }[]
}
interface NamedCar {
  readonly plate: string | null
  readonly colour: PlateColour
}
interface LeftCar extends BarredCar {
  readonly photo: string | null
}

const isPending = ({ deductions }: LeftOrder): boolean =>
  deductions.some(({ state }) => state === 'intent' || state === 'unknown')

/** True when an order of this stay, open or ended, paid it. A waiver does not count: it leaves no amount and no paid part. */
const isPaidBy = (one: Arrears | undefined, stayId: string): boolean =>
  one !== undefined &&
  ((one.heldBy === stayId && one.isPaid && one.amountFen > 0) ||
    one.paid.some((part) => part.stayId === stayId))

/** The car has left: the unpaid part of its order becomes arrears, unless a charge is open. */
export function noteLeft(
  list: ArrearsList,
  order: LeftOrder,
  car: LeftCar,
  leftAtMs: InstantMs,
): void {
  const { plate, colour, oneLook, photo } = car
  const { orderId, stayId, amountFen, paidFen, settledOtherwise, arrears } = order
  if (settledOtherwise || plate === null || isTestOrder(orderId) || isPending(order)) return
  // Older arrears in the amount stay with their own orders, where they may have been waived meanwhile: subtract them.
  // Those that an earlier order of this stay paid are not part of this order's amount.
  const older = arrears
    .filter((part) => !isPaidBy(list.get(part.orderId), stayId))
    .reduce((sum, part) => sum + part.amountFen, 0)
  const fen = amountFen - paidFen - older
  if (fen <= 0 || list.has(orderId)) return
  forgetPaid(list, leftAtMs)
  const left = { orderId, stayId, plate, colour, amountFen: fen, leftAtMs }
  const look = { bar: cardBarOf(car), typedBy: oneLook?.who ?? null, photo }
  list.set(orderId, { ...left, ...look, heldBy: null, isPaid: false, paid: [], backFrom: null })
}

/** A second look at the car of a stay agrees with its plate. */
export function noteSeenAgain(
  list: ArrearsList,
  stayId: string,
  { plate, colour }: { readonly plate: string; readonly colour: PlateColour },
): void {
  for (const [orderId, one] of list) {
    if (one.stayId !== stayId || one.plate !== plate) continue
    const seen = one.colour === 'unknown' ? colour : one.colour
    const bar = colourOfPlate(plate, seen) === 'unknown' ? 'colourUnknown' : null
    list.set(orderId, { ...one, colour: seen, bar })
  }
}

/** Forgets paid arrears that can no longer be refunded. */
function forgetPaid(list: ArrearsList, nowMs: InstantMs): void {
  for (const [orderId, { isPaid, heldBy, paid }] of list)
    if (isPaid && heldBy === null && paid.every(({ atMs }) => atMs + keptMs <= nowMs))
      list.delete(orderId)
}

/** A stay ends: arrears that it did not pay wait for the next stay. */
export function releaseHeld(list: ArrearsList, stayId: string, atMs: InstantMs): void {
  for (const [orderId, one] of list) {
    if (one.heldBy !== stayId) continue
    const { amountFen } = one
    list.set(
      orderId,
      one.isPaid
        ? { ...one, heldBy: null, amountFen: 0, paid: [...one.paid, { stayId, amountFen, atMs }] }
        : { ...one, heldBy: null },
    )
  }
}

/** A stay was refunded down to `leftFen`: this pays its oldest arrears first, and the rest is owed again. */
export function noteBack(list: ArrearsList, stayId: string, leftFen: Fen): void {
  let rest = leftFen
  for (const [orderId, one] of list)
    for (const part of one.paid) {
      if (part.stayId !== stayId) continue
      const keptFen = Math.min(part.amountFen, rest)
      rest -= keptFen
      if (keptFen === part.amountFen) continue
      const others = one.paid.filter((other) => other !== part)
      list.set(orderId, {
        ...one,
        amountFen: one.amountFen + part.amountFen - keptFen,
        isPaid: false,
        paid: keptFen === 0 ? others : [...others, { ...part, amountFen: keptFen }],
        backFrom: stayId,
      })
    }
}

/** Waives the present arrears of an order; money of it that is refunded later is owed again. */
export function noteWaived(list: ArrearsList, orderId: string): void {
  const one = list.get(orderId)
  if (one === undefined || one.paid.length === 0) list.delete(orderId)
  else list.set(orderId, { ...one, amountFen: 0, isPaid: true, backFrom: null })
}

export function noteHeld(
  list: ArrearsList,
  stayId: string,
  parts: readonly ArrearsPart[] = [],
): void {
  for (const { orderId } of parts) {
    const one = list.get(orderId)
    if (one !== undefined) list.set(orderId, { ...one, heldBy: stayId })
  }
}

export function notePaid(list: ArrearsList, order: Omit<LeftOrder, 'stayId'>): void {
  const { settledOtherwise, paidFen, amountFen, arrears } = order
  if (!settledOtherwise && paidFen < amountFen) return
  for (const { orderId } of arrears) {
    const one = list.get(orderId)
    if (one !== undefined) list.set(orderId, { ...one, isPaid: true })
  }
}

const isSameCar = (one: Arrears, { plate, colour }: NamedCar): boolean =>
  one.plate === plate && (one.colour === colour || one.colour === 'unknown' || colour === 'unknown')

/** Arrears that the order of this stay includes: none that rest on one look, as its card may be another car's. */
export const arrearsOf = (
  list: ArrearsList,
  stay: NamedCar & { readonly stayId: string },
  plates: readonly (string | null)[] = [stay.plate],
): readonly Arrears[] =>
  list.size === 0
    ? []
    : [...list.values()].filter(
        (one) =>
          one.bar === null &&
          plates.some((plate) => isSameCar(one, { ...stay, plate })) &&
          (one.heldBy === null ? !one.isPaid : one.heldBy === stay.stayId),
      )

export function arrearsLine({ amountFen, leftAtMs }: Arrears, atMs: InstantMs): OrderLine {
  const when = isoOf(leftAtMs).slice(0, 16).replace('T', ' ')
  const text = { zh: `补缴 ${when} 离场未付`, en: `Arrears: left unpaid ${when}` }
  return { fromMs: atMs, toMs: atMs, rule: 'arrears', amountFen, text }
}
