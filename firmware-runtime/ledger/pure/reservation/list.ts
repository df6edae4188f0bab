// The reservations of a lot, folded from rows: waiting ones, the one of each stay, and messages still due to the platform.
// A reservation is bound to the stay of its car when that opens, and becomes free again where the car did not come in.
import { dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type {
  CommandAnswer,
  Reservation,
  ReservationEffect,
  ReservationRow,
  Share,
  UpFact,
} from '#base/pure/rows/reservation-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { incomeOf, type StayWithIncome } from './income.ts'

export interface HeldReservation {
  readonly reservation: Reservation
  readonly state: 'open' | 'used' | 'cancelled' | 'revoked' | 'overdue'
  /** End time of a reservation that was cancelled while a stay uses it; null: not cancelled. */
  readonly endedAtMs: InstantMs | null
  readonly stayId: string | null
  readonly isOverstayNoted: boolean
}

interface Stay extends StayWithIncome {
  readonly plate: string | null
  readonly colour: PlateColour
}

interface AnsweredCommand {
  readonly sm3: string
  readonly answer: CommandAnswer
}

interface DueFact {
  /** Row number and index within the row. */
  readonly key: string
  readonly atMs: InstantMs
  readonly fact: UpFact
}

export interface ReservationList {
  /** Code of the lot at its reservation platform; null: no platform, and nothing is recorded for it. */
  parkCode: string | null
  readonly byOrder: Map<string, HeldReservation>
  readonly byStay: Map<string, string>
  readonly shares: Map<string, Share>
  readonly commands: Map<string, AnsweredCommand>
  isFlowControlled: boolean
  level: number
  /** Number of the last message, and the last number that the platform has acknowledged. */
  lastSeq: number
  ackSeq: number
  /** Row of each message that the platform has not acknowledged. */
  readonly unsent: Map<number, number>
  readonly due: Map<string, DueFact>
}

export const emptyReservations = (): ReservationList => ({
  parkCode: null,
  byOrder: new Map(),
  byStay: new Map(),
  shares: new Map(),
  commands: new Map(),
  isFlowControlled: false,
  level: 0,
  lastSeq: 0,
  ackSeq: 0,
  unsent: new Map(),
  due: new Map(),
})

/** A car may arrive this long before its window. Assumed. */
const earlyMs = 15 * minuteMs
/** Ended reservations are dropped after this time. */
const keptMs = 2 * dayMs
const commandsKept = 10_000

/** Its own end, or the time of its cancellation. */
export const endOf = ({ reservation, endedAtMs }: HeldReservation): InstantMs =>
  Math.min(reservation.toMs, endedAtMs ?? Infinity)

/** True while a bay is kept for it. */
export const isAwaited = ({ state, reservation }: HeldReservation, nowMs: InstantMs): boolean =>
  state === 'open' && nowMs >= reservation.fromMs - earlyMs && nowMs < reservation.toMs

/** The reservation that a car with this plate may use now, the earliest first. */
export function reservationFor(
  list: ReservationList,
  plate: string | null,
  nowMs: InstantMs,
): HeldReservation | null {
  let found: HeldReservation | null = null
  for (const held of list.byOrder.values())
    if (held.reservation.plate === plate && isAwaited(held, nowMs))
      if (found === null || held.reservation.fromMs < found.reservation.fromMs) found = held
  return found
}

/**
 * The reservation of a car that came in under a plate that was misread: it still waits, or was taken for one whose car
 * never came.
 */
export function missedReservation(
  list: ReservationList,
  plate: string,
  enteredAtMs: InstantMs,
): HeldReservation | null {
  const missed = [...list.byOrder.values()].filter(
    (held) =>
      held.reservation.plate === plate &&
      (held.state === 'overdue' || held.state === 'open') &&
      isAwaited({ ...held, state: 'open' }, enteredAtMs),
  )
  return missed.toSorted((a, b) => a.reservation.fromMs - b.reservation.fromMs)[0] ?? null
}

export const reservationOfStay = (
  { byStay, byOrder }: ReservationList,
  stayId: string,
): HeldReservation | null => byOrder.get(byStay.get(stayId) ?? '') ?? null

function change(list: ReservationList, orderNo: string, to: Partial<HeldReservation>): void {
  const held = list.byOrder.get(orderNo)
  if (held !== undefined) list.byOrder.set(orderNo, { ...held, ...to })
}

function bind(list: ReservationList, stay: { stayId: string; plate: string | null }, atMs: number) {
  const held = reservationFor(list, stay.plate, atMs)
  if (held === null || list.byStay.has(stay.stayId)) return
  const { orderNo } = held.reservation
  list.byStay.set(stay.stayId, orderNo)
  change(list, orderNo, { state: 'used', stayId: stay.stayId })
}

/** An order that counts a reservation binds it to its stay, where no plate at the entry did. */
function boundByOrder(list: ReservationList, { stayId }: Stay, orderNo = ''): UpFact[] {
  const held = list.byOrder.get(orderNo)
  if (held === undefined || held.stayId !== null || list.byStay.has(stayId)) return []
  list.byStay.set(stayId, orderNo)
  change(list, orderNo, { state: 'used', stayId })
  return [{ kind: 'reservation', what: 'used', orderNo, plate: held.reservation.plate }]
}

/** Cancels a reservation; a car already inside keeps it up to now. */
function takeBack(
  list: ReservationList,
  orderNo: string,
  how: 'cancelled' | 'revoked',
  atMs: number,
) {
  const held = list.byOrder.get(orderNo)
  if (held?.state === 'open') change(list, orderNo, { state: how })
  else if (held?.state === 'used' && held.endedAtMs === null)
    change(list, orderNo, { endedAtMs: atMs })
}

function takeEffect(list: ReservationList, effect: ReservationEffect, atMs: InstantMs): void {
  switch (effect.do) {
    case 'make':
      forgetOld(list, atMs)
      list.byOrder.set(effect.reservation.orderNo, {
        reservation: effect.reservation,
        state: 'open',
        endedAtMs: null,
        stayId: null,
        isOverstayNoted: false,
      })
      return
    case 'change':
      change(list, effect.reservation.orderNo, { reservation: effect.reservation })
      return
    case 'cancel':
      return takeBack(list, effect.orderNo, 'cancelled', atMs)
    case 'revoke':
      return takeBack(list, effect.orderNo, 'revoked', atMs)
    case 'share':
      list.shares.set(effect.share.shareNo, effect.share)
      return
    case 'unshare':
      for (const { reservation } of [...list.byOrder.values()])
        if (reservation.shareNo === effect.shareNo)
          takeBack(list, reservation.orderNo, 'revoked', atMs)
      list.shares.set(effect.shareNo, { ...shareOf(list, effect.shareNo), spaces: 0 })
      return
    case 'flow':
      list.isFlowControlled = effect.on
  }
}

const noShare = { spaces: 0, fromMs: 0, toMs: 0, fromMin: 0, toMin: 0, parts: [] }
const shareOf = ({ shares }: ReservationList, shareNo: string): Share =>
  shares.get(shareNo) ?? { shareNo, ...noShare }

function forgetOld(list: ReservationList, nowMs: InstantMs): void {
  for (const [orderNo, { reservation, stayId }] of list.byOrder)
    if (reservation.toMs + keptMs < nowMs && (stayId === null || !list.byStay.has(stayId)))
      list.byOrder.delete(orderNo)
}

function factOfEffect(list: ReservationList, effect: ReservationEffect): UpFact[] {
  const of = (what: 'made' | 'changed' | 'cancelled', orderNo: string): UpFact[] => {
    const plate = list.byOrder.get(orderNo)?.reservation.plate
    return plate === undefined ? [] : [{ kind: 'reservation', what, orderNo, plate }]
  }
  switch (effect.do) {
    case 'make':
      return of('made', effect.reservation.orderNo)
    case 'change':
      return of('changed', effect.reservation.orderNo)
    case 'cancel':
    case 'revoke':
      return of('cancelled', effect.orderNo)
    case 'flow':
      return [{ kind: 'flow', on: effect.on }]
    case 'unshare':
      return [...list.byOrder.values()]
        .filter(({ reservation }) => reservation.shareNo === effect.shareNo)
        .filter(({ state }) => state === 'open' || state === 'used')
        .flatMap(({ reservation }) => of('cancelled', reservation.orderNo))
    case 'share':
      return []
  }
}

function foldOwn(list: ReservationList, row: ReservationRow, atMs: InstantMs): UpFact[] {
  switch (row.row) {
    case 'joined':
      list.parkCode = row.parkCode
      return []
    case 'left':
      list.parkCode = null
      list.due.clear()
      return []
    case 'command': {
      list.commands.set(row.cmdId, { sm3: row.sm3, answer: row.answer })
      for (const cmdId of list.commands.keys()) {
        if (list.commands.size <= commandsKept) break
        list.commands.delete(cmdId)
      }
      if (row.effect === null) return []
      // The message about its end needs the state before it.
      const facts = row.effect.do === 'unshare' ? factOfEffect(list, row.effect) : []
      takeEffect(list, row.effect, atMs)
      return row.effect.do === 'unshare' ? facts : factOfEffect(list, row.effect)
    }
    case 'passed': {
      const { orderNo, what } = row
      const plate = list.byOrder.get(orderNo)?.reservation.plate ?? ''
      change(list, orderNo, what === 'overdue' ? { state: 'overdue' } : { isOverstayNoted: true })
      return [{ kind: 'reservation', what, orderNo, plate }]
    }
    case 'level':
      list.level = row.level
      return [{ kind: 'saturation', level: row.level }]
    case 'up':
      list.lastSeq = row.seq
      if (row.of !== null) list.due.delete(row.of)
      return []
    case 'acked':
      for (const seq of list.unsent.keys()) if (seq <= row.seq) list.unsent.delete(seq)
      list.ackSeq = Math.max(list.ackSeq, row.seq)
      return []
  }
}

const passageFact = (
  list: ReservationList,
  kind: 'entry' | 'exit',
  { stayId, plate, colour }: Stay,
  laneId: string,
): UpFact => ({ kind, stayId, laneId, plate, colour, orderNo: list.byStay.get(stayId) ?? null })

/** Messages for a car that came in, with the reservation that it used. */
function entered(list: ReservationList, stay: Stay, laneId: string): UpFact[] {
  const used = reservationOfStay(list, stay.stayId)?.reservation
  const entry = passageFact(list, 'entry', stay, laneId)
  if (used === undefined) return [entry]
  const { orderNo, plate } = used
  return [entry, { kind: 'reservation', what: 'used', orderNo, plate }]
}

function closed(list: ReservationList, stay: Stay, laneId: string | undefined, atMs: number) {
  const held = reservationOfStay(list, stay.stayId)
  if (laneId !== undefined) {
    const exit = passageFact(list, 'exit', stay, laneId)
    const income = held === null ? null : incomeOf(held.reservation, stay, list.shares)
    list.byStay.delete(stay.stayId)
    return income === null ? [exit] : [exit, income]
  }
  list.byStay.delete(stay.stayId)
  // The car did not come in, or its exit was not seen: a reservation that has not ended may be used again.
  const isAgain = held !== null && held.endedAtMs === null && stay.orders.length === 0
  if (isAgain && atMs < held.reservation.toMs)
    change(list, held.reservation.orderNo, { state: 'open', stayId: null })
  return []
}

/** Call before the lot folds the row: `stay` is the state before it. */
export function foldReservations(
  list: ReservationList,
  row: LedgerRow,
  stay: Stay | undefined,
): void {
  const facts: UpFact[] = []
  const { atMs } = row
  if (row.kind === 'reservation') {
    if (row.body.row === 'up') list.unsent.set(row.body.seq, row.seq)
    facts.push(...foldOwn(list, row.body, atMs))
  }
  if (list.byOrder.size > 0 || list.parkCode !== null) {
    if (row.kind === 'stayOpened' && !row.body.noEntry && row.body.imported !== true)
      bind(list, { stayId: row.stayId ?? '', plate: row.body.plate }, row.body.enteredAtMs)
    if (row.kind === 'plateRead' && stay?.plate === null)
      bind(list, { stayId: stay.stayId, plate: row.body.plate }, stay.enteredAtMs)
    if (row.kind === 'orderMade' && stay !== undefined)
      facts.push(...boundByOrder(list, stay, row.body.reservation?.orderNo))
    if (row.kind === 'stayClosed' && stay !== undefined)
      facts.push(...closed(list, stay, row.laneId, atMs))
    if (isEntered(row) && stay !== undefined) facts.push(...entered(list, stay, row.laneId ?? ''))
    if (row.kind === 'member') facts.push({ kind: 'list' })
  }
  if (list.parkCode === null) return
  for (const [i, fact] of facts.entries()) {
    const key = `${row.seq}.${i}`
    list.due.set(key, { key, atMs, fact })
  }
}

const isEntered = (row: LedgerRow): boolean =>
  row.kind === 'event' && row.body.type === 'passUsed' && row.body.detail === 'entered'
