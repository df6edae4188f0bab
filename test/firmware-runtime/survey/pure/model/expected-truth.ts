// One field measured as the assistant asks: readings spread over the box, then a few at a time where it sends people.
// Shared by the tests of edges and of proposals; returns how far each edge of the reported zone is off.
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { drawnFields, drawnZone, latticeOf } from '#survey/pure/model/drawn-zone.ts'
import { fitModel, type ModelFit, type ModelReading } from '#survey/pure/model/fit.ts'
import { firstPlaces, nextCount, nextPlaces } from '#survey/pure/model/measure-next.ts'
import type { Hanging } from '#survey/pure/model/aim.ts'
import { zoneOf, type Zone } from '#survey/pure/field/zone.ts'
import {
  gantryRoughness,
  usualRoughness,
  scene,
  type Hung,
  type Roughness,
  type Scene,
} from './other-truth.ts'

export const limitDbm = -45
const lattice = latticeOf(parkingGrid)
const sides = ['left', 'right', 'near', 'far'] as const

export const seedsOf = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => from + i)

export interface ExpectedTruth {
  readonly truth: Scene
  readonly now: Hanging
  readonly fit: ModelFit
}

/** First `rowsFirst` rows of two readings, then `tryCount` more where the assistant asks. */
export function expectedTruth(truth: Scene, rowsFirst: number, tryCount: number): ExpectedTruth {
  const now: Hanging = { mount: truth.mount, powerStep: truth.powerStep }
  const read = (places: readonly { readonly xMm: number; readonly yMm: number }[]) =>
    places.map(({ xMm, yMm }): ModelReading => ({
      xMm,
      yMm,
      zMm: 1_000,
      ...now,
      levelDbm: truth.read(xMm, yMm),
    }))
  let readings = read(firstPlaces(parkingGrid, 2, rowsFirst))
  for (let left = tryCount; left > 0; left -= nextCount) {
    const fit = fitModel(readings)
    const draws = drawnFields(fit, parkingGrid)
    readings = [...readings, ...read(nextPlaces(fit, draws, now, limitDbm))]
  }
  return { truth, now, fit: fitModel(readings) }
}

export const roughnessOf = (hung: Hung): Roughness =>
  hung === 'gantry' ? gantryRoughness : usualRoughness

export const sceneOf = (hung: Hung, seed: number, rough = roughnessOf(hung)): Scene =>
  scene(seed, rough, hung)

export const truly = ({ level }: Scene): Zone | null =>
  zoneOf({ ...lattice, levels: lattice.points.map(({ xMm, yMm }) => level(xMm, yMm)) }, limitDbm)

/** How far the reported edges are from the true ones in mm, outwards positive; an edge that both leave open is skipped. */
export function edgeErrorsMm(
  { truth, now, fit }: ExpectedTruth,
  noiseDb: number | null = null,
): readonly number[] {
  const is = truly(truth)
  if (is === null) return []
  const found = drawnZone(fit, drawnFields(fit, parkingGrid), { limitDbm, noiseDb }, now)
  return sides.flatMap((side) => {
    if (is.openSides.includes(side) && found?.openSides.includes(side) === true) return []
    const outwards = side === 'left' || side === 'near' ? -1 : 1
    return [outwards * ((found?.[`${side}Mm`] ?? Infinity) - is[`${side}Mm`])]
  })
}

export const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
