// The antennas that a device page can show: those of the lanes, or the one on the workbench.
// The workbench has no lane; its device is named by its link.
import { computed, type ComputedRef } from 'vue'
import type { DeviceView, LaneView } from '#lane/calls/views.ts'
import { useBoard } from '../../api/board-store.ts'
import { useWords } from '../words.ts'

interface DeviceTarget {
  /** Passed as `laneId` in calls about it. */
  readonly laneId: string
  readonly name: string
  readonly rsu: DeviceView
  /** Null on the workbench. */
  readonly lane: LaneView | null
}

export function useDeviceTargets(): ComputedRef<readonly DeviceTarget[]> {
  const board = useBoard()
  const words = useWords()
  return computed(() => {
    const { bench, lanes } = board
    const own = bench === null ? [] : [{ ...bench, name: bench.rsu.link, lane: null }]
    const ofLanes = lanes
      .filter(({ devices }) => devices.rsu.state !== 'off')
      .map((lane) => ({
        laneId: lane.laneId,
        name: words.of(lane.name),
        rsu: lane.devices.rsu,
        lane,
      }))
    return [...own, ...ofLanes]
  })
}
