// One turn of the driver: a working copy of the state and the effects so far.
// The copy never leaves the step, so that the machine stays pure for whoever runs it.
import type { DownText } from '../../core/values/notes.ts'
import type { WriteResult } from '../../core/configure/trial.ts'
import type { RsuDeviceEvent } from '../../core/etc/rsu-device.ts'
import { hexOf } from '../../core/values/bytes.ts'
import { bcdDateTimeOf, chinaOffsetMin, dayMs, minuteMs } from '../../core/values/instant.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { must } from '../../core/values/must.ts'
import { noTimer, timer } from '../../core/values/step.ts'
import { emit } from '../driver.ts'
import { limits, noBeat, nothingReported, repeatTimers } from './driver-state.ts'
import type { RsuDriverEffect, RsuDriverState, SentDebit } from './driver-state.ts'
import { noProof } from './driver-values.ts'
import { emptyFraming } from './framing.ts'
import { encodeKnown, settingsIn } from './known-frames.ts'
import type { Known } from './known-frames.ts'
import type { FrameValue } from './table-types.ts'
import type { RsuVariant } from './variants.ts'

type Draft = { -readonly [K in keyof RsuDriverState]: RsuDriverState[K] }

export interface Turn {
  readonly s: Draft
  readonly variant: RsuVariant
  readonly nowMs: InstantMs
  readonly effects: RsuDriverEffect[]
}

export const wait = (t: Turn, name: string, afterMs: number): void => {
  t.effects.push(timer(name, afterMs))
}
export const stopWait = (t: Turn, name: string): void => {
  t.effects.push(noTimer(name))
}

export const tellDevice = (t: Turn, event: RsuDeviceEvent): void => {
  t.effects.push({ do: 'device', event })
}

/** The device did not take the new settings, or nobody can tell: the old ones are ours again. */
export function giveUpSettings(t: Turn, result: WriteResult): void {
  const { configuring } = t.s
  if (configuring === null) return
  t.s.config = configuring.before
  t.s.configuring = null
  tellDevice(t, { type: 'configured', id: configuring.id, result })
}

const swapped = (seq: number): number => ((seq & 0x0f) << 4) | (seq >> 4)

/** RSCTL: nibble swap of what is answered (1.1.3). SEQ: X0, X from 1 to 9 (1.2.2). */
function nextSeq(t: Turn): number {
  const { sequence } = t.variant.table
  if (sequence === 'none') return 0
  if (sequence === 'swapped') return swapped(t.s.rxSeq)
  t.s.txSeq = (t.s.txSeq % 9) + 1
  return t.s.txSeq << 4
}

function sendData(t: Turn, type: string, data: Uint8Array, decoded: FrameValue | null): Uint8Array {
  const bytes = t.variant.framing.encode(nextSeq(t), data)
  t.effects.push({ do: 'send', bytes })
  t.effects.push({ do: 'frame', direction: 'out', type, hex: hexOf(bytes), decoded })
  return bytes
}

/** Sends a frame of ours; false (nothing sent) when what is known does not make one. */
export function trySend(t: Turn, code: string, known: Known): boolean {
  const settings = settingsIn(t.variant.table, t.s.config.settings, code)
  const all: Known =
    typeof known === 'function'
      ? (form) => ({ ...settings, ...known(form) })
      : { ...settings, ...known }
  const made = encodeKnown(t.variant.engine, code, all)
  if (made === null) return false
  const bytes = sendData(t, code, made.data, made.value)
  const key = t.s.recent.at(-1)?.key
  // Only these may be said twice: a repeated frame of the RSU is answered by the same bytes.
  if ((code === 'C1' || code === 'C2') && key !== undefined) t.s.answer = { key, code, bytes }
  // What is no answer to an OBU (antenna, heartbeat, clock) leaves the last answer as it is.
  else if (code === 'C6' || code === 'C8') t.s.answer = null
  return true
}

export function send(t: Turn, code: string, known: FrameValue): void {
  must(trySend(t, code, known), `${code} is encoded from values of our own`)
}

/** Answers a frame that asks for nothing (1.1.3); variants without the rule stay silent. */
export function acknowledge(t: Turn): void {
  if (t.variant.table.capabilities.emptyAck) sendData(t, 'ack', new Uint8Array(0), null)
}

export function unixSec(t: Turn): number {
  const ahead = t.s.config.utcOffsetQuirk || t.variant.table.timeBase === 'chinaTime'
  return Math.floor(t.nowMs / 1000) + (ahead ? chinaOffsetMin * 60 : 0)
}

export const sendContinue = (t: Turn, obuId: string, issuerHex: string): void =>
  send(t, 'C1', { obuId, diversifier: issuerHex })

/** C1 after B5: the transaction is over (section 9 row 22). */
export function endTransaction(t: Turn, obuId: string, issuerHex: string): void {
  if (t.variant.table.afterResult === 'C1') sendContinue(t, obuId, issuerHex)
}

export const sendStop = (t: Turn, obuId: string): void =>
  send(t, 'C2', { obuId, stopType: 1, unixTime: unixSec(t) })

