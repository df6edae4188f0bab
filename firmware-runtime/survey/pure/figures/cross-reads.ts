// Evaluates wrong reads of the neighbour lane: trials are rounds times the offered neighbour OBUs.
// Two statements, never mixed: for these OBUs at these places, and for OBUs at large.
import { shareFrom, shareUpTo, studentT975 } from './statistics.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { inArea } from '../field/area.ts'
import { identityOf } from '../file/identity.ts'
import { wholeArea } from '../field/plan-frame.ts'
import type { SurveyProject, Timed } from '../file/project.ts'
import type { CrossReadBody, OfferedObu } from '../file/record.ts'
import { rulesOf } from '../survey-rules.ts'

export interface CrossReadFacts {
  readonly trials: number
  /** Reads by the list of OBUs, or by the separate count, whichever is larger. */
  readonly reads: number
  /** Different ones. */
  readonly obus: number
  readonly places: number
  /** The fewest trials of one OBU. */
  readonly fewest: number
  /** True when every OBU was offered in every round of the run. */
  readonly isEven: boolean
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

/** Design effect: intraclass correlation of the answers of one OBU, by analysis of variance. */
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

/** One that is listed twice is one OBU, wherever it stood. */
const distinctObus = (all: readonly OfferedObu[]): readonly OfferedObu[] =>
  [...Map.groupBy(all, ({ obuId }) => identityOf(obuId))].map(([obuId, of]) => ({
    obuId,
    place: of[0]?.place ?? '',
    trials: of.reduce((sum, { trials }) => sum + trials, 0),
    reads: of.reduce((sum, { reads }) => sum + reads, 0),
  }))

/** Driven together, an OBU is offered to each antenna that is not its own: a whole number of times a round. */
function isEven({ antennaId, rounds }: CrossReadBody, offered: readonly OfferedObu[]): boolean {
  const each = rounds ?? offered[0]?.trials ?? 0
  return offered.every(({ trials }) =>
    antennaId === null ? trials > 0 && trials % each === 0 : trials === each,
  )
}

export function crossReadFacts(body: CrossReadBody): CrossReadFacts {
  const { neighbours = [], inNeighbour } = body
  const offered = distinctObus(neighbours.filter((one) => one.trials > 0))
  const trials = offered.reduce((sum, one) => sum + one.trials, 0)
  const named = offered.reduce((sum, one) => sum + one.reads, 0)
  const reads = Math.max(named, inNeighbour)
  const stood = neighbours.filter((one) => one.trials > 0).map(({ place }) => identityOf(place))
  const places = new Set(stood.filter((place) => place !== ''))
  const facts = { trials, reads, obus: offered.length, places: places.size }
  const fewest = Math.min(...offered.map((one) => one.trials))
  const [first, ...others] = offered
  if (first === undefined) return { ...facts, fewest: 0, isEven: false, share: null, worst: null }
  const nEff = effective(trials, offered.length, designEffect(offered))
  const readObus = offered.filter((one) => one.reads > 0).length
  const counted = Math.min(reads, trials)
  const most = others.reduce((a, b) => (b.reads / b.trials > a.reads / a.trials ? b : a), first)
  return {
    ...facts,
    fewest,
    isEven: isEven(body, offered),
    share: {
      theseUpTo: shareUpTo(counted, trials),
      allUpTo: shareUpTo(Math.max(readObus, Math.min(1, reads)), offered.length),
      clusteredUpTo: shareUpTo((counted / trials) * nEff, nEff),
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

/** Between a run and the reading that shows that an OBU of it can be read at all. */
const controlMsMax = 10 * minuteMs

/**
 * OBUs of a run without evidence that they can be read: the antenna of their lane did not read them in the same minutes, and
 * they did not transact inside the zone. A dead OBU must not count as offered.
 */
export function unshownObus(
  { opened, crossReadsNow, obuTries }: SurveyProject,
  body: Timed<CrossReadBody>,
): readonly string[] {
  const { neighbours = [], atMs, antennaId } = body
  const isNear = (one: { readonly atMs: number }): boolean =>
    Math.abs(one.atMs - atMs) <= controlMsMax
  const own = crossReadsNow
    // One antenna does not have the same OBU in its own lane and next door.
    .filter(
      (run) => isNear(run) && run.goneFor === undefined && (run !== body || antennaId === null),
    )
    .flatMap((run) => run.own ?? [])
  const box = opened === null ? null : wholeArea(opened.grid)
  const offMm = rulesOf(opened).limit('D5', 'triesHeight')
  const tried = obuTries.filter(
    (one) =>
      isNear(one) &&
      opened !== null &&
      box !== null &&
      inArea(box, one) &&
      Math.abs(one.zMm - opened.grid.heightMm) <= offMm,
  )
  const shown = new Set([
    ...own.filter(({ reads }) => reads > 0).map(({ obuId }) => identityOf(obuId)),
    ...tried.filter(({ good }) => good > 0).map((one) => identityOf(one.obuId)),
  ])
  return [...new Set(neighbours.map(({ obuId }) => identityOf(obuId)))].filter(
    (id) => !shown.has(id),
  )
}

/** Share of the rounds in which the antenna read a car of its own lane; without rounds: unknown. */
export function ownShare({ antennaId, inLane, rounds, own }: CrossReadBody): number | null {
  if (rounds === undefined) return null
  if (own === undefined || own.length === 0) return Math.min(1, inLane / rounds)
  const reads = own.map((one) => Math.min(rounds, one.reads))
  // Driven together, each lane has its own cars, and each antenna is to read them.
  return antennaId === null
    ? reads.reduce((sum, one) => sum + one, 0) / (rounds * reads.length)
    : Math.max(...reads) / rounds
}
