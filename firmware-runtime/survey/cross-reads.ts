// What wrong reads of the neighbour lane show: trials are rounds times the neighbour OBUs that were offered.
// Two statements, never mixed: for these OBUs at these places, and for OBUs at large.
import { shareFrom, shareUpTo, studentT975 } from './statistics.ts'
import type { CrossReadBody, OfferedObu } from './record.ts'

export interface CrossReadFacts {
  readonly trials: number
  readonly reads: number
  readonly obus: number
  readonly places: number
  /** The fewest trials of one OBU. */
  readonly roundsMin: number
  /** Null where no neighbour OBU was offered; shares of trials, 95 %, one-sided. */
  readonly share: {
    /** Every trial for itself: for these OBUs at these places. */
    readonly theseUpTo: number
    /** Every OBU one trial: for OBUs at large. */
    readonly allUpTo: number
    /** Between the two: trials by the design effect found among these OBUs. */
    readonly clusteredUpTo: number
  } | null
  /** The OBU that was read most, and its own interval, two-sided 95 %. */
  readonly worst: { readonly obuId: string; readonly low: number; readonly high: number } | null
}

/** How much more alike the answers of one OBU are than those of several: ICC by the analysis of variance. */
function designEffect(offered: readonly OfferedObu[]): number {
  const n = offered.reduce((sum, { trials }) => sum + trials, 0)
  const reads = offered.reduce((sum, one) => sum + one.reads, 0)
  const groups = offered.length
  if (groups < 2 || reads === 0 || reads === n) return 1
  const mean = reads / n
  const between =
    offered.reduce((sum, one) => sum + one.trials * (one.reads / one.trials - mean) ** 2, 0) /
    (groups - 1)
  const within =
    offered.reduce((sum, one) => sum + one.reads * (1 - one.reads / one.trials), 0) / (n - groups)
  const each = (n - offered.reduce((sum, { trials }) => sum + trials ** 2, 0) / n) / (groups - 1)
  const icc = (between - within) / (between + (each - 1) * within)
  return Math.max(1, 1 + (each - 1) * Math.max(0, icc))
}

/** Korn and Graubard: as many trials as these are worth where few OBUs stand for all. */
function effective(n: number, obus: number, deff: number): number {
  if (obus < 2) return 1
  return (n / deff) * (studentT975(n - 1) / studentT975(obus - 1)) ** 2
}

export function crossReadFacts({ neighbours = [] }: CrossReadBody): CrossReadFacts {
  const offered = neighbours.filter(({ trials }) => trials > 0)
  const trials = offered.reduce((sum, one) => sum + one.trials, 0)
  const reads = offered.reduce((sum, one) => sum + one.reads, 0)
  const places = new Set(offered.map(({ place }) => place).filter((place) => place !== ''))
  const facts = { trials, reads, obus: offered.length, places: places.size }
  const roundsMin = Math.min(...offered.map((one) => one.trials))
  const [first, ...others] = offered
  if (first === undefined) return { ...facts, roundsMin: 0, share: null, worst: null }
  const nEff = effective(trials, offered.length, designEffect(offered))
  const readObus = offered.filter((one) => one.reads > 0).length
  const most = others.reduce((a, b) => (b.reads / b.trials > a.reads / a.trials ? b : a), first)
  return {
    ...facts,
    roundsMin,
    share: {
      theseUpTo: shareUpTo(reads, trials),
      allUpTo: shareUpTo(readObus, offered.length),
      clusteredUpTo: shareUpTo((reads / trials) * nEff, nEff),
    },
    worst:
      most.reads === 0
        ? null
        : {
            obuId: most.obuId,
            low: shareFrom(most.reads, most.trials, 0.025),
            high: shareUpTo(most.reads, most.trials, 0.025),
          },
  }
}
