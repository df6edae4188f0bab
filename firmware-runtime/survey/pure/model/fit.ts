// Fits the model to readings: Gauss-Newton with prior beliefs, deterministic.
// Neighbouring readings share their shadowing, so their errors are correlated; a reading that does not fit its neighbours
// gets less weight and is named.
import { must } from '#base/pure/values/must.ts'
import { medianOf } from '#base/pure/figures/burst.ts'
import type { PointMm } from '../field/grid.ts'
import { rippleOf, usualAir, usualBeam, type Air, type Beam, type Mount } from './antenna.ts'
import {
  backward,
  dot,
  forward,
  inverseDiagonal,
  inverseOf,
  rootOf,
  solve,
  type Root,
} from './linear.ts'
import {
  antennaOf,
  bounded,
  modelLevel,
  parameterRows,
  slopesAt,
  startValues,
  type ModelBase,
  type ParameterRow,
  type ParameterValues,
} from './parameters.ts'

export interface ModelReading extends PointMm {
  readonly zMm: number
  /** Corrected. */
  readonly levelDbm: number
  /** As on record when it was read. */
  readonly mount: Mount
  readonly powerStep: number
}

/** Prior deviation of the field from the model; assumed. */
export interface Misfit {
  /** Cars, walls and the true shape of the beam: alike over this distance. */
  readonly shadowDb: number
  readonly alikeMm: number
  /** Independent noise of each reading: instrument and handling. */
  readonly noiseDb: number
}

const usualMisfit: Misfit = { shadowDb: 1.8, alikeMm: 1_000, noiseDb: 0.7 }

interface FitOptions {
  readonly beam?: Beam
  readonly air?: Air
  readonly misfit?: Misfit
}

/** Fewer say less than is to be found. */
export const readingsMin = 6

export interface FittedValue {
  readonly value: number
  readonly se: number
  /** False: the readings hardly determine it, and the value is the prior. */
  readonly learnt: boolean
}

export interface ModelFit {
  readonly base: ModelBase
  readonly values: ParameterValues
  readonly parameters: Readonly<Record<ParameterRow['id'], FittedValue>>
  /** Covariance of the values, row by row. */
  readonly covariance: Float64Array
  readonly readings: readonly ModelReading[]
  /** Residual of each reading, dB. */
  readonly residualsDb: readonly number[]
  readonly residualRmsDb: number
  /** Readings that count less: their places in `readings`. */
  readonly outliers: readonly number[]
  /** The misfit as it turned out. */
  readonly misfit: Misfit
  /** For field.ts: root of the readings' covariance, residuals and slopes behind it. */
  readonly root: Root
  readonly whitened: Float64Array
  readonly whitenedSlopes: readonly Float64Array[]
}

/** The level at each reading; readings of one mount and step share their work. */
function modelAt(base: ModelBase, values: ParameterValues, readings: readonly ModelReading[]) {
  const known = new Map<string, ReturnType<typeof modelLevel>>()
  return readings.map((r) => {
    const key = mountKey(r)
    const level = known.get(key) ?? modelLevel(base, values, r.mount, r.powerStep)
    known.set(key, level)
    return level(r.xMm, r.yMm, r.zMm)
  })
}

const mountKey = ({ mount: m, powerStep }: ModelReading): string =>
  [m.xMm, m.yMm, m.heightMm, m.downDeg, m.azimuthDeg, powerStep].join()

function slopesOf(base: ModelBase, values: ParameterValues, readings: readonly ModelReading[]) {
  const known = new Map<string, ReturnType<typeof slopesAt>>()
  const rows = readings.map((r) => {
    const key = mountKey(r)
    const slopes = known.get(key) ?? slopesAt(base, values, r.mount, r.powerStep)
    known.set(key, slopes)
    return slopes(r.xMm, r.yMm, r.zMm)
  })
  return parameterRows.map((_, p) => Float64Array.from(rows, (row) => row[p] ?? 0))
}

export const shared = (misfit: Misfit, a: PointMm, b: PointMm): number =>
  misfit.shadowDb ** 2 * Math.exp(-Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm) / misfit.alikeMm)

/** `own`: each reading's own variance. */
function covarianceOf(readings: readonly ModelReading[], misfit: Misfit, own: Float64Array): Root {
  const n = readings.length
  const matrix = new Float64Array(n * n)
  readings.forEach((a, i) => {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = shared(misfit, a, readings[j] ?? a)
    matrix[i * n + i] = (matrix[i * n + i] ?? 0) + (own[i] ?? 0)
  })
  return rootOf(matrix, n)
}

/** The cost of `values`, to be minimised. */
function costAt(
  base: ModelBase,
  values: ParameterValues,
  readings: readonly ModelReading[],
  root: Root,
) {
  const model = modelAt(base, values, readings)
  const residuals = readings.map((r, i) => r.levelDbm - (model[i] ?? 0))
  const whitened = forward(root, residuals)
  const before = parameterRows.reduce(
    (sum, { mean, sd }, p) => sum + (((values[p] ?? 0) - mean) / sd) ** 2,
    0,
  )
  return { residuals, whitened, misfit: dot(whitened, whitened), before }
}

function normalOf(slopes: readonly Float64Array[]): Root {
  const size = parameterRows.length
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      matrix[i * size + j] =
        dot(slopes[i] ?? [], slopes[j] ?? []) + (i === j ? (parameterRows[i]?.sd ?? 1) ** -2 : 0)
  return rootOf(matrix, size)
}

