// A subscribed Dahua camera, in virtual time: fallback, heartbeats, groups, the epoch quirk.
// Faults common to every link are in contract.test.ts; here is what only this camera does.
import { describe, expect, it } from 'vitest'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { isWholeJpeg } from '#devices/pure/camera/pictures.ts'
import { DahuaServed } from '#simulators/camera/served/dahua-protocol.ts'
import { account, streamBench } from '../camera-bench.ts'

const serial = 'SIM5E100064'
const hourMs = 3_600_000

function make(knobs: Readonly<Record<string, unknown>> = {}, confidenceMax: 100 | 255 = 100) {
  const bench = streamBench({
    dialect: dahuaPull({ address: 'dahua:camera:80', channel: 1, confidenceMax }),
    protocol: (outside) => new DahuaServed({ ...account, serial }, outside),
  })
  bench.network.model.protocol.set(knobs)
  return bench
}
type Bench = ReturnType<typeof make>

function ready(knobs: Readonly<Record<string, unknown>> = {}, skewMs = 0): Bench {
  const bench = make(knobs)
  bench.skewClock(skewMs)
  bench.connect()
  bench.run(200)
  return bench
}
const offsets = (bench: Bench): number[] =>
  bench.news.flatMap((one) => (one.type === 'clockMeasured' ? [one.offsetMs] : []))

describe('a subscription', () => {
  it('is the one with pictures, under the serial number of the camera', () => {
    const bench = ready()
    expect(bench.network.requests.at(-1)).toBe(
      'GET /cgi-bin/snapManager.cgi?action=attachFileProc&Flags[0]=Event&Events=[TrafficJunction]' +
        '&channel=1&heartbeat=5 proof',
    )
    expect(bench.news.at(-1)).toEqual({ type: 'cameraUp', deviceId: serial })
    bench.see({ plate: '测AD54321', colour: 'green', confidence: 0.91 })
    bench.run(100)
    expect(bench.reads[0]).toMatchObject({
      deviceId: serial,
      plate: '测AD54321',
      colour: 'green',
      confidence: 0.91,
    })
    expect(isWholeJpeg(bench.reads[0]?.jpeg ?? new Uint8Array(0))).toBe(true)
  })
  it('is the one without pictures where firmware knows no other', () => {
    const bench = ready({ snapManager: false })
    expect(bench.network.requests.at(-1)).toContain('/cgi-bin/eventManager.cgi?action=attach')
    bench.see()
    bench.run(400)
    expect(bench.reads).toMatchObject([{ plateState: 'read', confidence: 0.93, jpeg: null }])
  })
  it('works where serial number and clock are not told', () => {
    const bench = ready({ tellsSerial: false, tellsTime: false })
    bench.see()
    bench.run(100)
    expect(bench.reads[0]).toMatchObject({ deviceId: 'dahua:camera:80', plateState: 'read' })
    expect(bench.reads[0]?.deviceAtMs).not.toBeNull()
  })
  it('lives on heartbeats, and is dead after three of them', () => {
    const bench = ready()
    bench.run(6 * hourMs)
    expect(bench.downs).toEqual([])
    bench.silence(true)
    bench.run(14_000)
    expect(bench.isUp()).toBe(true)
    bench.run(2_000)
    expect(bench.downs).toEqual(['silent'])
  })
  it.each([
    [{ prefix: 'ReturnEvents' }],
    [{ codeAt: 'EventBaseInfo.Code' }],
    [{ lengths: 'none' }],
    [{ lengths: 'none', lineEnd: 'lf' }],
    [{ lengths: 'none', snapManager: false }],
  ])('is the same with %j', (knobs) => {
    for (const pieces of [null, 1, 5]) {
      const bench = ready(knobs)
      bench.split(pieces)
      bench.see()
      bench.run(1_000)
      bench.see({ pictures: false })
      bench.run(1_000)
      expect(bench.reads.map((read) => read.plate)).toEqual(['测A10001', '测A10002'])
      expect(bench.isUp()).toBe(true)
    }
  })
  it.each([
    ['to100', 100, 0.93],
    ['to255', 255, 237 / 255],
    ['zero', 100, null],
    ['none', 100, null],
  ] as const)('confidence %s of %i', (confidence, max, expected) => {
    const bench = make({ confidence }, max)
    bench.connect()
    bench.run(200)
    bench.see()
    bench.run(400)
    expect(bench.reads[0]?.confidence).toBe(expected)
  })
})

