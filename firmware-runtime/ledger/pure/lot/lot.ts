// The lot: what its lanes share (stays, orders, deductions, passes), as a fold over ledger rows.
// The fold owns its state and changes it in place; everyone else only reads it.
import { commandsMax, commandWords, notDone } from './command-words.ts'
import { noteSettled } from './settled-by.ts'
import { type Deduction, type Order, type Pass, type Stay, type LotState } from './lot-state.ts'
import { must, present } from '#base/pure/values/must.ts'
import { channelNames } from '#base/pure/lot/destination-members.ts'
import { changedAccounts } from '#base/pure/values/platform-account.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import { idOf, type NodeOfLot } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { moveNumbers, numbersMovedEvent } from './id-gap-after-restore.ts'
import {
  noteBack,
  noteHeld,
  noteLeft,
  notePaid,
  noteWaived,
  releaseHeld,
} from '#money/pure/lot/arrears.ts'
import { oneLookOf, plateConfirmed } from '#money/pure/lot/card-bar.ts'
import { atItsEnd, forget, forgetPlate, noteConfirmed, notePlate, seenByObu } from './plate-keys.ts'
import { emptyBatches, foldBatches } from './batches.ts'
import { emptyClockMemory, foldClock } from './clock-watch.ts'
import { emptyVisits, forgetVisit, noteVisit, sweepVisits } from '#money/pure/lot/day-visits.ts'
import { firstCarEvents, foldFirstCar } from './first-car.ts'
import { noteCharged } from './charged-cards.ts'
import { emptyCoupons, foldCoupons } from '#money/pure/member/coupons.ts'
import { emptyMembers, foldCover, foldMember, forgetUses } from '#money/pure/member/list.ts'
import { emptyPoints, foldPoints } from '#money/pure/member/points.ts'
import { emptyMoney, foldMoney, isSomeBack, leftFen } from '#money/pure/member/stay-money.ts'
import { foldPay } from '#money/pure/pay/cases.ts'
import { emptyReservations, foldReservations } from '../reservation/list.ts'
import { emptyReports, foldReports } from './exception-reports.ts'
import { foldNotUploaded, isLateTac } from './not-uploaded.ts'
import { foldFeedbacks } from '#money/pure/billing/feedback-refunds.ts'
import { noteRefused } from './refused-debits.ts'
import { emptyRehearsals, foldRehearsal } from '#base/pure/lot/rehearsal.ts'
import { emptyUpkeepMemory, foldUpkeep } from './upkeep-memory.ts'
import { emptySentOrders, foldSentOrders } from '#money/pure/orders/sent-orders.ts'

export const emptyLot = (): LotState => ({
  sent: emptySentOrders(),
  stays: new Map(),
  byPlate: new Map(),
  byColour: new Map(),
  bySpace: new Map(),
  left: new Map(),
  orders: new Map(),
  deductions: new Map(),
  unsettled: new Map(),
  refusedDebits: new Map(),
  chargedAtMs: new Map(),
  lostSpan: null,
  passByLane: new Map(),
  armedBarriers: new Map(),
  commands: new Map(),
  lastId: 0,
  entries: 0,
  exits: 0,
  signInUntilMs: null,
  signIns: new Map(),
  authorisedPsams: new Set(),
  accounts: new Map(),
  notUploaded: new Map(),
  feedbacks: new Map(),
  reports: emptyReports(),
  checkpoint: { lastSeq: 0, headSeq: 0, lastAtMs: null },
  upkeep: emptyUpkeepMemory(),
  clock: emptyClockMemory(),
  pays: new Map(),
  members: emptyMembers(),
  coupons: emptyCoupons(),
  arrears: new Map(),
  visits: emptyVisits(),
  points: emptyPoints(),
  stayMoney: emptyMoney(),
  reservations: emptyReservations(),
  firstCars: new Map(),
  batches: emptyBatches(),
  rehearsals: emptyRehearsals(),
  imports: new Map(),
})

