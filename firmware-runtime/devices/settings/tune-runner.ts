// Runs the tune loop of one device: connects the pure loop to trial, signals, disk and clock. It writes no setting
// itself: every value goes through the settings store, with backup and trial.
import type { LiveSecondView } from '../calls/tune-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { attemptsMeter, type AttemptsMeter, type ZoneGiven } from '../pure/tune/attempts.ts'
import {
  isBesideOpen,
  mayKeep,
  newTuneState,
  stepTune,
  undoable,
  type TuneEffect,
  type TuneEvent,
  type TunePlan,
  type TuneState,
  type TuneStep,
} from '../pure/tune/loop.ts'
import { measure, type Measurement } from '../pure/tune/measure.ts'
import {
  leavesZone,
  proposeStep,
  type PowerBound,
  type TuneProposal,
} from '../pure/tune/propose.ts'
import { signalsMax, type FieldPoint, type TuneSignal } from '../pure/tune/signals.ts'
import type { TuneAim } from '../pure/tune/verdict.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { TuneStore } from '../ports/tune-store.ts'
import { Timers } from '#base/process/machine.ts'
import { BesideWatch, type BesideAntenna } from './beside-watch.ts'
import type { SettingsStore } from './settings-store.ts'
import { LiveRing } from './tune-signals.ts'

interface TuneParts {
  readonly settingsStore: SettingsStore
  readonly store: TuneStore
  readonly mono: MonoClock
  readonly business: WallClock
  /** A step is over: for the event stream and the waiting command. */
  onStep(step: TuneStep): void
  failed(fault: LaneFault): void
}

export type TuneRequest = Omit<TunePlan, 'id' | 'setting' | 'old' | 'new'> & {
  /** Null: the proposal of `propose`. */
  readonly change: { readonly setting: string; readonly value: number } | null
  /** Power steps that row 5 of a survey allows; null: no survey named. */
  readonly bound: PowerBound | null
}

type Body = TuneEvent extends infer E ? (E extends E ? Omit<E, 'nowMs'> : never) : never

/** Time to view the measurements before and after and to decide, in addition to measuring, ms. */
const decideMs = { auto: 30_000, ask: 300_000 } as const
const forMsMax = 3_600_000
/** All expected cars were read: later answers belong to the last car. */
const settleMs = 700

type Change = Pick<TunePlan, 'setting' | 'new' | 'by' | 'reason' | 'listenMs' | 'decide'>

/** Parameters of a measurement. */
export interface LookFor {
  readonly passes: number | null
  readonly cars: readonly string[]
  readonly listenMs: number
}

/** A measurement without a change: it writes nothing, so it is not stored. */
interface Look extends LookFor {
  readonly zone: ZoneGiven
  /** Null during the measurement. */
  readonly found: Measurement | null
}

interface Listening {
  readonly given: LookFor
  readonly done: (found: Measurement) => void
  readonly fromMs: number
  readonly untilMs: number
  readonly signals: TuneSignal[]
  dropped: number
  readonly cancel: Cancel
  ending: Cancel | null
  readonly beside: BesideWatch
}

export class TuneRunner {
  state: TuneState = newTuneState
  private readonly live = new LiveRing()
  private readonly parts: TuneParts
  look: Look | null = null
  private listening: Listening | null = null
  /** Antennas of the other lanes of the lot. */
  private beside: readonly BesideAntenna[] = []
  private field: FieldPoint[] = []
  private readonly timers: Timers
  private readonly hear = (signal: TuneSignal): void => this.heard(signal)
  private readonly trial = (): void => this.trialChanged()

  constructor(parts: TuneParts) {
    this.parts = parts
    this.timers = new Timers(parts.mono)
    try {
      this.state = parts.store.load() ?? newTuneState
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      parts.failed(error)
    }
    parts.settingsStore.onSignal.add(this.hear)
    parts.settingsStore.onTrial.add(this.trial)
  }

  /** Called after the settings store has started: reports how a restart ended a step. `beside`: other lanes. */
  start(beside: readonly BesideAntenna[] = []): void {
    this.beside = beside
    this.trialChanged()
    this.take({ type: 'start' })
  }

  stop(): void {
    this.stopListening()
    this.timers.stop()
    this.parts.settingsStore.onSignal.delete(this.hear)
    this.parts.settingsStore.onTrial.delete(this.trial)
  }

  get up(): boolean {
    return this.parts.settingsStore.up
  }

  get restoring(): boolean {
    return this.parts.settingsStore.state.restoring
  }

  liveSeconds(): readonly LiveSecondView[] {
    return this.live.last(this.nowMs())
  }

  propose(aim: TuneAim, bound: PowerBound | null = null): TuneProposal | null {
    const { settingsStore } = this.parts
    const now = { ...settingsStore.lastWritten(), ...settingsStore.reported() }
    return proposeStep(aim, settingsStore.parts.defs, now, this.state.steps, bound)
  }

