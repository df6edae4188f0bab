// "22 dB to 28 dB" beside the fitted scale: what it would mean in dBm, and that it never decides a verdict.
// The figures come from free-space arithmetic (rsu-interface.md 6.4).
import { describe, expect, it } from 'vitest'
import { parkingGrid } from '#survey/pure/field/grid.ts'
import { usualAir, usualBeam, type Antenna, type Mount } from '#survey/pure/model/antenna.ts'
import { enoughAt, powerClause, reachOf } from '#survey/pure/model/clause.ts'
import { fitModel } from '#survey/pure/model/fit.ts'
import { firstPlaces } from '#survey/pure/model/measure-next.ts'
import { modelLevel } from '#survey/pure/model/parameters.ts'

/** Over the middle of the lane, at the boom, as clause 7.1.1 c requires except for the rotation. */
const mount: Mount = { xMm: 1_600, yMm: 0, heightMm: 2_500, downDeg: 35, azimuthDeg: 0 }
const antenna: Antenna = { ...mount, beam: usualBeam, eirpDbm: 18 }

function clauseOf(hung: Mount, eirpDbm: number, steps: readonly number[], dbPerStep = 1) {
  const base = { beam: usualBeam, air: usualAir, atStep: 8 }
  const readings = steps.flatMap((powerStep) => {
    const level = modelLevel(base, [eirpDbm, dbPerStep], hung, powerStep)
    return firstPlaces(parkingGrid, 4, 6).map(({ xMm, yMm }) => ({
      xMm,
      yMm,
      zMm: 1_000,
      mount: hung,
      powerStep,
      levelDbm: level(xMm, yMm, 1_000),
    }))
  })
  return powerClause(fitModel(readings), { mount: hung, powerStep: 8 }, parkingGrid, -45)
}

describe('22 to 28 dB', () => {
  it('need about 18 dBm to reach the end of the area, and reach farther as dBm', () => {
    expect(Math.abs(enoughAt(antenna, parkingGrid, -45) - 18)).toBeLessThan(0.3)
    expect(Math.abs(reachOf(antenna, parkingGrid, -45) - 4_500)).toBeLessThan(150)
    expect(reachOf({ ...antenna, eirpDbm: 22 }, parkingGrid, -45)).toBeGreaterThan(6_000)
    expect(reachOf({ ...antenna, eirpDbm: -30 }, parkingGrid, -45)).toBe(0)
  })

  it('contradict row 5 as a whole over the lane, and say so without a verdict', () => {
    const { conflict, words, enoughDbm, eirpDbm, dbPerStep } = clauseOf(mount, 18, [8])
    expect(conflict).toBe('whole')
    expect(Math.abs(enoughDbm - 18)).toBeLessThan(0.5)
    expect(eirpDbm.learnt).toBe(true)
    expect(dbPerStep.learnt).toBe(false)
    expect(words.en).toMatch(/step 8 is EIRP 1[78]\.\d ± \d\.\d dBm/)
    expect(words.en).toContain('contradict each other, and no verdict is given')
    expect(words.zh).toContain('互相矛盾,此处不作结论')
    expect(words.en).toContain('dB per step is still assumed')
  })

  it('contradict it in part, or not, from farther away', () => {
    const behind = { ...mount, yMm: -3_500 }
    expect(clauseOf(behind, 18, [8])).toMatchObject({ conflict: 'part' })
    const far = clauseOf({ ...mount, yMm: -9_000 }, 24, [8])
    expect(far.conflict).toBe('none')
    expect(far.words.en).toContain('no verdict is given')
    expect(far.words.en).not.toContain('beyond')
  })

  it('come with dB per step once two steps were measured', () => {
    const { dbPerStep, words } = clauseOf(mount, 18, [6, 10], 0.7)
    expect(dbPerStep.learnt).toBe(true)
    expect(dbPerStep.value).toBeCloseTo(0.7, 1)
    expect(words.en).toContain('several steps')
  })
})
