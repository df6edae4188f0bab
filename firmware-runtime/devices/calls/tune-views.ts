// Tuning in the control API: the running step, earlier steps, the meter, live counts. Measurements are returned as
// judged, with their samples, so that a chart can draw them.
import type { AttemptsMeter, MeterRow, ZoneGiven } from '../pure/tune/attempts.ts'
import type { FrameSight, Measurement } from '../pure/tune/measure.ts'
import type { FieldPoint } from '../pure/tune/signals.ts'
import type { TuneEnd, TunePhase, TunePlan } from '../pure/tune/loop.ts'
import type { TuneProposal } from '../pure/tune/propose.ts'
import type { TuneAim, TuneFinding, TuneVerdict } from '../pure/tune/verdict.ts'

export type { Preset } from '../pure/tune/preset.ts'
export type {
  AttemptsMeter,
  FieldPoint,
  FrameSight,
  Measurement,
  MeterRow,
  TuneAim,
  TuneFinding,
  TuneVerdict,
  ZoneGiven,
}

export interface TuneStepView extends Pick<
  TunePlan,
  'id' | 'aim' | 'setting' | 'old' | 'new' | 'by' | 'reason'
> {
  readonly atIso: string
  readonly before: Measurement | null
  readonly after: Measurement | null
  readonly verdict: TuneVerdict | null
}

export interface TuneRunView
  extends TuneStepView, Pick<TunePlan, 'decide' | 'passes' | 'listenMs'> {
  readonly phase: TunePhase
  /** A car was read under the new value: a person may keep it. */
  readonly mayKeep: boolean
}

export interface TuneDoneView extends TuneStepView {
  /** The device has the new value only after `kept`. */
  readonly end: TuneEnd
  readonly why: string
  readonly undoneBy: string | null
}

export interface LiveSecondView {
  readonly frames: number
  readonly tries: number
  readonly reads: number
  readonly unreadable: number
}

export interface TuneView {
  readonly laneId: string
  readonly up: boolean
  /** Passages needed on each side to detect a usual rise with the certainty of the verdict. */
  readonly usualPasses: number
  readonly run: TuneRunView | null
  /** Results so far of the measurement in progress. */
  readonly soFar: Measurement | null
  readonly leftMs: number | null
  /** A measurement without a change: in progress while `found` is null. */
  readonly look: { readonly found: Measurement | null } | null
  /** Newest first. */
  readonly steps: readonly TuneDoneView[]
  /** The step that an undo would take back; null: none. */
  readonly undoId: string | null
  readonly undoing: boolean
  /** The device is getting its permanent settings back. */
  readonly restoring: boolean
  /** The next proposal for each aim. */
  readonly proposals: readonly { readonly aim: TuneAim; readonly next: TuneProposal | null }[]
  readonly meter: AttemptsMeter | null
  /** The last minute, second by second, oldest first. */
  readonly live: readonly LiveSecondView[]
}
