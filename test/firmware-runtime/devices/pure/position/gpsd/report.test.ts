// Lines of gpsd: what they contain in whole numbers, and lines without content.
// The fields are from gpsd_json(5); nothing here was captured from a receiver.
import { describe, expect, it } from 'vitest'
import { gpsdLine, watchRequest } from '#devices/pure/position/gpsd/report.ts'

const tpv = (over: Record<string, unknown>): string =>
  JSON.stringify({
    class: 'TPV',
    device: '/dev/ttyS3',
    mode: 3,
    time: '2026-11-20T06:30:00.000Z',
    lat: 22.817,
    lon: 108.366,
    eph: 3.5,
    ...over,
  })
const position = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
const deviceTimeMs = 1_795_156_200_000

describe('a report', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['a fix in three dimensions', {}, { at: position, accuracyMm: 3_500, deviceTimeMs }],
    ['a fix on the ground', { mode: 2 }, { at: position, accuracyMm: 3_500, deviceTimeMs }],
    [
      'rounded to the nearest microdegree, south and west too',
      { lat: -22.817_000_6, lon: -108.366_000_4 },
      {
        at: { latMicrodeg: -22_817_001, lonMicrodeg: -108_366_000 },
        accuracyMm: 3_500,
        deviceTimeMs,
      },
    ],
    [
      'errors of before eph',
      { eph: undefined, epx: 3, epy: 4 },
      { at: position, accuracyMm: 5_000, deviceTimeMs },
    ],
    [
      'an error of a millimetre more',
      { eph: 3.500_1 },
      { at: position, accuracyMm: 3_501, deviceTimeMs },
    ],
    ['no word of its error', { eph: undefined }, { at: position, accuracyMm: null, deviceTimeMs }],
    [
      'half a word of its error',
      { eph: undefined, epx: 3 },
      { at: position, accuracyMm: null, deviceTimeMs },
    ],
    ['an error that is none', { eph: -1 }, { at: position, accuracyMm: null, deviceTimeMs }],
    ['no fix', { mode: 1 }, { at: null, accuracyMm: null, deviceTimeMs }],
    [
      'nothing yet',
      { mode: 0, time: undefined },
      { at: null, accuracyMm: null, deviceTimeMs: null },
    ],
  ])('%s', (_name, over, report) => {
    expect(gpsdLine(tpv(over))).toEqual({ kind: 'position', report })
  })
  it.each<[string, string, string]>([
    ['no JSON', '{"class":"TPV"', 'noJsonObject'],
    ['a number', '12', 'noJsonObject'],
    ['null', 'null', 'noJsonObject'],
    ['no class', '{}', 'messageMisses class'],
    ['no mode', tpv({ mode: undefined }), 'messageMisses mode'],
    ['half a mode', tpv({ mode: 2.5 }), 'messageMisses mode'],
    ['a latitude above the pole', tpv({ lat: 90.1 }), 'noSuchPlace'],
    ['a longitude beyond the turn', tpv({ lon: 180.1 }), 'noSuchPlace'],
    ['a latitude in words', tpv({ lat: '22.817' }), 'noSuchPlace'],
    ['no longitude', tpv({ lon: undefined }), 'noSuchPlace'],
    ['a fix without its time', tpv({ time: undefined }), 'fixWithoutTime'],
    ['a time of no calendar', tpv({ time: '2026-02-30T00:00:00Z' }), 'fixWithoutTime'],
  ])('%s is refused', (_name, line, why) => {
    expect(gpsdLine(line)).toEqual({ kind: 'refused', why })
  })
  it.each(['VERSION', 'DEVICES', 'SKY', 'WATCH'])('%s is of no interest', (name) => {
    expect(gpsdLine(JSON.stringify({ class: name }))).toEqual({ kind: 'other' })
  })
  it('is asked for by a line that the daemon takes', () => {
    expect(watchRequest).toMatch(/^\?WATCH=\{.*\};\n$/)
    expect(watchRequest.length).toBeLessThanOrEqual(80)
  })
})
