// The RSU driver: stepRsuDriver(state, event) -> state and effects, for every frame variant. The host carries out the
// effects in order: sends bytes, sets timers, passes events to the lane, writes frames to the log.
import type { Step } from '#base/pure/values/step.ts'
import { beatIsLate } from './driver-beat.ts'
import { complete, takeCommand } from './driver-commands.ts'
import { meet, meetingIsLate, startAnew } from './driver-contact.ts'
import { takeFrame } from './driver-frames.ts'
import { limits, noCount, repeatTimers } from './driver-state.ts'
import type { RsuDriverEffect, RsuDriverEvent, RsuDriverState } from './driver-state.ts'
import {
  askPsam,
  askQuiet,
  dropLink,
  fallDown,
  giveUpDebit,
  giveUpPsam,
  giveUpProof,
  giveUpSettings,
  psamAnswered,
  send,
  sendAntenna,
  sendInitialise,
  sendQuestion,
  sendStop,
  stopWait,
  switchUnanswered,
  wait,
} from './driver-turn.ts'
import type { Turn } from './driver-turn.ts'
import { emptyFraming, type FramingResult } from './framing.ts'
import { rsuVariant } from './variants.ts'

export { rsuCapabilities, rsuDriverDefaults, startRsuDriver } from './driver-state.ts'
export type {
  RsuDriverConfig,
  RsuDriverEffect,
  RsuDriverEvent,
  RsuDriverState,
} from './driver-state.ts'

function takeFramed(t: Turn, result: FramingResult): void {
  t.s.framing = result.state
  for (const { count, reason } of result.discards)
    t.effects.push({ do: 'discarded', count, reason })
  for (const frame of result.frames) {
    if (t.s.phase === 'down') return
    takeFrame(t, frame)
  }
}

function takeBytes(t: Turn, bytes: Uint8Array): void {
  if (t.s.phase === 'down') return
  takeFramed(t, t.variant.framing.decode(t.s.framing, bytes))
  const half = t.s.framing.pending.length > 0 || t.s.framing.dropping
  const { interByteSerialMs, interByteTcpMs } = t.variant.table.timing
  if (half) wait(t, 'interByte', t.s.config.link === 'serial' ? interByteSerialMs : interByteTcpMs)
  else if (t.s.interByteSet) stopWait(t, 'interByte')
  t.s.interByteSet = half
}

function psamTimedOut(t: Turn): void {
  const { psam } = t.variant.table
  if (psam !== null && t.s.psamTries < limits.psamTries) askPsam(t, psam.start)
  else psamAnswered(t)
}

function c0TimedOut(t: Turn): void {
  // After a device fault nothing was sent yet: the whole start again.
  if (t.s.c0Tries === 0) meet(t)
  else if (t.s.c0Tries < limits.c0Tries) sendInitialise(t)
  else {
    t.s.silentBefore = false
    giveUpSettings(t, 'noAnswer')
    dropLink(t, 'noAnswerToC0')
  }
}

function antennaTimedOut(t: Turn): void {
  if (t.s.antennaTries >= limits.antennaTries) switchUnanswered(t)
  else if (t.s.asking) sendQuestion(t)
  else sendAntenna(t, t.s.searchWanted)
}

/** The lane did not answer in time: after B4 the OBU is released, after B5 the transaction is ended. */
function answerTimedOut(t: Turn): void {
  const { deal } = t.s
  if (deal === null) return
  if (deal.debited) complete(t, deal.obu.obuId)
  else sendStop(t, deal.obu.obuId)
  t.s.deal = null
}

function proofTimedOut(t: Turn): void {
  const { proof } = t.s
  if (proof === null) return
  if (proof.tries >= limits.proofTries) {
    giveUpProof(t)
    return
  }
  t.s.proof = { ...proof, tries: proof.tries + 1 }
  send(t, 'C8', { obuId: proof.obuId, cardSerial: proof.cardSerial })
  wait(t, 'proof', limits.proofWaitMs)
}

/** From now on the same frame counts as a new one, whatever the RSU sent meanwhile. */
function forgetRecent(t: Turn, slot: number): void {
  t.s.recent = t.s.recent.filter((frame) => frame.slot !== slot)
}

function takeTimer(t: Turn, name: string): void {
  if (name === 'b5') giveUpDebit(t, 'noB5')
  else if (name === 'proof') proofTimedOut(t)
  else if (t.s.phase === 'down') return
  else if (name === 'c0') c0TimedOut(t)
  else if (name === 'psam') psamTimedOut(t)
  else if (name === 'psamAuth') giveUpPsam(t, 'silent')
  else if (name === 'meet') meetingIsLate(t)
  else if (name === 'heartbeat') dropLink(t, 'heartbeatLost')
  else if (name === 'beat') beatIsLate(t)
  else if (name === 'antenna') antennaTimedOut(t)
  else if (name === 'quiet') askQuiet(t)
  else if (name === 'answer') answerTimedOut(t)
  else if (name === 'next') t.s.deal = t.s.open === null ? null : t.s.deal
  else if (repeatTimers.includes(name)) forgetRecent(t, repeatTimers.indexOf(name))
  else if (name === 'rounds') t.s.rounds = { obuId: '', count: 0 }
  else if (name === 'grace') t.s.graceOn = false
  else if (name === 'interByte') {
    t.s.interByteSet = false
    takeFramed(t, t.variant.framing.flush(t.s.framing))
  }
}

export function stepRsuDriver(
  state: RsuDriverState,
  event: RsuDriverEvent,
): Step<RsuDriverState, RsuDriverEffect> {
  const { variant, tolerateUnescapedBcc, override } = state.config
  const t: Turn = {
    s: { ...state },
    variant: rsuVariant(variant, tolerateUnescapedBcc, override),
    nowMs: event.businessNowMs,
    effects: [],
  }
  switch (event.type) {
    case 'linkUp':
      t.s.framing = emptyFraming
      t.s.rxSeq = 0x08
      t.s.lastSeq = 0x08
      t.s.count = noCount
      startAnew(t)
      break
    case 'linkDown':
      fallDown(t, event.reason)
      break
    case 'bytes':
      takeBytes(t, event.bytes)
      break
    case 'timer':
      takeTimer(t, event.name)
      break
    case 'command':
      takeCommand(t, event.command)
      break
  }
  return { state: t.s, effects: t.effects }
}
