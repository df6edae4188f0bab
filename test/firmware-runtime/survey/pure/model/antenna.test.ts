// The physical model against arithmetic that can be done by hand, and the raster against the model.
// Two rays are checked by the interference of known paths.
import { describe, expect, it } from 'vitest'
import {
  levelsOf,
  predict,
  rippleOf,
  usualAir,
  usualBeam,
  type Air,
  type Antenna,
} from '#survey/pure/model/antenna.ts'
import { evenly, modelRaster } from '#survey/pure/model/model-raster.ts'

const bare: Air = { ...usualAir, reflection: 0 }
const antenna: Antenna = {
  xMm: 0,
  yMm: 0,
  heightMm: 2_500,
  downDeg: 35,
  azimuthDeg: 0,
  beam: usualBeam,
  eirpDbm: 18,
}
const level = { ...antenna, heightMm: 1_000, downDeg: 0 }
const at = (xMm: number, yMm: number, zMm = 1_000) => ({ xMm, yMm, zMm })

describe('the model', () => {
  it('is free space straight ahead (rsu-interface.md 6.4)', () => {
    for (const [metres, lossDb] of [
      [1, 47.8],
      [3, 57.3],
      [5, 61.7],
      [10, 67.8],
    ] as const)
      expect(Math.abs(predict(level, at(0, metres * 1_000), bare) - 18 + lossDb)).toBeLessThan(0.1)
  })

  it('loses 3 dB at half a width to each side', () => {
    const straight = predict(level, at(0, 5_000), bare)
    for (const [side, widthDeg] of [
      [1, 38],
      [-1, 38],
    ] as const) {
      const off = (widthDeg / 2) * (Math.PI / 180)
      const place = at(side * 5_000 * Math.sin(off), 5_000 * Math.cos(off))
      expect(predict(level, place, bare)).toBeCloseTo(straight - 3, 1)
    }
    const up = 22.5 * (Math.PI / 180)
    const high = at(0, 5_000 * Math.cos(up), 1_000 + 5_000 * Math.sin(up))
    expect(predict(level, high, bare)).toBeCloseTo(straight - 3, 1)
  })

  it('reaches 4.5 m at -45 dBm with about 18 dBm, 2.5 m high and 35 degrees down', () => {
    expect(predict(antenna, at(0, 4_500), bare)).toBeCloseTo(-45, 0)
  })

  it('turns to the right of the driver with a positive angle', () => {
    const turned = levelsOf({ ...antenna, azimuthDeg: 30 }, bare)
    expect(turned(2_000, 3_464, 1_000)).toBeGreaterThan(turned(-2_000, 3_464, 1_000) + 10)
    expect(turned(2_000, 3_464, 1_000)).toBeCloseTo(levelsOf(antenna, bare)(0, 4_000, 1_000), 3)
  })

  it('has nothing but its floor behind it', () => {
    const ahead = predict(level, at(0, 3_000), bare)
    expect(ahead - predict(level, at(0, -3_000), bare)).toBeCloseTo(22, 0)
  })

  it('has stripes whose mean and spread it knows', () => {
    const air: Air = { ...usualAir, reflection: -0.3, rays: 'stripes' }
    const drawn = levelsOf(antenna, air)
    const mean = levelsOf(antenna, { ...air, rays: 'mean' })
    const ripple = rippleOf(antenna, air)(0, 3_000, 1_000)
    const off = evenly(2_700, 3_300, 800).map((y) => drawn(0, y, 1_000) - mean(0, y, 1_000))
    const power = off.reduce((sum, db) => sum + 10 ** (db / 10), 0) / off.length
    expect(Math.abs(10 * Math.log10(power))).toBeLessThan(0.1)
    const rms = Math.sqrt(off.reduce((sum, db) => sum + db * db, 0) / off.length)
    expect(rms).toBeGreaterThan(0.8)
    expect(Math.abs(rms - ripple)).toBeLessThan(0.3)
    // Path differences of half a wavelength: from the strongest to the weakest within 10 cm.
    expect(Math.max(...off) - Math.min(...off)).toBeGreaterThan(2.5 * ripple)
  })

  it('is the same at each place of a raster, and fits into its shape', () => {
    const columns = evenly(-250, 3_450, 7)
    const rows = evenly(-250, 4_750, 5)
    const raster = modelRaster(antenna, { columns, rows, heightMm: 1_000 })
    expect(columns.at(-1)).toBe(3_450)
    expect(raster.levels).toHaveLength(35)
    raster.levels.forEach((dbm, i) => {
      const place = at(columns[i % 7] ?? 0, rows[Math.floor(i / 7)] ?? 0)
      expect(dbm).toBe(predict(antenna, place))
    })
  })
})
