// What a lost link leaves behind (rule 7): a close that was due is given once after a short silence, if every loop is
// read anew and free; else the boom stays as it is and a person is called.
import { loopsFree } from './inputs.ts'
import type { BarrierDraft, OwedClose } from './state.ts'
import { change, emit } from '../../driver.ts'

/**
 * Longest time between two readings after which a due close is still given, ms. Assumed: a plug, a switch or a board
 * that starts anew needs less; in more time somebody may have walked up to the boom.
 */
const silenceMaxMs = 2_000
/** Waits between attempts to reach the board again while a short silence may still end, ms. */
export const shortReopenMs: readonly number[] = Array.from({ length: 9 }, () => 200)
/** Readings in a row that must show every loop free; a single one may come from a board that has just started. */
const freePollsMin = 2
/** Rule 10: a boom that needs twice its travel time is faulty. */
export const travelFactor = 2

/** The close that is due at the moment the link is lost; null: none. */
export function owedAtLoss({ s, config }: BarrierDraft): OwedClose | null {
  const { owed, lastRead, motion } = s
  // The owed close is given once: a second loss while it moves the boom leaves it to a person.
  if (owed !== null) return { ...owed, stage: owed.stage === 'due' ? 'due' : 'void', freePolls: 0 }
  const { limitOpen, limitClosed } = config.wiring.inputs
  if (limitOpen === null || limitClosed === null || lastRead === null || lastRead.isDown)
    return null
  if (!s.armed || !s.closeWanted || motion === 'stopped') return null
  if (s.credits.length > 0 || s.heldBy.length > 0) return null
  return { stage: lastRead.isFree ? 'due' : 'void', readAtMs: lastRead.atMs, freePolls: 0 }
}

/** Call at the first reading behind a lost link. */
export function afterSilence(d: BarrierDraft): void {
  const { owed, lastRead } = d.s
  const sinceMs = owed?.readAtMs ?? lastRead?.atMs ?? d.nowMs
  const isLong = d.nowMs - sinceMs > silenceMaxMs
  change(d, { unseen: lastRead === null ? null : isLong ? 'long' : 'short' })
  if (isLong) voidOwed(d)
}

function voidOwed(d: BarrierDraft): void {
  if (d.s.owed?.stage !== 'due') return
  change(d, { owed: { ...d.s.owed, stage: 'void' }, closeWanted: false })
}

/** A car, or a sensor that cannot be read, before the owed close is given: it is not given any more. */
export function seenMeanwhile(d: BarrierDraft): void {
  if (d.s.owed?.stage === 'due' && !loopsFree(d.s, d.config)) voidOwed(d)
}

/** No reading came in its turn: the free readings begin anew. */
export function readingMissed(d: BarrierDraft): void {
  if (d.s.owed?.stage === 'due') change(d, { owed: { ...d.s.owed, freePolls: 0 } })
}

/**
 * A boom between its limits that was sent down before the link was lost may still be on its way: then presence raises it
 * (rule 2).
 */
export function recallClosing(d: BarrierDraft): void {
  const { closingFromMs, motion, openRequestedAtMs, inputs } = d.s
  if (closingFromMs === null || motion !== null || openRequestedAtMs !== null) return
  const isBetween = inputs.limitOpen.raw === false && inputs.limitClosed.raw === false
  const isOver = d.nowMs - closingFromMs > travelFactor * d.config.closeTravelMs
  if (isBetween && !isOver) change(d, { motion: 'closing', motionAtMs: closingFromMs })
}

/** The car of the last pass left while nothing was read: the close behind it is given under the same conditions. */
export function leftInSilence(d: BarrierDraft): boolean {
  if (d.s.unseen === null) return false
  const stage = d.s.unseen === 'short' ? 'due' : 'void'
  change(d, { owed: { stage, readAtMs: d.s.lastRead?.atMs ?? d.nowMs, freePolls: 0 } })
  return true
}

/** Call at every fresh reading, before a close is considered. */
export function watchOwed(d: BarrierDraft): void {
  if (d.s.inputs.loopUnder.stable !== null) change(d, { unseen: null })
  if (d.s.owed === null) return
  const { limitOpen, limitClosed } = d.s.inputs
  const isOther = d.s.credits.length > 0 || d.s.heldBy.length > 0 || !d.s.armed
  if (limitClosed.stable === true || isOther) {
    change(d, { owed: null })
    return
  }
  // The boom is up: the pulse of before the silence did not lower it, or the gate turned it round.
  if (d.s.owed.stage !== 'given' && d.s.motion === 'closing' && limitOpen.stable === true)
    change(d, { motion: null })
  countFree(d, d.s.owed)
  if (d.s.owed?.stage !== 'void' || d.s.motion !== null || limitClosed.stable === null) return
  change(d, { owed: null, closeWanted: false })
  emit(d, { type: 'barrierFault', fault: 'notLowered' })
}

function countFree(d: BarrierDraft, owed: OwedClose): void {
  seenMeanwhile(d)
  if (owed.stage !== 'due' || d.s.owed?.stage !== 'due') return
  const gapMs = d.nowMs - (d.s.lastRead?.atMs ?? d.nowMs)
  const { openTravelMs, closeTravelMs } = d.config
  const patienceMs = silenceMaxMs + travelFactor * Math.max(openTravelMs, closeTravelMs)
  if (gapMs > silenceMaxMs || d.nowMs - owed.readAtMs > patienceMs) {
    voidOwed(d)
    return
  }
  const freePolls = owed.freePolls + 1
  change(d, { owed: { ...owed, freePolls } })
  const isUp = d.s.inputs.limitOpen.stable === true && d.s.motion === null
  if (freePolls >= freePollsMin && isUp) change(d, { closeWanted: true })
}

/** The last reading, for the next silence. */
export function remember(d: BarrierDraft): void {
  const isFree = loopsFree(d.s, d.config)
  const isDown = d.s.inputs.limitClosed.raw !== false
  change(d, { lastRead: { atMs: d.nowMs, isFree, isDown } })
}
