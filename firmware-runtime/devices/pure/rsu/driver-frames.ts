// What the driver does with each frame of the RSU, by type. Order matters: the answer is sent before the lane is
// notified, because the RSU waits for less time than a lane.
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { emit } from '../driver.ts'
import { beatReceived, wordReceived } from './driver-beat.ts'
import { settingsTaken } from './driver-configure.ts'
import { contactMade, hearAntennas, hearWord, startAnew } from './driver-contact.ts'
import { beginDeal, takeCard, takeEverything, takeVehicle } from './driver-deal.ts'
import { countsTo, limits, repeatTimers } from './driver-state.ts'
import { takePsamAuth } from './driver-psam.ts'
import { recount } from './driver-recount.ts'
import { takeProof, takeResult } from './driver-results.ts'
import {
  acknowledge,
  announceDown,
  answersAgain,
  antennaAnswered,
  heartbeatReceived,
  switchAnswered,
  businessDay,
  giveUpDebit,
  giveUpSettings,
  psamAnswered,
  send,
  sendAntenna,
  setClock,
  setUpAgain,
  stopWait,
  tellDevice,
  wait,
  watchHeartbeat,
  watchQuiet,
} from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import {
  antennasOf,
  antennaReportedOn,
  errorCodeOf,
  heartbeatFaultOf,
  identityOf,
  psamFaultOf,
  psamTerminalsOf,
  textOf,
} from './driver-values.ts'
import type { DeviceFault } from './driver-values.ts'
import type { DecodedFrame } from './frame-engine.ts'
import type { FramedData } from './framing.ts'
import type { FrameValue, HeartbeatForm } from './table-types.ts'

/** The heartbeat forms of section 2.2, the separate frame of generic-ver, and B2 of generic-len. */
const isForm: Record<HeartbeatForm, (code: string, value: FrameValue) => boolean> = {
  error80: (code, value) => code === 'B2' && textOf(value, 'error') === 'heartbeat',
  onesId: (code, value) => code === 'B2' && textOf(value, 'obuId') === 'FFFFFFFF',
  b1: (code) => code === 'B1',
  b2Status: (code) => code === 'B2',
}

const isHeartbeat = (t: Turn, code: string, value: FrameValue): boolean =>
  t.variant.table.heartbeat.forms.some((form) => isForm[form](code, value))

/** Nothing is in progress, so the RSU may be restarted. */
const isIdle = ({ s }: Turn): boolean => s.deal === null && s.open === null && !s.refreshing

/**
 * True when the antenna is wanted and reported off, by a kind of frame that has reported "on" before: some devices
 * always send 0 (F5, F9). Then the RSU lost its power, which a serial line does not show.
 */
function hasForgotten(t: Turn, value: FrameValue): boolean {
  const on = antennaReportedOn(value)
  if (on === null || !t.s.searchWanted) return false
  // An answer to the switch may be older than the switch, so it is tracked separately.
  const word = t.s.antennaTries > 0 ? 'inAnswer' : 'inHeartbeat'
  if (on) t.s.antennaReported = { ...t.s.antennaReported, [word]: true }
  return !on && t.s.antennaReported[word] && !t.s.graceOn && isIdle(t)
}

const hasBegunToCount = (t: Turn): boolean => t.s.count.began && !t.s.graceOn && isIdle(t)

/**
 * Follows the count of a `counted` RSU. One that has counted a whole round and begins at 1 before the end of the next has
 * restarted; a repeated frame keeps its number, and a device that does not count proves nothing. A restart behind a 9 looks
 * like the next frame.
 */
function followCount(t: Turn, seq: number): void {
  const { last, inRow, began } = t.s.count
  const isCount = t.variant.table.sequence === 'counted' && seq >= 1 && seq <= countsTo
  if (!isCount || seq === last) return
  const isNext = seq === (last % countsTo) + 1
  const isAnew = !isNext && seq === 1 && inRow >= countsTo && t.s.phase === 'up'
  t.s.count = { last: seq, inRow: isNext ? inRow + 1 : 0, began: began || isAnew }
}

function takeHeartbeat(t: Turn, value: FrameValue): void {
  const { table } = t.variant
  if (table.heartbeat.reply === 'cf00') send(t, 'CF', { result: 0 })
  if (table.heartbeat.reply === 'empty') acknowledge(t)
  const antennas = antennasOf(value)
  if (t.s.phase === 'meeting') hearAntennas(t, antennas)
  if (t.s.phase !== 'up') return
  if (antennas.length > 0) tellDevice(t, { type: 'antennas', antennas })
  const fault = heartbeatFaultOf(table, value)
  if ((fault?.reason ?? '') !== t.s.heartbeatFault) {
    t.s.heartbeatFault = fault?.reason ?? ''
    if (fault !== null) emit(t, { type: 'rsuFault', ...fault })
  }
  if (hasForgotten(t, value) || hasBegunToCount(t)) setUpAgain(t)
  else if (isIdle(t) && businessDay(t) !== t.s.c0Day) setClock(t)
}