describe('several pictures of one pass', () => {
  it('are one reading, when all are there', () => {
    const bench = ready({ group: 3 })
    bench.see()
    bench.run(1_000)
    expect(bench.reads).toHaveLength(1)
  })
  it('are the plate of the text that had one', () => {
    const bench = ready({ group: 3, groupReadsLate: true })
    bench.see()
    bench.run(1_000)
    expect(bench.reads).toMatchObject([{ plate: '测A10001', plateState: 'read' }])
  })
  it('sent twice are one reading', () => {
    const bench = ready({ group: 2 })
    bench.duplicate(true)
    bench.see()
    bench.run(1_000)
    expect([bench.reads.length, bench.done()]).toEqual([1, 1])
  })
  it('of two cars are two readings', () => {
    const bench = ready({ group: 2 })
    bench.see()
    bench.see()
    bench.run(1_000)
    expect(bench.reads.map((read) => read.plate)).toEqual(['测A10001', '测A10002'])
  })
  it('of which the rest never came are told when the stream ends', () => {
    const bench = ready({ group: 2 })
    bench.network.model.faults.add({ at: 'push', when: 'after', do: 'cut' })
    bench.see()
    bench.run(350)
    expect(bench.reads).toHaveLength(1)
  })
})

describe('the epoch of the camera', () => {
  it.each([
    [true, 0],
    [false, 0],
    [true, -93_000],
    [false, 2 * hourMs],
    [true, 8 * hourMs],
    [false, 8 * hourMs],
    [false, -400 * 24 * hourMs],
  ])(
    'local time: %s, clock off by %i ms: asked for, and its event as it stands',
    (utcIsLocal, skewMs) => {
      const bench = ready({ utcIsLocal }, skewMs)
      // The camera's clock answers in whole seconds.
      expect(Math.abs((offsets(bench)[0] ?? Infinity) - skewMs)).toBeLessThanOrEqual(1_000)
      bench.see()
      bench.run(100)
      const said = bench.reads[0]?.deviceAtMs ?? Infinity
      const localMs = utcIsLocal ? 8 * hourMs : 0
      expect(Math.abs(said - bench.clock.wall.nowMs() - skewMs - localMs)).toBeLessThanOrEqual(200)
      expect(offsets(bench)).toHaveLength(1)
    },
  )
  it('of a camera that tells no clock is taken as it stands', () => {
    const bench = ready({ tellsTime: false }, 3 * hourMs)
    bench.see()
    bench.run(100)
    expect(bench.reads).toMatchObject([{ plateState: 'read' }])
    expect(bench.reads[0]?.deviceAtMs).toBeGreaterThan(bench.clock.wall.nowMs() + 2 * hourMs)
    expect(offsets(bench)).toEqual([])
  })
  it('is looked at again: a clock that was set right counts', () => {
    const bench = ready({}, 3 * hourMs)
    bench.skewClock(0)
    bench.run(700_000)
    expect(Math.abs(offsets(bench).at(-1) ?? Infinity)).toBeLessThanOrEqual(1_000)
  })
})

describe('the version', () => {
  it.each([
    ['told', {}, { version: '1.000.0000.0,build:2020-01-01', serial }],
    ['not known to the model', { firmware: '' }, { version: null, serial }],
    [
      'told without a number',
      { tellsSerial: false },
      { version: '1.000.0000.0,build:2020-01-01', serial: null },
    ],
  ])('is %s', (_what, knobs, said) => {
    const bench = ready(knobs)
    bench.run(20_000)
    expect(bench.versions).toEqual([{ hardware: null, ...said }])
    expect(bench.isUp()).toBe(true)
  })

  it('is asked again while cars pass', () => {
    const bench = ready()
    bench.run(20_000)
    bench.network.model.protocol.set({ firmware: '2.000' })
    bench.run(hourMs)
    expect(bench.versions.at(-1)?.version).toBe('2.000,build:2020-01-01')
    expect(bench.downs).toEqual([])
  })
})
