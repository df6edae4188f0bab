// Worlds that the readings leave possible: parameters and shadows drawn from what a fit is sure of.
// A fixed start makes the same draws everywhere; a proposal is judged in each of them.
import type { PointMm } from '../grid.ts'
import type { Mount } from './antenna.ts'
import { shared, type ModelFit } from './fit.ts'
import { dot, forward, rootOf, type Root } from './linear.ts'
import { bounded, modelLevel, parameterRows, type ParameterValues } from './parameters.ts'

export interface ConditionalDraw {
  /** Levels at the points, for an antenna on this mount at this step. */
  levels(mount: Mount, powerStep: number): Float64Array
  /** By so much every level rises with a power step. */
  readonly dbPerStep: number
}

/** Mulberry32, then Box and Muller: normal numbers from one fixed start. */
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

/** The triangle's row i with what was drawn. */
function rowTimes({ size, lower }: Root, i: number, by: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k <= i; k++) sum += (lower[i * size + k] ?? 0) * (by[k] ?? 0)
  return sum
}

const times = (root: Root, by: Float64Array): Float64Array =>
  by.map((_, i) => rowTimes(root, i, by))

const drawn = (size: number, draw: () => number): Float64Array =>
  Float64Array.from({ length: size }, draw)

/** On its diagonal, so that places which lie together do not stop the root. */
const jitter = 1e-6

/** Shadows of one dB before anything is read, at fixed places: drawn once, whatever is read later. */
interface UnitShadows {
  readonly alikeMm: number
  readonly root: Root
  /** What was drawn for each world, and the shadows that it makes. */
  readonly by: readonly Float64Array[]
  readonly shadows: readonly Float64Array[]
}

const alike = (alikeMm: number, a: PointMm, b: PointMm): number =>
  Math.exp(-Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm) / alikeMm)

/** By the places themselves: the same ones are asked again after each reading. */
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

/** The same shadows at the places of the readings: the triangle goes on with a row for each. */
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
    // A reading at one of the places leaves nothing over: rounding must not make it less than that.
    left[i * n + i] = Math.max(jitter, left[i * n + i] ?? 0)
  })
  const own = rootOf(left, n)
  return by.map((one) => {
    const more = times(own, drawn(n, draw))
    return more.map((value, i) => value + dot(rows[i] ?? [], one))
  })
}

/** What the readings say of the shadow at each point, and what they leave open. */
export function shadowsOf(fit: ModelFit, points: readonly PointMm[]) {
  const shares = points.map((point) =>
    forward(
      fit.root,
      fit.readings.map((reading) => shared(fit.misfit, point, reading)),
    ),
  )
  return { shares, means: Float64Array.from(shares, (row) => dot(row, fit.whitened)) }
}

/** A reading's own standard deviation, out of the root in which it stands beside its shadow. */
const ownSd = ({ root, misfit }: ModelFit): Float64Array =>
  Float64Array.from({ length: root.size }, (_, i) => {
    const row = root.lower.subarray(i * root.size, i * root.size + i + 1)
    return Math.sqrt(Math.max(0, dot(row, row) - misfit.shadowDb ** 2))
  })

/**
 * Shadows are drawn as if nothing had been read, and what the readings say of them is put right (Matheron);
 * the root of many places is so made once, and not after each reading.
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
    // Other parameters leave other residuals, and so other shadows at the readings.
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
