// The tune loop: an aim, one change, measured before and after, kept or rolled back, undoable.
// (state, event) -> (state, effects). The write itself is a trial (devices/pure/configure/trial.ts), which restores the device
// whatever happens to power or link; this file reports it and keeps the history.
import { note } from '#base/pure/words/notes.ts'
import type { TrialEnd } from '../configure/trial.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noTimer, timer, type Step, type TimerEffect } from '#base/pure/values/step.ts'
import type { ZoneGiven } from './attempts.ts'
import type { Measurement } from './measure.ts'
import { isReadBeside, judgeStep, type TuneAim, type TuneVerdict } from './verdict.ts'

export interface TunePlan {
  readonly id: string
  readonly aim: TuneAim
  /** One thing: the id of a setting. */
  readonly setting: string
  readonly old: number
  readonly new: number
  /** Cars that a person drives through each time; null: the loop counts them. */
  readonly passes: number | null
  readonly listenMs: number
  /** `auto`: the numbers decide; `ask`: a person does. */
  readonly decide: 'auto' | 'ask'
  /** OBUs of the cars that belong in the lane. */
  readonly cars: readonly string[]
  readonly zone: ZoneGiven
  readonly by: string
  readonly reason: string
}

export type TuneEnd = TrialEnd | 'stopped' | 'notWritten'

export interface TuneStep {
  readonly plan: TunePlan
  readonly atMs: InstantMs
  readonly before: Measurement | null
  readonly after: Measurement | null
  readonly verdict: TuneVerdict | null
  /** `kept` is the only one after which the device has the new value. */
  readonly end: TuneEnd
  readonly why: string
  /** The step was undone later, by whom. */
  readonly undoneBy: string | null
}

export type TunePhase = 'before' | 'writing' | 'after' | 'judged'

interface TuneRun {
  readonly plan: TunePlan
  readonly atMs: InstantMs
  readonly phase: TunePhase
  /** Times that the write was tried: a car in the zone goes first. */
  readonly writes: number
  readonly before: Measurement | null
  readonly after: Measurement | null
  readonly verdict: TuneVerdict | null
}

export interface TuneState {
  readonly run: TuneRun | null
  /** Oldest first, bounded. */
  readonly steps: readonly TuneStep[]
  /** An undo is being written: the trial's id and whose wish it is. */
  readonly undoing: {
    readonly trialId: string
    readonly stepId: string
    readonly by: string
  } | null
}

export type TuneEvent = { readonly nowMs: InstantMs } & (
  | { readonly type: 'begin'; readonly plan: TunePlan }
  | { readonly type: 'measured'; readonly measurement: Measurement }
  /** The device has the new value; the trial's countdown runs. */
  | { readonly type: 'trialRuns'; readonly trialId: string }
  | {
      readonly type: 'trialOver'
      readonly trialId: string
      readonly end: TrialEnd
      readonly why: string
    }
  /** The write was refused before anything left; `busy`: it may be tried again. */
  | { readonly type: 'notWritten'; readonly why: string; readonly busy: boolean }
  | { readonly type: 'timer'; readonly name: string }
  /** `beside`: kept although the antenna of another lane read the same OBU. */
  | {
      readonly type: 'decide'
      readonly keep: boolean
      readonly by: string
      readonly beside?: boolean
    }
  | { readonly type: 'undo'; readonly trialId: string; readonly by: string }
  /** The runtime starts; the state was read from disk. */
  | { readonly type: 'start' }
)

export type TuneEffect =
  | TimerEffect
  /** Make the state durable before the next effect. */
  | { readonly do: 'store' }
  | { readonly do: 'measure'; readonly phase: 'before' | 'after'; readonly forMs: number }
  | { readonly do: 'stopMeasuring' }
  | { readonly do: 'write'; readonly plan: TunePlan }
  | { readonly do: 'keep'; readonly trialId: string; readonly what: string }
  | { readonly do: 'takeBack'; readonly by: string }
  | {
      readonly do: 'writeBack'
      readonly trialId: string
      readonly setting: string
      readonly value: number
      readonly by: string
    }
  | { readonly do: 'tell'; readonly step: TuneStep }

const stepsMax = 50
/** Delay before another write: a car's exchange, or a trial being rolled back, ends first. */
const writeAgainMs = 1_000
const writesMax = 30
export const newTuneState: TuneState = { run: null, steps: [], undoing: null }

type Out = Step<TuneState, TuneEffect>
const nothing = (state: TuneState): Out => ({ state, effects: [] })

/** The newest kept step: the only one that may be undone, so that steps are undone in reverse order. */
export const undoable = (state: TuneState): TuneStep | null =>
  state.steps.findLast((step) => step.end === 'kept' && step.undoneBy === null) ?? null

function over(state: TuneState, run: TuneRun, end: TuneEnd, why: string): Out {
  const { plan, atMs, before, after, verdict } = run
  const step: TuneStep = { plan, atMs, before, after, verdict, end, why, undoneBy: null }
  return {
    state: { ...state, run: null, steps: [...state.steps, step].slice(-stepsMax) },
    effects: [noTimer('write'), { do: 'stopMeasuring' }, { do: 'store' }, { do: 'tell', step }],
  }
}

