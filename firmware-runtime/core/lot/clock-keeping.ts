// What is done about the machine's own clock after it was compared with a source of time (5.2.2 g, table A.3): nothing, a
// step, or a word to a person. A step is small, needs the right to it, and waits while a car is in a lane.

/** A source of time against this clock. */
export interface ClockSeen {
  readonly server: string
  /** Ours minus theirs. */
  readonly offsetMs: number
  readonly errorMs: number
}

/**
 * `waits`: it would be stepped, and a car is in a lane. `ask`: a person sets it, by the command that is shown. `disagree`:
 * the sources contradict each other, so none is followed. `silent`: no source answered.
 */
type ClockVerdict = 'right' | 'step' | 'waits' | 'ask' | 'disagree' | 'silent'

interface ClockFacts {
  /** The lot file allows it, and the system does. */
  readonly mayStep: boolean
  /** The machine's own service says that it keeps the clock: two hands on one clock are one too many. */
  readonly isKept: boolean
  /** No car is in a lane. */
  readonly quiet: boolean
}

export const clockKeeping = {
  /** Table A.3. */
  everyMs: 1_800_000,
  /** A step that waits for the lanes is tried again. */
  againMs: 60_000,
  /** What a clock may be off, less what the reading cannot tell. */
  rightMs: 1_000,
  /** Beyond it the lot's own watch doubts the clock (P24), and so does whoever steps it. */
  stepMsMax: 30_000,
} as const

const contradicts = (a: ClockSeen, b: ClockSeen): boolean =>
  Math.abs(a.offsetMs - b.offsetMs) > a.errorMs + b.errorMs + clockKeeping.rightMs

/** The reading that counts, null without any, and what follows from it. */
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
