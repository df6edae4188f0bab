// Times and satellites of gpsd: what a line tells about a clock, and the driver that reports it on request.
// Positions are read by report.ts and tested there.
import { describe, expect, it } from 'vitest'
import { gpsdClock } from '#devices/pure/position/gpsd/clock.ts'
import { startGnss, stepGnss } from '#devices/pure/position/gpsd/driver.ts'

const tpv = (over: object = {}): string =>
  JSON.stringify({ class: 'TPV', mode: 3, time: '2026-11-20T01:30:15.000Z', ept: 0.005, ...over })
const utcMs = 1_795_138_215_000
const sky =
  '{"class":"SKY","satellites":[{"PRN":3,"gnssid":0,"used":true},{"PRN":21,"gnssid":3,"used":true},{"PRN":66,"gnssid":6,"used":false},7]}'

describe('a line of gpsd', () => {
  it('tells time, fix and the error of its stamp', () => {
    expect(gpsdClock(tpv())).toEqual({ kind: 'time', isFix: true, utcMs, errorMs: 5 })
    expect(gpsdClock(tpv({ ept: undefined }))).toMatchObject({ errorMs: null })
    expect(gpsdClock(tpv({ ept: -1 }))).toMatchObject({ errorMs: null })
    expect(gpsdClock(tpv({ mode: 1 }))).toMatchObject({ isFix: false })
    expect(gpsdClock(tpv({ time: undefined }))).toMatchObject({ utcMs: null })
  })
  it('tells the systems whose satellites are in use', () => {
    expect(gpsdClock(sky)).toEqual({ kind: 'sky', used: ['BD', 'GP'] })
    expect(gpsdClock('{"class":"SKY"}')).toBe(null)
  })
  it.each(['', '{', '7', 'null', '{"class":"VERSION"}'])('%j tells nothing', (text) => {
    expect(gpsdClock(text)).toBe(null)
  })
  it('is told by the driver to who asked for clocks alone', () => {
    const bytes = new TextEncoder().encode(`${tpv()}\r\n`)
    const eventTypes = (tellsClock: boolean): string[] => {
      const up = stepGnss(startGnss({ tellsClock }), { type: 'linkUp', atMs: 0 })
      return stepGnss(up.state, { type: 'bytes', bytes, atMs: 1 }).effects.flatMap((effect) =>
        effect.do === 'emit' ? [effect.event.type] : [],
      )
    }
    expect(eventTypes(true)).toContain('clock')
    expect(eventTypes(false)).not.toContain('clock')
  })
})
