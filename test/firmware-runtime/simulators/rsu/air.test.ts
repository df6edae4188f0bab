// The simulated air: loss by the published formula, more power reaches farther, the neighbour lane is reached last.
// The same seed gives the same cars; cars already in the zone are unchanged.
import { describe, expect, it } from 'vitest'
import {
  answers,
  drawSensitivity,
  eirpDbm,
  exchangeWorks,
  levelDbm,
  levelNow,
  passUs,
  usualScene,
  type AirObu,
} from '#simulators/rsu/air.ts'
import { seededRandom } from '#simulators/shell/random.ts'

const obu = (lane: 'own' | 'neighbour', wakesAtDbm = -42): AirObu => ({
  pass: { lane, speedKmh: 36, fromM: 10, toM: 0 },
  beganUs: 0,
  wakesAtDbm,
  awake: false,
})

describe('the level at an OBU', () => {
  it('goes through the two stated points of power, a straight line between', () => {
    expect([eirpDbm(8), eirpDbm(31)]).toEqual([18, 33])
  })
  it('is free space, pattern and windscreen: 3 m ahead at step 8', () => {
    // 3.270 m: 58.09 dB; 23.43 degrees down, 11.57 off: 0.79 dB; 18 - 58.09 - 0.79 - 3 = -43.88.
    expect(levelDbm(8, 3, 0)).toBeCloseTo(-43.88, 1)
  })
  it('is far lower one lane aside, and lower still behind the antenna', () => {
    expect(levelDbm(8, 3, 3.3)).toBeLessThan(levelDbm(8, 3, 0) - 15)
    expect(levelDbm(8, -1, 0)).toBeLessThan(levelDbm(8, 1, 0) - 20)
  })
  it('rises as the car drives up: 36 km/h are ten metres a second', () => {
    expect(passUs(obu('own').pass)).toBe(1_000_000)
    expect(levelNow(obu('own'), 8, 700_000)).toBeCloseTo(levelDbm(8, 3, 0), 6)
  })
})

describe('how the antenna hangs', () => {
  const hung = (more: object) => ({ ...usualScene, ...more })
  it('an arm straight down is strongest below it and alike on all sides', () => {
    const arm = hung({ heightMm: 3_000, downDeg: 90 })
    const at = (ahead: number, aside: number): number => levelDbm(8, ahead, aside, arm)
    expect(at(0, 0)).toBeCloseTo(18 - 20 * Math.log10(1.8) - 47.8 - 3, 6)
    expect(at(1, 0)).toBeCloseTo(at(-1, 0), 9)
    expect(at(0, 1)).toBeCloseTo(at(0, -1), 9)
    expect(at(0, 0)).toBeGreaterThan(at(1, 0))
  })
  it('a turn to the right makes the right side strong, and the lane beside with it', () => {
    const turned = hung({ yawDeg: 30 })
    expect(levelDbm(8, 3, 1, turned)).toBeGreaterThan(levelDbm(8, 3, -1, turned) + 3)
    expect(levelDbm(8, 3, 3.3, turned)).toBeGreaterThan(levelDbm(8, 3, 3.3) + 5)
    expect(levelDbm(8, 3, 1, turned)).toBeCloseTo(levelDbm(8, 3, -1, hung({ yawDeg: -30 })), 9)
  })
  it('higher is farther, and an antenna beside its lane is nearer to one of its edges', () => {
    expect(levelDbm(8, 3, 0, hung({ heightMm: 5_500 }))).toBeLessThan(levelDbm(8, 3, 0) - 3)
    const beside = hung({ asideMm: -1_600 })
    expect(levelDbm(8, 3, -1.6, beside)).toBeGreaterThan(levelDbm(8, 3, 1.6, beside))
  })
  it('shadows belong to their place and seed, with the deviation that was said', () => {
    const shaded = hung({ shadowDb: 2 })
    const off = Array.from({ length: 400 }, (_, i) => {
      const [ahead, aside] = [1 + (i % 20), Math.floor(i / 20)]
      return levelDbm(8, ahead, aside, shaded, 5) - levelDbm(8, ahead, aside)
    })
    const sd = Math.sqrt(off.reduce((sum, db) => sum + db * db, 0) / off.length)
    expect(Math.abs(sd - 2)).toBeLessThan(0.4)
    expect(levelDbm(8, 3, 0, shaded, 5)).toBe(levelDbm(8, 3, 0, shaded, 5))
    expect(levelDbm(8, 3, 0, shaded, 5)).not.toBe(levelDbm(8, 3, 0, shaded, 6))
  })
})

describe('chance', () => {
  const share = (works: (random: () => number) => boolean): number => {
    const random = seededRandom(1)
    return Array.from({ length: 2_000 }, () => works(random)).filter(Boolean).length / 2_000
  }
  it('an exchange at the limit works every other time, one well above it nearly always', () => {
    expect(share((random) => exchangeWorks(-50, random))).toBeCloseTo(0.5, 1)
    expect(share((random) => exchangeWorks(-40, random))).toBeGreaterThan(0.99)
  })
  it('an OBU asleep wakes at its own level only, and then hears lower ones', () => {
    const one = obu('own', -42)
    const awake = () => 0
    expect(answers(one, -43, awake)).toBe(false)
    expect(answers(one, -41, awake)).toBe(true)
    expect(answers(one, -49, () => 1)).toBe(true)
    expect(answers(one, -51, awake)).toBe(false)
  })
  it('sensitivities lie between -46 and -38 dBm', () => {
    const random = seededRandom(3)
    const drawn = Array.from({ length: 500 }, () => drawSensitivity(random))
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(-46)
    expect(Math.max(...drawn)).toBeLessThan(-38)
  })
})
