// The assistant judged by fields that do not follow its model (other-truth.ts): how far off the zone's edges are, how often
// the intervals contain the truth, how often a proposal contains the zone better than before.
import { describe, expect, it, vi } from 'vitest'
import { parkingGrid, stations } from '#survey/pure/field/grid.ts'
import type { Raster } from '#survey/pure/field/field-map.ts'
import { aimPoints, scoreOf, type Aim } from '#survey/pure/model/aim.ts'
import { fittedField } from '#survey/pure/model/fitted-field.ts'
import { firstPlaces } from '#survey/pure/model/measure-next.ts'
import { proposeAntenna } from '#survey/pure/model/propose.ts'
import { type Hanging } from '#survey/pure/model/aim.ts'
import { zoneOf, type ZoneSide } from '#survey/pure/field/zone.ts'
import { row5Of } from '#survey/pure/model/row5.ts'
import { usualPlan } from '#survey/pure/field/zone-plan.ts'
import { expectedTruth, limitDbm, seedsOf, sceneOf } from './expected-truth.ts'
import { openingOf } from '../whole-field.ts'
import type { Hung, Scene } from './other-truth.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
/** Hundreds of draws take minutes. */
if (full) vi.setConfig({ testTimeout: 7_200_000 })
const seeds = seedsOf(1, full ? 150 : 24)
/** 1.5 m around the area, and 1 m more behind it: edges may be there, readings are not. */
const columns = stations(6_200, 250).map((mm) => mm - 1_500)
const rows = stations(8_500, 250).map((mm) => mm - 1_500)

const part = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? NaN
const share = (of: readonly boolean[]): number => of.filter(Boolean).length / of.length

const raster = (level: (xMm: number, yMm: number) => number): Raster => ({
  columns,
  rows,
  levels: rows.flatMap((yMm) => columns.map((xMm) => level(xMm, yMm))),
})

/** Six readings spread over the area, then six where the assistant asks for them. */
const measured = (hung: Hung, all: readonly number[]) =>
  all.map((seed) => ({ seed, ...expectedTruth(sceneOf(hung, seed), 3, 6) }))

const draws = measured('park', seeds)

describe('with twelve readings', () => {
  it('finds the edges of the zone within 0.25 m in the median', () => {
    const errorsMm = draws.flatMap(({ truth, now, fit }) => {
      const field = fittedField(fit, now.mount, now.powerStep)
      const is = zoneOf(
        raster((xMm, yMm) => truth.level(xMm, yMm)),
        limitDbm,
      )
      const found = zoneOf(
        raster((xMm, yMm) => field.level({ xMm, yMm, zMm: 1_000 })),
        limitDbm,
      )
      if (is === null) return []
      return (['left', 'right', 'near', 'far'] as const).flatMap((side: ZoneSide) => {
        // Both zones extend beyond the picture, so neither has an edge on this side.
        if (is.openSides.includes(side) && found?.openSides.includes(side) === true) return []
        return [Math.abs((found?.[`${side}Mm`] ?? Infinity) - is[`${side}Mm`])]
      })
    })
    const [middle, most] = [part(errorsMm, 0.5), part(errorsMm, 0.9)]
    process.stdout.write(`edges ${errorsMm.length}: median ${middle} mm, 90 % ${most} mm\n`)
    expect(errorsMm.length).toBeGreaterThan(3 * seeds.length)
    expect(middle).toBeLessThanOrEqual(250)
    expect(most).toBeLessThanOrEqual(900)
  })

  it('is as sure as it says', () => {
    const off = draws.flatMap(({ truth, now, fit }) => {
      const field = fittedField(fit, now.mount, now.powerStep)
      return firstPlaces(parkingGrid, 7, 9).map(({ xMm, yMm }) => {
        const { levelDbm, sdDb } = field.sure({ xMm, yMm, zMm: 1_000 })
        return Math.abs(levelDbm - truth.level(xMm, yMm)) / sdDb
      })
    })
    const [most, nearly] = [share(off.map((z) => z < 1.282)), share(off.map((z) => z < 1.96))]
    process.stdout.write(`80 % held in ${most.toFixed(3)}, 95 % in ${nearly.toFixed(3)}\n`)
    expect(most).toBeGreaterThan(0.75)
    expect(most).toBeLessThan(0.87)
    expect(nearly).toBeGreaterThan(0.92)
    expect(nearly).toBeLessThan(0.98)
  })

  it('says the power of the antenna as surely as it knows it', () => {
    const held = draws.map(({ truth, fit }) => {
      const { value, se } = fit.parameters.eirpDbm
      expect(se).toBeLessThan(3)
      return Math.abs(value - truth.eirpDbm) < 1.96 * se
    })
    expect(share(held)).toBeGreaterThan(0.88)
  })
})

