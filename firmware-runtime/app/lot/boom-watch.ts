// A boom that stands open over an empty lane lets cars out unpaid; after a restart nothing may move it (safety rule 7
// of lane-devices.md 2.4), so a person is told each minute. One that does not open for a car with a pass is told, too.
import type { LaneState } from '../../core/lane/lane.ts'
import type { LaneHost } from './lane-host.ts'

const name = 'boomLeftOpen'
/** Longer than any boom needs to come down behind a car. */
const afterOpenMs = 60_000

/**
 * Call after every step of the lane; `tell` is called each minute in which the boom stands open. A boom that
 * is lost from sight keeps its time, and nothing is said of it while it is not seen.
 */
export function watchBoom(host: LaneHost, tell: () => void): void {
  const isLeft = host.state.name === 'idle' && (host.partner?.state.name ?? 'idle') === 'idle'
  const isUnseen = host.state.position === 'unknown'
  const isRunning = host.timers.has(name)
  const waits = isLeft && (host.state.position === 'open' || (isUnseen && isRunning))
  if (waits === isRunning) return
  const due = (): void => {
    if (host.state.position === 'open') tell()
    host.timers.set(name, afterOpenMs, due)
  }
  host.timers.set(name, waits ? afterOpenMs : null, due)
}

const risesName = 'boomRises'
/** The answer of a board and the longest way of a boom in good order (core/lane/boom-act.ts), and some patience. */
const riseMs = 10_000

/** Its car stands before it. A board that answers and has no position input says nothing of the boom. */
function isShut({ barrierUp, position, arrive, under }: LaneState): boolean {
  if (!barrierUp) return true
  if (position === 'unknown' || position === 'open' || position === 'heldOpen') return false
  return arrive !== 'off' && under !== 'on'
}

/** Call after every step of the lane; `tell` is called once the boom was not seen open for a car that may go. */
export function watchPass(host: LaneHost, tell: () => void): void {
  const { name, car } = host.state
  const isDue = car !== null && !car.boomSeen && car.notOpenedMs === undefined
  const waits = name === 'opening' && isDue
  if (waits === host.timers.has(risesName)) return
  const due = (): void => {
    host.timers.set(risesName, riseMs, due)
    if (isShut(host.state)) tell()
  }
  host.timers.set(risesName, waits ? riseMs : null, due)
}
