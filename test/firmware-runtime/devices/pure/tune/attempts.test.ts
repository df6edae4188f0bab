// The meter of read attempts with numbers that can be worked out on paper, its limits from both sides, and when it gives no
// value. A part that the link does not show is added, and named.
import { describe, expect, it } from 'vitest'
import { attemptsMeter, lightOf } from '#devices/pure/tune/attempts.ts'
import { driven } from './kit.ts'

describe('lightOf', () => {
  it.each([
    [4, 'green'],
    [3.999, 'amber'],
    [2, 'amber'],
    [1.999, 'red'],
    [0, 'red'],
  ])('%d tries are %s', (tries, light) => {
    expect(lightOf(tries)).toBe(light)
  })
})

describe('attemptsMeter', () => {
  it('divides the time in the zone by the time of a try, with what the link does not show', () => {
    const meter = attemptsMeter(driven({ passes: 5, read: 5 }), { from: 'tape', lengthM: 4.5 })
    expect(meter.parts).toEqual([
      { part: 'wakeUp', ms: 25, source: 'assumed' },
      { part: 'measured', ms: 100, source: 'measured' },
      { part: 'debit', ms: 160, source: 'assumed' },
    ])
    // 4.5 m at 5 km/h are 3240 ms; 3240 / 285 = 11.36.
    expect([meter.tryMs, meter.why]).toEqual([285, null])
    expect(meter.rows).toEqual([
      { kmh: 5, inZoneMs: 3240, tries: 11.3, light: 'green' },
      { kmh: 10, inZoneMs: 1620, tries: 5.6, light: null },
      { kmh: 20, inZoneMs: 810, tries: 2.8, light: null },
    ])
  })
  it('rounds down: what is shown as 4 is 4', () => {
    const found = driven({ passes: 5, read: 5, tookMs: 626 })
    const meter = attemptsMeter(found, { from: 'tape', lengthM: 4.5 })
    // 3240 / 811 = 3.995.
    expect(meter.rows[0]).toMatchObject({ tries: 3.9, light: 'amber' })
  })
  it('takes the zone from a drive at a known speed', () => {
    const found = driven({ passes: 5, read: 5, visibleMs: 3_000 })
    const meter = attemptsMeter(found, { from: 'drive', kmh: 10 })
    expect(meter.rows[0]).toMatchObject({ kmh: 5, inZoneMs: 2_999 * 2 })
  })
  it.each([
    ['too few tries', { passes: 4, read: 4 }, { from: 'tape', lengthM: 4 }, 'tooFewTries'],
    ['no zone', { passes: 5, read: 5 }, null, 'noZone'],
    ['cars that were heard once', { passes: 5, read: 5 }, { from: 'drive', kmh: 5 }, 'heardOnce'],
    [
      'too few cars',
      { passes: 4, read: 4, visibleMs: 900 },
      { from: 'drive', kmh: 5 },
      'tooFewPassages',
    ],
  ] as const)('says why it cannot tell: %s', (_, drive, zone, why) => {
    expect(attemptsMeter(driven(drive), zone)).toMatchObject({ rows: [], why })
  })
})