  /** The change of a request. TUNE-02 when nothing can be proposed. */
  private changeOf({ aim, change, bound }: TuneRequest): TuneProposal {
    if (change === null) {
      const proposed = this.propose(aim, bound)
      if (proposed === null) throw new LaneFault('TUNE-02', { field: '/aim', value: aim })
      return proposed
    }
    const { settingsStore } = this.parts
    const old =
      settingsStore.reported()[change.setting] ?? settingsStore.lastWritten()[change.setting]
    return { setting: change.setting, old: old ?? change.value, new: change.value }
  }

  /** The change to be made. TUNE-01, TUNE-06 or SET-01 to SET-03 when the step cannot begin. */
  check(request: TuneRequest): TuneProposal {
    if (this.state.run !== null || this.state.undoing !== null) throw new LaneFault('TUNE-01')
    const change = this.changeOf(request)
    const { bound } = request
    if (bound !== null && leavesZone(bound, change))
      throw new LaneFault('TUNE-06', {
        field: '/change/value',
        value: String(change.new),
        note: `row 5 bears ${bound.min} to ${bound.max}`,
      })
    const diff = this.parts.settingsStore.check(this.applyOf({ ...request, ...change }))
    if (diff.rows.some((row) => row.state === 'mechanical' || row.state === 'notOnDevice'))
      throw new LaneFault('SET-01', {
        field: `/settings/${change.setting}`,
        note: t('没有写入', 'nothing was written'),
      })
    return change
  }

  begin(id: string, request: TuneRequest): TunePlan {
    const { change: _asked, bound: _bound, ...rest } = request
    const plan: TunePlan = { ...rest, ...this.check(request), id }
    this.field = []
    this.look = null
    this.take({ type: 'begin', plan })
    return plan
  }

  /** Measures without writing. TUNE-01 while a step is running. */
  measureOnly(look: LookFor & { readonly zone: ZoneGiven }): void {
    if (this.state.run !== null || this.state.undoing !== null) throw new LaneFault('TUNE-01')
    this.field = []
    this.look = { ...look, found: null }
    this.listen(look, (found) => {
      this.look = { ...look, found }
    })
  }

  /**
   * TUNE-02 without a step, TUNE-03 when nothing was read under the new value, TUNE-08 when another lane read the same
   * OBU and nobody confirmed that.
   */
  mayDecide(keep: boolean, beside = false): void {
    const { run } = this.state
    if (run === null)
      throw new LaneFault('TUNE-02', { note: t('没有正在进行的步骤', 'there is no step running') })
    if (keep && !mayKeep(run)) throw new LaneFault('TUNE-03', { value: run.phase })
    if (keep && !beside && isBesideOpen(run))
      throw new LaneFault('TUNE-08', { field: '/beside', value: `${run.after?.besideReads ?? 0}` })
  }

  decide(keep: boolean, by: string, beside = false): void {
    this.mayDecide(keep, beside)
    this.take({ type: 'decide', keep, by, beside })
  }

  /** TUNE-01 or TUNE-02 when nothing can be undone now. */
  mayUndo(): TuneStep {
    const { run, undoing } = this.state
    if (run !== null || undoing !== null) throw new LaneFault('TUNE-01')
    const step = undoable(this.state)
    if (step === null)
      throw new LaneFault('TUNE-02', {
        note: t('没有保留的步骤', 'there is no step that was kept'),
      })
    return step
  }

  undo(trialId: string, by: string): void {
    this.mayUndo()
    this.take({ type: 'undo', trialId, by })
  }

  /** Levels read from an instrument, for the measurement in progress. */
  addField(points: readonly FieldPoint[]): void {
    if (this.listening === null)
      throw new LaneFault('TUNE-02', { note: t('现在没有在测量', 'nothing is measured now') })
    const places = new Set(points.map(({ place }) => place))
    this.field = [...this.field.filter(({ place }) => !places.has(place)), ...points]
  }

  /** Results so far of the measurement in progress; null: none in progress. */
  soFar(): Measurement | null {
    return this.listening === null ? null : this.found(this.listening, this.nowMs())
  }

  leftMs(): number | null {
    return this.listening === null ? null : Math.max(0, this.listening.untilMs - this.nowMs())
  }

  /** The meter of the measurement in progress, or of the newest complete one. */
  meter(): AttemptsMeter | null {
    const { run, steps } = this.state
    const step = steps.at(-1)
    const own = this.look ?? run?.plan ?? step?.plan ?? null
    const held = this.look !== null ? this.look.found : (run?.after ?? null)
    const found = held ?? this.soFar() ?? run?.before ?? step?.after ?? step?.before ?? null
    return own === null || found === null ? null : attemptsMeter(found, own.zone)
  }

