// Hosts one lane: state of its state machine, named timers and devices. It carries out effects in order; what the lot
// shares (ledger, claims, queue) belongs to the runtime.
import type { BarrierCommand } from '#devices/pure/lane/barrier.ts'
import type { DisplayCommand } from '#devices/pure/lane/display.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { emptyLane, type Car, type LaneState } from '../pure/lane.ts'
import type { LaneLayout } from '../pure/layouts/layout.ts'
import type { ReusedState } from '../pure/reused-lane.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { Timers } from '#base/process/machine.ts'
import type { PlaceWatch } from './place-watch.ts'

/** Commands to a lane's devices. Absent devices are null (an entry has no RSU). */
export interface LaneDevices {
  readonly rsu: {
    send(command: RsuCommand): void
    /** A car is in the lane: a lost link is retried at once and often. */
    readonly hurry?: ((on: boolean) => void) | undefined
    readonly hasProof: boolean
    /** Time for which it does not report the same OBU again. */
    readonly silenceMs: number
    /** Allowed difference between the time in a result and that of its C6. */
    readonly resultTimeMs: number
    /** Its last report about its PSAMs. */
    psams(): readonly ReportedPsam[]
  } | null
  readonly barrier: {
    send(command: BarrierCommand): void
    readonly hurry?: ((on: boolean) => void) | undefined
  } | null
  /** The lane never waits for it: a display has no effect on the lane. */
  readonly display: { send(command: DisplayCommand): void } | null
  /** Position of a pile or handheld; absent in a lane. */
  readonly place?: PlaceWatch | null
}

export interface LaneHost {
  readonly config: LaneConfig
  readonly layout: LaneLayout
  readonly devices: LaneDevices
  state: LaneState
  /** State of the lane before the current step. */
  before: Pick<LaneState, 'name' | 'car'>
  /** Monotonic µs of the last card reading: the RSU's time limit starts there. */
  cardReadAtUs: number
  /** The car that the last step removed from the lane. */
  lastCar: Car | null
  readonly timers: Timers
  /** Text of the code that the display shows in place of `state.shown`. */
  shownCode: string | null
  /** False: the barrier's configuration changed and no person has armed it yet. */
  barrierArmed: boolean
  /** A test left its boom up, which is a matter of its own: the lane calls no person for it. */
  isRaisedByTest: boolean
  /** The lane of the other direction on the same road (7.1.3), and which of them has it. */
  partner: LaneHost | null
  reused: ReusedState | null
}

export const newLaneHost = (
  config: LaneConfig,
  layout: LaneLayout,
  devices: LaneDevices,
  mono: MonoClock,
): LaneHost => ({
  config,
  layout,
  devices,
  // A lane without an antenna does not wait for one.
  state: { ...emptyLane(), rsuReported: config.rsu === null },
  before: emptyLane(),
  cardReadAtUs: 0,
  lastCar: null,
  timers: new Timers(mono),
  shownCode: null,
  barrierArmed: true,
  isRaisedByTest: false,
  partner: null,
  reused: null,
})
