// Commands of the lane to the driver. The most important rule: a C6 is sent at most once per deduction and at most once
// per reading of a card, whatever the lane commands (rsu-interface.md 5.1).
import { note } from '#base/pure/words/notes.ts'
import type { RsuCommand } from '../etc/rsu.ts'
import { emit } from '../driver.ts'
import { ask } from './driver-ask.ts'
import { configure } from './driver-configure.ts'
import { psamApply, psamRandom } from './driver-psam.ts'
import { limits } from './driver-state.ts'
import {
  send,
  endTransaction,
  sendAntenna,
  sendStop,
  stopWait,
  trySend,
  wait,
} from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { noProof } from './driver-values.ts'
import { type Known, stationFor } from './known-frames.ts'

type Command<D extends RsuCommand['do']> = Extract<RsuCommand, { do: D }>

const noIssuer = '0000000000000000'

/** A frame key begins with the sequence byte and the frame type. */
const isResult = (key: string): boolean => ['B5', 'B8'].includes(key.slice(2, 4))

/**
 * Answers what the RSU waits for before the driver forgets it: B4 by C2, B5 by the end of its transaction. Otherwise
 * the RSU would hold the OBU, and block the next car, for a second.
 */
function answerPending(t: Turn): void {
  const { deal, open, phase } = t.s
  if (deal === null || open !== null || phase !== 'up') return
  const isReported = deal.card !== null || t.variant.table.opensWith === 'B4'
  if (deal.debited || isReported) complete(t, deal.obu.obuId)
}

function search(t: Turn, on: boolean): void {
  answerPending(t)
  t.s.searchWanted = on
  if (on) {
    // The same OBU may be reported again; a repeated result stays a repeat, otherwise it would be an orphan.
    t.s.recent = t.s.recent.filter(({ key }) => isResult(key))
    if (t.s.answer !== null && !isResult(t.s.answer.key)) t.s.answer = null
  }
  t.s.rounds = { obuId: '', count: 0 }
  if (t.s.open === null) t.s.deal = null
  for (const name of ['next', 'answer', 'rounds']) stopWait(t, name)
  if (t.s.phase !== 'up') return
  t.s.antennaTries = 0
  sendAntenna(t, on)
}

function release(t: Turn, obuId: string): void {
  // A sent C6 cannot be cancelled: its B5 or its time-out decides.
  if (t.s.phase !== 'up' || t.s.open?.obuId === obuId) return
  if (t.s.deal?.obu.obuId === obuId) t.s.deal = null
  stopWait(t, 'next')
  stopWait(t, 'answer')
  sendStop(t, obuId)
}

/** No C6 was sent, so the money was certainly not taken. */
function notSent(t: Turn, command: Command<'debit'>, reason: string): void {
  const { obuId } = command
  emit(t, { type: 'debitResult', obuId, money: 'unpaid', code: -2, proof: noProof, reason })
}

function refuseSecond(t: Turn, command: Command<'debit'>): void {
  const reason = note('secondDebit', command.deductionId)
  emit(t, { type: 'rsuFault', status: -1, reason })
}

function remember(t: Turn, deductionId: string): void {
  const ids = new Set(t.s.usedIds)
  const oldest = ids.values().next()
  if (ids.size >= limits.usedIdsMax && oldest.done !== true) ids.delete(oldest.value)
  ids.add(deductionId)
  t.s.usedIds = ids
}

/** Trade type `debitOnly` wherever the frame has one: EF04 is never written (section 9 row 27). */
function trySendDebit(t: Turn, command: Command<'debit'>, issuerHex: string): boolean {
  const { obuId, amountFen, timeBcd, stationHex } = command
  const common = {
    obuId,
    diversifier: issuerHex,
    tradeType: 'debitOnly',
    amount: amountFen,
    time: timeBcd,
    entryTime: command.entryTimeBcd ?? timeBcd,
  }
  const known = (exact: boolean): Known => {
    return ({ fields }) => {
      const field = fields.find(({ name }) => name === 'station')
      const station =
        field === undefined ? undefined : stationFor(t.variant.engine, field, stationHex, exact)
      return station === undefined ? common : { ...common, station }
    }
  }
  return trySend(t, 'C6', known(true)) || trySend(t, 'C6', known(false))
}

