// A boom that stands open over an empty lane lets cars out unpaid. After a restart nothing may move it
// (safety rule 7 of lane-devices.md 2.4), so a person is told, and told again while it lasts.
import type { LaneHost } from './lane-host.ts'

const name = 'boomLeftOpen'
/** Longer than any boom needs to come down behind a car. */
const afterOpenMs = 60_000

/** Call after every step of the lane; `tell` is called once a minute while the boom stands open. */
export function watchBoom(host: LaneHost, tell: () => void): void {
  const leftOpen = host.state.name === 'idle' && host.state.position === 'open'
  if (leftOpen === host.timers.has(name)) return
  host.timers.set(name, leftOpen ? afterOpenMs : null, tell)
}
