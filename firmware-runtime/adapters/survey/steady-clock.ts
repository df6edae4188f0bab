// Time for stamps: microseconds that never step, and the same as wall time for one connection.
// A clock that NTP sets in the middle of a test must not turn up as latency.

/** Microseconds since the start of the process. */
export const steadyUs = (): number => performance.now() * 1000

/** So long an offset is used again: whoever connects often must not keep us reading clocks. */
const keptUs = 1_000_000

let kept = { atUs: Number.NEGATIVE_INFINITY, offsetUs: 0 }

/**
 * Wall time minus steady time. The wall clock is read in whole milliseconds, always rounded down: of
 * many readings over more than one of them, the largest difference is the one least rounded.
 */
function wallOffsetUs(): number {
  const startUs = steadyUs()
  if (startUs - kept.atUs < keptUs) return kept.offsetUs
  let offsetUs = Number.NEGATIVE_INFINITY
  while (steadyUs() - startUs < 1_100) offsetUs = Math.max(offsetUs, Date.now() * 1000 - steadyUs())
  kept = { atUs: startUs, offsetUs }
  return offsetUs
}

/** Wall time in whole microseconds, read once and carried on steadily. */
export function stampClock(): () => number {
  const offsetUs = wallOffsetUs()
  return () => Math.round(offsetUs + steadyUs())
}
