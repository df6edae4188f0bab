// The safety rules of lane-devices.md 2.4 on fresh inputs, and the commands. A close pulse is sent in the very step
// that read clear inputs, never from a queue or a timer.
import { note } from '#base/pure/words/notes.ts'
import type { BarrierCommand } from '../../lane/barrier.ts'
import { relayMarginMs } from './config.ts'
import { presenceOf } from './inputs.ts'
import { sendPulse } from './requests.ts'
import { leftInSilence, travelFactor } from './silence.ts'
import type { BarrierDraft, Drive } from './state.ts'
import { change, emit } from '../../driver.ts'

/** A lane has few cars between payment and loop; older passes cannot come back. */
const creditsMax = 32
const seenPassesMax = 256

function askOpen(d: BarrierDraft, why: Drive['why']): void {
  const stopping = d.s.drive?.output === 'stop' || stopInFlight(d)
  if (d.s.link !== 'up' || stopping || d.s.drive !== null) return
  change(d, { drive: { output: 'open', why, triesLeft: d.config.retriesMax } })
}

const stopInFlight = (d: BarrierDraft): boolean =>
  d.s.request?.kind === 'pulse' && d.s.request.output === 'stop'

function openFor(d: BarrierDraft, passId: string, byHand: boolean): void {
  if (!d.s.armed && !byHand) {
    emit(d, { type: 'barrierFault', fault: 'disarmed' })
    return
  }
  const outstanding = d.s.credits.includes(passId)
  if (!outstanding && d.s.seenPasses.includes(passId)) return
  if (!outstanding) {
    change(d, {
      credits: [...d.s.credits, passId].slice(-creditsMax),
      seenPasses: [...d.s.seenPasses, passId].slice(-seenPassesMax),
      creditAtMs: d.nowMs,
    })
  }
  change(d, { closeWanted: d.s.armed, openRequestedAtMs: d.nowMs, owed: null })
  askOpen(d, 'command')
}

/** Voids open passes; the boom closes as soon as the rules allow it. */
function requestClose(d: BarrierDraft): void {
  const dropped = d.s.drive?.output === 'open' && d.s.drive.why === 'command'
  change(d, {
    credits: [],
    openRequestedAtMs: null,
    // Rule 7: a close commanded while the link is down is not carried out later.
    closeWanted: d.s.link === 'up' && d.s.armed,
    closeTries: 0,
    drive: dropped ? null : d.s.drive,
    motion: d.s.motion === 'stopped' ? null : d.s.motion,
  })
  const held =
    d.s.heldBy.length > 0 ? note('heldBy', d.s.heldBy.join(', ')) : presenceOf(d.s, d.config)
  const why = d.s.armed ? held : 'disarmed'
  if (why !== null) emit(d, { type: 'closeBlocked', why })
}

/** A person or the lane decides about the boom: what a lost link left due is over. */
const endsOwed: readonly BarrierCommand['do'][] = ['disarm', 'lift', 'stop', 'holdOpen']

