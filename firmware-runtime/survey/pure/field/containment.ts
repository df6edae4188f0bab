// One figure for how well the field keeps to its lane: strong inside, weak around, weaker next door.
// 0 to 100, the harmonic mean of the parts, so that no good part hides a bad one. Our own figure: no
// standard states one, and reports say so.
type Levels = Iterable<number> & { readonly length: number }

interface ContainmentLevels {
  readonly inside: Levels
  readonly around: Levels
  /** At the neighbour lane's place of reading; empty where there is no neighbour. */
  readonly neighbour: Levels
}

/** From this far on the wrong side a point counts nothing, from this far on the right side fully. */
export const marginDb = 6

const credit = (db: number): number => Math.min(1, Math.max(0, 0.5 + db / (2 * marginDb)))

/** The mean credit of these levels for being above the limit (side 1) or below it (side -1). */
function meanCredit(levels: Levels, limitDbm: number, side: 1 | -1): number {
  let sum = 0
  for (const level of levels) sum += credit(side * (level - limitDbm))
  return sum / levels.length
}

/** Not rounded, for a search; null where inside or around was not measured: half a picture. */
export function exactContainment(levels: ContainmentLevels, limitDbm: number): number | null {
  const { inside, around, neighbour } = levels
  if (inside.length === 0 || around.length === 0) return null
  const parts = [meanCredit(inside, limitDbm, 1), meanCredit(around, limitDbm, -1)]
  if (neighbour.length > 0) parts.push(meanCredit(neighbour, limitDbm, -1))
  if (parts.some((part) => part === 0)) return 0
  return (100 * parts.length) / parts.reduce((sum, part) => sum + 1 / part, 0)
}

/** null where inside or around was not measured: half a picture gets no figure. */
export function containmentOf(levels: ContainmentLevels, limitDbm: number): number | null {
  const exact = exactContainment(levels, limitDbm)
  return exact === null ? null : Math.round(exact)
}