export function sendAntenna(t: Turn, on: boolean): void {
  const { antennaSwitch, searchStarts } = t.variant.table
  if (on && searchStarts === 'switchFromOff') send(t, antennaSwitch, { switch: 0 })
  send(t, antennaSwitch, { switch: on ? 1 : 0 })
  t.s.antennaTries++
  t.s.asking = false
  wait(t, 'antenna', limits.antennaWaitMs)
  if (on) watchQuiet(t)
  else stopWait(t, 'quiet')
}

/** Nothing is under way that a frame of ours could disturb, or that could be taken for its answer. */
export const isBusy = ({ s }: Turn): boolean =>
  s.deal !== null ||
  s.open !== null ||
  s.proof !== null ||
  s.configuring !== null ||
  s.refreshing ||
  s.recent.length > 0

/** B0 by itself says that the device restarted: it must not look like the answer to a question. */
function mayBeQueried({ s }: Turn): boolean {
  const { kind, byStatus } = s.switchAnswer
  return s.phase === 'up' && s.searchWanted && kind !== 'silent' && !byStatus
}

/** From each word of a searching antenna on; one that answers no switch is told by its heartbeat alone. */
export function watchQuiet(t: Turn): void {
  if (mayBeQueried(t)) wait(t, 'quiet', limits.quietMs)
}

/** It searches already, so the same switch once more changes nothing, and is answered as it was. */
export function askQuiet(t: Turn): void {
  if (!mayBeQueried(t) || t.s.antennaTries > 0) return
  if (isBusy(t)) watchQuiet(t)
  else sendQuestion(t)
}

export function sendQuestion(t: Turn): void {
  send(t, t.variant.table.antennaSwitch, { switch: 1 })
  t.s.antennaTries++
  t.s.asking = true
  wait(t, 'antenna', limits.antennaWaitMs)
}

/** Two switches, and not a word to either. */
export function switchUnanswered(t: Turn): void {
  const { kind } = t.s.switchAnswer
  t.s.antennaTries = 0
  t.s.asking = false
  // No answer at all is normal for some devices: the heartbeat tells (2.2). One that has answered before is
  // frozen, with its link up: nobody waits half a minute for its heartbeat.
  if (kind === 'word' || kind === 'heartbeat') {
    t.s.silentBefore = true
    dropLink(t, 'noAnswerToSwitch')
  } else t.s.switchAnswer = { ...t.s.switchAnswer, kind: 'silent' }
}

export function antennaAnswered(t: Turn): void {
  if (t.s.antennaTries === 0) return
  t.s.antennaTries = 0
  t.s.asking = false
  stopWait(t, 'antenna')
}

/** B0 to a C0: what looked like an answer by heartbeat was none, where the silent one is there at once. */
export function answersAgain(t: Turn): void {
  const { kind } = t.s.switchAnswer
  if (t.s.silentBefore && t.s.c0Tries === 1 && kind === 'heartbeat')
    t.s.switchAnswer = { ...t.s.switchAnswer, kind: 'silent' }
  t.s.silentBefore = false
}

/** A heartbeat in the second of a switch: several in a row are its answer. */
export function heartbeatReceived(t: Turn): void {
  const { kind, heartbeats, byStatus } = t.s.switchAnswer
  if (t.s.antennaTries > 0 && t.s.phase === 'up' && kind === 'unknown') {
    const isAnswer = heartbeats + 1 >= limits.heartbeatsInAnswer
    const next = isAnswer ? 'heartbeat' : 'unknown'
    t.s.switchAnswer = { kind: next, heartbeats: heartbeats + 1, byStatus }
  }
  antennaAnswered(t)
}

/** A word that is nothing but the answer: an acknowledgement, or a status that was not sent by itself. */
export function switchAnswered(t: Turn, byStatus: boolean): void {
  if (t.s.antennaTries > 0 && t.s.phase === 'up') {
    const before = t.s.switchAnswer
    t.s.switchAnswer = { ...before, kind: 'word', byStatus: before.byStatus || byStatus }
  }
  antennaAnswered(t)
}

export const businessDay = (t: Turn): number =>
  Math.floor((t.nowMs + chinaOffsetMin * minuteMs) / dayMs)

export function sendInitialise(t: Turn): void {
  const { config } = t.s
  const { table } = t.variant
  send(t, 'C0', {
    transactionMode: 1,
    flagId: '000000',
    workMode: 'normal',
    // A setting may be one of those; the rest is never one.
    ...settingsIn(table, config.settings, 'C0'),
    unixTime: unixSec(t),
    time: bcdDateTimeOf(t.nowMs),
    laneMode: table.laneModes[config.laneMode],
  })
  t.s.c0Day = businessDay(t)
  t.s.c0Tries++
  wait(t, 'c0', limits.c0WaitMs)
}

/** The day changed: C0 sets the clock of a running RSU, between two cars (5.4). */
export function setClock(t: Turn): void {
  t.s.refreshing = true
  t.s.c0Tries = 0
  // An interval that was thought longer for one lost heartbeat is learned again.
  t.s.beat = noBeat
  sendInitialise(t)
}

