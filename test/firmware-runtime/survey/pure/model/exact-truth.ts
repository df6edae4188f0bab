// The best that any estimator can do with the same readings: it knows the antenna, the ground, the height and length of the
// shadows and the noise, and draws the rest conditional on the readings. A bound for the assistant, which knows nothing of
// these.
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { latticeOf } from '#survey/pure/model/drawn-zone.ts'
import { dot, forward, rootOf } from '#survey/pure/model/linear.ts'
import { zoneOf, type Zone } from '#survey/pure/field/zone.ts'
import { limitDbm, middleOf, truly, type ExpectedTruth } from './expected-truth.ts'
import { chance, normal, type Roughness, type Scene } from './other-truth.ts'

const drawCount = 120
const sides = ['left', 'right', 'near', 'far'] as const

interface Place {
  readonly xMm: number
  readonly yMm: number
}

/** Errors in mm of the sides of the zone; `smooth` is the same scene without its shadows. */
export function exactErrorsMm(
  { truth, fit }: ExpectedTruth,
  smooth: Scene,
  { shadowDb, alikeM, noiseDb }: Roughness,
): readonly number[] {
  const { columns, rows, points } = latticeOf(parkingGrid)
  const is = truly(truth)
  if (is === null) return []
  const alike = (a: Place, b: Place): number =>
    shadowDb ** 2 * Math.exp(-Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm) / (1000 * alikeM))
  const { readings } = fit
  const all: readonly Place[] = [...readings, ...points]
  const covariance = (places: readonly Place[], own: number): Float64Array =>
    Float64Array.from({ length: places.length ** 2 }, (_, k) => {
      const [i, j] = [Math.floor(k / places.length), k % places.length]
      const [a, b] = [places[i] ?? { xMm: 0, yMm: 0 }, places[j] ?? { xMm: 0, yMm: 0 }]
      return alike(a, b) + (i === j ? own : 0)
    })
  const read = rootOf(covariance(readings, noiseDb ** 2), readings.length)
  const mean = all.map(({ xMm, yMm }) => smooth.level(xMm, yMm))
  const off = readings.map(({ levelDbm }, i) => levelDbm - (mean[i] ?? 0))
  const shares = points.map((point) =>
    forward(
      read,
      readings.map((reading) => alike(point, reading)),
    ),
  )
  const white = forward(read, off)
  const open = covariance(points, 1e-6)
  const n = points.length
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      open[i * n + j] = (open[i * n + j] ?? 0) - dot(shares[i] ?? [], shares[j] ?? [])
  const { lower } = rootOf(open, n)
  const random = chance(4_711)
  const zones: Zone[] = []
  for (let k = 0; k < drawCount; k++) {
    const by = Float64Array.from({ length: n }, () => normal(random))
    const levels = points.map((_, i) => {
      const row = lower.subarray(i * n, i * n + i + 1)
      return (mean[readings.length + i] ?? 0) + dot(shares[i] ?? [], white) + dot(row, by)
    })
    const zone = zoneOf({ columns, rows, levels }, limitDbm)
    if (zone !== null) zones.push(zone)
  }
  return sides.flatMap((side) => {
    const isOpen =
      zones.filter(({ openSides }) => openSides.includes(side)).length > zones.length / 2
    if (is.openSides.includes(side) && isOpen) return []
    return [Math.abs(middleOf(zones.map((zone) => zone[`${side}Mm`])) - is[`${side}Mm`])]
  })
}
