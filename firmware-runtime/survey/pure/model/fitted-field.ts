// The field from model and readings together: the model far from readings, the readings near them, and the uncertainty at
// each place.
import type { PointMm } from '../field/grid.ts'
import { rippleOf, type Mount } from './antenna.ts'
import { backward, dot, forward } from './linear.ts'
import { shared, type Misfit, type ModelFit } from './fit.ts'
import { antennaOf, modelLevel, parameterRows, slopesAt } from './parameters.ts'

interface SureLevel {
  readonly levelDbm: number
  /** Standard deviation of the field here, the stripes of the two rays included. */
  readonly sdDb: number
  /** Without the stripes. */
  readonly knownSdDb: number
}

interface FittedField {
  /** Without how sure: fast. */
  level(at: PointMm & { readonly zMm: number }): number
  sure(at: PointMm & { readonly zMm: number }): SureLevel
}

/** Influence of the readings on one place: their weights, and the remaining slopes. */
interface PointRow {
  readonly levelDbm: number
  /** The shadow's share with each reading, whitened. */
  readonly shares: Float64Array
  /** Remaining effect of each parameter here. */
  readonly slopes: readonly number[]
}

function pointRows(
  fit: ModelFit,
  mount: Mount,
  powerStep: number,
): (at: PointMm & { readonly zMm: number }) => PointRow {
  const model = modelLevel(fit.base, fit.values, mount, powerStep)
  const slopes = slopesAt(fit.base, fit.values, mount, powerStep)
  return (at) => {
    const shares = forward(
      fit.root,
      fit.readings.map((reading) => shared(fit.misfit, at, reading)),
    )
    return {
      levelDbm: model(at.xMm, at.yMm, at.zMm) + dot(shares, fit.whitened),
      shares,
      slopes: slopes(at.xMm, at.yMm, at.zMm).map(
        (slope, p) => slope - dot(shares, fit.whitenedSlopes[p] ?? []),
      ),
    }
  }
}

/** From the parameters' covariance: what two places have in common through it. */
function throughParameters(fit: ModelFit, a: readonly number[], b: readonly number[]) {
  const size = parameterRows.length
  let sum = 0
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      sum += (a[i] ?? 0) * (fit.covariance[i * size + j] ?? 0) * (b[j] ?? 0)
  return sum
}

/** Correction of the model by the readings per place; sufficient to draw the field without the fit. */
export interface FieldShadow {
  readonly misfit: Misfit
  readonly readings: readonly (PointMm & { readonly weightDb: number })[]
}

export function shadowOf(fit: ModelFit): FieldShadow {
  const weights = backward(fit.root, fit.whitened)
  return {
    misfit: fit.misfit,
    readings: fit.readings.map(({ xMm, yMm }, i) => ({ xMm, yMm, weightDb: weights[i] ?? 0 })),
  }
}

export function shadowLevel({ misfit, readings }: FieldShadow, at: PointMm): number {
  let sum = 0
  for (const reading of readings) sum += shared(misfit, at, reading) * reading.weightDb
  return sum
}

export function fittedField(fit: ModelFit, mount: Mount, powerStep: number): FittedField {
  const row = pointRows(fit, mount, powerStep)
  const model = modelLevel(fit.base, fit.values, mount, powerStep)
  const ripple = rippleOf(antennaOf(fit.base, fit.values, mount, powerStep), fit.base.air)
  const shadow = shadowOf(fit)
  return {
    level: (at) => model(at.xMm, at.yMm, at.zMm) + shadowLevel(shadow, at),
    sure(at) {
      const { levelDbm, shares, slopes } = row(at)
      const open = fit.misfit.shadowDb ** 2 - dot(shares, shares)
      const stripes = ripple(at.xMm, at.yMm, at.zMm)
      const known = Math.max(0, open) + throughParameters(fit, slopes, slopes)
      const variance = known + stripes * stripes
      return { levelDbm, sdDb: Math.sqrt(variance), knownSdDb: Math.sqrt(known) }
    },
  }
}
