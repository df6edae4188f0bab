// Time for stamps: microseconds that never step, and the same as wall time for one connection.
// A clock that NTP sets in the middle of a test must not turn up as latency.

/** Microseconds since the start of the process. */
export const steadyUs = (): number => performance.now() * 1000

/** Wall time in whole microseconds, read once (to a millisecond) and carried on steadily. */
export function stampClock(): () => number {
  const offsetUs = Date.now() * 1000 - steadyUs()
  return () => Math.round(offsetUs + steadyUs())
}
