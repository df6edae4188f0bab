// The tune loop of a device as the control API and the commands show it.
// Numbers as measured; what they are called is said by whoever shows them.
import type { TuneDoneView, TuneStepView, TuneView } from '../../api/tune-views.ts'
import { mayKeep, undoable, type TunePlan, type TuneStep } from '../../core/tune/loop.ts'
import type { PowerBound } from '../../core/tune/propose.ts'
import { passesFor } from '../../core/tune/statistics.ts'
import { chanceMax, tuneAims } from '../../core/tune/verdict.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
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

/** Worked out once: it is asked with every view. */
let passes: number | null = null
const usualPasses = (): number => (passes ??= passesFor(chanceMax))

/** `bound`: what row 5 of a survey leaves of the power steps; proposals stay within it. */
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
