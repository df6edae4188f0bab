// A boom that stands open over an empty lane lets cars out unpaid. After a restart nothing may move it
// (safety rule 7 of lane-devices.md 2.4), so a person is told, and told again each minute while it lasts.
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