/** One round of Gauss and Newton to the end: steps are halved while they make it worse. */
function settle(
  base: ModelBase,
  from: ParameterValues,
  readings: readonly ModelReading[],
  root: Root,
) {
  let values = from
  let now = costAt(base, values, readings, root)
  for (let step = 0; step < 20; step++) {
    const slopes = slopesOf(base, values, readings).map((column) => forward(root, column))
    const pull = parameterRows.map(
      ({ mean, sd }, p) =>
        dot(slopes[p] ?? [], now.whitened) - ((values[p] ?? 0) - mean) / (sd * sd),
    )
    const by = solve(normalOf(slopes), pull)
    let moved = 0
    for (let part = 1; part > 1 / 256; part /= 2) {
      const next = bounded(values.map((value, p) => value + part * (by[p] ?? 0)))
      const then = costAt(base, next, readings, root)
      const gain = now.misfit + now.before - then.misfit - then.before
      if (gain < 0) continue
      values = next
      now = then
      moved = gain
      break
    }
    if (moved < 1e-6) break
  }
  return { values, now }
}

/** A reading this many standard deviations from what the others say of its place counts less. */
const outlierSd = 3

interface Own {
  /** Variance of a good reading. */
  readonly plain: Float64Array
  /** Variance used in the fit. */
  readonly counted: Float64Array
}

/** Compares each reading with the prediction of all others: an implausible deviation increases its variance. */
function judged(root: Root, whitened: Float64Array, { plain, counted }: Own): Float64Array {
  const weighted = backward(root, whitened)
  const inverse = inverseDiagonal(root)
  return plain.map((own, i) => {
    const without = 1 / (inverse[i] ?? 1)
    const off = (weighted[i] ?? 0) * without
    const believed = without - (counted[i] ?? 0) + own
    return own + Math.max(0, off * off - outlierSd ** 2 * believed)
  })
}

/** Weight of the prior of the misfit, in readings. */
const beliefReadings = 12
const rounds = 8
/** A world twice as rough is still described; one that is much smoother than ever seen is luck. */
const [scaleMin, scaleMax] = [0.5, 3]

/** Own variance of a reading: instrument, handling, and the interference stripes of the two rays. */
function plainOf(
  base: ModelBase,
  values: ParameterValues,
  readings: readonly ModelReading[],
  noiseDb: number,
) {
  return Float64Array.from(readings, (r) => {
    const ripple = rippleOf(antennaOf(base, values, r.mount, r.powerStep), base.air)
    return noiseDb ** 2 + ripple(r.xMm, r.yMm, r.zMm) ** 2
  })
}

interface Settled extends Pick<ModelFit, 'base' | 'values' | 'misfit' | 'root' | 'whitened'> {
  readonly residuals: readonly number[]
  readonly extra: Float64Array
}

const learntPart = 0.8

function summed(readings: readonly ModelReading[], found: Settled): ModelFit {
  const { base, values, misfit, root, residuals, whitened, extra } = found
  const slopes = slopesOf(base, values, readings)
  const whitenedSlopes = slopes.map((column) => forward(root, column))
  const covariance = inverseOf(normalOf(whitenedSlopes))
  const size = parameterRows.length
  const parameters = parameterRows.map(({ id, sd }, p) => {
    const se = Math.sqrt(covariance[p * size + p] ?? 0)
    return [id, { value: values[p] ?? 0, se, learnt: se < learntPart * sd }] as const
  })
  const by = Object.fromEntries(parameters) as ModelFit['parameters']
  return {
    base,
    values,
    covariance,
    readings,
    misfit,
    root,
    whitened,
    whitenedSlopes,
    parameters: by,
    residualsDb: residuals,
    residualRmsDb: Math.sqrt(dot(residuals, residuals) / residuals.length),
    outliers: readings.flatMap((_, i) => ((extra[i] ?? 0) > 0 ? [i] : [])),
  }
}

/** The best fit given the prior. Needs at least six readings. */
export function fitModel(readings: readonly ModelReading[], options: FitOptions = {}): ModelFit {
  must(readings.length >= readingsMin, 'a fit has readings')
  const { beam = usualBeam, air = usualAir, misfit: usual = usualMisfit } = options
  const atStep = medianOf(readings.map(({ powerStep }) => powerStep))
  const base: ModelBase = { beam, air, atStep }
  let values = startValues
  let scale = 1
  let extra: Float64Array = new Float64Array(readings.length)
  for (let round = 1; ; round++) {
    const shadowDb = usual.shadowDb * scale
    const misfit = { ...usual, shadowDb, noiseDb: usual.noiseDb * scale }
    const plain = plainOf(base, values, readings, misfit.noiseDb)
    const counted = plain.map((own, i) => own + (extra[i] ?? 0))
    const root = covarianceOf(readings, misfit, counted)
    const settled = settle(base, values, readings, root)
    values = settled.values
    const { residuals, whitened } = settled.now
    if (round === rounds)
      return summed(readings, { base, values, misfit, root, residuals, whitened, extra })
    const more = judged(root, whitened, { plain, counted })
    extra = more.map((own, i) => own - (plain[i] ?? 0))
    // The observed misfit, with the prior counted as a number of agreeing readings.
    const turned = beliefReadings + scale ** 2 * settled.now.misfit
    const freedom = beliefReadings + Math.max(1, readings.length - settled.now.before)
    scale = Math.min(scaleMax, Math.max(scaleMin, Math.sqrt(turned / freedom)))
  }
}
