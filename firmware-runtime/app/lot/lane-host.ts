// One lane at work: its machine's state, its named timers and its devices.
// It carries effects out in order; what the lot shares (ledger, claims, queue) is the runtime's.
import type { BarrierCommand } from '../../core/lane/barrier.ts'
import type { DisplayCommand } from '../../core/lane/display.ts'
import type { ReportedPsam } from '../../core/etc/credentials.ts'
import type { RsuCommand } from '../../core/etc/rsu.ts'
import type { LaneConfig } from '../../core/lot/config.ts'
import { emptyLane, type Car, type LaneState } from '../../core/lane/lane.ts'
import type { LaneLayout } from '../../core/lane/layouts/layout.ts'
import type { ReusedState } from '../../core/lane/reused-lane.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { Timers } from '../machine.ts'
import type { PlaceWatch } from './place-watch.ts'

/** What a lane's devices can be told. Absent devices are null (an entry has no RSU). */
export interface LaneDevices {
  readonly rsu: {
    send(command: RsuCommand): void
    /** A car stands in the lane: a lost link is tried again at once and often. */
    readonly hurry?: ((on: boolean) => void) | undefined
    readonly hasProof: boolean
    /** How long it keeps silent about an OBU that it has told. */
    readonly silenceMs: number
    /** How far the time in a result may be from that of its C6. */
    readonly resultTimeMs: number
    /** What it told of its PSAMs last. */
    psams(): readonly ReportedPsam[]
  } | null
  readonly barrier: {
    send(command: BarrierCommand): void
    readonly hurry?: ((on: boolean) => void) | undefined
  } | null
  /** Nobody waits for it: what a display does with a page changes nothing in the lane. */
  readonly display: { send(command: DisplayCommand): void } | null
  /** Where a pile or handheld is; absent in a lane. */
  readonly place?: PlaceWatch | null
}

export interface LaneHost {
  readonly config: LaneConfig
  readonly layout: LaneLayout
  readonly devices: LaneDevices
  state: LaneState
  /** Where the lane was before the step that is being carried out. */
  before: Pick<LaneState, 'name' | 'car'>
  /** Monotonic µs at which the last card was read: the start of the RSU's patience. */
  cardReadAtUs: number
  /** The car that the last step took off the lane. */
  lastCar: Car | null
  readonly timers: Timers
  /** Text of the code that the display shows in place of `state.shown`. */
  shownCode: string | null
  /** False: the barrier's configuration changed and no person has let it work yet. */
  barrierArmed: boolean
  /** The lane of the other direction, where one road is both (7.1.3), and who has that road. */
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
  // A lane without an antenna waits for none.
  state: { ...emptyLane(), rsuReported: config.rsu === null },
  before: emptyLane(),
  cardReadAtUs: 0,
  lastCar: null,
  timers: new Timers(mono),
  shownCode: null,
  barrierArmed: true,
  partner: null,
  reused: null,
})