const idNumber = /(\d+)$/

const dropFirst = (map: Map<string, unknown>): void => {
  for (const key of map.keys()) {
    map.delete(key)
    return
  }
}

const noteId = (lot: LotState, id: string): void =>
  giveOut(lot, Number(idNumber.exec(id)?.[1] ?? '0'))

const plateReadOf = ({ match, plateRead = match?.plateRead }: RowBodies['orderMade']) =>
  plateRead === undefined ? {} : { plateRead }

type Fold = {
  [K in LedgerRow['kind']]?: (lot: LotState, row: Extract<LedgerRow, { kind: K }>) => void
}

const folds: Fold = {
  stayOpened: (lot, row) => {
    const stayId = present(row.stayId, 'stayOpened has a stayId')
    noteId(lot, stayId)
    const b = row.body
    lot.stays.set(stayId, {
      stayId,
      plate: b.plate,
      colour: b.colour,
      enteredAtMs: b.enteredAtMs,
      noEntry: b.noEntry,
      photo: b.photo,
      timeUnsure: b.timeUnsure === true,
      entryLaneId: row.laneId ?? '',
      orders: [],
      pass: null,
      spaceId: b.spaceId ?? null,
      record: null,
      oneLook: b.plate === null ? null : oneLookOf(b.said, b.imported),
      leftAtMs: null,
    })
    if (b.spaceId !== undefined) lot.bySpace.set(b.spaceId, stayId)
    if (b.plate !== null) notePlate(lot, b.plate, b.colour, stayId)
    if (!b.noEntry && b.imported !== true) lot.entries++
  },
  plateRead: (lot, row) => {
    const stay = lot.stays.get(row.stayId ?? '')
    if (stay === undefined) return
    const { plate, colour, photo, said } = row.body
    const isTyped = said?.by === 'person'
    // The person who typed the plate brings a photo of the car later: it is nobody else's.
    if (isTyped && stay.oneLook !== null && stay.oneLook.who === said.who) stay.photo ??= photo
    // A late camera reading: a stay with a plate keeps it, and a closed one needs none.
    if (stay.plate !== null) return
    stay.plate = plate
    stay.oneLook = oneLookOf(said, false)
    stay.colour = colour
    // Of the plate that was typed; one without it may show no plate.
    stay.photo = isTyped ? (photo ?? stay.photo) : (stay.photo ?? photo)
    notePlate(lot, plate, colour, stay.stayId)
  },
  zeroRecord: (lot, row) => {
    const stay = stayOf(lot, row)
    const { obu, colour = 'unknown' } = row.body
    stay.record = { obu, laneId: row.laneId ?? '', colour }
    if (stay.plate === obu.obuPlate) stay.oneLook = null
    if (stay.plate !== null || obu.obuPlate === null) return
    stay.plate = obu.obuPlate
    notePlate(lot, obu.obuPlate, stay.colour, stay.stayId)
  },
  spaceLeft: (lot, row) => {
    const stay = stayOf(lot, row)
    stay.leftAtMs = row.body.leftAtMs
    lot.left.set(stay.stayId, stay)
    forget(lot.bySpace, row.body.spaceId, stay.stayId)
  },
  orderMade: (lot, row) => {
    const stay = stayOf(lot, row)
    const orderId = present(row.orderId, 'orderMade has an orderId')
    noteId(lot, orderId)
    const order: Order = {
      orderId,
      stayId: stay.stayId,
      amountFen: present(row.amountFen, 'orderMade has an amount'),
      fromMs: row.body.fromMs,
      toMs: row.body.toMs,
      lines: row.body.lines,
      plateRaw: row.body.plateRaw,
      ...plateReadOf(row.body),
      coupons: (row.body.coupons ?? []).map(({ code }) => code),
      arrears: row.body.arrears ?? [],
      reservationFen: row.body.reservation?.amountFen ?? 0,
      paidFen: 0,
      paidAtMs: null,
      settledOtherwise: false,
      deductions: [],
    }
    stay.orders.push(order)
    const leftAtMs = row.body.sent?.leftAtMs ?? null
    if (leftAtMs !== null) {
      stay.leftAtMs = leftAtMs
      lot.left.set(stay.stayId, stay)
    }
    foldCover(lot.members, stay.stayId, row.body.cover)
    noteHeld(lot.arrears, stay.stayId, order.arrears)
    if (row.body.before === undefined) forgetVisit(lot.visits, stay)
    else noteVisit(lot.visits, stay)
    sweepVisits(lot.visits, row.atMs, (plate) => lot.byPlate.has(plate))
    lot.orders.set(orderId, order)
  },
  intent: (lot, row) => {
    const order = orderOf(lot, row)
    const deductionId = present(row.deductionId, 'intent has a deductionId')
    noteId(lot, deductionId)
    must(!lot.deductions.has(deductionId), 'a deduction is intended once')
    const deduction: Deduction = {
      deductionId,
      orderId: order.orderId,
      stayId: order.stayId,
      laneId: row.laneId ?? '',
      amountFen: present(row.amountFen, 'intent has an amount'),
      chargeMode: row.body.chargeMode,
      outTradeNo: row.body.outTradeNo,
      state: 'intent',
      reason: '',
      obuId: row.body.obuId,
      cardNo: row.body.cardNo,
      plate: row.body.plate,
      colour: row.body.colour,
      enteredAtMs: lot.stays.get(order.stayId)?.enteredAtMs ?? order.fromMs,
      armed: null,
      contradicted: false,
    }
    order.deductions.push(deduction)
    lot.deductions.set(deductionId, deduction)
    lot.unsettled.set(deductionId, deduction)
  },
  armed: (lot, row) => {
    const deduction = deductionOf(lot, row)
    const { cardType, balanceBeforeFen, station0019Hex, writeHex, timeBcd, unit } = row.body
    const read = { cardType, balanceBeforeFen, station0019Hex, writeHex, timeBcd }
    deduction.armed = { ...read, unit: unit ?? null }
    deduction.obuId = row.body.obuId
    deduction.cardNo = row.body.cardNo
  },
  outcome: (lot, row) => {
    // The debit was settled and paid earlier; its order may be forgotten by now.
    if (isLateTac(row)) return
    const deduction = deductionOf(lot, row)
    deduction.state = row.body.state
    deduction.reason = row.body.reason
    deduction.obuId = row.body.obuId ?? deduction.obuId
    deduction.cardNo = row.body.cardNo ?? deduction.cardNo
    if (row.body.state === 'unknown') return
    lot.unsettled.delete(deduction.deductionId)
    // The payment row of the same transaction still needs its order.
    if (row.body.state === 'refused') {
      noteRefused(lot, deduction, row.atMs)
      noteLate(lot, deduction, row.atMs)
      forgetWhenDone(lot, deduction.orderId)
    } else if (deduction.cardNo !== null) noteCharged(lot, deduction.cardNo, row.atMs)
  },
  payment: (lot, row) => {
    noteId(lot, row.body.paymentId)
    if (row.body.sold !== undefined) return
    const order = orderOf(lot, row)
    order.paidFen += row.amountFen ?? 0
    order.paidAtMs = row.atMs
    noteSettled(order, row)
    notePaid(lot.arrears, order)
    forgetWhenDone(lot, order.orderId)
  },
  pay: (lot, row) => {
    foldPay(lot.pays, row)
  },
  member: (lot, row) => {
    foldMember(lot.members, row.body, row.atMs)
  },
  arrears: (lot, row) => {
    noteWaived(lot.arrears, row.body.orderId)
  },
  refund: (lot, row) => {
    noteId(lot, row.body.refundId)
    const order = row.orderId === undefined ? undefined : lot.orders.get(row.orderId)
    // A test that got its fen back owes nothing, nor does who people gave money back: neither is charged again.
    if (order && !isTestOrder(order.orderId) && row.body.byPeople !== true)
      order.paidFen -= row.amountFen ?? 0
  },
  pass: (lot, row) => {
    noteId(lot, row.body.passId)
    const pass: Pass = {
      passId: row.body.passId,
      laneId: row.laneId ?? '',
      stayId: row.stayId ?? '',
      cause: row.body.cause,
      told: false,
    }
    lot.passByLane.set(pass.laneId, pass)
    const stay = lot.stays.get(pass.stayId)
    if (stay) stay.pass = pass
  },
  barrier: (lot, row) => {
    const pass = lot.passByLane.get(row.laneId ?? '')
    if (pass && pass.passId === row.body.passId) pass.told = true
  },
  stayClosed: (lot, row) => {
    const stay = stayOf(lot, row)
    // A person closed it without a lane: no car was seen leaving.
    if (row.laneId !== undefined) lot.exits++
    lot.stays.delete(stay.stayId)
    lot.left.delete(stay.stayId)
    if (stay.spaceId !== null) forget(lot.bySpace, stay.spaceId, stay.stayId)
    forgetPlate(lot, stay)
    clearPass(lot, row.laneId ?? stay.pass?.laneId ?? '', stay.stayId)
    if (lot.members.byNo.size > 0)
      forgetUses(
        lot.members,
        (plate) => lot.byPlate.has(plate),
        (stayId) => lot.stays.has(stayId),
      )
    const last = stay.orders.at(-1)
    if (row.laneId !== undefined && last !== undefined)
      noteLeft(lot.arrears, last, atItsEnd(stay, last.plateRaw, row.body), row.atMs)
    releaseHeld(lot.arrears, stay.stayId, row.atMs)
    if (isSomeBack(lot.stayMoney, stay.stayId)) arrearsBack(lot, stay.stayId)
    for (const order of stay.orders) forgetWhenDone(lot, order.orderId)
  },
  audit: (lot, row) => {
    const { commandId, act, result } = row.body
    // The act failed after its audit row: the id is free again.
    if (result === notDone) {
      lot.commands.delete(commandId)
      return
    }
    // Later rows of an act under its id (its boom opened, a test ended) have no arguments.
    const digest = row.body.digest ?? lot.commands.get(commandId)?.digest ?? null
    lot.commands.set(commandId, { words: commandWords(act, row.laneId), digest })
    if (lot.commands.size > commandsMax) dropFirst(lot.commands)
  },
  checkpoint: (lot, row) => {
    lot.checkpoint = { lastSeq: row.seq, headSeq: row.body.headSeq, lastAtMs: row.atMs }
  },
  boot: (lot, row) => {
    lot.checkpoint.lastAtMs ??= row.atMs
    const { accounts = {} } = row.body
    // Grants of another platform are not valid at this one.
    if (changedAccounts(lot.accounts, accounts).includes('platform')) ungrant(lot)
    for (const id of channelNames) {
      const account = accounts[id]
      if (account !== undefined) lot.accounts.set(id, account)
    }
  },
  signIn: (lot, row) => {
    lot.signInUntilMs = row.body.validUntilMs
    lot.signIns.set(row.body.psamNo, row.body.validUntilMs)
    if (row.body.authorised === true) lot.authorisedPsams.add(row.body.psamNo)
    else lot.authorisedPsams.delete(row.body.psamNo)
  },
  outbox: (lot, row) => {
    noteId(lot, row.body.outboxId)
  },
  book: (lot, row) => {
    // Messages of a platform have its own numbers.
    if (row.body.row === 'item' && row.body.feedback?.seq === 0) noteId(lot, row.body.feedback.no)
  },
  exception: (lot, row) => {
    noteId(lot, row.body.report?.exceptionNo ?? '')
  },
  event: (lot, row) => {
    if (row.body.type === firstCarEvents.asked)
      noteId(lot, lot.firstCars.get(row.laneId ?? '')?.testId ?? '')
    if (row.body.type === numbersMovedEvent) moveNumbers(lot, row.body.detail, row.atMs)
    if (row.body.type === plateConfirmed) noteConfirmed(lot, row.stayId ?? '', row.body.detail)
    if (row.body.type === 'passUsed') clearPass(lot, row.laneId ?? '', row.stayId ?? '')
    if (row.body.type === 'barrierArmed') lot.armedBarriers.set(row.laneId ?? '', row.body.detail)
  },
}

