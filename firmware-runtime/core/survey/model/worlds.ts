// Worlds that the readings leave possible: parameters and shadows drawn from what a fit is sure of.
// A fixed start makes the same draws everywhere; a proposal is judged in each of them.
import type { PointMm } from '../grid.ts'
import type { Mount } from './antenna.ts'
import { shared, type ModelFit } from './fit.ts'
import { dot, forward, rootOf, type Root } from './linear.ts'
import { bounded, modelLevel, parameterRows, type ParameterValues } from './parameters.ts'

export interface PossibleWorld {
  /** Levels at the points, for an antenna on this mount at this step. */
  levels(mount: Mount, powerStep: number): Float64Array
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

const times = ({ size, lower }: Root, draw: () => number): Float64Array => {
  const by = Float64Array.from({ length: size }, draw)
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0
    for (let k = 0; k <= i; k++) sum += (lower[i * size + k] ?? 0) * (by[k] ?? 0)
    return sum
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

/** dB^2, so that places which the readings pin down do not stop the root. */
const jitter = 1e-6

function openRoot(fit: ModelFit, points: readonly PointMm[], shares: readonly Float64Array[]) {
  const n = points.length
  const matrix = new Float64Array(n * n)
  points.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const known = dot(shares[i] ?? [], shares[j] ?? [])
      matrix[i * n + j] = shared(fit.misfit, a, points[j] ?? a) - known + (i === j ? jitter : 0)
    }
  })
  return rootOf(matrix, n)
}

export function possibleWorlds(
  fit: ModelFit,
  points: readonly PointMm[],
  zMm: number,
  count: number,
): readonly PossibleWorld[] {
  const { shares, means } = shadowsOf(fit, points)
  const open = openRoot(fit, points, shares)
  const parameters = rootOf(fit.covariance, parameterRows.length)
  const draw = normals(1)
  return Array.from({ length: count }, () => {
    const moved = times(parameters, draw)
    const values: ParameterValues = bounded(fit.values.map((value, p) => value + (moved[p] ?? 0)))
    const shadow = times(open, draw)
    // Other parameters leave other residuals, and so other shadows at the readings.
    const slopes = Float64Array.from({ length: fit.readings.length }, (_, i) =>
      fit.whitenedSlopes.reduce((sum, column, p) => sum + (column[i] ?? 0) * (moved[p] ?? 0), 0),
    )
    const there = means.map((mean, i) => mean + (shadow[i] ?? 0) - dot(shares[i] ?? [], slopes))
    return {
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
