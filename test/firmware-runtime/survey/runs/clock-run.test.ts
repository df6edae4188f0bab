// Readings of clocks in virtual time, against the models of receiver and time server: every offset is true within its
// stated error; refused readings have their reason.
import { describe, expect, it } from 'vitest'
import { runClockTests } from '#survey/runs/clock-run.ts'
import type { ClockBody } from '#survey/pure/file/record.ts'
import { verdictOf, Scene } from './clock-scene.ts'

const halfHour = { count: 7, everyMs: 301_000, withinMs: 2_400_000 }

describe('against a time server', () => {
  it.each([
    [0, {}, 'pass'],
    [640, { thereMs: 20, thinkMs: 3, backMs: 60 }, 'pass'],
    [-1_500, { thereMs: 5, backMs: 5 }, 'fail'],
  ])('a clock that is off by %i ms', async (ownOffsetMs, knobs, verdict) => {
    const scene = new Scene()
    scene.ownOffsetMs = ownOffsetMs
    scene.sntp.set(knobs)
    const report = await scene.run({ ntp: true }, halfHour)
    expect(report).toMatchObject({ fault: null, refused: {} })
    expect(report.readings).toHaveLength(7)
    expect(scene.sntp.requests).toBe(28)
    for (const { body } of report.readings)
      expect(Math.abs(body.offsetMs - ownOffsetMs)).toBeLessThanOrEqual(body.errorMs)
    expect(verdictOf('D15', report)).toBe(verdict)
  })
  it.each([
    ['192.0.2.1', undefined],
    ['127.0.0.1', true],
    ['::1', true],
    ['192.168.1.10', true],
    ['::ffff:192.168.1.10', true],
  ])('whose name leads to %s', async (address, isSelf) => {
    const scene = new Scene()
    scene.serverAddress = address
    const { readings } = await scene.run({ ntp: true }, { count: 1 })
    expect(readings[0]?.body.server).toBe('time.example:123')
    expect(readings[0]?.body.serverAddress).toBe(address)
    expect(readings[0]?.body.serverIsSelf).toBe(isSelf)
  })
  it('over half an hour', async () => {
    const scene = new Scene()
    const pace = { count: 7, everyMs: 300_000, withinMs: 3_600_000 }
    const { readings } = await scene.run({ ntp: true }, pace)
    expect((readings.at(-1)?.atMs ?? 0) - (readings[0]?.atMs ?? 0)).toBeGreaterThan(1_800_000)
  })
  it.each([
    ['silent', { silent: true }, 'CLOCK-01', 'noAnswer'],
    ['not synchronised', { leap: 3 }, 'CLOCK-02', 'unsynchronised'],
    ['of its own clock', { referenceId: 'LOCL' }, 'CLOCK-02', 'localClock'],
    ['that forges', { forgesOriginate: true }, 'CLOCK-01', 'noAnswer'],
  ])('one that is %s gives no reading', async (_name, knobs, code, why) => {
    const scene = new Scene()
    scene.sntp.set(knobs)
    const report = await scene.run({ ntp: true }, { count: 1 })
    expect(report.readings).toEqual([])
    expect(report.fault?.code).toBe(code)
    expect(report.refused).toEqual({ [why]: 4 })
  })
  it('one that denies is asked once and never again', async () => {
    const scene = new Scene()
    scene.sntp.set({ kiss: 'DENY' })
    const report = await scene.run({ ntp: true }, { count: 4 })
    expect(scene.sntp.requests).toBe(1)
    expect(report.fault).toEqual({ code: 'CLOCK-03', note: 'DENY' })
  })
  it('one that asks for less is asked at twice the interval, each time', async () => {
    const scene = new Scene()
    scene.sntp.set({ kiss: 'RATE' })
    await scene.run({ ntp: true }, { count: 4, everyMs: 1_000 })
    expect(scene.sntp.requests).toBe(4)
    expect(scene.time.nowUs).toBeGreaterThan((2 + 4 + 8) * 1_000_000)
  })
  it('ends when it is stopped', async () => {
    const scene = new Scene()
    scene.time.clock.after(3_000, () => scene.stop.abort())
    const { readings } = await scene.run({ ntp: true }, { count: 100 })
    expect(readings.length).toBeLessThan(4)
  })
})

