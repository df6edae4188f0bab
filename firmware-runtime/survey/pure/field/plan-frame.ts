// How every picture of a survey's field lies: as the driver sees the lane from above. He drives up the page,
// the boom and its antenna are at the top, his left is the left; so x and y of grid.ts run right and down.
import type { PointMm } from './grid.ts'
import type { AreaMm } from '../file/record.ts'

interface FrameBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlanFrame {
  readonly x: (mm: number) => number
  readonly y: (mm: number) => number
  readonly size: (mm: number) => number
  readonly box: (area: AreaMm) => FrameBox
}

interface FrameOptions {
  /** The place in the top left corner of the picture: leftmost, nearest the boom. */
  readonly corner: PointMm
  /** Millimetres of the lane to one unit of the picture. */
  readonly mmPerUnit: number
  /** Where that corner is drawn; without it at 0, 0. */
  readonly at?: { readonly x: number; readonly y: number }
}

export function planFrame({ corner, mmPerUnit, at = { x: 0, y: 0 } }: FrameOptions): PlanFrame {
  const size = (mm: number): number => mm / mmPerUnit
  const x = (mm: number): number => at.x + size(mm - corner.xMm)
  const y = (mm: number): number => at.y + size(mm - corner.yMm)
  return {
    x,
    y,
    size,
    box: ({ leftMm, rightMm, nearMm, farMm }) => ({
      x: x(leftMm),
      y: y(nearMm),
      width: size(rightMm - leftMm),
      height: size(farMm - nearMm),
    }),
  }
}

/** The area of a grid in its own plan. */
export const wholeArea = (grid: {
  readonly widthMm: number
  readonly lengthMm: number
}): AreaMm => ({ leftMm: 0, rightMm: grid.widthMm, nearMm: 0, farMm: grid.lengthMm })
