// Decides, after a comparison with a time source (5.2.2 g, table A.3), about the clock of this machine: nothing, a step, or a
// message to a person. A step is small, needs permission, and waits while a car is in a lane.

/** One comparison of this clock with a time source. */
export interface ClockSeen {
  readonly server: string
  /** This clock minus the source, ms. */
  readonly offsetMs: number
  readonly errorMs: number
}

/**
 * `waits`: a step is due and a car is in a lane. `ask`: a person sets the clock with the command shown. `disagree`:
 * the sources contradict each other, so none is used. `silent`: no source answered.
 */
type ClockVerdict = 'right' | 'step' | 'waits' | 'ask' | 'disagree' | 'silent'

interface ClockFacts {
  /** The lot file and the operating system both allow it. */
  readonly mayStep: boolean
  /** The time service of the machine reports that it keeps the clock; a second program must not step it too. */
  readonly isKept: boolean
  /** No car is in a lane. */
  readonly quiet: boolean
}

export const clockKeeping = {
  /** Table A.3. */
  everyMs: 1_800_000,
  /** Retry interval of a step that waits for the lanes. */
  againMs: 60_000,
  /** Allowed error of the clock beyond the uncertainty of the reading. */
  rightMs: 1_000,
  /** Largest automatic step. Beyond it the clock counts as doubtful (P24), and a person must confirm. */
  stepMsMax: 30_000,
} as const

const contradicts = (a: ClockSeen, b: ClockSeen): boolean =>
  Math.abs(a.offsetMs - b.offsetMs) > a.errorMs + b.errorMs + clockKeeping.rightMs

/** The reading with the smallest error, null without a reading, and the verdict. */
export function judgeClock(
  seen: readonly ClockSeen[],
  { mayStep, isKept, quiet }: ClockFacts,
): { readonly best: ClockSeen | null; readonly verdict: ClockVerdict } {
  const [best = null] = seen.toSorted((a, b) => a.errorMs - b.errorMs)
  if (best === null) return { best, verdict: 'silent' }
  if (seen.some((other) => contradicts(best, other))) return { best, verdict: 'disagree' }
  const offMs = Math.abs(best.offsetMs)
  if (offMs - best.errorMs <= clockKeeping.rightMs) return { best, verdict: 'right' }
  const steps = mayStep && !isKept && offMs <= clockKeeping.stepMsMax
  if (!steps) return { best, verdict: 'ask' }
  return { best, verdict: quiet ? 'step' : 'waits' }
}
