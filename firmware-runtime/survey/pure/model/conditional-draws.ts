// Possible worlds given the readings: parameters and shadowing drawn from the uncertainty of a fit.
// A fixed seed gives the same draws everywhere; a proposal is judged in each of them.
import type { PointMm } from '../field/grid.ts'
import type { Mount } from './antenna.ts'
import { shared, type ModelFit } from './fit.ts'
import { dot, forward, rootOf, type Root } from './linear.ts'
import { bounded, modelLevel, parameterRows, type ParameterValues } from './parameters.ts'

export interface ConditionalDraw {
  /** Levels in dBm at the points, for an antenna on this mount at this power step. */
  levels(mount: Mount, powerStep: number): Float64Array
  /** Change of every level per power step, dB. */
  readonly dbPerStep: number
}

/** Normally distributed numbers from a fixed seed: Mulberry32 with Box-Muller. */
function normals(start: number): () => number {
  let state = start >>> 0
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4_294_967_296
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Product of row i of the triangular root with the draws. */
function rowTimes({ size, lower }: Root, i: number, by: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k <= i; k++) sum += (lower[i * size + k] ?? 0) * (by[k] ?? 0)
  return sum
}

const times = (root: Root, by: Float64Array): Float64Array =>
  by.map((_, i) => rowTimes(root, i, by))

const drawn = (size: number, draw: () => number): Float64Array =>
  Float64Array.from({ length: size }, draw)

/** Added to the diagonal, so that coinciding places do not break the Cholesky root. */
const jitter = 1e-6

/** Unconditional shadowing of 1 dB at fixed places: drawn once and reused after every reading. */
interface UnitShadows {
  readonly alikeMm: number
  readonly root: Root
  /** The draws of each world, and the resulting shadowing. */
  readonly by: readonly Float64Array[]
  readonly shadows: readonly Float64Array[]
}

const alike = (alikeMm: number, a: PointMm, b: PointMm): number =>
  Math.exp(-Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm) / alikeMm)

/** Cache by the array of places, which is the same after each reading. */
const known = new WeakMap<readonly PointMm[], UnitShadows>()

function unitShadows(points: readonly PointMm[], alikeMm: number, count: number): UnitShadows {
  const there = known.get(points)
  if (there?.alikeMm === alikeMm && there.by.length === count) return there
  const n = points.length
  const matrix = new Float64Array(n * n)
  points.forEach((a, i) => {
    for (let j = 0; j < i; j++) matrix[i * n + j] = alike(alikeMm, a, points[j] ?? a)
    matrix[i * n + i] = 1 + jitter
  })
  const root = rootOf(matrix, n)
  const draw = normals(2)
  const by = Array.from({ length: count }, () => drawn(n, draw))
  const made = { alikeMm, root, by, shadows: by.map((one) => times(root, one)) }
  known.set(points, made)
  return made
}

/** The same shadowing at the places of the readings: extends the triangular root by a row for each. */
function shadowsAtReadings(
  { root, by }: UnitShadows,
  points: readonly PointMm[],
  { readings, misfit }: ModelFit,
  draw: () => number,
): readonly Float64Array[] {
  const rows = readings.map((reading) =>
    forward(
      root,
      points.map((point) => alike(misfit.alikeMm, point, reading)),
    ),
  )
  const n = readings.length
  const left = new Float64Array(n * n)
  readings.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const both = alike(misfit.alikeMm, a, readings[j] ?? a) + (i === j ? 2 * jitter : 0)
      left[i * n + j] = both - dot(rows[i] ?? [], rows[j] ?? [])
    }
    // A reading at one of the places leaves no variance: rounding must not make it negative.
    left[i * n + i] = Math.max(jitter, left[i * n + i] ?? 0)
  })
  const own = rootOf(left, n)
  return by.map((one) => {
    const more = times(own, drawn(n, draw))
    return more.map((value, i) => value + dot(rows[i] ?? [], one))
  })
}

/** Conditional mean of the shadowing at each point, and its remaining uncertainty. */
export function shadowsOf(fit: ModelFit, points: readonly PointMm[]) {
  const shares = points.map((point) =>
    forward(
      fit.root,
      fit.readings.map((reading) => shared(fit.misfit, point, reading)),
    ),
  )
  return { shares, means: Float64Array.from(shares, (row) => dot(row, fit.whitened)) }
}

/** Standard deviation of each reading itself, from the root that combines it with its shadowing. */
const ownSd = ({ root, misfit }: ModelFit): Float64Array =>
  Float64Array.from({ length: root.size }, (_, i) => {
    const row = root.lower.subarray(i * root.size, i * root.size + i + 1)
    return Math.sqrt(Math.max(0, dot(row, row) - misfit.shadowDb ** 2))
  })

/**
 * Draws unconditional shadowing and corrects it by the readings (Matheron), so that the root of many places is computed
 * once and not after each reading.
 */
export function conditionalDraws(
  fit: ModelFit,
  points: readonly PointMm[],
  zMm: number,
  count: number,
): readonly ConditionalDraw[] {
  const { shares, means } = shadowsOf(fit, points)
  const unit = unitShadows(points, fit.misfit.alikeMm, count)
  const draw = normals(1)
  const atReadings = shadowsAtReadings(unit, points, fit, draw)
  const parameters = rootOf(fit.covariance, parameterRows.length)
  const [sd, noise] = [fit.misfit.shadowDb, ownSd(fit)]
  return unit.shadows.map((shadow, w) => {
    const moved = times(parameters, drawn(parameterRows.length, draw))
    const values: ParameterValues = bounded(fit.values.map((value, p) => value + (moved[p] ?? 0)))
    const read = (atReadings[w] ?? noise).map((value, i) => sd * value + (noise[i] ?? 0) * draw())
    // Other parameters give other residuals, and so other shadowing at the readings.
    const off = forward(fit.root, read).map((value, i) =>
      fit.whitenedSlopes.reduce(
        (sum, column, p) => sum + (column[i] ?? 0) * (moved[p] ?? 0),
        value,
      ),
    )
    const there = means.map((mean, i) => mean + sd * (shadow[i] ?? 0) - dot(shares[i] ?? [], off))
    return {
      dbPerStep: values[1] ?? 0,
      levels(mount, powerStep) {
        const level = modelLevel(fit.base, values, mount, powerStep)
        return there.map((add, i) => {
          const { xMm, yMm } = points[i] ?? { xMm: 0, yMm: 0 }
          return add + level(xMm, yMm, zMm)
        })
      },
    }
  })
}