/** A charge that ran on after its car had gone was refused. */
function noteLate(lot: LotState, { orderId, stayId, ...car }: Deduction, atMs: InstantMs): void {
  const order = lot.orders.get(orderId)
  if (order !== undefined && !lot.stays.has(stayId))
    noteLeft(lot.arrears, order, { ...car, ...seenByObu }, atMs)
}

const arrearsBack = (lot: LotState, stayId: string): void =>
  noteBack(lot.arrears, stayId, leftFen(lot.stayMoney, stayId))

function clearPass(lot: LotState, laneId: string, stayId: string): void {
  if (lot.passByLane.get(laneId)?.stayId === stayId) lot.passByLane.delete(laneId)
  const stay = lot.stays.get(stayId)
  if (stay) stay.pass = null
}

/** Orders of cars that left are kept only while one of their deductions is unsettled. */
function forgetWhenDone(lot: LotState, orderId: string): void {
  const order = lot.orders.get(orderId)
  if (!order || lot.stays.has(order.stayId)) return
  if (order.deductions.some((d) => lot.unsettled.has(d.deductionId))) return
  lot.orders.delete(orderId)
  for (const d of order.deductions) lot.deductions.delete(d.deductionId)
}

const stayOf = (lot: LotState, row: LedgerRow): Stay =>
  present(lot.stays.get(row.stayId ?? ''), `row ${row.seq} names an open stay`)