function debit(t: Turn, command: Command<'debit'>): void {
  const { deductionId, obuId, amountFen, timeBcd } = command
  const { deal } = t.s
  if (t.s.usedIds.has(deductionId) || t.s.open !== null) {
    refuseSecond(t, command)
    return
  }
  remember(t, deductionId)
  if (t.s.phase !== 'up') {
    notSent(t, command, 'rsuDown')
    return
  }
  if (deal === null || deal.obu.obuId !== obuId || deal.card === null) {
    notSent(t, command, 'obuGone')
    return
  }
  if (deal.debited) {
    refuseSecond(t, command)
    return
  }
  if (!trySendDebit(t, command, deal.obu.issuerHex)) {
    notSent(t, command, 'badDebitFields')
    return
  }
  stopWait(t, 'answer')
  wait(t, 'b5', limits.b5WaitMs)
  t.s.deal = { ...deal, debited: true }
  t.s.open = {
    deductionId,
    obuId,
    issuerHex: deal.obu.issuerHex,
    cardNo: deal.card.cardNo,
    cardType: deal.card.cardType,
    amountFen,
    balanceBeforeFen: deal.card.balanceFen,
    timeBcd,
    psamBefore: t.s.psamLast,
  }
  // The terminal counts up at MAC1: its number is unknown until the result reports it.
  t.s.psamLast = null
}

/** Issuer of an OBU that the driver still knows: C1 carries it as the diversifier. */
function issuerOf(t: Turn, obuId: string): string {
  if (t.s.deal?.obu.obuId === obuId) return t.s.deal.obu.issuerHex
  return t.s.unanswered.findLast((d) => d.obuId === obuId)?.issuerHex ?? noIssuer
}

export function complete(t: Turn, obuId: string): void {
  if (t.s.phase !== 'up' || t.s.open?.obuId === obuId) return
  const { deal } = t.s
  const undecided = deal?.obu.obuId === obuId && !deal.debited
  // C1 continues with an OBU, or confirms that money moved (2.4): an OBU without a C6 is released by C2 instead.
  if (undecided) sendStop(t, obuId)
  else endTransaction(t, obuId, issuerOf(t, obuId))
  stopWait(t, 'answer')
  if (t.s.deal?.obu.obuId === obuId) t.s.deal = null
}

function fetchProof(t: Turn, command: Command<'fetchProof'>): void {
  const { obuId, cardSerial } = command
  if (!t.variant.table.capabilities.proofFetch || t.s.open !== null || t.s.proof !== null) return
  if (t.s.phase !== 'up') {
    emit(t, { type: 'proofResult', obuId, money: 'unknown', code: -1, proof: noProof })
    return
  }
  stopWait(t, 'answer')
  t.s.proof = { obuId, cardSerial, tries: 1 }
  send(t, 'C8', { obuId, cardSerial })
  wait(t, 'proof', limits.proofWaitMs)
}

export function takeCommand(t: Turn, command: RsuCommand): void {
  switch (command.do) {
    case 'search':
      search(t, command.on)
      return
    case 'release':
      release(t, command.obuId)
      return
    case 'debit':
      debit(t, command)
      return
    case 'complete':
      complete(t, command.obuId)
      return
    case 'fetchProof':
      fetchProof(t, command)
      return
    case 'configure':
      configure(t, command)
      return
    case 'ask':
      ask(t, command)
      return
    case 'psamRandom':
      psamRandom(t, command)
      return
    case 'psamApply':
      psamApply(t, command)
      return
  }
}