  private applyOf(plan: Change) {
    return {
      wanted: { [plan.setting]: plan.new },
      by: plan.by,
      reason: plan.reason,
      forMs: Math.min(forMsMax, plan.listenMs + decideMs[plan.decide]),
      keepsBy: 'measurement',
      evenUnlawful: false,
      photo: null,
    } as const
  }

  private nowMs(): number {
    return this.parts.mono.nowUs() / 1000
  }

  private heard(signal: TuneSignal): void {
    this.live.take(signal)
    const { listening } = this
    if (listening === null) return
    if (listening.signals.length < signalsMax) listening.signals.push(signal)
    else listening.dropped++
    if (signal.type === 'read') this.maybeDone(listening)
  }

  /** Ends the measurement early when every expected car was read. */
  private maybeDone(listening: Listening): void {
    const { passes } = listening.given
    if (passes === null || listening.ending !== null) return
    const { read } = this.found(listening, this.nowMs()).passes
    if (read >= passes)
      listening.ending = this.parts.mono.after(settleMs, () => this.measured(listening))
  }

  private found(listening: Listening, toMs: number): Measurement {
    const { passes, cars } = listening.given
    return measure(listening.signals, {
      fromMs: listening.fromMs,
      toMs,
      passesReported: passes,
      cars,
      field: this.field,
      beside: listening.beside.reads,
    })
  }

  private measured(listening: Listening): void {
    if (this.listening !== listening) return
    const found = this.found(listening, this.nowMs())
    this.stopListening()
    this.field = []
    listening.done(found)
  }

  private stopListening(): void {
    this.listening?.cancel()
    this.listening?.ending?.()
    this.listening?.beside.stop()
    this.listening = null
  }

  private listen(given: LookFor, done: (found: Measurement) => void): void {
    this.stopListening()
    const fromMs = this.nowMs()
    const forMs = given.listenMs
    const listening: Listening = {
      given,
      done,
      fromMs,
      untilMs: fromMs + forMs,
      signals: [],
      dropped: 0,
      cancel: this.parts.mono.after(forMs, () => this.measured(listening)),
      ending: null,
      beside: new BesideWatch(this.beside),
    }
    this.listening = listening
  }

  private listenFor(listenMs: number): void {
    const { passes = null, cars = [] } = this.state.run?.plan ?? {}
    this.listen({ passes, cars, listenMs }, (measurement) =>
      this.take({ type: 'measured', measurement }),
    )
  }

  private trialChanged(): void {
    const { trial, last } = this.parts.settingsStore.state
    const trialId = this.state.undoing?.trialId ?? this.state.run?.plan.id
    if (trialId === undefined) return
    if (trial?.id === trialId) {
      if (trial.phase === 'running') this.take({ type: 'trialRuns', trialId })
    } else if (last?.id === trialId)
      this.take({ type: 'trialOver', trialId, end: last.end, why: last.why })
  }

  private take(body: Body): void {
    const event = { ...body, nowMs: this.parts.business.nowMs() } as TuneEvent
    const before = this.state
    const step = stepTune(before, event)
    this.state = step.state
    for (const effect of step.effects) {
      try {
        this.carryOut(effect)
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        // A step that cannot be made durable does not begin; after that the record of the trial decides.
        if (body.type === 'begin') {
          this.state = before
          throw error
        }
        this.parts.failed(error)
      }
    }
  }

  private carryOut(effect: TuneEffect): void {
    const { settingsStore } = this.parts
    switch (effect.do) {
      case 'store':
        return this.parts.store.save(this.state)
      case 'measure':
        return this.listenFor(effect.forMs)
      case 'stopMeasuring':
        return this.stopListening()
      case 'write':
        return this.write(() => settingsStore.apply(effect.plan.id, this.applyOf(effect.plan)))
      case 'keep':
        return settingsStore.proven(effect.what)
      case 'takeBack':
        return this.takeBack(effect.by)
      case 'writeBack': {
        const { setting, value, by, trialId } = effect
        const back: Change = {
          setting,
          new: value,
          by,
          reason: 'undo',
          listenMs: 0,
          decide: 'auto',
        }
        return this.write(() => settingsStore.apply(trialId, this.applyOf(back)))
      }
      case 'tell':
        return this.parts.onStep(effect.step)
      case 'timer':
        this.timers.set(effect.name, effect.afterMs, () =>
          this.take({ type: 'timer', name: effect.name }),
        )
    }
  }

  /** No trial runs between two tries of a busy write: then the step itself is stopped. */
  private takeBack(by: string): void {
    const { settingsStore } = this.parts
    if (settingsStore.state.trial !== null) settingsStore.takeBack(by)
    else this.take({ type: 'notWritten', why: by, busy: false })
  }

  private write(apply: () => void): void {
    onFault(apply, (error) => {
      const busy = error.code === 'SET-02'
      if (!busy) this.parts.failed(error)
      this.take({ type: 'notWritten', why: error.code, busy })
    })
  }
}