describe('proposals', () => {
  const aim: Aim = {
    grid: parkingGrid,
    needed: null,
    limitDbm,
    trigger: { xMm: 1_500, yMm: 2_250 },
    neighbours: [{ xMm: 4_800, yMm: 2_250 }],
  }
  const points = aimPoints(aim)
  const scored = (truth: Scene, { mount, powerStep }: Hanging) =>
    scoreOf(
      points,
      Float64Array.from(points.points, (p) => truth.level(p.xMm, p.yMm, mount, powerStep)),
    )

  const tenDegrees = ({ mount: { downDeg, azimuthDeg } }: Hanging) => ({
    powerStep: { min: 0, max: 31 },
    downDeg: { min: downDeg - 10, max: downDeg + 10 },
    azimuthDeg: { min: azimuthDeg - 10, max: azimuthDeg + 10 },
  })

  it('contain the zone better than before in at least 80 % of draws, and say how well', () => {
    const outcomes = draws.map(({ truth, now, fit }) => {
      const proposal = proposeAntenna(fit, aim, now, tenDegrees(now))
      const [before, after] = [scored(truth, now), scored(truth, proposal.next)]
      const { low, high } = proposal.next.expected
      return {
        better: after.containment > before.containment,
        gain: after.containment - before.containment,
        held: after.containment >= low && after.containment <= high,
        nearer: (after.triggerDropDb ?? 0) <= (before.triggerDropDb ?? 0),
        chance: proposal.betterChance,
      }
    })
    const better = share(outcomes.map((one) => one.better))
    const held = share(outcomes.map((one) => one.held))
    const nearer = share(outcomes.map((one) => one.nearer))
    const chance = outcomes.reduce((sum, one) => sum + one.chance, 0) / outcomes.length
    const gain = part(
      outcomes.map((one) => one.gain),
      0.5,
    )
    process.stdout.write(
      `better in ${better.toFixed(2)} (said ${chance.toFixed(2)}), by ${gain.toFixed(1)} in the median; ` +
        `80 % interval held in ${held.toFixed(2)}; trigger nearer to the strongest in ${nearer.toFixed(2)}\n`,
    )
    expect(better).toBeGreaterThanOrEqual(0.8)
    expect(gain).toBeGreaterThan(2)
    expect(held).toBeGreaterThan(0.7)
    expect(held).toBeLessThan(0.98)
    expect(nearer).toBeGreaterThanOrEqual(0.8)
    expect(Math.abs(chance - better)).toBeLessThan(full ? 0.06 : 0.2)
  })

  // 150 draws of each class give a standard error of 3 points for a share; CI has too few to judge it.
  const classes: readonly (readonly [Hung, number])[] = full
    ? [
        ['gantry', 1],
        ['gantry', 5_001],
        ['park', 5_001],
      ]
    : []
  for (const [hung, from] of classes)
    it(`on a ${hung}, seeds from ${from}, the chance told is within 6 points of the truth`, () => {
      const outcomes = measured(hung, seedsOf(from, 150)).map(({ truth, now, fit }) => {
        const { next, betterChance } = proposeAntenna(fit, aim, now, tenDegrees(now))
        const isBetter = scored(truth, next).containment > scored(truth, now).containment
        return { isBetter, betterChance }
      })
      const said = outcomes.reduce((sum, one) => sum + one.betterChance, 0) / outcomes.length
      const better = share(outcomes.map((one) => one.isBetter))
      process.stdout.write(
        `${hung} from ${from}: said ${said.toFixed(3)}, true ${better.toFixed(3)}\n`,
      )
      expect(Math.abs(said - better)).toBeLessThanOrEqual(0.06)
    })

  it('keep to row 5: what does not fail it is never made to, what fails it is not made worse', () => {
    const trigger = { xMm: 1_600, yMm: 2_250 }
    const row5 = row5Of(
      openingOf('-', { lane: '-', trigger, zone: usualPlan(parkingGrid, trigger) }),
    )
    let bounded = 0
    for (const { now, fit } of draws.slice(0, 5)) {
      const free = proposeAntenna(fit, aim, now, tenDegrees(now)).next
      const kept = proposeAntenna(fit, aim, now, tenDegrees(now), row5)
      const [before, after] = [kept.now.expected.row5, kept.next.expected.row5]
      expect(after?.failsByDb).toBeLessThanOrEqual(before?.failsByDb ?? NaN)
      const { min = 0, max = 0 } = kept.powerSteps ?? {}
      if (before?.failsByDb === 0) expect(now.powerStep >= min && now.powerStep <= max).toBe(true)
      if (free.powerStep !== kept.next.powerStep || free.mount !== kept.next.mount) bounded++
    }
    expect(bounded).toBeGreaterThan(0)
  })

  it('put the strongest point nearer to the trigger than a search that knows of none', () => {
    const drops = draws.slice(0, 12).map(({ truth, now, fit }) => {
      const limits = tenDegrees(now)
      const drop = (of: Aim): number =>
        scored(truth, proposeAntenna(fit, of, now, limits).next).triggerDropDb ?? NaN
      return [drop(aim), drop({ ...aim, trigger: null })] as const
    })
    const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length
    const [known, unknown] = [mean(drops.map(([a]) => a)), mean(drops.map(([, b]) => b))]
    expect(known).toBeLessThan(unknown - 0.3)
  })

  it('turn nothing that may not be turned', () => {
    for (const { now, fit } of draws.slice(0, 5)) {
      const { downDeg, azimuthDeg } = now.mount
      const { next, tried } = proposeAntenna(fit, aim, now, {
        powerStep: { min: 4, max: 12 },
        downDeg: { min: downDeg, max: downDeg },
        azimuthDeg: { min: azimuthDeg, max: azimuthDeg },
      })
      expect(next.mount).toEqual(now.mount)
      expect(next.powerStep).toBeGreaterThanOrEqual(4)
      expect(next.powerStep).toBeLessThanOrEqual(12)
      expect(tried).toBeLessThan(40)
      expect(next.expected.eirpDbm).toBeLessThanOrEqual(33)
    }
  })
})
