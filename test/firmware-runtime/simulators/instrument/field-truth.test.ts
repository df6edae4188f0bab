// The true field that is given to judges: free space where the ground reflects nothing, ripple where it does, a directed
// beam, and shadows that depend on place and seed.
import { describe, expect, it } from 'vitest'
import { fieldDbm, usualAntenna, type AntennaTruth } from '#simulators/instrument/field-truth.ts'
import { wordReader, quantityOf, scpiVariants } from '#simulators/instrument/scpi-words.ts'

const bare: AntennaTruth = { ...usualAntenna, groundFactor: 0, shadowDb: 0 }
const at = (xMm: number, yMm: number, zMm = 1_000) => ({ xMm, yMm, zMm })

describe('the field', () => {
  it('is free space along the beam: 33 dBm at 5 m is about -29 dBm', () => {
    const antenna = { ...bare, xMm: 0, yMm: 0, zMm: 5_000, downDeg: 90, eirpDbm: 33 }
    expect(fieldDbm(antenna, 1, at(0, 0, 0))).toBeCloseTo(-28.74, 1)
    expect(
      fieldDbm(antenna, 1, at(0, 0, 4_000)) - fieldDbm(antenna, 1, at(0, 0, 3_000)),
    ).toBeCloseTo(6.02, 1)
  })
  it('is 3 dB below its beam at half of each width, and symmetric', () => {
    const level = { ...bare, xMm: 0, yMm: 0, zMm: 1_000, downDeg: 0 }
    const angle = (deg: number) => {
      const a = (deg * Math.PI) / 180
      return fieldDbm(level, 1, at(Math.sin(a) * 3_000, Math.cos(a) * 3_000))
    }
    expect(angle(0) - angle(30)).toBeCloseTo(3, 5)
    expect(angle(20)).toBeCloseTo(angle(-20), 9)
    expect(angle(0) - angle(180)).toBeCloseTo(level.sideLobeDb, 5)
    const turned = { ...level, yawDeg: 30 }
    expect(fieldDbm(turned, 1, at(1_500, 1_500 * Math.sqrt(3)))).toBeCloseTo(angle(0), 6)
  })
  it('has ripple of the ground, within what two rays can do', () => {
    const off = Array.from({ length: 80 }, (_, i) => {
      const place = at(1_600, 1_000 + 50 * i)
      return fieldDbm({ ...bare, groundFactor: 1 }, 1, place) - fieldDbm(bare, 1, place)
    })
    expect(Math.max(...off)).toBeGreaterThan(0.2)
    expect(Math.min(...off)).toBeLessThan(-0.2)
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(4)
  })
  it('has shadows of the seed, with the deviation that was said, and smooth', () => {
    const shaded = { ...bare, shadowDb: 2 }
    const shadow = (seed: number, x: number, y: number): number =>
      fieldDbm(shaded, seed, at(x, y)) - fieldDbm(bare, seed, at(x, y))
    const corners = Array.from({ length: 900 }, (_, i) =>
      shadow(5, 1_200 * (i % 30), 1_200 * Math.floor(i / 30)),
    )
    const mean = corners.reduce((sum, value) => sum + value, 0) / 900
    const deviation = Math.sqrt(corners.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 900)
    expect(Math.abs(mean)).toBeLessThan(0.25)
    expect(deviation).toBeGreaterThan(1.7)
    expect(deviation).toBeLessThan(2.3)
    expect(shadow(5, 700, 700)).toBe(shadow(5, 700, 700))
    expect(shadow(5, 700, 700)).not.toBe(shadow(6, 700, 700))
    for (let x = 0; x < 3_000; x += 10)
      expect(Math.abs(shadow(5, x + 10, 500) - shadow(5, x, 500))).toBeLessThan(0.2)
  })
})

describe('the commands of a maker', () => {
  const generic = wordReader(scpiVariants['scpi-generic']?.words ?? [])
  it.each([
    ['FREQ:CENT', 'center'],
    [':sense:frequency:center', 'center'],
    ['SENS:FREQ:SPAN', 'span'],
    ['INIT', 'sweep'],
    ['INITIATE:IMMEDIATE', 'sweep'],
    ['SYST:ERR:NEXT', 'error'],
    ['TRAC', 'data'],
    ['TRAC:MODE', 'trace'],
    ['FREQU:CENT', null],
    ['FREQ', null],
    ['*IDNX', null],
  ])('%s', (header, act) => {
    expect(generic(header)).toBe(act)
  })
  it.each([
    ['5830 MHz', 5.83e9],
    ['5.83GHZ', 5.83e9],
    ['20E6', 20e6],
    ['0DB', 0],
    ['fast', null],
    ['1 mile', null],
  ])('%s', (text, value) => {
    if (value === null) expect(quantityOf(text)).toBeNull()
    else expect(quantityOf(text)).toBeCloseTo(value, 3)
  })
})