describe('against a receiver', () => {
  const gnss = 'serial:/dev/gnss'
  it.each([
    [0, 'BD', 'pass', 'BD'],
    [-200, 'GN', 'pass', 'BD+GP'],
    // Without a pulse the time is not known that precisely.
    [-600, 'GN', 'marginal', 'BD+GP'],
    [0, 'GP', 'fail', 'GP'],
    [0, 'GN-', 'fail', 'GL+GP'],
    [1_200, 'GB', 'marginal', 'GB'],
    [1_800, 'GB', 'fail', 'GB'],
  ])('off by %i ms, from %s: %s', async (ownOffsetMs, constellation, verdict, expectedName) => {
    const scene = new Scene()
    scene.ownOffsetMs = ownOffsetMs
    scene.nmea.set({ constellation }, 0)
    const report = await scene.run({ gnss }, halfHour)
    expect(report).toMatchObject({ by: 'nmea', fault: null, refused: {} })
    for (const { body } of report.readings) {
      expect(body.constellation).toBe(expectedName)
      expect(body.errorMs).toBe(700)
      expect(Math.abs(body.offsetMs - ownOffsetMs)).toBeLessThanOrEqual(body.errorMs)
    }
    expect(verdictOf('D14', report)).toBe(verdict)
  })
  it('without a fix gives no reading, though its time runs on', async () => {
    const scene = new Scene()
    scene.nmea.set({ fix: false }, 0)
    const report = await scene.run({ gnss }, { withinMs: 10_000 })
    expect(report).toMatchObject({ readings: [], fault: { code: 'CLOCK-05', note: 'noFix' } })
  })
  it.each([1_024, 2_048])('a date %i weeks back has a name of its own', async (weeks) => {
    for (const url of [gnss, 'tcp://127.0.0.1:2947']) {
      const scene = new Scene()
      // The receiver's clock is right; ours is far ahead.
      scene.ownOffsetMs = weeks * 7 * 86_400_000
      const report = await scene.run({ gnss: url }, { withinMs: 10_000 })
      expect(report).toMatchObject({ readings: [], fault: { code: 'CLOCK-10' } })
    }
    const other = new Scene()
    other.ownOffsetMs = (weeks * 7 + 2) * 86_400_000
    const report = await other.run({ gnss }, { withinMs: 10_000 })
    expect(report.fault?.code).toBe('CLOCK-05')
  })
  it('a fix that is lost midway ends with what there was', async () => {
    const scene = new Scene()
    scene.time.clock.after(4_500, () => void scene.nmea.set({ fix: false }, scene.time.nowUs))
    const report = await scene.run({ gnss }, { count: 10, withinMs: 10_000 })
    expect(report.readings).toHaveLength(2)
    expect(report.fault?.code).toBe('CLOCK-05')
  })
  it('what it said before a leap does not count', async () => {
    const scene = new Scene()
    scene.nmea.set({ offsetMs: 18_000 }, 0)
    scene.time.clock.after(5_500, () => void scene.nmea.set({ offsetMs: 0 }, scene.time.nowUs))
    const report = await scene.run({ gnss }, { count: 4 })
    expect(report).toMatchObject({ fault: null, details: { jumps: 1 } })
    expect(report.readings).toHaveLength(4)
    for (const { body } of report.readings) expect(Math.abs(body.offsetMs)).toBeLessThan(500)
  })
  it('noise between its sentences costs none', async () => {
    const scene = new Scene()
    scene.nmea.set({ garbage: 200 }, 0)
    expect((await scene.run({ gnss })).readings).toHaveLength(4)
  })
  it('a line that says nothing, and a port that is not there', async () => {
    const silent = new Scene()
    silent.nmea.act({ do: 'silence', ms: 0, bits: 0, status: 0 }, 0)
    expect((await silent.run({ gnss }, { withinMs: 8_000 })).fault?.code).toBe('CLOCK-04')
    const absent = new Scene()
    absent.opens = false
    const { fault } = await absent.run({ gnss }, { withinMs: 8_000 })
    expect(fault).toEqual({ code: 'LINK-01', note: 'no such port' })
  })
  it('behind gpsd: the same, with its own error added; no fix is no time', async () => {
    const scene = new Scene()
    scene.ownOffsetMs = 300
    const report = await scene.run({ gnss: 'tcp://127.0.0.1:2947' })
    expect(report).toMatchObject({ by: 'gpsd', fault: null })
    for (const { body } of report.readings) {
      expect(body).toMatchObject({ constellation: null, errorMs: 700 })
      expect(Math.abs(body.offsetMs - 300)).toBeLessThanOrEqual(20)
    }
    const lost = new Scene()
    lost.gpsd.knobs.mode = 1
    const none = await lost.run({ gnss: 'tcp://127.0.0.1:2947' }, { withinMs: 8_000 })
    expect(none).toMatchObject({ readings: [], fault: { code: 'CLOCK-05' } })
  })
})

