// The zone's edges as possible worlds say them, against worlds that are not the model (other-world.ts): beside a
// boom and on a gantry. CI takes few worlds, the full tests many; the figures are printed.
import { describe, expect, it } from 'vitest'
import { parkingGrid, stations } from '../../../../../firmware-runtime/core/survey/grid.ts'
import {
  drawnZones,
  type DrawnOptions,
} from '../../../../../firmware-runtime/core/survey/model/drawn-zone.ts'
import { fitModel } from '../../../../../firmware-runtime/core/survey/model/fit.ts'
import {
  firstPlaces,
  nextPlaces,
} from '../../../../../firmware-runtime/core/survey/model/measure-next.ts'
import type { Hanging } from '../../../../../firmware-runtime/core/survey/model/propose.ts'
import { zoneOf, type Zone } from '../../../../../firmware-runtime/core/survey/zone.ts'
import { gantryRoughness, usualRoughness, world, type Hung, type World } from './other-world.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
const count = full ? 150 : 10
const limitDbm = -45
const columns = stations(6_200, 250).map((mm) => mm - 1_500)
const rows = stations(7_500, 250).map((mm) => mm - 1_500)

const truly = (of: World): Zone | null =>
  zoneOf(
    {
      ...{ columns, rows },
      levels: rows.flatMap((yMm) => columns.map((xMm) => of.level(xMm, yMm))),
    },
    limitDbm,
  )

/** Readings spread over the box, then six at a time where the assistant asks. */
function fitted(of: World, now: Hanging, rowsFirst: number, asked: number) {
  const read = (places: readonly { readonly xMm: number; readonly yMm: number }[]) =>
    places.map(({ xMm, yMm }) => ({
      ...{ xMm, yMm, zMm: 1_000, ...now, levelDbm: of.read(xMm, yMm) },
    }))
  let readings = read(firstPlaces(parkingGrid, 2, rowsFirst))
  for (let left = asked; left > 0; left -= 6) {
    const places = nextPlaces(fitModel(readings), parkingGrid, now, limitDbm, Math.min(6, left))
    readings = [...readings, ...read(places)]
  }
  return fitModel(readings)
}

function edgesMm(of: Hung, rowsFirst: number, asked: number, noiseDb: number | null) {
  const options: DrawnOptions = { grid: parkingGrid, limitDbm, noiseDb }
  const rough = of === 'gantry' ? gantryRoughness : usualRoughness
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((seed) => {
    const truth = world(seed, rough, of)
    const now: Hanging = { mount: truth.mount, powerStep: truth.powerStep }
    const is = truly(truth)
    const found = drawnZones(fitted(truth, now, rowsFirst, asked), options)(now)
    if (is === null) return []
    return (['left', 'right', 'near', 'far'] as const).flatMap((side) => {
      if (is.openSides.includes(side) && found?.openSides.includes(side) === true) return []
      return [Math.abs((found?.[`${side}Mm`] ?? Infinity) - is[`${side}Mm`])]
    })
  })
}
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

describe('the edges of the zone', () => {
  it.each<[Hung, number, number, number]>([
    ['gantry', 3, 6, full ? 330 : 400],
    ['gantry', 4, 12, full ? 290 : 360],
    ['park', 3, 6, full ? 180 : 220],
  ])(
    '%s: %d rows of two and %d asked for, within %d mm in the median',
    (of, first, asked, most) => {
      const errors = edgesMm(of, first, asked, null)
      const drawn = middle(errors)
      process.stdout.write(`${of} ${2 * first} + ${asked}: ${errors.length} edges, ${drawn} mm\n`)
      expect(errors.length).toBeGreaterThan(2 * count)
      expect(drawn).toBeLessThanOrEqual(most)
    },
  )

  it('are those of the mean field where readings are mere noise, and of draws else', () => {
    const truth = world(3, gantryRoughness, 'gantry')
    const now: Hanging = { mount: truth.mount, powerStep: truth.powerStep }
    const fit = fitted(truth, now, 3, 6)
    const zone = (noiseDb: number | null): Zone | null =>
      drawnZones(fit, { grid: parkingGrid, limitDbm, noiseDb })(now)
    expect(zone(0.8)).toEqual(zone(null))
    expect(zone(1.4)).not.toEqual(zone(null))
    // A mean field is smoother than a field is: its zone is the smaller one.
    expect(zone(1.4)?.widthMm).toBeLessThan(zone(null)?.widthMm ?? 0)
  })
})