/** The RSU has forgotten what it was told: all of it again, between two cars. */
export function setUpAgain(t: Turn): void {
  t.s.refreshing = true
  t.s.antennaReported = nothingReported
  beginStart(t)
}

/** Asks for the PSAM first where the RSU wants that, else initialises at once. */
export function beginStart(t: Turn): void {
  const { psam } = t.variant.table
  t.s.c0Tries = 0
  t.s.psamTries = 0
  if (psam?.atStart === true) askPsam(t, psam.start)
  else sendInitialise(t)
}

export function askPsam(t: Turn, code: string): void {
  send(t, code, {})
  t.s.psamTries++
  wait(t, 'psam', limits.psamWaitMs)
}

/** BA came, or it never will: then B0 says what is with the PSAM. */
export function psamAnswered(t: Turn): void {
  t.s.psamTries = 0
  stopWait(t, 'psam')
  sendInitialise(t)
}

/** Any known frame shows that the RSU is alive; three missed heartbeats show that it is not (5.4). */
export function watchHeartbeat(t: Turn): void {
  const { heartbeatLossMs } = t.s.config
  wait(t, 'heartbeat', heartbeatLossMs ?? t.variant.table.timing.heartbeatLossMs)
}

/**
 * Antenna off; then the PSAM where it is asked for, C0, wait for B0 (driver-contact.ts). The antenna goes
 * on only when it is wanted (5.4). Off comes first: an OBU reported now would not be reported again for a
 * while, and nothing is on the air with settings that are not sure yet.
 */
export function powerUp(t: Turn): void {
  t.s.phase = 'starting'
  t.s.meeting = null
  t.s.refreshing = false
  t.s.antennaTries = 0
  t.s.antennaReported = nothingReported
  t.s.beat = noBeat
  stopWait(t, 'beat')
  if (t.s.switchAnswer.kind === 'silent')
    t.s.switchAnswer = { ...t.s.switchAnswer, kind: 'unknown', heartbeats: 0 }
  t.s.deal = null
  t.s.recent = []
  t.s.answer = null
  t.s.rounds = { obuId: '', count: 0 }
  send(t, t.variant.table.antennaSwitch, { switch: 0 })
}

/** The antenna said nothing in time, or is gone. */
export function giveUpPsam(t: Turn, got: 'silent' | 'down'): void {
  const { psamAuth } = t.s
  if (psamAuth === null) return
  t.s.psamAuth = null
  stopWait(t, 'psamAuth')
  const { terminal, step } = psamAuth
  tellDevice(t, { type: step === 'random' ? 'psamRandom' : 'psamApplied', terminal, got })
}

export function announceDown(t: Turn, reason: string): void {
  giveUpPsam(t, 'down')
  if (t.s.announced === 'down') return
  t.s.announced = 'down'
  emit(t, { type: 'rsuDown', reason })
}

/** The result of the open C6 can no longer come in time: the money state is unknown. */
export function giveUpDebit(t: Turn, reason: string): void {
  const debit = t.s.open
  if (debit === null) return
  t.s.open = null
  t.s.deal = null
  keepUnanswered(t, debit)
  stopWait(t, 'b5')
  emit(t, {
    type: 'debitResult',
    obuId: debit.obuId,
    money: 'unknown',
    code: -1,
    proof: noProof,
    reason,
  })
}

export function keepUnanswered(t: Turn, debit: SentDebit): void {
  const others = t.s.unanswered.filter((d) => d.deductionId !== debit.deductionId)
  t.s.unanswered = [...others, debit].slice(-limits.unansweredMax)
}

/** No B8 came: the proof stays open. */
export function giveUpProof(t: Turn): void {
  const { proof } = t.s
  if (proof === null) return
  const { obuId, cardSerial } = proof
  const deductionId = t.s.unanswered.findLast((d) => d.obuId === obuId)?.deductionId
  t.s.proofLate = { obuId, cardSerial, deductionId }
  t.s.proof = null
  stopWait(t, 'proof')
  emit(t, { type: 'proofResult', obuId: proof.obuId, money: 'unknown', code: -1, proof: noProof })
}

const linkTimers = [
  'c0',
  'psam',
  'antenna',
  'quiet',
  'heartbeat',
  'beat',
  'meet',
  'next',
  'answer',
  'rounds',
  'grace',
] as const

/** The link or the RSU is gone: everything but the debits that left is forgotten. */
export function fallDown(t: Turn, reason: DownText): void {
  t.s.phase = 'down'
  t.s.meeting = null
  t.s.framing = emptyFraming
  t.s.refreshing = false
  t.s.graceOn = false
  t.s.asking = false
  for (const name of [...linkTimers, ...repeatTimers]) stopWait(t, name)
  if (t.s.interByteSet) stopWait(t, 'interByte')
  t.s.interByteSet = false
  giveUpSettings(t, 'linkLost')
  // First that the RSU is gone, so that nobody asks it for the proof of the debit that follows.
  announceDown(t, reason)
  giveUpDebit(t, reason)
  giveUpProof(t)
  t.s.deal = null
}

export function dropLink(t: Turn, reason: DownText): void {
  fallDown(t, reason)
  t.effects.push({ do: 'dropLink', reason })
}
