// One turn of the driver: a working copy of the state, and the effects so far. The copy never leaves the step, so the
// state machine stays a pure function for its caller.
import type { DownText } from '#base/pure/words/notes.ts'
import type { WriteResult } from '../configure/trial.ts'
import type { RsuDeviceEvent } from '../etc/rsu-device.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { bcdDateTimeOf, chinaOffsetMin, dayMs, minuteMs } from '#base/pure/values/instant.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { noTimer, timer } from '#base/pure/values/step.ts'
import { emit } from '../driver.ts'
import { limits, noBeat, noCount, nothingReported, repeatTimers } from './driver-state.ts'
import type { RsuDriverEffect, RsuDriverState, SentDebit } from './driver-state.ts'
import { noProof } from './driver-values.ts'
import { emptyFraming } from './framing.ts'
import { encodeKnown, type Known, settingsIn } from './known-frames.ts'
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

/** The device did not take the new settings, or the result is unknown: the previous settings are in force again. */
export function giveUpSettings(t: Turn, result: WriteResult): void {
  const { configuring } = t.s
  if (configuring === null) return
  t.s.config = configuring.before
  t.s.configuring = null
  tellDevice(t, { type: 'configured', id: configuring.id, result })
}

const swapped = (seq: number): number => ((seq & 0x0f) << 4) | (seq >> 4)

/** RSCTL: the answered frame's number with its nibbles swapped (1.1.3). SEQ: X0, X from 1 to 9 (1.2.2). */
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

/** Sends a frame; returns false, and sends nothing, when the known values do not make a valid frame. */
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
  // Only C1 and C2 may be repeated: a repeated frame of the RSU gets the same bytes as its answer.
  if ((code === 'C1' || code === 'C2') && key !== undefined) t.s.answer = { key, code, bytes }
  // Frames that do not answer an OBU (antenna, heartbeat, clock) keep the last answer.
  else if (code === 'C6' || code === 'C8') t.s.answer = null
  return true
}

export function send(t: Turn, code: string, known: FrameValue): void {
  must(trySend(t, code, known), `${code} is encoded from values of our own`)
}

/** Acknowledges a frame that expects no data (1.1.3); a variant without that rule sends nothing. */
export function acknowledge(t: Turn): void {
  if (t.variant.table.capabilities.emptyAck) sendData(t, 'ack', new Uint8Array(0), null)
}

export function unixSec(t: Turn): number {
  const ahead = t.s.config.utcOffsetQuirk || t.variant.table.timeBase === 'chinaTime'
  return Math.floor(t.nowMs / 1000) + (ahead ? chinaOffsetMin * 60 : 0)
}

export const sendContinue = (t: Turn, obuId: string, issuerHex: string): void =>
  send(t, 'C1', { obuId, diversifier: issuerHex })

/** C1 after B5 ends the transaction (section 9 row 22). */
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

/**
 * True while an exchange is in progress that a frame of ours could disturb, or whose frames could be taken for its
 * answer.
 */
export const isBusy = ({ s }: Turn): boolean =>
  s.deal !== null ||
  s.open !== null ||
  s.proof !== null ||
  s.configuring !== null ||
  s.refreshing ||
  s.recent.length > 0

/** An unsolicited B0 means that the device restarted: it must not look like the answer to a query. */
function mayBeQueried({ s }: Turn): boolean {
  const { kind, byStatus } = s.switchAnswer
  return s.phase === 'up' && s.searchWanted && kind !== 'silent' && !byStatus
}

/**
 * Restarts the wait after each frame of a searching antenna; an antenna that answers no switch is watched by heartbeat
 * alone.
 */
export function watchQuiet(t: Turn): void {
  if (mayBeQueried(t)) wait(t, 'quiet', limits.quietMs)
}

/** Repeats the search switch as a query: the antenna searches already, so it changes nothing and is answered. */
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

