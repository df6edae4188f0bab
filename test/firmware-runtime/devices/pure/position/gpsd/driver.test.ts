// The driver of a GNSS receiver at gpsd: up with the first report, down when reports stop, and no line too long.
// The contract of all drivers is in contract/position-contract.test.ts.
import { describe, expect, it } from 'vitest'
import {
  gnssSilentMs,
  startGnss,
  stepGnss,
  type GnssEffect,
  type GnssInput,
  type GnssState,
} from '#devices/pure/position/gpsd/driver.ts'
import { seededRandom } from '#simulators/shell/random.ts'

type Without<E> = E extends GnssInput ? Omit<E, 'atMs'> : never
type Bare = Without<GnssInput>

const line = (lat: number): string =>
  `{"class":"TPV","mode":3,"time":"2026-11-20T06:30:00Z","lat":${lat},"lon":108.366,"eph":3}\r\n`
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

class Bench {
  state: GnssState = startGnss()
  effects: GnssEffect[] = []

  give(...events: readonly Bare[]): this {
    for (const event of events) {
      const step = stepGnss(this.state, { ...event, atMs: 0 } as GnssInput)
      this.state = step.state
      this.effects.push(...step.effects)
    }
    return this
  }

  hear(text: string): this {
    return this.give({ type: 'bytes', bytes: bytesOf(text) })
  }

  get events(): string[] {
    return this.effects.flatMap((effect) => (effect.do === 'emit' ? [effect.event.type] : []))
  }
}

const up = (): Bench => new Bench().give({ type: 'linkUp' })

describe('the driver of a receiver', () => {
  it('asks for reports, and is up with the first one', () => {
    const bench = up()
    expect(bench.effects).toMatchObject([{ do: 'send' }, { do: 'timer', afterMs: gnssSilentMs }])
    bench.hear('{"class":"VERSION"}\r\n\r\n')
    expect(bench.events).toEqual([])
    bench.hear(line(22.817)).hear(line(22.818))
    expect(bench.events).toEqual(['gnssUp', 'position', 'position'])
  })
  it('says so when nobody tells any more, and drops the link to ask anew', () => {
    const bench = up().hear(line(22.817))
    bench.effects = []
    bench.give({ type: 'timer', name: 'silence' })
    expect(bench.effects).toEqual([{ do: 'dropLink', reason: 'noPositionReport' }])
    bench.give({ type: 'linkDown', reason: 'closed' }, { type: 'linkDown', reason: 'closed' })
    expect(bench.events).toEqual(['gnssDown'])
    bench.hear(line(22.9))
    expect(bench.events).toEqual(['gnssDown'])
  })
  it('refuses a broken line alone, and counts it', () => {
    const bench = up().hear(`xx${line(22.817)}${line(22.818)}`)
    expect(bench.events).toEqual(['gnssUp', 'position'])
    expect(bench.state.counters).toMatchObject({ reports: 1, refused: 1 })
  })
  it('throws a line away that does not end, up to its end', () => {
    const bench = up()
    for (let n = 0; n < 40; n++) bench.hear('x'.repeat(1_000))
    expect(bench.state.carry.length).toBeLessThanOrEqual(16_384)
    bench.hear(`${line(22.817)}${line(22.818)}`)
    expect(bench.events).toEqual(['gnssUp', 'position'])
    expect(bench.state.counters.discardedBytes).toBeGreaterThanOrEqual(40_000)
  })
  it('takes any bytes without a word, in any pieces', () => {
    const random = seededRandom(2947)
    const bench = up()
    for (let n = 0; n < 20_000; n++) {
      const whole = bytesOf(line(22 + random()))
      const at = Math.floor(random() * whole.length)
      whole[at] = Math.floor(random() * 256)
      const cut = Math.floor(random() * whole.length)
      bench.effects = []
      bench.give(
        { type: 'bytes', bytes: whole.subarray(0, cut) },
        { type: 'bytes', bytes: whole.subarray(cut) },
      )
      for (const effect of bench.effects)
        if (effect.do === 'emit' && effect.event.type === 'position') {
          const { at: point, accuracyMm } = effect.event.report
          for (const value of [point?.latMicrodeg ?? 0, point?.lonMicrodeg ?? 0, accuracyMm ?? 0])
            if (!Number.isSafeInteger(value)) throw new Error(`${n}: ${value} is not whole`)
        }
      if (bench.state.carry.length > 16_384) throw new Error(`${n}: bytes pile up`)
    }
  })
})
