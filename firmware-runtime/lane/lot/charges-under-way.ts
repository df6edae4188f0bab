// Charges whose answer is due by the program's own limits of time: a request that was sent and neither answered nor given up,
// and a car whose lane is charging. A platform that is silent ends both within seconds, as an unknown charge.
import type { LaneStateName } from '../pure/lane.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import type { LaneHost } from './lane-host.ts'

/** States that a lane leaves by its own timers. */
const charging: readonly LaneStateName[] = ['charging', 'debiting']

export interface ChargeUnderWay {
  /** One try of one charge: a further try is another. */
  readonly id: string
  readonly stayId: string | null
}

export const chargesUnderWay = (
  queue: QueueState,
  lanes: ReadonlyMap<string, Pick<LaneHost, 'state'>>,
): readonly ChargeUnderWay[] => [
  ...[...queue.records.awake.values()].flatMap(
    ({ deductionId, stayId, inFlight, tryNo }): ChargeUnderWay[] =>
      deductionId === null || inFlight === null
        ? []
        : [{ id: `${deductionId} ${inFlight} ${tryNo}`, stayId }],
  ),
  ...[...lanes].flatMap(([laneId, { state }]): ChargeUnderWay[] =>
    state.car === null || !charging.includes(state.name)
      ? []
      : [{ id: `${laneId} ${state.car.sinceMs} ${state.name}`, stayId: state.car.stayId }],
  ),
]
