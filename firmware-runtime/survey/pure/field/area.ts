// Tests whether a place lies in an area of the lane's plan, edges included.
// The part of a lane that needs the zone is such an area (record.ts).
import type { PointMm } from './grid.ts'
import type { AreaMm } from '../file/record.ts'

export const inArea = (
  { leftMm, rightMm, nearMm, farMm }: AreaMm,
  { xMm, yMm }: PointMm,
): boolean => xMm >= leftMm && xMm <= rightMm && yMm >= nearMm && yMm <= farMm
