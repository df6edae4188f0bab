// When a PSAM signs in each day (P11): between three and five in the morning, each lane at a minute of its own.
// Pure: the minute follows from the name, so it stays the same over restarts.
import { chinaOffsetMin, dayMs, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'

const fromMs = 3 * 60 * minuteMs
const spanMin = 120

/** FNV-1a: any spread will do that every machine computes alike. */
function spread(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % spanMin
}

/** The instant of the Beijing day that `nowMs` is in. */
export function signInWindowMs(name: string, nowMs: InstantMs): InstantMs {
  const offsetMs = chinaOffsetMin * minuteMs
  const midnightMs = Math.floor((nowMs + offsetMs) / dayMs) * dayMs - offsetMs
  return midnightMs + fromMs + spread(name) * minuteMs
}
