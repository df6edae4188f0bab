// The tune loop of a device for the control API and the commands.
// Numbers as measured; the caller adds their names.
import type { TuneDoneView, TuneStepView, TuneView } from '../calls/tune-views.ts'
import { mayKeep, undoable, type TunePlan, type TuneStep } from '../pure/tune/loop.ts'
import type { PowerBound } from '../pure/tune/propose.ts'
import { passesFor } from '../pure/tune/statistics.ts'
import { chanceMax, tuneAims } from '../pure/tune/verdict.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { TuneRunner } from './tune-runner.ts'

type Measured = Pick<TuneStep, 'before' | 'after' | 'verdict'> & {
  readonly plan: TunePlan
  readonly atMs: InstantMs
}

function stepOf({ plan, atMs, before, after, verdict }: Measured): TuneStepView {
  const { id, aim, setting, old, by, reason } = plan
  return {
    id,
    aim,
    setting,
    old,
    new: plan.new,
    by,
    reason,
    atIso: isoOf(atMs),
    before,
    after,
    verdict,
  }
}

const doneOf = (step: TuneStep): TuneDoneView => ({
  ...stepOf(step),
  end: step.end,
  why: step.why,
  undoneBy: step.undoneBy,
})

/** Computed once, because every view needs it. */
let passes: number | null = null
const usualPasses = (): number => (passes ??= passesFor(chanceMax))

/** `bound`: power steps that row 5 of a survey allows; proposals stay within them. */
export function tuneView(
  laneId: string,
  tune: TuneRunner,
  bound: PowerBound | null = null,
): TuneView {
  const { run, steps, undoing } = tune.state
  return {
    laneId,
    up: tune.up,
    usualPasses: usualPasses(),
    run:
      run === null
        ? null
        : {
            ...stepOf(run),
            phase: run.phase,
            decide: run.plan.decide,
            passes: run.plan.passes,
            listenMs: run.plan.listenMs,
            mayKeep: mayKeep(run),
          },
    soFar: tune.soFar(),
    leftMs: tune.leftMs(),
    look: tune.look === null ? null : { found: tune.look.found },
    steps: steps.toReversed().map(doneOf),
    undoId: undoable(tune.state)?.plan.id ?? null,
    undoing: undoing !== null,
    restoring: tune.restoring,
    proposals: tuneAims.map((aim) => ({ aim, next: tune.propose(aim, bound) })),
    meter: tune.meter(),
    live: tune.liveSeconds(),
  }
}
