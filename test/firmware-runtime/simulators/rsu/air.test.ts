// The air of the simulator: loss by the book, more power reaches farther, the lane beside comes last.
// The same seed gives the same cars; cars that stand in the zone are as they were.
import { describe, expect, it } from 'vitest'
import {
  answers,
  drawSensitivity,
  eirpDbm,
  exchangeWorks,
  levelDbm,
  levelNow,
  passUs,
  type AirObu,
} from '../../../../firmware-runtime/simulators/rsu/air.ts'
import { seededRandom } from '../../../../firmware-runtime/simulators/shell/random.ts'

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
