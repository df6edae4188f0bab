// Figures over many samples: percentiles, and the interval in which a true share lies.
// Without interpolation: a percentile is a measured value.
import { must } from '#base/pure/values/must.ts'

/** Nearest rank: always a value that was measured. `share` 0.95 is the 95th percentile. */
export function percentile(values: readonly number[], share: number): number {
  must(values.length > 0 && share > 0 && share <= 1, 'a percentile has values and a share')
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0
}

interface ShareInterval {
  readonly share: number
  readonly low: number
  readonly high: number
}

const z95 = 1.959964

/** Wilson's 95 % interval, valid for few samples and for zero hits. */
export function shareInterval(hits: number, of: number): ShareInterval {
  must(of > 0 && hits >= 0 && hits <= of, 'a share has samples')
  const p = hits / of
  const zz = z95 * z95
  const middle = (p + zz / (2 * of)) / (1 + zz / of)
  const half = (z95 / (1 + zz / of)) * Math.sqrt((p * (1 - p)) / of + zz / (4 * of * of))
  return { share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
