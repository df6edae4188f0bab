// The sender of signed requests on this machine: its clock, its random numbers, and the name of this program.
// Options of every signed connection to a platform.
import { systemRandom, systemWallClock } from '../time/system-clocks.ts'
import { version } from './version.ts'

/** `as`: suffix of the user agent. */
export const sender = (as = '') => ({
  transport: systemWallClock(),
  random: systemRandom(),
  userAgent: `etc-lane/${version}${as}`,
})
