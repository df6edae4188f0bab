// The lane next door in this lane's plan: as wide and long as this one, beyond an island.
// Where it really is, a person says; its places of reading are spread over it as first readings are.
import type { GridTemplate, PointMm } from '../field/grid.ts'
import type { AreaMm } from '../file/record.ts'
import { firstPlaces } from './measure-next.ts'

export interface NeighbourLane {
  /** As the driver sees it. */
  readonly side: 'left' | 'right'
  /** From edge to edge. */
  readonly islandMm: number
}

const startOf = ({ widthMm }: GridTemplate, { side, islandMm }: NeighbourLane): number =>
  side === 'left' ? -islandMm - widthMm : widthMm + islandMm

export function neighbourArea(grid: GridTemplate, lane: NeighbourLane): AreaMm {
  const leftMm = startOf(grid, lane)
  return { leftMm, rightMm: leftMm + grid.widthMm, nearMm: 0, farMm: grid.lengthMm }
}

export function neighbourPlaces(grid: GridTemplate, lane: NeighbourLane): readonly PointMm[] {
  const leftMm = startOf(grid, lane)
  return firstPlaces(grid, 3, 4).map(({ xMm, yMm }) => ({ xMm: xMm + leftMm, yMm }))
}