/** Two switch commands without an answer. */
export function switchUnanswered(t: Turn): void {
  const { kind } = t.s.switchAnswer
  t.s.antennaTries = 0
  t.s.asking = false
  // No answer at all is normal for some devices: the heartbeat shows that they live (2.2). A device that has answered
  // before and now does not is frozen with its link up: drop the link instead of waiting half a minute for a heartbeat.
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

/** B0 after a C0: a device that fell silent answers at once, so its former answer by heartbeat was no answer. */
export function answersAgain(t: Turn): void {
  const { kind } = t.s.switchAnswer
  if (t.s.silentBefore && t.s.c0Tries === 1 && kind === 'heartbeat')
    t.s.switchAnswer = { ...t.s.switchAnswer, kind: 'silent' }
  t.s.silentBefore = false
}

/** Heartbeats within a second of a switch: several in a row count as its answer. */
export function heartbeatReceived(t: Turn): void {
  const { kind, heartbeats, byStatus } = t.s.switchAnswer
  if (t.s.antennaTries > 0 && t.s.phase === 'up' && kind === 'unknown') {
    const isAnswer = heartbeats + 1 >= limits.heartbeatsInAnswer
    const next = isAnswer ? 'heartbeat' : 'unknown'
    t.s.switchAnswer = { kind: next, heartbeats: heartbeats + 1, byStatus }
  }
  antennaAnswered(t)
}

/** An unambiguous answer to the switch: an acknowledgement, or a status that was not unsolicited. */
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
    // A setting may replace a value above; the values below cannot be settings.
    ...settingsIn(table, config.settings, 'C0'),
    unixTime: unixSec(t),
    time: bcdDateTimeOf(t.nowMs),
    laneMode: table.laneModes[config.laneMode],
  })
  t.s.c0Day = businessDay(t)
  t.s.c0Tries++
  wait(t, 'c0', limits.c0WaitMs)
}

/** The day changed: C0 sets the clock of a running RSU between two cars (5.4). */
export function setClock(t: Turn): void {
  t.s.refreshing = true
  t.s.c0Tries = 0
  // The heartbeat interval may have been learned too long because of one lost heartbeat: learn it again.
  t.s.beat = noBeat
  sendInitialise(t)
}

/** The RSU lost its settings: the whole start again, between two cars. */
export function setUpAgain(t: Turn): void {
  t.s.refreshing = true
  t.s.antennaReported = nothingReported
  t.s.count = noCount
  beginStart(t)
}

/** Queries the PSAM first when the variant requires it, else initialises at once. */
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

/** BA arrived, or its wait ended: B0 then reports the state of the PSAM. */
export function psamAnswered(t: Turn): void {
  t.s.psamTries = 0
  stopWait(t, 'psam')
  sendInitialise(t)
}

/** Any known frame proves that the RSU is alive; three missed heartbeats mean that it is not (5.4). */
export function watchHeartbeat(t: Turn): void {
  const { heartbeatLossMs } = t.s.config
  wait(t, 'heartbeat', heartbeatLossMs ?? t.variant.table.timing.heartbeatLossMs)
}

/**
 * Antenna off; then the PSAM query where required, C0, and the wait for B0 (driver-contact.ts). The antenna goes on
 * only when the lane wants it (5.4). Off comes first: an OBU reported now would not be reported again for a while, and
 * nothing is transmitted with settings that are not certain yet.
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

/** The antenna did not answer in time, or its link is gone. */
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

/** The result of the open C6 can no longer arrive in time: the state of the money is unknown. */
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

/** No B8 arrived: the proof stays open. */
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

/** The link or the RSU is lost: everything is forgotten except debits that were sent. */
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
  // Report the loss first, so that the lane does not request the proof of the debit that follows.
  announceDown(t, reason)
  giveUpDebit(t, reason)
  giveUpProof(t)
  t.s.deal = null
}

export function dropLink(t: Turn, reason: DownText): void {
  fallDown(t, reason)
  t.effects.push({ do: 'dropLink', reason })
}
