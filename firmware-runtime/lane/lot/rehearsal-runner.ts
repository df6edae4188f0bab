// Runs an outage rehearsal: cuts a connection of the lot for some minutes, restores it, waits until it answers, and
// writes the grade. The lanes are not informed; a start that finds an unfinished rehearsal writes its end.
import { gradeRehearsal } from '../pure/rehearsal/grade.ts'
import {
  beganRow,
  endedRow,
  isOfLane,
  rehearsalCuts,
  rehearsalLimits,
  stepRehearsal,
  type Rehearsal,
  type RehearsalCut,
  type RehearsalEffect,
  type RehearsalEnd,
  type RehearsalEvent,
  type RehearsalState,
} from '#base/pure/lot/rehearsal.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { RehearsalOffer, RehearsalView } from '../calls/rehearsal-views.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { CutSwitch } from '#devices/ports/cut-switch.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { LotRuntime } from './lot-runtime.ts'

interface RehearsalParts {
  readonly runtime: LotRuntime
  readonly ledger: Pick<Ledger, 'rows'>
  readonly mono: MonoClock
  readonly cuts: CutSwitch
}

export class RehearsalRunner {
  private readonly parts: RehearsalParts
  private state: RehearsalState = { name: 'none' }
  private wake: Cancel | null = null
  private unwritten: RowDraft | null = null
  /** When the cut part was restored; null: it is cut. */
  private backAtMs: InstantMs | null = null
  private stopped = false

  constructor(parts: RehearsalParts) {
    this.parts = parts
  }

  /** A rehearsal from before the restart is over: nothing is cut now, and its end is written. */
  start(): void {
    if (this.parts.runtime.lot.rehearsals.running !== null)
      this.take({ type: 'stop', by: 'restart' })
  }

  stop(): void {
    this.stopped = true
    this.wake?.()
    this.parts.cuts.restore()
  }

  /** REHEARSE-01 or REHEARSE-02 when it may not begin. */
  private check(cut: RehearsalCut, laneId: string | null): void {
    const { runtime, cuts } = this.parts
    const bar = this.bar()
    if (bar !== null) throw new LaneFault('REHEARSE-01', { field: '/cut', value: cut, note: bar })
    const field = isOfLane(cut) ? '/laneId' : '/cut'
    const value = isOfLane(cut) ? (laneId ?? '') : cut
    if (isOfLane(cut) !== (laneId !== null) || (laneId !== null && !runtime.lanes.has(laneId)))
      throw new LaneFault('REHEARSE-02', {
        field,
        value,
        note: t(
          '相机和天线要选车道,其他不选',
          'choose a lane for camera and rsu, and none for the others',
        ),
      })
    const why = cuts.whyNot(cut, laneId)
    if (why !== null) throw new LaneFault('REHEARSE-02', { field, value, note: why })
  }

  /** The lane of a device to be cut: the named one, else the first exit with such a device. */
  laneOf(cut: RehearsalCut, named: string | undefined): string | null {
    if (named !== undefined || !isOfLane(cut)) return named ?? null
    for (const [laneId, { config }] of this.parts.runtime.lanes)
      if (config.direction === 'exit' && this.parts.cuts.has(cut, laneId)) return laneId
    return null
  }

  /** `audit` is durable together with the row of the beginning, before anything is cut. */
  begin(cut: RehearsalCut, laneId: string | null, forMs: number, audit: RowDraft): void {
    this.check(cut, laneId)
    const { runtime } = this.parts
    runtime.append([audit, beganRow({ cut, laneId }, runtime.nowMs(), forMs)])
    this.take({ type: 'began', forMs })
  }

  /** REHEARSE-03 when none is running. */
  mustRun(): void {
    if (this.state.name !== 'cut') throw new LaneFault('REHEARSE-03')
  }

  end(): void {
    this.take({ type: 'stop', by: 'person' })
  }

  /** The connection that is cut now; null after a restart during a rehearsal. */
  get cut(): Rehearsal | null {
    return this.state.name === 'cut' ? this.parts.runtime.lot.rehearsals.running : null
  }