/** Carries out a command; sensors are handled by outside.ts. */
export function obey(d: BarrierDraft, command: Exclude<BarrierCommand, { do: 'sensor' }>): void {
  const isOver = endsOwed.includes(command.do) || (command.do === 'close' && d.s.link === 'up')
  if (isOver) change(d, { owed: null })
  if (command.do === 'open') {
    openFor(d, command.passId, command.byHand === true)
  } else if (command.do === 'arm') {
    change(d, { armed: true })
  } else if (command.do === 'disarm') {
    const waiting = d.s.drive?.why === 'command' && d.s.drive.output === 'open'
    change(d, { armed: false, closeWanted: false, openRequestedAtMs: null })
    if (waiting) change(d, { drive: null })
  } else if (command.do === 'close') {
    requestClose(d)
  } else if (command.do === 'lift') {
    change(d, { closeWanted: false, openRequestedAtMs: d.nowMs })
    askOpen(d, 'command')
  } else if (command.do === 'stop' && d.config.wiring.outputs.stop === null) {
    // This gate cannot be stopped: pending movements are dropped, and a closing boom is raised.
    const open = { output: 'open', why: 'presence', triesLeft: d.config.retriesMax } as const
    const turned = d.s.motion === 'closing' && d.s.link === 'up' ? open : null
    change(d, { drive: turned, closeWanted: false, openRequestedAtMs: null })
  } else if (command.do === 'stop') {
    // Rule 3: pending movements are dropped, and nothing moves until the next command.
    const drive = { output: 'stop', why: 'command', triesLeft: d.config.retriesMax } as const
    const reported = d.s.link === 'up' ? { drive } : {}
    change(d, { ...reported, motion: 'stopped', closeWanted: false, openRequestedAtMs: null })
  } else if (command.do === 'holdOpen') {
    const others = d.s.heldBy.filter((by) => by !== command.authority)
    change(d, { heldBy: [...others, command.authority], openRequestedAtMs: d.nowMs })
    askOpen(d, 'command')
  } else if (d.s.heldBy.includes(command.authority)) {
    const heldBy = d.s.heldBy.filter((by) => by !== command.authority)
    change(d, { heldBy, closeWanted: d.s.armed && (heldBy.length === 0 || d.s.closeWanted) })
  }
}

/** Rule 2: something is under a closing boom, or it is unknown: raises it at once. */
export function reopen(d: BarrierDraft, why: string | null): void {
  if (d.s.motion !== 'closing' || why === null || d.s.drive !== null) return
  emit(d, { type: 'closeBlocked', why })
  change(d, { closeWanted: d.s.owed?.stage !== 'void', closeUnanswered: false })
  askOpen(d, 'presence')
}

/** Ends a movement at the limits, and reports impossible limit states. */
export function watchTravel(d: BarrierDraft, wasClosed: boolean): void {
  const { inputs, motion } = d.s
  const open = inputs.limitOpen.stable === true
  const closed = inputs.limitClosed.stable === true
  const both = open && closed
  if (both && !d.s.bothReported) emit(d, { type: 'barrierFault', fault: 'limitBoth' })
  change(d, { bothReported: both, travelFault: d.s.travelFault && !open && !closed })
  if (both) return
  const authorised = d.s.credits.length > 0 || d.s.heldBy.length > 0 || motion === 'opening'
  if (wasClosed && inputs.limitClosed.stable === false && !authorised) {
    emit(d, { type: 'barrierFault', fault: 'openedAlone' })
  }
  if (motion === 'opening') watchOpening(d, open)
  if (motion === 'closing') watchClosing(d, closed)
}

function watchOpening(d: BarrierDraft, open: boolean): void {
  if (open) {
    change(d, { motion: null, openRequestedAtMs: null, closingFromMs: null })
  } else if (d.config.wiring.inputs.limitOpen === null) {
    // Without this limit input the position stays unknown; only the end of the movement is estimated.
    if (d.nowMs - d.s.motionAtMs > d.config.openTravelMs) change(d, { motion: null })
  } else if (d.nowMs - d.s.motionAtMs > travelFactor * d.config.openTravelMs) {
    change(d, { motion: null, openRequestedAtMs: null, travelFault: true })
    emit(d, { type: 'barrierFault', fault: 'openTimeout' })
  }
}

function watchClosing(d: BarrierDraft, closed: boolean): void {
  if (closed) {
    const reopening = d.s.drive?.why === 'presence'
    change(d, {
      closingFromMs: null,
      motion: null,
      closeWanted: reopening,
      closeUnanswered: false,
      closeTries: 0,
    })
  } else if (d.nowMs - d.s.motionAtMs > travelFactor * d.config.closeTravelMs) {
    change(d, { motion: null, closeWanted: false, travelFault: true })
    emit(d, { type: 'barrierFault', fault: 'closeTimeout' })
  }
}

