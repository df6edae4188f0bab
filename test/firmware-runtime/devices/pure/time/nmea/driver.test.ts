// The driver of a GNSS receiver by NMEA: which second it reports, from which constellation, and when it reports none.
// The contract of all drivers is in contract/survey-contract.test.ts.
import type { DownText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import {
  nmeaSilentMs,
  startNmea,
  stepNmea,
  type NmeaEffect,
  type NmeaEvent,
  type NmeaInput,
} from '#devices/pure/time/nmea/driver.ts'
import { sumOf } from '#devices/pure/time/nmea/framing.ts'

/** 2026-11-20T01:30:15Z. */
const firstMs = 1_795_138_215_000
const wallAtStartMs = firstMs + 120

class Bench {
  state = startNmea()
  effects: NmeaEffect[] = []
  private atMs = 0

  constructor() {
    this.give({ type: 'linkUp' })
  }
  give(
    event:
      | { type: 'linkUp' }
      | { type: 'linkDown'; reason: DownText }
      | { type: 'bytes'; bytes: Uint8Array }
      | { type: 'timer'; name: string },
  ): this {
    const stamped: NmeaInput = {
      ...event,
      atMs: this.atMs,
      businessNowMs: wallAtStartMs + this.atMs,
    }
    const step = stepNmea(this.state, stamped)
    this.state = step.state
    this.effects.push(...step.effects)
    return this
  }
  /** Sentences with their checksums, then the pause that ends a burst. */
  burst(...bodies: readonly string[]): this {
    const text = bodies.map((body) => `$${body}*${sumOf(body)}\r\n`).join('')
    this.give({ type: 'bytes', bytes: new TextEncoder().encode(text) })
    return this.give({ type: 'timer', name: 'burst' })
  }
  later(ms: number): this {
    this.atMs += ms
    return this
  }
  get events(): NmeaEvent[] {
    return this.effects.flatMap((effect) => (effect.do === 'emit' ? [effect.event] : []))
  }
  get last(): NmeaEvent | undefined {
    return this.events.at(-1)
  }
}

const clock = (second: number): string => `0130${15 + second}.000`
const rmc = (second = 0, talker = 'GN', status = 'A', date = '201126'): string =>
  `${talker}RMC,${clock(second)},${status},,,,,,,${date},,,A`
const gga = (second = 0, quality = 1): string => `GNGGA,${clock(second)},,,,,${quality},18,,,M,,M,,`
const zda = (second = 0, day = 20): string => `GNZDA,${clock(second)},${day},11,2026,00,00`
const gsa = (system: number): string => `GNGSA,A,3,03,04,,,,,,,,,,,1.3,0.7,1.1,${system}`

describe('the time of a burst', () => {
  it('is told once, with the moment at which the burst began', () => {
    const bench = new Bench().burst(rmc(), gga(), gsa(1), gsa(4), zda())
    expect(bench.events).toEqual([
      { type: 'nmeaUp' },
      {
        type: 'time',
        utcMs: firstMs,
        arrivedMs: wallAtStartMs,
        talker: 'GN',
        constellation: 'BD+GP',
        satellites: 18,
      },
    ])
    expect(bench.burst(rmc(), gga()).events).toHaveLength(2)
    expect(bench.state.counters.repeats).toBe(1)
  })
  it('ends with the first sentence of the next, without a pause', () => {
    const text = [rmc(0), rmc(1)].map((body) => `$${body}*${sumOf(body)}\r\n`).join('')
    const bench = new Bench().give({ type: 'bytes', bytes: new TextEncoder().encode(text) })
    expect(bench.last).toMatchObject({ type: 'time', utcMs: firstMs })
  })
  it('needs no RMC where GGA has a fix and ZDA the date', () => {
    expect(new Bench().burst(gga(), zda()).last).toMatchObject({ type: 'time', utcMs: firstMs })
  })
  it.each([
    ['status V', [rmc(0, 'GN', 'V')], 'noFix'],
    ['status V beside a GGA with a fix', [gga(), rmc(0, 'GN', 'V'), zda()], 'noFix'],
    ['a GGA without a fix beside status A', [rmc(), gga(0, 0)], 'noFix'],
    ['dead reckoning', [gga(0, 6), zda()], 'noFix'],
    ['ZDA alone: nothing says that it is true', [zda()], 'noFix'],
    ['a fix without a date', [gga()], 'noDate'],
    ['two dates', [rmc(), zda(0, 21)], 'twoDates'],
    ['no time yet', ['GNRMC,,V,,,,,,,,,,N'], 'noFix'],
  ])('%s is none', (_name, bodies, why) => {
    const bench = new Bench().burst(...bodies)
    expect(bench.last).toEqual({ type: 'noTime', why })
    expect(bench.events.some(({ type }) => type === 'time')).toBe(false)
  })
  it('is not told of a sentence whose sum is wrong', () => {
    const bytes = new TextEncoder().encode(`$${rmc()}*00\r\n`)
    const bench = new Bench().give({ type: 'bytes', bytes }).give({ type: 'timer', name: 'burst' })
    expect(bench.events).toEqual([])
    expect(bench.state.counters.badSums).toBe(1)
  })
})

describe('where it is from', () => {
  it.each([
    ['the talker alone', 'GP', [], 'GP'],
    ['BeiDou as BD', 'BD', [], 'BD'],
    ['BeiDou as GB', 'GB', [], 'GB'],
    ['GN, and nothing shows whose', 'GN', [], null],
    ['GN of GPS and BeiDou', 'GN', [gsa(1), gsa(4)], 'BD+GP'],
    ['GN of BeiDou alone', 'GN', [gsa(4)], 'BD'],
    ['GN of GPS alone', 'GN', [gsa(1)], 'GP'],
    ['GN of GPS and GLONASS', 'GN', [gsa(1), gsa(2)], 'GL+GP'],
    ['GN, heard and not in use', 'GN', [gsa(1), 'GBGSV,1,1,01,21,45,110,38'], 'GP'],
    ['GN, heard, use not told', 'GN', ['GBGSV,1,1,01,21,45,110,38'], 'BD'],
    ['GN, in view and not heard', 'GN', ['GBGSV,1,1,01,21,45,110,'], null],
  ])('%s', (_name, talker, sky, constellation) => {
    expect(new Bench().burst(rmc(0, talker), ...sky).last).toMatchObject({ constellation })
  })
  it('forgets satellites that are no longer told', () => {
    const bench = new Bench().burst(rmc(), gsa(1), gsa(4)).later(7_000).burst(rmc(7))
    expect(bench.last).toMatchObject({ constellation: null })
  })
})

describe('jumps and silence', () => {
  it('a leap of its clock is told before the time after it', () => {
    const bench = new Bench().burst(rmc(0)).later(1_000).burst(rmc(1)).later(1_000).burst(rmc(20))
    expect(bench.events.slice(-2)).toMatchObject([
      { type: 'jumped', byMs: 18_000 },
      { type: 'time' },
    ])
    expect(bench.state.counters.jumps).toBe(1)
  })
  it('a line that delays by half a second more is no jump', () => {
    const bench = new Bench().burst(rmc(0)).later(1_500).burst(rmc(1)).later(500).burst(rmc(2))
    expect(bench.events.map(({ type }) => type)).toEqual(['nmeaUp', 'time', 'time', 'time'])
  })
  it('drops a silent line to open it anew, and says down once', () => {
    const bench = new Bench().burst(rmc())
    expect(bench.effects).toContainEqual({ do: 'timer', name: 'silence', afterMs: nmeaSilentMs })
    bench.give({ type: 'timer', name: 'silence' })
    expect(bench.effects.at(-1)).toEqual({ do: 'dropLink', reason: 'noReceiverSentence' })
    bench.give({ type: 'linkDown', reason: 'closed' }).give({ type: 'linkDown', reason: 'closed' })
    expect(bench.events.filter(({ type }) => type === 'nmeaDown')).toHaveLength(1)
  })
})
