// What the driver does with each frame of the RSU, by type.
// Order matters: the answer goes out before the lane is told, the RSU waits less long than a lane.
import { hexOf } from '../../core/values/bytes.ts'
import { settingsTaken } from './driver-configure.ts'
import { beginDeal, takeCard, takeVehicle } from './driver-deal.ts'
import { limits } from './driver-state.ts'
import { takeProof, takeResult } from './driver-results.ts'
import {
  acknowledge,
  announceDown,
  antennaAnswered,
  businessDay,
  emit,
  giveUpDebit,
  giveUpSettings,
  powerUp,
  send,
  sendAntenna,
  sendInitialise,
  stopWait,
  tellDevice,
  wait,
} from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import {
  antennasOf,
  antennaStateOf,
  errorCodeOf,
  identityOf,
  psamTerminalsOf,
  textOf,
} from './driver-values.ts'
import type { DecodedFrame } from './frame-engine.ts'
import type { WireFrame } from './framing.ts'
import type { FrameValue } from './table-types.ts'

/** RSCTL of the first frame after power-up (1.1.3). */
const powerUpSeq = 0x98

/** All three forms of section 2.2, and the frame of its own that generic-ver has. */
function isHeartbeat(t: Turn, code: string, value: FrameValue): boolean {
  if (code === 'B1') return t.variant.table.capabilities.heartbeatReply
  if (code !== 'B2') return false
  return textOf(value, 'error') === 'heartbeat' || textOf(value, 'obuId') === 'FFFFFFFF'
}

function takeHeartbeat(t: Turn, value: FrameValue, seq: number, before: number): void {
  const { table } = t.variant
  if (table.capabilities.heartbeatReply) send(t, 'CF', { result: 0 })
  if (t.s.phase !== 'up') return
  const bcc = t.variant.id === 'generic-bcc'
  if (bcc && seq === powerUpSeq && before !== powerUpSeq && !t.s.graceOn) {
    restarted(t)
    return
  }
  const antennas = antennasOf(value)
  if (antennas.length > 0) tellDevice(t, { type: 'antennas', antennas })
  const state = table.capabilities.heartbeatReply ? antennaStateOf(value) : 'ok'
  if (state !== t.s.antennaFault) {
    t.s.antennaFault = state
    if (state !== 'ok') emit(t, { type: 'rsuFault', status: 2, reason: `antenna ${state}` })
  }
  if (t.s.deal === null && t.s.open === null && businessDay(t) !== t.s.c0Day && !t.s.refreshing) {
    t.s.refreshing = true
    t.s.c0Tries = 0
    sendInitialise(t)
  }
}

/** The RSU lost what it was told: start it again as after a connect. */
function restarted(t: Turn): void {
  giveUpSettings(t, 'linkLost')
  announceDown(t, 'rsuRestarted')
  giveUpDebit(t, 'rsuRestarted')
  powerUp(t)
}

function takeStatus(t: Turn, value: FrameValue, antennaAwaited: boolean): void {
  const expected = t.s.phase === 'starting' || t.s.refreshing || t.s.graceOn
  if (!expected && !antennaAwaited) {
    restarted(t)
    return
  }
  const code = errorCodeOf({ ...value, error: value.status ?? '' }, t.variant.table, 'b0Status')
  if (code !== 0) {
    emit(t, { type: 'rsuFault', status: code, reason: textOf(value, 'status') })
    giveUpSettings(t, 'refused')
    announceDown(t, 'rsuFault')
    giveUpDebit(t, 'rsuFault')
    t.s.phase = 'starting'
    t.s.c0Tries = 0
    wait(t, 'c0', limits.c0FaultWaitMs)
    return
  }
  if (t.s.phase === 'up' && !t.s.refreshing) {
    acknowledge(t)
    return
  }
  t.s.phase = 'up'
  t.s.refreshing = false
  t.s.graceOn = true
  settingsTaken(t)
  tellDevice(t, { type: 'identity', identity: identityOf(value) })
  t.s.psamTerminals = psamTerminalsOf(value)
  stopWait(t, 'c0')
  watchHeartbeat(t)
  wait(t, 'grace', limits.b0GraceMs)
  if (t.s.searchWanted) sendAntenna(t, true)
  else acknowledge(t)
  if (t.s.announced === 'up') return
  t.s.announced = 'up'
  emit(t, {
    type: 'rsuUp',
    psamTerminals: t.s.psamTerminals,
    rsuId: textOf(value, 'rsuId'),
  })
}

