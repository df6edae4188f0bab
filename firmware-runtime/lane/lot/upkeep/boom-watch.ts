// A boom that stays open over an empty lane lets cars out unpaid; after a restart nothing may move it (safety rule 7 of
// lane-devices.md 2.4), so a person is informed every minute. A boom that does not open for a car with a pass is
// reported as well.
import type { LaneState } from '../../pure/lane.ts'
import type { LaneHost } from '../lane-host.ts'

const name = 'boomLeftOpen'
/** Longer than any boom needs to close behind a car. */
const afterOpenMs = 60_000

/**
 * Call after every step of the lane; `tell` is called every minute while the boom stands open. When its position is
 * unknown the time keeps running, but nothing is reported; nor is a boom that a test raised, which is a matter already.
 */
export function watchBoom(host: LaneHost, tell: () => void): void {
  const isLeft = host.state.name === 'idle' && (host.partner?.state.name ?? 'idle') === 'idle'
  const isUnseen = host.state.position === 'unknown'
  const isRunning = host.timers.has(name)
  const waits = isLeft && (host.state.position === 'open' || (isUnseen && isRunning))
  if (waits === isRunning) return
  const due = (): void => {
    if (host.state.position === 'open' && !host.isRaisedByTest) tell()
    host.timers.set(name, afterOpenMs, due)
  }
  host.timers.set(name, waits ? afterOpenMs : null, due)
}

const risesName = 'boomRises'
/** The answer of a board and the longest travel of a working boom (lane/pure/boom-act.ts), with a margin. */
const riseMs = 10_000

/** The car stands in front of the boom. A board without a position input says nothing about the boom. */
function isShut({ barrierUp, position, arrive, under }: LaneState): boolean {
  if (!barrierUp) return true
  if (position === 'unknown' || position === 'open' || position === 'heldOpen') return false
  return arrive !== 'off' && under !== 'on'
}

/** Call after every step of the lane; `tell` is called once when the boom was not seen open for a car that may pass. */
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
