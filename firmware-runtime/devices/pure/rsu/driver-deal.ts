// One OBU in the zone, up to its card: B2 -> C1, B3 -> C1, B4 -> the lane decides, or B4 alone.
// OBU id and card number must stay the same throughout; anything else ends the deal with C2.
import type { RsuEvent, SealedVehicle, VehicleInfo } from '../etc/rsu.ts'
import { emit } from '../driver.ts'
import { limits } from './driver-state.ts'
import { sendAntenna, sendContinue, sendStop, stopWait, type Turn, wait } from './driver-turn.ts'
import {
  balanceOf,
  cardInfoOf,
  codeOf,
  errorCodeOf,
  isB4Readable,
  obuInfoOf,
  stationHexOf,
  textOf,
  vehicleOf,
} from './driver-values.ts'
import type { FrameValue } from './table-types.ts'

function endUnreadable(t: Turn, obuId: string, code: number, reason: string): void {
  t.s.deal = null
  stopWait(t, 'next')
  stopWait(t, 'answer')
  sendStop(t, obuId)
  emit(t, { type: 'obuUnreadable', obuId, code, reason })
}

/** True when this OBU was started too often without its card being read: the loop guard of 5.2. */
function goesRound(t: Turn, obuId: string): boolean {
  const count = t.s.rounds.obuId === obuId ? t.s.rounds.count + 1 : 1
  t.s.rounds = { obuId, count }
  if (count === 1) wait(t, 'rounds', limits.roundsResetMs)
  if (count <= limits.roundsMax) return false
  if (count === limits.roundsMax + 1) endUnreadable(t, obuId, -1, 'tooManyRounds')
  else sendStop(t, obuId)
  return true
}

export function beginDeal(t: Turn, value: FrameValue): void {
  const obuId = textOf(value, 'obuId')
  // C2 would restart a search that the lane has switched off.
  if (!t.s.searchWanted && t.variant.table.searchStarts === 'switchFromOff') {
    sendAntenna(t, false)
    return
  }
  // While a C6 is open no OBU is started, neither another one nor the same one (5.1).
  if (!t.s.searchWanted || t.s.open !== null || t.s.proof !== null) {
    sendStop(t, obuId)
    return
  }
  const code = errorCodeOf(value, t.variant.table, 'b2Error')
  if (code !== 0) {
    endUnreadable(t, obuId, code, textOf(value, 'error'))
    return
  }
  if (textOf(value, 'deviceType') === 'cpcCard') {
    endUnreadable(t, obuId, -1, 'cpcCard')
    return
  }
  if (goesRound(t, obuId)) return
  const obu = obuInfoOf(t.variant.table, value)
  t.s.deal = { obu, vehicle: null, card: null, debited: false }
  stopWait(t, 'answer')
  wait(t, 'next', limits.nextFrameMs)
  sendContinue(t, obuId, obu.issuerHex)
  emit(t, { type: 'obuSeen', obu })
}

/** The transaction that this frame continues. Returns null after it ended that OBU: no transaction, or another OBU. */
function dealOf(t: Turn, value: FrameValue): NonNullable<Turn['s']['deal']> | null {
  const obuId = textOf(value, 'obuId')
  const { deal } = t.s
  if (deal !== null && deal.obu.obuId === obuId) return deal
  endUnreadable(t, obuId, -1, deal === null ? 'outOfOrder' : 'obuChanged')
  return null
}

export function takeVehicle(t: Turn, value: FrameValue): void {
  // While a C6 is open only its B5 is accepted.
  if (t.s.open !== null) return
  const deal = dealOf(t, value)
  if (deal === null) return
  const code = errorCodeOf(value, t.variant.table, 'b3Error')
  if (code !== 0) {
    endUnreadable(t, deal.obu.obuId, code, textOf(value, 'error'))
    return
  }
  t.s.deal = { ...deal, vehicle: vehicleOf(t.variant.table, value) }
  wait(t, 'next', limits.nextFrameMs)
  sendContinue(t, deal.obu.obuId, deal.obu.issuerHex)
}

