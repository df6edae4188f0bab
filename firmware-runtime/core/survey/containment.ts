// One figure for how well the field keeps to its lane: strong inside, weak around, weaker next door.
// 0 to 100, the harmonic mean of the parts, so that no good part hides a bad one. Our own figure: no
// standard states one, and reports say so.
export interface ContainmentLevels {
  readonly inside: readonly number[]
  readonly around: readonly number[]
  /** At the neighbour lane's place of reading; empty where there is no neighbour. */
  readonly neighbour: readonly number[]
}

/** From this far on the wrong side a point counts nothing, from this far on the right side fully. */
export const marginDb = 6

const credit = (db: number): number => Math.min(1, Math.max(0, 0.5 + db / (2 * marginDb)))

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** null where inside or around was not measured: half a picture gets no figure. */
export function containmentOf(levels: ContainmentLevels, limitDbm: number): number | null {
  if (levels.inside.length === 0 || levels.around.length === 0) return null
  const weak = (of: readonly number[]): number => mean(of.map((l) => credit(limitDbm - l)))
  const parts = [mean(levels.inside.map((l) => credit(l - limitDbm))), weak(levels.around)]
  if (levels.neighbour.length > 0) parts.push(weak(levels.neighbour))
  if (parts.some((part) => part === 0)) return 0
  return Math.round((100 * parts.length) / parts.reduce((sum, part) => sum + 1 / part, 0))
}
