// One OBU in the zone, from B2 to the card: B2 -> C1, B3 -> C1, B4 -> the lane decides.
// OBU id and card number must stay the same throughout; anything else ends the deal with C2.
import { limits } from './driver-state.ts'
import { emit, sendContinue, sendStop, stopWait, wait } from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import {
  balanceOf,
  cardInfoOf,
  errorCodeOf,
  isB4Readable,
  obuInfoOf,
  stationHexOf,
  textOf,
  vehicleInfoOf,
} from './driver-values.ts'
import type { FrameValue } from './table-types.ts'

function endUnreadable(t: Turn, obuId: string, code: number, reason: string): void {
  t.s.deal = null
  stopWait(t, 'next')
  stopWait(t, 'answer')
  sendStop(t, obuId)
  emit(t, { type: 'obuUnreadable', obuId, code, reason })
}

/** True when this OBU was begun too often without its card: the loop guard of 5.2. */
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
  // While a C6 is open no other OBU is begun, and its own OBU must not be either (5.1).
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

/** The deal this frame continues; ends it, or refuses the frame, when there is none. */
function dealOf(t: Turn, value: FrameValue): NonNullable<Turn['s']['deal']> | null {
  const obuId = textOf(value, 'obuId')
  const { deal } = t.s
  if (deal !== null && deal.obu.obuId === obuId) return deal
  endUnreadable(t, obuId, -1, deal === null ? 'outOfOrder' : 'obuChanged')
  return null
}

export function takeVehicle(t: Turn, value: FrameValue): void {
  // An open C6 hears only its B5.
  if (t.s.open !== null) return
  const deal = dealOf(t, value)
  if (deal === null) return
  const code = errorCodeOf(value, t.variant.table, 'b3Error')
  if (code !== 0) {
    endUnreadable(t, deal.obu.obuId, code, textOf(value, 'error'))
    return
  }
  t.s.deal = { ...deal, vehicle: vehicleInfoOf(t.variant.table, value) }
  wait(t, 'next', limits.nextFrameMs)
  sendContinue(t, deal.obu.obuId, deal.obu.issuerHex)
}

export function takeCard(t: Turn, value: FrameValue): void {
  if (t.s.open !== null) return
  const deal = dealOf(t, value)
  if (deal === null) return
  const { table, engine } = t.variant
  const { obu } = deal
  const code = errorCodeOf(value, table, 'b4Error')
  if (!isB4Readable(table, code)) {
    endUnreadable(t, obu.obuId, code, textOf(value, 'error'))
    return
  }
  const vehicle = table.capabilities.vehicleFrame ? deal.vehicle : vehicleInfoOf(table, value)
  if (vehicle === null) {
    endUnreadable(t, obu.obuId, -1, 'outOfOrder')
    return
  }
  const card = cardInfoOf(table, value)
  if (deal.card !== null) {
    // The same card told again is no second reading; another card is another customer.
    if (deal.card.cardNo !== card.cardNo) endUnreadable(t, obu.obuId, -1, 'cardChanged')
    return
  }
  const balanceFen = balanceOf(value)
  t.s.deal = {
    ...deal,
    vehicle,
    card: { cardNo: card.cardNo, cardType: card.cardType, balanceFen },
  }
  t.s.rounds = { obuId: '', count: 0 }
  stopWait(t, 'next')
  stopWait(t, 'rounds')
  wait(t, 'answer', limits.answerMs)
  const station0019Hex = stationHexOf(engine, value)
  emit(t, { type: 'cardRead', obu, vehicle, card, balanceFen, station0019Hex })
}