function measured(state: TuneState, run: TuneRun, found: Measurement): Out {
  if (run.phase === 'before') {
    const next: TuneRun = { ...run, phase: 'writing', writes: 1, before: found }
    return {
      state: { ...state, run: next },
      effects: [{ do: 'store' }, { do: 'write', plan: run.plan }],
    }
  }
  if (run.phase !== 'after' || run.before === null) return nothing(state)
  const verdict = judgeStep(run.plan.aim, run.before, found)
  const judged: TuneRun = { ...run, phase: 'judged', after: found, verdict }
  const next = { ...state, run: judged }
  if (run.plan.decide === 'ask') return { state: next, effects: [{ do: 'store' }] }
  const settled = decided(next, judged, verdict.keep, 'etc-lane')
  return { state: settled.state, effects: [{ do: 'store' }, ...settled.effects] }
}

/** Kept only with a car read under the new value: a trial needs evidence, not a wish. */
export const mayKeep = (run: TuneRun | null): boolean =>
  run?.phase === 'judged' && (run.after?.passes.read ?? 0) > 0

/** To be kept only with a second confirmation: the antenna of another lane read the same OBU. */
export const isBesideOpen = (run: TuneRun | null): boolean =>
  run?.after !== null && run?.after !== undefined && isReadBeside(run.after)

function decided(state: TuneState, run: TuneRun, keep: boolean, by: string): Out {
  if (keep) {
    if (!mayKeep(run)) return nothing(state)
    const { verdict, plan } = run
    const what = note('measuredFor', plan.aim, verdict?.why ?? '').trim()
    return { state, effects: [{ do: 'keep', trialId: plan.id, what }] }
  }
  if (run.phase === 'before') return over(state, run, 'stopped', by)
  if (run.phase === 'writing') return { state, effects: [noTimer('write'), { do: 'takeBack', by }] }
  return { state, effects: [{ do: 'stopMeasuring' }, { do: 'takeBack', by }] }
}

function trialOver(state: TuneState, event: Extract<TuneEvent, { type: 'trialOver' }>): Out {
  const { run, undoing } = state
  const { trialId, end, why } = event
  if (undoing?.trialId === trialId) {
    const steps = state.steps.map((step) =>
      step.plan.id === undoing.stepId && end === 'kept' ? { ...step, undoneBy: undoing.by } : step,
    )
    return { state: { ...state, undoing: null, steps }, effects: [{ do: 'store' }] }
  }
  if (run?.plan.id !== trialId) return nothing(state)
  if (end === 'notTaken' && why === 'busy') return tryAgain(state, run, why)
  return over(state, run, end, why)
}

/** The device received nothing: repeats the write after a delay, up to a limit. */
function tryAgain(state: TuneState, run: TuneRun, why: string): Out {
  if (run.phase !== 'writing' || run.writes >= writesMax) return over(state, run, 'notTaken', why)
  return {
    state: { ...state, run: { ...run, writes: run.writes + 1 } },
    effects: [timer('write', writeAgainMs)],
  }
}

function notWritten(state: TuneState, event: Extract<TuneEvent, { type: 'notWritten' }>): Out {
  const { run } = state
  if (state.undoing !== null)
    return { state: { ...state, undoing: null }, effects: [{ do: 'store' }] }
  if (run === null) return nothing(state)
  return event.busy ? tryAgain(state, run, event.why) : over(state, run, 'notWritten', event.why)
}

function undo(state: TuneState, trialId: string, by: string): Out {
  const step = undoable(state)
  if (step === null || state.run !== null || state.undoing !== null) return nothing(state)
  const { id, setting, old } = step.plan
  return {
    state: { ...state, undoing: { trialId, stepId: id, by } },
    effects: [{ do: 'store' }, { do: 'writeBack', trialId, setting, value: old, by }],
  }
}

/** After an interruption: the trial is rolled back automatically at the next contact. */
function started(state: TuneState): Out {
  const cleared: TuneState = { ...state, undoing: null }
  const { run } = state
  if (run !== null) return over(cleared, run, 'restarted', '')
  return state.undoing === null ? nothing(state) : { state: cleared, effects: [{ do: 'store' }] }
}

export function stepTune(state: TuneState, event: TuneEvent): Out {
  const { run } = state
  switch (event.type) {
    case 'begin': {
      if (run !== null || state.undoing !== null) return nothing(state)
      const { plan } = event
      const begun = { writes: 0, before: null, after: null, verdict: null }
      return {
        state: { ...state, run: { plan, atMs: event.nowMs, phase: 'before', ...begun } },
        effects: [{ do: 'store' }, { do: 'measure', phase: 'before', forMs: plan.listenMs }],
      }
    }
    case 'timer':
      return run?.phase === 'writing' && event.name === 'write'
        ? { state, effects: [{ do: 'write', plan: run.plan }] }
        : nothing(state)
    case 'measured':
      return run === null ? nothing(state) : measured(state, run, event.measurement)
    case 'trialRuns': {
      const { undoing } = state
      if (undoing?.trialId === event.trialId) {
        const what = note('undoProven', undoing.stepId)
        return { state, effects: [{ do: 'keep', trialId: event.trialId, what }] }
      }
      if (run?.plan.id !== event.trialId || run.phase !== 'writing') return nothing(state)
      return {
        state: { ...state, run: { ...run, phase: 'after' } },
        effects: [{ do: 'store' }, { do: 'measure', phase: 'after', forMs: run.plan.listenMs }],
      }
    }
    case 'trialOver':
      return trialOver(state, event)
    case 'notWritten':
      return notWritten(state, event)
    case 'decide':
      if (run === null || (event.keep && isBesideOpen(run) && event.beside !== true))
        return nothing(state)
      return decided(state, run, event.keep, event.by)
    case 'undo':
      return undo(state, event.trialId, event.by)
    case 'start':
      return started(state)
  }
}