/** Loop on and off again under a boom that was not down: uses one credit. */
export function watchPassage(d: BarrierDraft): void {
  const { stable, stableSinceMs } = d.s.inputs.loopUnder
  // Without limit inputs a car under the boom shows that it is up, if it was let through.
  const blind = d.config.wiring.inputs.limitClosed === null
  const up = blind ? d.s.credits.length > 0 : d.s.inputs.limitClosed.stable === false
  if (stable === true) {
    change(d, { underSeen: true, underWhileUp: d.s.underWhileUp || up })
    const stuck = d.nowMs - stableSinceMs >= d.config.loopStuckMs
    if (stuck && !d.s.stuckReported) emit(d, { type: 'barrierFault', fault: 'loopStuck' })
    change(d, { stuckReported: stuck })
    return
  }
  if (stable === null || !d.s.underSeen) return
  const [passId, ...credits] = d.s.credits
  if (passId !== undefined && d.s.underWhileUp) {
    const may = d.s.armed && d.s.motion !== 'stopped'
    change(d, { credits })
    change(d, { closeWanted: may && (credits.length > 0 || !leftInSilence(d)) })
    if (credits.length === 0) change(d, { openRequestedAtMs: null })
    emit(d, { type: 'passed', passId })
  }
  change(d, { underSeen: false, underWhileUp: false, stuckReported: false })
}

/** Repeats an open that was commanded while the link was down, or whose echo was lost with the link. */
export function recoverOpen(d: BarrierDraft): void {
  const askedAtMs = d.s.openRequestedAtMs
  if (askedAtMs === null || d.s.motion !== null) return
  const done = d.s.inputs.limitOpen.stable === true
  if (done || d.nowMs - askedAtMs > d.config.commandKeepMs) change(d, { openRequestedAtMs: null })
  else askOpen(d, 'command')
}

function mayClose(d: BarrierDraft): boolean {
  const { s, config, nowMs } = d
  const isDue = s.lastPulse === null || nowMs - s.lastPulse.atMs >= config.answerTimeoutMs
  const retry = s.closeUnanswered && s.closeTries <= config.retriesMax && isDue
  const moving =
    s.motion === 'opening' || s.motion === 'stopped' || (s.motion === 'closing' && !retry)
  if (!s.armed || !s.closeWanted || s.credits.length > 0 || s.heldBy.length > 0 || moving)
    return false
  if (s.drive !== null || s.request !== null || presenceOf(s, config) !== null) return false
  const { limitOpen, limitClosed } = s.inputs
  const notDown = limitClosed.raw === false && limitClosed.stable === false
  if (!notDown || limitOpen.stable === null) return false
  const sinceMs = Math.max(s.clearSinceMs ?? nowMs, s.creditAtMs)
  if (nowMs - sinceMs < config.closeDelayMs) return false
  const gapMs = Math.max(config.oppositeGapMs, config.pulseMs + relayMarginMs)
  return s.lastPulse?.output !== 'open' || nowMs - s.lastPulse.atMs >= gapMs
}

/** Rule 1. Only called in the step that has just read the inputs. */
export function closeWhenClear(d: BarrierDraft): void {
  if (!mayClose(d)) return
  const first = d.s.motion !== 'closing'
  sendPulse(d, 'close', { why: 'command', triesLeft: 0 })
  change(d, {
    motion: 'closing',
    motionAtMs: first ? d.nowMs : d.s.motionAtMs,
    closingFromMs: first ? d.nowMs : d.s.motionAtMs,
    closeUnanswered: false,
    closeTries: d.s.closeTries + 1,
    travelFault: false,
  })
  // After a silence it is given once: if nobody answers, a person is called by the travel time.
  if (d.s.owed?.stage === 'due')
    change(d, { owed: { ...d.s.owed, stage: 'given' }, closeTries: d.config.retriesMax + 1 })
}
