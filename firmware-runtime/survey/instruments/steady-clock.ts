// Time for stamps: microseconds that never step and follow wall time for the length of one connection.
// A clock that NTP adjusts during a test must not appear as latency.
import { setTimeout as pause } from 'node:timers/promises'

/** Microseconds since the start of the process. */
export const steadyUs = (): number => performance.now() * 1000

/** An offset is reused for this long, so that frequent connections do not keep reading clocks. */
const keptUs = 1_000_000

let kept = { atUs: Number.NEGATIVE_INFINITY, offsetUs: 0 }

/**
 * Wall time minus steady time, µs. The wall clock has whole milliseconds, rounded down: among readings over more than 1
 * ms the largest difference has the smallest rounding error.
 */
function wallOffsetUs(): number {
  const startUs = steadyUs()
  if (startUs - kept.atUs < keptUs) return kept.offsetUs
  let offsetUs = Number.NEGATIVE_INFINITY
  while (steadyUs() - startUs < 1_100) offsetUs = Math.max(offsetUs, Date.now() * 1000 - steadyUs())
  kept = { atUs: startUs, offsetUs }
  return offsetUs
}

/** Wall time in whole microseconds, read once and continued steadily. */
export function stampClock(): () => number {
  const offsetUs = wallOffsetUs()
  return () => Math.round(offsetUs + steadyUs())
}

/** Waits for what is left of a span that began then; a stop ends it at once. */
export async function restOf(spanMs: number, startUs: number, stop: AbortSignal): Promise<void> {
  const leftMs = spanMs - (steadyUs() - startUs) / 1000
  if (leftMs <= 0) return
  await pause(leftMs, undefined, { signal: stop }).catch((error: unknown) => {
    if (!stop.aborted) throw error
  })
}