/**
 * The first frame after power-up is marked by its RSCTL (1.1.3), whatever its type: also an empty answer to our own
 * last frame, which is how a restart behind a serial line looks.
 */
function hasPoweredUp(t: Turn, seq: number, before: number, code: string): boolean {
  const { powerUpSeq, statusAtPowerUp } = t.variant.table
  // Our C0 may have been sent while the device had no power: this B0 does not answer it.
  if (statusAtPowerUp && code === 'B0' && seq === powerUpSeq) return t.s.phase !== 'meeting'
  return t.s.phase === 'up' && !t.s.graceOn && seq === powerUpSeq && before !== powerUpSeq
}

/** The RSU lost its settings: start it as after a connect. */
function restarted(t: Turn): void {
  giveUpSettings(t, 'linkLost')
  announceDown(t, 'rsuRestarted')
  giveUpDebit(t, 'rsuRestarted')
  startAnew(t)
}

/** The device reports that it cannot work: reported, and restarted after a while. */
function takeDeviceFault(t: Turn, fault: DeviceFault): void {
  emit(t, { type: 'rsuFault', ...fault })
  giveUpSettings(t, 'refused')
  announceDown(t, 'rsuFault')
  giveUpDebit(t, 'rsuFault')
  t.s.phase = 'starting'
  t.s.c0Tries = 0
  wait(t, 'c0', limits.c0FaultWaitMs)
}

function tellIdentity(t: Turn, value: FrameValue): void {
  t.s.identity = identityOf(value, t.s.psamTerminals)
  tellDevice(t, { type: 'identity', identity: t.s.identity })
}

function takeStatus(t: Turn, value: FrameValue, antennaAwaited: boolean): void {
  // The answer to a C0 from before our start: ours was not sent yet.
  if (t.s.psamTries > 0) return
  // It answers our switch, or a C0 from before our start: it tells the identity, and confirms no C0 of ours.
  if (t.s.phase === 'meeting') {
    tellIdentity(t, value)
    acknowledge(t)
    return
  }
  const expected = t.s.phase === 'starting' || t.s.refreshing || t.s.graceOn
  if (!expected && !antennaAwaited) {
    restarted(t)
    return
  }
  const code = errorCodeOf({ ...value, error: value.status ?? '' }, t.variant.table, 'b0Status')
  // A PSAM that is not authorised cannot decrypt; authorising it needs a key that the lane does not have.
  const fault =
    code === 0
      ? psamFaultOf(t.variant.table, value)
      : { status: code, reason: textOf(value, 'status') }
  if (fault !== null) {
    takeDeviceFault(t, fault)
    return
  }
  if (t.s.phase === 'up' && !t.s.refreshing) {
    acknowledge(t)
    return
  }
  if (recount(t, value)) return
  if (t.s.phase === 'starting') answersAgain(t)
  t.s.phase = 'up'
  t.s.refreshing = false
  t.s.graceOn = true
  settingsTaken(t)
  const psamTerminals = psamTerminalsOf(value)
  // When BA has reported them, B0 has none.
  const reportedBefore = t.variant.table.psam?.atStart === true && psamTerminals.length === 0
  if (!reportedBefore) t.s.psamTerminals = psamTerminals
  tellIdentity(t, value)
  contactMade(t)
  stopWait(t, 'c0')
  watchHeartbeat(t)
  wait(t, 'grace', limits.b0GraceMs)
  if (t.s.searchWanted) sendAntenna(t, true)
  else acknowledge(t)
  if (t.s.announced === 'up') return
  t.s.announced = 'up'
  emit(t, { type: 'rsuUp', psamTerminals: t.s.psamTerminals, rsuId: textOf(value, 'rsuId') })
}

/** A repeated information frame gets the same answer again, but never a second C6. */
function answerAgain(t: Turn, key: string): void {
  const { answer } = t.s
  if (answer?.key !== key) return
  t.effects.push({ do: 'send', bytes: answer.bytes })
  t.effects.push({
    do: 'frame',
    direction: 'out',
    type: answer.code,
    hex: hexOf(answer.bytes),
    decoded: null,
  })
}