  view(): RehearsalView {
    const { running, last } = this.parts.runtime.lot.rehearsals
    const { state } = this
    return {
      running:
        running === null
          ? null
          : {
              cut: running.cut,
              laneId: running.laneId,
              beganAtIso: isoOf(running.beganAtMs),
              endsAtIso: isoOf(running.endsAtMs),
              phase: state.name === 'cut' ? 'cut' : 'settling',
              leftSec: state.name === 'none' ? 0 : this.leftSec(state.untilMs),
              ...this.gradeNow(false, 'time'),
            },
      last:
        last === null
          ? null
          : {
              cut: last.cut,
              laneId: last.laneId,
              beganAtIso: isoOf(last.beganAtMs),
              endedAtIso: isoOf(last.endedAtMs),
              endedBy: last.endedBy,
              grade: last.grade,
              carsOut: last.carsOut,
              waitedMaxSec: last.waitedMaxSec,
              lostFen: last.lostFen,
              doubledFen: last.doubledFen,
              restored: last.restored,
            },
      offers: rehearsalCuts.flatMap((cut) => this.offersOf(cut)),
      bar: this.bar(),
      waitSecMax: rehearsalLimits.waitSecMax,
    }
  }

  private offersOf(cut: RehearsalCut): readonly RehearsalOffer[] {
    const { runtime, cuts } = this.parts
    const lanes = isOfLane(cut) ? [...runtime.lanes.keys()] : [null]
    return lanes.flatMap((laneId) => {
      const whyNot = cuts.whyNot(cut, laneId)
      return isOfLane(cut) && !cuts.has(cut, laneId) ? [] : [{ cut, laneId, whyNot }]
    })
  }

  /** Why none may begin now. */
  private bar(): RehearsalView['bar'] {
    const { lot, lanes } = this.parts.runtime
    if (this.state.name !== 'none') return t('上一次还没有结束', 'the previous one has not ended')
    for (const { state, config } of lanes.values())
      if (state.name !== 'idle')
        return t(
          `${config.name.zh}有车,等它离开`,
          `a car is in lane ${config.name.en}: wait until it leaves`,
        )
    const [unsettled] = lot.unsettled.keys()
    return unsettled === undefined
      ? null
      : t(`扣费 ${unsettled} 的结果未知`, `the result of charge ${unsettled} is not known`)
  }

  private monoMs(): number {
    return this.parts.mono.nowUs() / 1000
  }

  private leftSec(untilMs: number): number {
    return Math.max(0, Math.ceil((untilMs - this.monoMs()) / 1000))
  }

  private take(event: RehearsalEvent): void {
    const { state, effects } = stepRehearsal(this.state, event, this.monoMs())
    this.state = state
    for (const effect of effects) this.carryOut(effect)
  }

  private carryOut(effect: RehearsalEffect): void {
    const { runtime, cuts } = this.parts
    const { running } = runtime.lot.rehearsals
    if (effect.do === 'lookIn') this.lookIn(effect.ms)
    else if (effect.do === 'cut' && running !== null) {
      this.backAtMs = null
      cuts.cut(running.cut, running.laneId, this.parts.mono.nowUs() + effect.forMs * 1000)
    } else if (effect.do === 'restore') {
      cuts.restore()
      this.backAtMs = runtime.nowMs()
      // Delayed records are sent at once: the platform should be back.
      runtime.retryNow()
    } else if (effect.do === 'grade' && running !== null) {
      const result = this.gradeNow(effect.restored, effect.endedBy)
      this.unwritten = endedRow(running, effect.endedBy, result, runtime.nowMs())
      this.write()
    }
    for (const changed of runtime.onChange) changed()
  }

  private lookIn(ms: number): void {
    this.wake?.()
    this.wake = this.parts.mono.after(ms, () => {
      if (this.stopped) return
      const { running } = this.parts.runtime.lot.rehearsals
      const isBack = running !== null && this.parts.cuts.isBack(running.cut, running.laneId)
      this.take({ type: 'look', isBack })
    })
  }

  /** On a full disk it is written later; until then the next start writes an end of its own. */
  private write(): void {
    const { unwritten } = this
    if (unwritten === null || this.stopped) return
    if (this.parts.runtime.appendQuietly([unwritten])) this.unwritten = null
    else this.wake = this.parts.mono.after(rehearsalLimits.lookMs, () => this.write())
  }

  private gradeNow(restored: boolean, endedBy: RehearsalEnd) {
    const { runtime, ledger } = this.parts
    const { seq = 0 } = runtime.lot.rehearsals.running ?? {}
    return gradeRehearsal(ledger.rows(seq), {
      atMs: runtime.nowMs(),
      backAtMs: this.backAtMs ?? runtime.nowMs(),
      endedBy,
      restored,
      hasDestination: runtime.outboxMaker().hasDestination,
      isClaimed: (orderId) => runtime.lot.arrears.has(orderId),
    })
  }
}