const orderOf = (lot: LotState, row: LedgerRow): Order =>
  present(lot.orders.get(row.orderId ?? ''), `row ${row.seq} names an order`)
const deductionOf = (lot: LotState, row: LedgerRow): Deduction =>
  present(lot.deductions.get(row.deductionId ?? ''), `row ${row.seq} names a deduction`)

function ungrant(lot: LotState): void {
  lot.signInUntilMs = null
  lot.signIns.clear()
  lot.authorisedPsams.clear()
}

/** Takes one row into the state. Rows come in ledger order, each exactly once. */
export function foldRow(lot: LotState, row: LedgerRow): void {
  foldUpkeep(lot.upkeep, row)
  foldSentOrders(lot.sent, row)
  foldClock(lot.clock, lot.stays, row)
  foldFirstCar(lot.firstCars, row)
  foldRehearsal(lot.rehearsals, row)
  foldNotUploaded(lot, row)
  foldFeedbacks(lot.feedbacks, row)
  foldBatches(lot.batches, row, lot.accounts)
  foldReports(lot.reports, row, lot.stays.has(row.stayId ?? ''))
  foldReservations(lot.reservations, row, lot.stays.get(row.stayId ?? ''))
  const fold = folds[row.kind] as ((lot: LotState, row: LedgerRow) => void) | undefined
  fold?.(lot, row)
  const backOf = foldMoney(lot.stayMoney, row, lot.pays)
  if (backOf !== null) arrearsBack(lot, backOf)
  foldCoupons(lot.coupons, row, lot.stayMoney, backOf)
  foldPoints(lot.points, row)
}

/** Numbers that a step took are given out, also where its rows could not be written. */
export function giveOut(lot: LotState, lastId: number): void {
  if (lastId > lot.lastId) lot.lastId = lastId
}

/** A fresh id; the number never repeats within a node. */
export function mintId(lot: LotState, node: NodeOfLot, letter: string): string {
  giveOut(lot, lot.lastId + 1)
  return idOf(node, letter, lot.lastId)
}