/** True when the RSU sent exactly this frame a moment ago (1.2.3: type, SEQ, OBU id and payload). */
function isRepeat(t: Turn, frame: FramedData): boolean {
  const key = hexOf(Uint8Array.of(frame.seq)) + hexOf(frame.data)
  if (t.s.recent.some((one) => one.key === key)) {
    answerAgain(t, key)
    return true
  }
  const slot = ((t.s.recent.at(-1)?.slot ?? -1) + 1) % limits.recentMax
  t.s.recent = [...t.s.recent, { key, slot }].slice(-limits.recentMax)
  t.s.answer = null
  wait(t, present(repeatTimers[slot], 'a slot has a timer'), limits.repeatWindowMs)
  return false
}

/** BA at the start: the PSAM is there, or reports a fault; C0 follows in both cases. */
function takePsam(t: Turn, value: FrameValue): void {
  if (t.s.psamTries === 0) return
  t.s.psamTerminals = psamTerminalsOf(value)
  const status = errorCodeOf(value, t.variant.table, 'baError')
  const word = textOf(value, 'error') || String(status)
  if (status !== 0) emit(t, { type: 'rsuFault', status, reason: `psam ${word}` })
  psamAnswered(t)
}

function logIn(t: Turn, frame: FramedData, type: string, decoded: FrameValue | null): void {
  const hex = hexOf(t.variant.framing.encode(frame.seq, frame.data))
  t.effects.push({ do: 'frame', direction: 'in', type, hex, decoded })
}

function dispatch(t: Turn, code: string, value: FrameValue, form: string): void {
  if (code === 'B5') takeResult(t, value, form)
  else if (code === 'B8') takeProof(t, value)
  else if (code === t.variant.table.psam?.data && t.variant.table.psam.atStart) takePsam(t, value)
  else if (t.s.phase !== 'up') acknowledge(t)
  else if (takePsamAuth(t, code, value)) acknowledge(t)
  else if (code === 'B4' && t.variant.table.opensWith === 'B4') takeEverything(t, value)
  else if (code === 'B2') beginDeal(t, value)
  else if (code === 'B3') takeVehicle(t, value)
  else if (code === 'B4') takeCard(t, value)
  else acknowledge(t)
}

const dialogueCodes = ['B2', 'B3', 'B4', 'B5', 'B8']

function takeUndecoded(t: Turn, frame: FramedData, decoded: DecodedFrame): void {
  if (decoded.ok || decoded.reason === 'empty') return
  t.effects.push({ do: 'discarded', count: frame.data.length, reason: decoded.reason })
  acknowledge(t)
}

const isOurs = (t: Turn, code: string): boolean =>
  t.variant.table.frames.some((f) => f.code === code && f.from === 'pc')

export function takeFrame(t: Turn, frame: FramedData): void {
  const decoded = t.variant.engine.decode(frame.data)
  const type = decoded.code === '' ? 'ack' : decoded.code
  logIn(t, frame, type, decoded.ok ? decoded.value : null)
  // A one-byte check accepts noise once in 256: a frame that cannot be decoded is neither a sign of life nor of a
  // restart (F15, F16).
  const isWord = decoded.ok || decoded.reason === 'empty'
  const before = t.s.lastSeq
  if (isWord) {
    t.s.lastSeq = frame.seq
    followCount(t, frame.seq)
  }
  if (t.s.phase === 'up' && isWord) watchHeartbeat(t)
  if (isWord) watchQuiet(t)
  if (t.s.phase === 'meeting' && isWord && !isOurs(t, decoded.code)) hearWord(t)
  if (isWord && hasPoweredUp(t, frame.seq, before, decoded.code)) {
    restarted(t)
    return
  }
  if (!decoded.ok) {
    if (decoded.reason === 'empty') {
      wordReceived(t)
      switchAnswered(t, false)
    } else t.s.rxSeq = frame.seq
    takeUndecoded(t, frame, decoded)
    return
  }
  // A half duplex line may echo our own frames: answering them would loop for ever.
  if (isOurs(t, decoded.code)) return
  if (isHeartbeat(t, decoded.code, decoded.value)) {
    beatReceived(t)
    takeHeartbeat(t, decoded.value)
    heartbeatReceived(t)
    return
  }
  wordReceived(t)
  t.s.rxSeq = frame.seq
  if (dialogueCodes.includes(decoded.code) && isRepeat(t, frame)) return
  const antennaAwaited = t.s.antennaTries > 0 && !t.s.asking
  if (decoded.code === 'B0' && !t.s.asking) switchAnswered(t, true)
  else antennaAnswered(t)
  if (decoded.code === 'B0') takeStatus(t, decoded.value, antennaAwaited)
  else dispatch(t, decoded.code, decoded.value, decoded.form)
}
