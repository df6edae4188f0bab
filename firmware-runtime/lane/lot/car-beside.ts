// Whether a car approaches, stands in or has just left the neighbouring lane: without an island between two lanes
// (7.1.4) the antenna of one receives cars of the other, so plates must match exactly meanwhile.
import { besideOf } from '../pure/layouts/index.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LaneHost } from './lane-host.ts'

type Lane = Pick<LaneHost, 'config' | 'layout' | 'state'>

function isBusy({ state }: Lane, nowMs: InstantMs): boolean {
  const { name, early, arrive, under, leftPlate } = state
  const isThere = name !== 'idle' || early !== null || arrive === 'on' || under === 'on'
  return isThere || (leftPlate !== null && nowMs < leftPlate.untilMs)
}

export function hasCarBeside(lane: Lane, lanes: Iterable<Lane>, nowMs: InstantMs): boolean {
  const way = besideOf(lane.layout)
  if (way === null) return false
  const { layout } = lane.config
  for (const other of lanes) {
    const { config } = other
    if (config.direction === way && config.layout === layout && isBusy(other, nowMs)) return true
  }
  return false
}