/** The same card reported again is not a second reading; another card is another customer. */
function isReportedAgain(t: Turn, obuId: string, cardNo: string): boolean {
  const { deal } = t.s
  if (deal?.obu.obuId !== obuId || deal.card === null) return false
  if (deal.card.cardNo !== cardNo) endUnreadable(t, obuId, -1, 'cardChanged')
  return true
}

type CardRead = Extract<RsuEvent, { type: 'cardRead' }>
interface Read extends Pick<CardRead, 'obu' | 'card' | 'balanceFen'> {
  readonly vehicle: VehicleInfo | SealedVehicle
}

/** The data of OBU and card are complete: the RSU waits one second for the decision of the lane. */
function tellCard(t: Turn, { vehicle, ...read }: Read, b4: FrameValue): void {
  wait(t, 'answer', limits.answerMs)
  const station0019Hex = stationHexOf(t.variant.engine, b4)
  if ('cipher' in vehicle)
    emit(t, { type: 'vehicleSealed', ...read, sealed: vehicle, station0019Hex })
  else emit(t, { type: 'cardRead', ...read, vehicle, station0019Hex })
}

export function takeCard(t: Turn, value: FrameValue): void {
  if (t.s.open !== null) return
  const deal = dealOf(t, value)
  if (deal === null) return
  const { table } = t.variant
  const { obu } = deal
  const code = errorCodeOf(value, table, 'b4Error')
  if (!isB4Readable(table, code)) {
    endUnreadable(t, obu.obuId, code, textOf(value, 'error'))
    return
  }
  // The vehicle data is in B4 itself, or in the B3 before it.
  const isHere = ['vehicle', 'sealedVehicle', 'plate'].some((name) => name in value)
  const vehicle = isHere ? vehicleOf(table, value) : deal.vehicle
  if (vehicle === null) {
    endUnreadable(t, obu.obuId, -1, 'outOfOrder')
    return
  }
  const card = cardInfoOf(table, value)
  if (isReportedAgain(t, obu.obuId, card.cardNo)) return
  const balanceFen = balanceOf(value)
  t.s.deal = {
    ...deal,
    vehicle,
    card: { cardNo: card.cardNo, cardType: card.cardType, balanceFen },
  }
  t.s.rounds = { obuId: '', count: 0 }
  stopWait(t, 'next')
  stopWait(t, 'rounds')
  tellCard(t, { obu, vehicle, card, balanceFen }, value)
}

/**
 * A B4 that carries all data starts the transaction by itself. A B4 of another OBU acts as a new B2: the RSU has moved
 * on to it.
 */
export function takeEverything(t: Turn, value: FrameValue): void {
  const { table } = t.variant
  const obuId = textOf(value, 'obuId')
  // While a C6 is open only its B5 is accepted.
  if (t.s.open?.obuId === obuId) return
  if (!t.s.searchWanted || t.s.open !== null) {
    sendStop(t, obuId)
    return
  }
  const card = cardInfoOf(table, value)
  if (isReportedAgain(t, obuId, card.cardNo)) return
  const status = textOf(value, 'obuStatus')
  if (
    table.enums.obuStatus !== undefined &&
    !Object.values(table.enums.obuStatus).includes(status)
  ) {
    endUnreadable(t, obuId, codeOf(status, table, 'obuStatus'), `obuStatus ${status}`)
    return
  }
  const obu = obuInfoOf(table, value)
  const vehicle = vehicleOf(table, value)
  const balanceFen = balanceOf(value)
  const { cardNo, cardType } = card
  // Without a card a debit is impossible, whatever the lane commands.
  const held = obu.cardAbsent ? null : { cardNo, cardType, balanceFen }
  t.s.deal = { obu, vehicle, card: held, debited: false }
  emit(t, { type: 'obuSeen', obu })
  tellCard(t, { obu, vehicle, card, balanceFen }, value)
}