describe('against chrony', () => {
  it('reads its line, and says where it is not there', async () => {
    const scene = new Scene()
    const text = 'C0000201,192.0.2.1,2,1795138215.25,0.0125,0,0,1,0,0,0.004,0.0005,64.2,Normal\n'
    scene.chrony = { kind: 'said', text }
    const report = await scene.run({ chrony: true }, { count: 2 })
    expect(report.readings.map(({ body }) => body)).toEqual(
      Array.from({ length: 2 }, () => ({
        kind: 'clock',
        source: 'ntp',
        server: '192.0.2.1',
        serverAddress: '192.0.2.1',
        constellation: null,
        offsetMs: -12.5,
        errorMs: 3,
        of: 'ruler',
        syncedAtMs: 1_795_138_215_250,
      })),
    )
    scene.chrony = { kind: 'absent' }
    const absent = await scene.run({ chrony: true }, { count: 2 })
    expect(absent).toMatchObject({ readings: [], refused: { absent: 1 } })
    expect(absent.fault?.code).toBe('CLOCK-07')
  })
})

describe('another device by its Date', () => {
  const camera = { of: 'camera', device: '2', url: 'http://camera/' } as const
  const run = async (scene: Scene) => {
    const bodies: ClockBody[] = []
    const tests = { ntp: [{ host: 't', port: 123 }], gnss: [], chrony: false, devices: [camera] }
    const pace = { count: 1, everyMs: 1_000, withinMs: 20_000, signal: scene.stop.signal }
    let over = false
    const ended = runClockTests(scene.parts, tests, pace, ({ body }) => bodies.push(body))
    void ended.then(() => (over = true))
    for (let i = 0; i < 20_000 && !over; i++) {
      scene.time.runTo(scene.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    return { reports: await ended, bodies }
  }

  it('is off the source by what it is off the ruler and the ruler off the source, doubts added', async () => {
    const scene = new Scene()
    scene.ownOffsetMs = -300
    const { bodies } = await run(scene)
    const [ruler, found] = [
      bodies.find(({ of }) => of === 'ruler'),
      bodies.find(({ of }) => of === 'camera'),
    ]
    expect(Math.abs((ruler?.offsetMs ?? 0) + 300)).toBeLessThanOrEqual(ruler?.errorMs ?? 0)
    expect(found).toMatchObject({ device: '2', source: 'ntp' })
    expect(Math.abs((found?.offsetMs ?? 0) - 500)).toBeLessThanOrEqual(ruler?.errorMs ?? 0)
    expect(found?.errorMs).toBe(60 + (ruler?.errorMs ?? 0))
  })

  it('tells no offset where its date is of another day, or nobody answers', async () => {
    const scene = new Scene()
    scene.date = () =>
      Promise.resolve({ atMs: scene.ownMs(), secondMs: scene.ownMs() - 9e7, errorMs: 60, said: '' })
    const far = await run(scene)
    expect(far.bodies.map(({ of }) => of)).toEqual(['ruler'])
    expect(far.reports.at(-1)?.fault?.code).toBe('CLOCK-02')
    scene.date = () => Promise.reject(new Error('closed'))
    expect((await run(scene)).reports.at(-1)).toMatchObject({ fault: { note: 'closed' } })
  })
})