/** A repeated information frame: the same answer again, but never a second C6. */
function answerAgain(t: Turn, key: string): void {
  const { answer } = t.s
  if (answer?.key !== key) return
  t.effects.push({ do: 'send', bytes: answer.wire })
  t.effects.push({
    do: 'frame',
    direction: 'out',
    type: answer.code,
    hex: hexOf(answer.wire),
    decoded: null,
  })
}

/** True when the RSU said exactly this a moment ago (1.2.3: type, SEQ, OBU id and payload). */
function isRepeat(t: Turn, frame: WireFrame): boolean {
  const key = hexOf(Uint8Array.of(frame.seq)) + hexOf(frame.data)
  if (t.s.recent.includes(key)) {
    answerAgain(t, key)
    return true
  }
  t.s.recent = [...t.s.recent, key].slice(-limits.recentMax)
  t.s.answer = null
  wait(t, 'repeat', limits.repeatWindowMs)
  return false
}

function logIn(t: Turn, frame: WireFrame, type: string, decoded: FrameValue | null): void {
  const hex = hexOf(t.variant.framing.encode(frame.seq, frame.data))
  t.effects.push({ do: 'frame', direction: 'in', type, hex, decoded })
}

function dispatch(t: Turn, code: string, value: FrameValue, form: string): void {
  if (code === 'B5') takeResult(t, value, form)
  else if (code === 'B8') takeProof(t, value)
  else if (code === 'B2' && t.s.phase === 'up') beginDeal(t, value)
  else if (code === 'B3' && t.s.phase === 'up') takeVehicle(t, value)
  else if (code === 'B4' && t.s.phase === 'up') takeCard(t, value)
  else acknowledge(t)
}

const dialogueCodes = ['B2', 'B3', 'B4', 'B5', 'B8']

/** Any frame shows that the RSU is alive; three missed heartbeats show that it is not (5.4). */
function watchHeartbeat(t: Turn): void {
  const { heartbeatLossMs } = t.s.config
  wait(t, 'heartbeat', heartbeatLossMs ?? t.variant.table.timing.heartbeatLossMs)
}

function takeUndecoded(t: Turn, frame: WireFrame, decoded: DecodedFrame): void {
  if (decoded.ok || decoded.reason === 'empty') return
  t.effects.push({ do: 'discarded', count: frame.data.length, reason: decoded.reason })
  acknowledge(t)
}

export function takeFrame(t: Turn, frame: WireFrame): void {
  const decoded = t.variant.engine.decode(frame.data)
  const type = decoded.code === '' ? 'ack' : decoded.code
  logIn(t, frame, type, decoded.ok ? decoded.value : null)
  const before = t.s.lastSeq
  t.s.lastSeq = frame.seq
  if (t.s.phase === 'up') watchHeartbeat(t)
  if (!decoded.ok) {
    if (decoded.reason === 'empty') antennaAnswered(t)
    else t.s.rxSeq = frame.seq
    takeUndecoded(t, frame, decoded)
    return
  }
  const ours = t.variant.table.frames.some((f) => f.code === decoded.code && f.from === 'pc')
  // A half duplex line may echo our own frames: never answered, or the two would talk for ever.
  if (ours) return
  if (isHeartbeat(t, decoded.code, decoded.value)) {
    takeHeartbeat(t, decoded.value, frame.seq, before)
    antennaAnswered(t)
    return
  }
  t.s.rxSeq = frame.seq
  if (dialogueCodes.includes(decoded.code) && isRepeat(t, frame)) return
  const antennaAwaited = t.s.antennaTries > 0
  antennaAnswered(t)
  if (decoded.code === 'B0') takeStatus(t, decoded.value, antennaAwaited)
  else dispatch(t, decoded.code, decoded.value, decoded.form)
}
