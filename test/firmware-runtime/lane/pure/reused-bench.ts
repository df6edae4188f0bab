// One road used in both directions: an entry and an exit machine that share one lot, driven as lane/lot/files/reused-lanes.ts
// drives them.
import type { LaneEvent, LaneStateName } from '#lane/pure/lane.ts'
import {
  lookAtReused,
  reusedTimer,
  startReused,
  stepReused,
  type ReusedState,
  type ReusedStep,
} from '#lane/pure/reused-lane.ts'
import type { LaneDirection } from '#base/pure/lot/config.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { LaneBench, loop, plateEvent } from './lane-bench.ts'

export const opposite = (way: LaneDirection): LaneDirection => (way === 'exit' ? 'entry' : 'exit')

export class ReusedBench {
  readonly lot = emptyLot()
  readonly rows: LedgerRow[] = []
  readonly lanes: Readonly<Record<LaneDirection, LaneBench>>
  state: ReusedState = startReused(null)
  /** True while the one timer of the road is running. */
  runs = false

  constructor(left: LaneDirection | null = null) {
    const { lot, rows } = this
    const of = (direction: LaneDirection): LaneBench =>
      new LaneBench({ direction, lot, rows, chargeMode: 'online', offline: 'settle-later' })
    this.lanes = { entry: of('entry'), exit: of('exit') }
    this.state = startReused(left)
    this.trigger('entry', 'off').trigger('exit', 'off').under('off')
  }

  set nowMs(atMs: number) {
    for (const lane of Object.values(this.lanes)) lane.nowMs = atMs
  }

  get nowMs(): number {
    return this.lanes.exit.nowMs
  }

  nameOf(way: LaneDirection): LaneStateName {
    return this.lanes[way].state.name
  }

  private view(way: LaneDirection) {
    const { name, car } = this.lanes[way].state
    return { name, plate: car?.plate ?? null }
  }

  private done({ state, directed, timers }: ReusedStep): boolean {
    this.state = state
    for (const { afterMs } of timers) this.runs = afterMs !== null
    for (const { way, event } of directed) this.lanes[way].give(event)
    return directed.length > 0
  }

  give(way: LaneDirection, event: LaneEvent): this {
    this.done(stepReused(this.state, { way, event }, this.nowMs))
    const view = () => ({ entry: this.view('entry'), exit: this.view('exit'), nowMs: this.nowMs })
    while (this.done(lookAtReused(this.state, view()))) continue
    return this
  }

  trigger(way: LaneDirection, state: 'on' | 'off'): this {
    return way === 'exit'
      ? this.give('entry', { type: 'innerLoop', state })
      : this.give('entry', loop('arrive', state))
  }

  under(state: 'on' | 'off'): this {
    return this.give('entry', loop('under', state))
  }

  reads(way: LaneDirection, plate: string | null): this {
    return this.give(way, plateEvent(plate))
  }

  /** The car that has the pass leaves the loop under the boom. */
  passed(): this {
    const { entry, exit } = this.lanes
    const passId = exit.state.car?.pass?.passId ?? entry.state.car?.pass?.passId
    return passId === undefined ? this : this.give('entry', { type: 'passed', passId })
  }

  timeIsOver(): this {
    if (!this.runs) return this
    this.runs = false
    return this.give('entry', { type: 'timer', name: reusedTimer })
  }

  /** Drives one car from its own trigger over the far one and away; `long`: it covers two loops at once. */
  drive(way: LaneDirection, plate: string | null, long: boolean): this {
    const far = opposite(way)
    this.trigger(way, 'on').reads(way, plate)
    if (this.nameOf(way) !== 'opening')
      this.lanes[way].give({
        type: 'settle',
        means: 'cash',
        amountFen: null,
        act: { by: 'anna', role: 'attendant', reason: 'asked', commandId: `c${this.rows.length}` },
      })
    this.under('on').trigger(way, 'off')
    if (long) this.trigger(far, 'on').under('off').passed()
    else this.under('off').passed().trigger(far, 'on')
    // The far camera reads the plate from behind.
    return this.reads(far, plate).trigger(far, 'off')
  }
}
