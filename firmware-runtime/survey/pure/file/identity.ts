// Whether two names, or two places, are the same thing: an OBU in another case is no second OBU, and a place a hand's breadth
// away is no second place.
import type { PointMm } from '../field/grid.ts'

/** A name without case, width, blanks and marks. */
export const identityOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Places of which each is so far from every other. */
export function placesApart<P extends PointMm>(
  points: readonly P[],
  apartMm: number,
): readonly P[] {
  const kept: P[] = []
  for (const one of points)
    if (kept.every(({ xMm, yMm }) => Math.hypot(xMm - one.xMm, yMm - one.yMm) >= apartMm))
      kept.push(one)
  return kept
}
