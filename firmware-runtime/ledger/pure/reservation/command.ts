// Judges commands of the reservation platform by the state of the lot: the effect of each, or why it has none.
// They only produce rows: no command opens a boom or makes or changes a charge.
import { dayMs, dayStartMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type {
  CommandAnswer,
  Reservation,
  ReservationEffect,
  Share,
} from '#base/pure/rows/reservation-row.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { type HeldReservation, type ReservationList } from './list.ts'

export type ReservationCommand =
  | { readonly do: 'make' | 'change'; readonly reservation: Reservation }
  | { readonly do: 'cancel' | 'revoke'; readonly orderNo: string; readonly plate: string | null }
  | { readonly do: 'share'; readonly share: Share }
  | { readonly do: 'unshare'; readonly shareNo: string }
  | { readonly do: 'flow'; readonly on: boolean }

interface Asked {
  readonly nowMs: InstantMs
  /** Bays that the lot offers to reservations. */
  readonly spaces: number
}

interface Judged {
  readonly answer: CommandAnswer
  readonly effect: ReservationEffect | null
}

const refused = (answer: Exclude<CommandAnswer, 'done'>): Judged => ({ answer, effect: null })
const done = (effect: ReservationEffect): Judged => ({ answer: 'done', effect })

/** Others that want a bay of the same kind at some time of this one, counted where they are most. */
function othersAtOnce(
  list: ReservationList,
  { orderNo, fromMs, toMs, shareNo }: Reservation,
): number {
  const others: Reservation[] = []
  for (const { reservation, state } of list.byOrder.values()) {
    const isLive =
      state === 'open' || (state === 'used' && list.byStay.has(stayOf(list, reservation)))
    if (!isLive || reservation.orderNo === orderNo || reservation.shareNo !== shareNo) continue
    if (reservation.fromMs < toMs && reservation.toMs > fromMs) others.push(reservation)
  }
  const starts = [fromMs, ...others.map((other) => Math.max(fromMs, other.fromMs))]
  return Math.max(
    ...starts.map(
      (atMs) => others.filter((other) => other.fromMs <= atMs && other.toMs > atMs).length,
    ),
  )
}

const stayOf = ({ byOrder }: ReservationList, { orderNo }: Reservation): string =>
  byOrder.get(orderNo)?.stayId ?? ''

/** All of it within one opening of the provider's window. */
export function isInShare(
  { fromMs: validFromMs, toMs: validToMs, fromMin, toMin }: Share,
  { fromMs, toMs }: Pick<Reservation, 'fromMs' | 'toMs'>,
): boolean {
  if (fromMs < validFromMs || toMs > validToMs) return false
  const openMs = (toMin > fromMin ? toMin - fromMin : toMin + 1440 - fromMin) * minuteMs
  // A whole day after a whole day is never shut.
  if (openMs >= dayMs) return true
  return [-1, 0].some((days) => {
    const startMs = dayStartMs(fromMs) + days * dayMs + fromMin * minuteMs
    return fromMs >= startMs && toMs <= startMs + openMs
  })
}

function hasBay(list: ReservationList, wanted: Reservation, { spaces }: Asked): Judged | null {
  const { shareNo } = wanted
  if (shareNo === null) return othersAtOnce(list, wanted) < spaces ? null : refused('noBay')
  const share = list.shares.get(shareNo)
  if (share === undefined) return refused('shareMissing')
  if (share.spaces === 0) return refused('noBay')
  if (!isInShare(share, wanted)) return refused('outsideTime')
  return othersAtOnce(list, wanted) < share.spaces ? null : refused('noBay')
}

function make(list: ReservationList, wanted: Reservation, asked: Asked): Judged {
  if (list.byOrder.has(wanted.orderNo)) return refused('otherContent')
  if (wanted.toMs <= asked.nowMs) return refused('outsideTime')
  return hasBay(list, wanted, asked) ?? done({ do: 'make', reservation: wanted })
}

/** Reason against changing or cancelling an open reservation; null: allowed. */
function whyNot(held: HeldReservation, nowMs: InstantMs): Judged | null {
  if (held.state === 'cancelled' || held.state === 'revoked') return refused('alreadyCancelled')
  if (held.state === 'overdue' || held.reservation.toMs <= nowMs) return refused('outsideTime')
  return null
}

function changed(list: ReservationList, wanted: Reservation, asked: Asked): Judged {
  const held = list.byOrder.get(wanted.orderNo)
  if (held === undefined) return refused('orderMissing')
  if (held.isOverstayNoted) return refused('overstayed')
  const why = whyNot(held, asked.nowMs)
  if (why !== null) return why
  if (held.state === 'used') {
    // The car is inside: the end alone may change, and only while it has not been ended. Price, vehicle, kind and share stay,
    // which say who gets the income.
    if (held.endedAtMs !== null) return refused('alreadyCancelled')
    const { toMs } = held.reservation
    const isSame = canonicalJson({ ...wanted, toMs }) === canonicalJson(held.reservation)
    if (!isSame || wanted.toMs <= asked.nowMs) return refused('alreadyUsed')
  } else if (wanted.toMs <= asked.nowMs) return refused('outsideTime')
  return hasBay(list, wanted, asked) ?? done({ do: 'change', reservation: wanted })
}

function takenBack(
  list: ReservationList,
  { do: how, orderNo, plate }: Extract<ReservationCommand, { orderNo: string }>,
  nowMs: InstantMs,
): Judged {
  const held = list.byOrder.get(orderNo)
  if (held === undefined) return refused('orderMissing')
  if (plate !== null && plate !== held.reservation.plate) return refused('otherVehicle')
  const why = whyNot(held, nowMs)
  if (why !== null) return why
  // The customer cannot cancel a reservation in use; the provider of the bay may end it.
  if (held.state === 'used' && how === 'cancel') return refused('alreadyUsed')
  if (held.endedAtMs !== null) return refused('alreadyCancelled')
  return done({ do: how, orderNo })
}

export function judgeCommand(
  list: ReservationList,
  command: ReservationCommand,
  asked: Asked,
): Judged {
  switch (command.do) {
    case 'make':
      return make(list, command.reservation, asked)
    case 'change':
      return changed(list, command.reservation, asked)
    case 'cancel':
    case 'revoke':
      return takenBack(list, command, asked.nowMs)
    case 'share':
      return done(command)
    case 'unshare':
      return list.shares.has(command.shareNo) ? done(command) : refused('shareMissing')
    case 'flow':
      return done(command)
  }
}

/** Refusals that say that the state of a reservation or share has no use for a command of this type. */
const misfits: Readonly<Record<ReservationCommand['do'], readonly CommandAnswer[]>> = {
  make: ['otherContent'],
  change: ['orderMissing', 'alreadyCancelled', 'alreadyUsed', 'overstayed'],
  cancel: ['orderMissing', 'alreadyCancelled', 'alreadyUsed'],
  revoke: ['orderMissing', 'alreadyCancelled'],
  share: [],
  unshare: ['shareMissing'],
  flow: [],
}

/** What the command is about, where its type does not fit; null: it fits, or is refused for another reason. */
export function misfitOf(command: ReservationCommand, answer: CommandAnswer): string | null {
  if (!misfits[command.do].includes(answer)) return null
  if ('reservation' in command) return command.reservation.orderNo
  if ('orderNo' in command) return command.orderNo
  return command.do === 'unshare' ? command.shareNo : null
}

interface Passed {
  readonly orderNo: string
  readonly what: 'overdue' | 'overstayed'
}

/** Reservations whose time has ended: the car did not come, or is still inside. */
export const passedNow = (list: ReservationList, nowMs: InstantMs): readonly Passed[] =>
  [...list.byOrder.values()].flatMap((held): Passed[] => {
    const { orderNo, toMs } = held.reservation
    if (held.state === 'open' && toMs <= nowMs) return [{ orderNo, what: 'overdue' }]
    const isInside = held.state === 'used' && list.byStay.get(held.stayId ?? '') === orderNo
    const endMs = Math.min(toMs, held.endedAtMs ?? Infinity)
    return isInside && !held.isOverstayNoted && endMs <= nowMs
      ? [{ orderNo, what: 'overstayed' }]
      : []
  })
