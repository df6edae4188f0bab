// A point is a burst of levels, taken when it stands still: every level of it counts, and its spread is judged.
// The antenna sends in short bursts, so each level is a peak of the instrument (lane-devices.md 6.1).
import { must } from '../values/must.ts'

interface BurstRule {
  readonly samples: number
  /** Largest difference between the lowest and the highest level of a steady burst. */
  readonly spreadDbMax: number
}

/** Five peaks within 3 dB: our own habit, no standard states one. */
export const usualBurst: BurstRule = { samples: 5, spreadDbMax: 3 }

interface Burst {
  /** Mean of the power of all levels, two decimals. */
  readonly levelDbm: number
  readonly spreadDb: number
  readonly samples: number
}

const cents = (value: number): number => Math.round(value * 100) / 100

export function medianOf(values: readonly number[]): number {
  must(values.length > 0, 'a median has values')
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const high = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[half - 1] ?? 0) + high) / 2
}

/** Mean of the power, in dBm: a mean of decibels would underestimate a strong place. */
export const meanDbm = (levelsDbm: readonly number[]): number =>
  10 * Math.log10(levelsDbm.reduce((sum, dbm) => sum + 10 ** (dbm / 10), 0) / levelsDbm.length)

export const burstOf = (levelsDbm: readonly number[]): Burst => ({
  levelDbm: cents(meanDbm(levelsDbm)),
  spreadDb: cents(Math.max(...levelsDbm) - Math.min(...levelsDbm)),
  samples: levelsDbm.length,
})

/** The last samples of a running reading, once they stand still; null: go on reading. */
export function settled(levelsDbm: readonly number[], rule = usualBurst): Burst | null {
  if (levelsDbm.length < rule.samples) return null
  const burst = burstOf(levelsDbm.slice(-rule.samples))
  return burst.spreadDb <= rule.spreadDbMax ? burst : null
}
