// Learns the heartbeat interval of the antenna, and queries an antenna with an overdue heartbeat by C0, which every
// variant answers (ADR 93). It uses timers only: the driver reads no clock.
import { limits } from './driver-state.ts'
import { isBusy, sendInitialise, type Turn, wait } from './driver-turn.ts'

const { beatMs, beatsToLearn } = limits
const intervalMs = ({ s }: Turn): number => beatMs[s.beat.step] ?? 0

/** An unsolicited heartbeat. One within a second of a switch may be its answer, and tells no interval. */
export function beatReceived(t: Turn): void {
  const { step, inRow, whole } = t.s.beat
  const isOwn = t.s.antennaTries === 0
  t.s.beat = { step, inRow: isOwn && whole ? inRow + 1 : inRow, whole: isOwn, words: false }
  wait(t, 'beat', intervalMs(t))
}

/** Any other frame: the antenna is alive, and the frame may replace a heartbeat. */
export function wordReceived(t: Turn): void {
  t.s.beat = { ...t.s.beat, words: true }
}

/** No heartbeat within the interval: the interval is longer than assumed, or the antenna is frozen. */
export function beatIsLate(t: Turn): void {
  if (t.s.phase !== 'up') return
  const { step, inRow, words } = t.s.beat
  if (words || t.s.antennaTries > 0 || isBusy(t)) {
    t.s.beat = { ...t.s.beat, whole: false, words: false }
    wait(t, 'beat', intervalMs(t))
    return
  }
  const isLast = step + 1 === beatMs.length
  const next = isLast ? step : step + 1
  t.s.beat = { step: next, inRow: 0, whole: t.s.beat.whole && !isLast, words: false }
  if (inRow >= beatsToLearn) askBySetUp(t)
  else if (!isLast) wait(t, 'beat', intervalMs(t) - (beatMs[step] ?? 0))
}

/** Sends the same settings again: this costs a second without search, which is acceptable for a missing heartbeat. */
function askBySetUp(t: Turn): void {
  t.s.refreshing = true
  t.s.c0Tries = limits.c0Tries - limits.beatAsks
  sendInitialise(t)
}
