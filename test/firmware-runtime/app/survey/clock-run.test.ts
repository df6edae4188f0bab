// Readings of clocks in virtual time, opposite the models of receiver and time server: every offset
// against the truth, within the error that is stated; and what is refused, with its reason.
import { describe, expect, it } from 'vitest'
import {
  runClockTests,
  type ClockReading,
  type ClockSourceReport,
  type ClockWorld,
} from '../../../../firmware-runtime/app/survey/clock-run.ts'
import type { Pace } from '../../../../firmware-runtime/app/survey/pace.ts'
import { VirtualTime } from '../../../../firmware-runtime/cli/world/virtual-time.ts'
import type { ClockBody, SurveyBody } from '../../../../firmware-runtime/core/survey/record.ts'
import { projectOf } from '../../../../firmware-runtime/core/survey/project.ts'
import { surveyItems } from '../../../../firmware-runtime/core/survey/items/index.ts'
import type { ByteLinkHandlers } from '../../../../firmware-runtime/ports/byte-link.ts'
import type { DateChange } from '../../../../firmware-runtime/ports/http-dates.ts'
import type { ToolAnswer } from '../../../../firmware-runtime/ports/tools.ts'
import { PositionModel } from '../../../../firmware-runtime/simulators/position/model.ts'
import { NmeaModel } from '../../../../firmware-runtime/simulators/time/nmea-model.ts'
import { SntpModel } from '../../../../firmware-runtime/simulators/time/sntp-model.ts'

const startMs = 1_795_138_214_400

interface Talker {
  onBytes(bytes: Uint8Array, atUs: number): readonly object[]
  advance(atUs: number): readonly object[]
}

/** A world in which our clock is wrong by `ownOffsetMs`, and everybody else stands around it. */
class World {
  readonly time = new VirtualTime()
  readonly sntp = new SntpModel()
  readonly nmea = new NmeaModel({ seed: 3, startMs })
  readonly gpsd = new PositionModel({ seed: 3, startMs, reportMs: 1_000 })
  chrony: ToolAnswer = { kind: 'absent' }
  ownOffsetMs = 0
  /** A camera that is half a second ahead, its second found within 60 ms. */
  date = (): Promise<DateChange> =>
    Promise.resolve({ atMs: this.ownMs(), secondMs: this.trueMs() + 500, errorMs: 60, said: 'Sat' })
  opens = true
  readonly stop = new AbortController()
  private handlers: ByteLinkHandlers | null = null

  trueMs = (): number => startMs + this.time.nowUs / 1000
  ownMs = (): number => Math.floor(this.trueMs() + this.ownOffsetMs)

  private hear(talker: Talker, outputs: readonly object[]): void {
    for (const output of outputs)
      if ('bytes' in output) this.handlers?.bytes(output.bytes as Uint8Array)
    void talker
  }

  get parts(): ClockWorld {
    const { clock } = this.time
    return {
      mono: clock,
      clock: { nowMs: this.ownMs },
      random: { bytes: (count) => new Uint8Array(count).fill(7) },
      tools: { run: () => Promise.resolve(this.chrony) },
      dates: () => this.date(),
      opener: {
        open: (url, handlers) => {
          const talker: Talker = url.startsWith('serial:') ? this.nmea : this.gpsd
          clock.after(1, () => {
            if (!this.opens) return handlers.down('no such port')
            this.handlers = handlers
            handlers.up()
          })
          const tick = (): void => {
            this.hear(talker, talker.advance(this.time.nowUs))
            clock.after(10, tick)
          }
          tick()
          return {
            ...{ bytesIn: 0, bytesOut: 0, close: () => undefined },
            send: (bytes) => this.hear(talker, talker.onBytes(bytes, this.time.nowUs)),
          }
        },
      },
      datagrams: {
        ask: ({ bytesAt, isAnswer, waitMs }) => {
          const { promise, resolve } = Promise.withResolvers<
            | { bytes: Uint8Array; sentMs: number; receivedMs: number }
            | { failed: 'noAnswer'; note: string }
          >()
          const sentMs = this.ownMs()
          const reply = this.sntp.answer(bytesAt(sentMs), this.trueMs())
          if (reply === null || !isAnswer(reply.bytes))
            clock.after(waitMs, () => resolve({ failed: 'noAnswer', note: '' }))
          else
            clock.after(reply.afterMs, () =>
              resolve({ bytes: reply.bytes, sentMs, receivedMs: sentMs + reply.afterMs }),
            )
          return promise
        },
      },
    }
  }

  /** Virtual time goes on until the run is over; between steps its promises have their turn. */
  async run(
    what: { ntp?: boolean; gnss?: string; chrony?: boolean; of?: 'lane' },
    pace: Partial<Pace> = {},
  ): Promise<ClockSourceReport> {
    const told: ClockReading[] = []
    const tests = {
      ntp: what.ntp === true ? [{ host: 'time.example', port: 123 }] : [],
      gnss: what.gnss === undefined ? [] : [what.gnss],
      chrony: what.chrony ?? false,
      ...(what.of === undefined ? {} : { of: what.of }),
    }
    const usual = { count: 4, everyMs: 1_000, withinMs: 60_000, signal: this.stop.signal }
    let reports: readonly ClockSourceReport[] | null = null
    const running = runClockTests(this.parts, tests, { ...usual, ...pace }, (r) => told.push(r))
    const ended = running.then((all) => (reports = all))
    for (let i = 0; i < 200_000 && reports === null; i++) {
      this.time.runTo(this.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    const [report] = await ended
    if (report === undefined) throw new Error('no report')
    expect(told).toEqual(report.readings)
    return report
  }
}

/** The clock of the lane synchronised twice meanwhile; nothing else there tells the time. */
const verdictOf = (id: 'D14' | 'D15', { readings }: ClockSourceReport): string => {
  const others = (['camera', 'rsu', 'platform'] as const).map((part): SurveyBody => ({
    ...{ kind: 'check', item: 'D15', part, answer: 'notApplicable', remark: 'none', photos: [] },
  }))
  const bodies = readings.map(({ atMs, body }, i) => {
    const synced = i === 0 || i === 3 ? { syncedAtMs: atMs } : {}
    return { atMs, body: { ...body, of: 'lane' as const, ...synced } }
  })
  const records = [...others.map((body) => ({ atMs: startMs, body })), ...bodies].map(
    ({ atMs, body }, seq) => ({ ...{ id: String(seq), seq, atMs, by: 'test', body } }),
  )
  return surveyItems.find((item) => item.id === id)?.judge(projectOf(records)).verdict ?? ''
}

const halfHour = { count: 7, everyMs: 301_000, withinMs: 2_400_000 }

describe('against a time server', () => {
  it.each([
    [0, {}, 'pass'],
    [640, { thereMs: 20, thinkMs: 3, backMs: 60 }, 'pass'],
    [-1_500, { thereMs: 5, backMs: 5 }, 'fail'],
  ])('a clock that is off by %i ms', async (ownOffsetMs, knobs, verdict) => {
    const world = new World()
    world.ownOffsetMs = ownOffsetMs
    world.sntp.set(knobs)
    const report = await world.run({ ntp: true }, halfHour)
    expect(report).toMatchObject({ fault: null, refused: {} })
    expect(report.readings).toHaveLength(7)
    expect(world.sntp.requests).toBe(28)
    for (const { body } of report.readings)
      expect(Math.abs(body.offsetMs - ownOffsetMs)).toBeLessThanOrEqual(body.errorMs)
    expect(verdictOf('D15', report)).toBe(verdict)
  })
  it('over half an hour', async () => {
    const world = new World()
    const pace = { count: 7, everyMs: 300_000, withinMs: 3_600_000 }
    const { readings } = await world.run({ ntp: true }, pace)
    expect((readings.at(-1)?.atMs ?? 0) - (readings[0]?.atMs ?? 0)).toBeGreaterThan(1_800_000)
  })
  it.each([
    ['silent', { silent: true }, 'CLOCK-01', 'noAnswer'],
    ['not synchronised', { leap: 3 }, 'CLOCK-02', 'unsynchronised'],
    ['of its own clock', { referenceId: 'LOCL' }, 'CLOCK-02', 'localClock'],
    ['that forges', { forgesOriginate: true }, 'CLOCK-01', 'noAnswer'],
  ])('one that is %s gives no reading', async (_name, knobs, code, why) => {
    const world = new World()
    world.sntp.set(knobs)
    const report = await world.run({ ntp: true }, { count: 1 })
    expect(report.readings).toEqual([])
    expect(report.fault?.code).toBe(code)
    expect(report.refused).toEqual({ [why]: 4 })
  })
  it('one that denies is asked once and never again', async () => {
    const world = new World()
    world.sntp.set({ kiss: 'DENY' })
    const report = await world.run({ ntp: true }, { count: 4 })
    expect(world.sntp.requests).toBe(1)
    expect(report.fault).toEqual({ code: 'CLOCK-03', note: 'DENY' })
  })
  it('one that asks for less is asked at twice the interval, each time', async () => {
    const world = new World()
    world.sntp.set({ kiss: 'RATE' })
    await world.run({ ntp: true }, { count: 4, everyMs: 1_000 })
    expect(world.sntp.requests).toBe(4)
    expect(world.time.nowUs).toBeGreaterThan((2 + 4 + 8) * 1_000_000)
  })
  it('ends when it is stopped', async () => {
    const world = new World()
    world.time.clock.after(3_000, () => world.stop.abort())
    const { readings } = await world.run({ ntp: true }, { count: 100 })
    expect(readings.length).toBeLessThan(4)
  })
})

describe('against a receiver', () => {
  const gnss = 'serial:/dev/gnss'
  it.each([
    [0, 'BD', 'pass', 'BD'],
    [-200, 'GN', 'pass', 'BD+GP'],
    // Without a pulse it is not known that well.
    [-600, 'GN', 'marginal', 'BD+GP'],
    [0, 'GP', 'fail', 'GP'],
    [0, 'GN-', 'fail', 'GL+GP'],
    [1_200, 'GB', 'marginal', 'GB'],
    [1_800, 'GB', 'fail', 'GB'],
  ])('off by %i ms, from %s: %s', async (ownOffsetMs, constellation, verdict, told) => {
    const world = new World()
    world.ownOffsetMs = ownOffsetMs
    world.nmea.set({ constellation }, 0)
    const report = await world.run({ gnss }, halfHour)
    expect(report).toMatchObject({ by: 'nmea', fault: null, refused: {} })
    for (const { body } of report.readings) {
      expect(body.constellation).toBe(told)
      expect(body.errorMs).toBe(700)
      expect(Math.abs(body.offsetMs - ownOffsetMs)).toBeLessThanOrEqual(body.errorMs)
    }
    expect(verdictOf('D14', report)).toBe(verdict)
  })
  it('without a fix gives no reading, though its time runs on', async () => {
    const world = new World()
    world.nmea.set({ fix: false }, 0)
    const report = await world.run({ gnss }, { withinMs: 10_000 })
    expect(report).toMatchObject({ readings: [], fault: { code: 'CLOCK-05', note: 'noFix' } })
  })
  it('a fix that is lost midway ends with what there was', async () => {
    const world = new World()
    world.time.clock.after(4_500, () => void world.nmea.set({ fix: false }, world.time.nowUs))
    const report = await world.run({ gnss }, { count: 10, withinMs: 10_000 })
    expect(report.readings).toHaveLength(2)
    expect(report.fault?.code).toBe('CLOCK-05')
  })
  it('what it said before a leap does not count', async () => {
    const world = new World()
    world.nmea.set({ offsetMs: 18_000 }, 0)
    world.time.clock.after(5_500, () => void world.nmea.set({ offsetMs: 0 }, world.time.nowUs))
    const report = await world.run({ gnss }, { count: 4 })
    expect(report).toMatchObject({ fault: null, details: { jumps: 1 } })
    expect(report.readings).toHaveLength(4)
    for (const { body } of report.readings) expect(Math.abs(body.offsetMs)).toBeLessThan(500)
  })
  it('noise between its sentences costs none', async () => {
    const world = new World()
    world.nmea.set({ garbage: 200 }, 0)
    expect((await world.run({ gnss })).readings).toHaveLength(4)
  })
  it('a line that says nothing, and a port that is not there', async () => {
    const silent = new World()
    silent.nmea.act({ do: 'silence', ms: 0, bits: 0, status: 0 }, 0)
    expect((await silent.run({ gnss }, { withinMs: 8_000 })).fault?.code).toBe('CLOCK-04')
    const absent = new World()
    absent.opens = false
    const { fault } = await absent.run({ gnss }, { withinMs: 8_000 })
    expect(fault).toEqual({ code: 'LINK-01', note: 'no such port' })
  })
  it('behind gpsd: the same, with its own error added; no fix is no time', async () => {
    const world = new World()
    world.ownOffsetMs = 300
    const report = await world.run({ gnss: 'tcp://127.0.0.1:2947' })
    expect(report).toMatchObject({ by: 'gpsd', fault: null })
    for (const { body } of report.readings) {
      expect(body).toMatchObject({ constellation: null, errorMs: 700 })
      expect(Math.abs(body.offsetMs - 300)).toBeLessThanOrEqual(20)
    }
    const lost = new World()
    lost.gpsd.knobs.mode = 1
    const none = await lost.run({ gnss: 'tcp://127.0.0.1:2947' }, { withinMs: 8_000 })
    expect(none).toMatchObject({ readings: [], fault: { code: 'CLOCK-05' } })
  })
})

describe('against chrony', () => {
  it('reads its line, and says where it is not there', async () => {
    const world = new World()
    const text = 'C0000201,192.0.2.1,2,1795138215.25,0.0125,0,0,1,0,0,0.004,0.0005,64.2,Normal\n'
    world.chrony = { kind: 'said', text }
    const report = await world.run({ chrony: true }, { count: 2 })
    expect(report.readings.map(({ body }) => body)).toEqual(
      Array.from({ length: 2 }, () => ({
        ...{ kind: 'clock', source: 'ntp', server: '192.0.2.1', constellation: null },
        ...{ offsetMs: -12.5, errorMs: 3, of: 'ruler', syncedAtMs: 1_795_138_215_250 },
      })),
    )
    world.chrony = { kind: 'absent' }
    const absent = await world.run({ chrony: true }, { count: 2 })
    expect(absent).toMatchObject({ readings: [], refused: { absent: 1 } })
    expect(absent.fault?.code).toBe('CLOCK-07')
  })
})

describe('another device by its Date', () => {
  const camera = { of: 'camera', device: '2', url: 'http://camera/' } as const
  const run = async (world: World) => {
    const bodies: ClockBody[] = []
    const tests = { ntp: [{ host: 't', port: 123 }], gnss: [], chrony: false, devices: [camera] }
    const pace = { count: 1, everyMs: 1_000, withinMs: 20_000, signal: world.stop.signal }
    let over = false
    const ended = runClockTests(world.parts, tests, pace, ({ body }) => bodies.push(body))
    void ended.then(() => (over = true))
    for (let i = 0; i < 20_000 && !over; i++) {
      world.time.runTo(world.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    return { reports: await ended, bodies }
  }

  it('is off the source by what it is off the ruler and the ruler off the source, doubts added', async () => {
    const world = new World()
    world.ownOffsetMs = -300
    const { bodies } = await run(world)
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
    const world = new World()
    world.date = () =>
      Promise.resolve({ atMs: world.ownMs(), secondMs: world.ownMs() - 9e7, errorMs: 60, said: '' })
    const far = await run(world)
    expect(far.bodies.map(({ of }) => of)).toEqual(['ruler'])
    expect(far.reports.at(-1)?.fault?.code).toBe('CLOCK-02')
    world.date = () => Promise.reject(new Error('closed'))
    expect((await run(world)).reports.at(-1)).toMatchObject({ fault: { note: 'closed' } })
  })
})

/** What a reading rests on is with it, so that somebody else can work it out again. */
describe('the raw answer of each reading', () => {
  const words = (reading: ClockReading): string => Buffer.from(reading.heard.raw ?? []).toString()

  it('of a receiver: all of its sentences since the time before, that of the reading among them', async () => {
    const world = new World()
    world.ownOffsetMs = -200
    const { readings } = await world.run({ gnss: 'serial:/dev/ttyUSB0?baud=9600' })
    expect(readings).toHaveLength(4)
    for (const reading of readings) {
      expect(reading.heard.link).toBe('serial:/dev/ttyUSB0')
      const times = [...words(reading).matchAll(/\$..(?:RMC|ZDA|GGA),(\d\d)(\d\d)(\d\d)(\.\d+)?,/g)]
      const [, h, m, s] = times.at(-1) ?? []
      // One moment, and nothing of those before.
      expect(new Set(times.map(([, ...hms]) => hms.join(''))).size).toBe(1)
      const theirs = (reading.atMs - reading.body.offsetMs) % 86_400_000
      expect(Math.floor(theirs / 1_000)).toBe(Number(h) * 3_600 + Number(m) * 60 + Number(s))
    }
    const all = readings.map(words)
    expect(new Set(all).size).toBe(all.length)
  })

  it('of gpsd: its report of that time', async () => {
    const { readings } = await new World().run({ gnss: 'tcp://127.0.0.1:2947' })
    for (const reading of readings) {
      const said = words(reading).trimEnd().split('\n').at(-1) ?? ''
      const { time } = JSON.parse(said) as { time: string }
      expect(Date.parse(time)).toBe(reading.atMs - reading.body.offsetMs)
    }
  })

  it('of a time server: the packet with the server’s own time', async () => {
    const { readings } = await new World().run({ ntp: true })
    for (const { heard, body, atMs } of readings) {
      expect(heard.link).toBe('udp://time.example:123')
      const raw = Buffer.from(heard.raw ?? [])
      expect(raw).toHaveLength(48)
      const sentMs = (raw.readUInt32BE(40) - 2_208_988_800) * 1_000
      // 0 in the era of 2036: seconds since 1900 have 32 bits.
      const theirs = atMs - body.offsetMs
      expect(Math.abs(theirs - sentMs)).toBeLessThan(2_500)
    }
  })

  it('of chrony and of a device: what they said, as it was said', async () => {
    const world = new World()
    const text = 'C0000201,192.0.2.1,2,1795138215.25,0.0125,0,0,1,0,0,0.004,0.0005,64.2,Normal\n'
    world.chrony = { kind: 'said', text }
    const [reading] = (await world.run({ chrony: true }, { count: 1 })).readings
    expect(reading === undefined ? '' : words(reading)).toBe(text)
  })

  it('is not kept where a line says more than anybody needs', async () => {
    const world = new World()
    const { opener, ...parts } = world.parts
    const loud: ByteLinkHandlers[] = []
    const told: ClockReading[] = []
    const running = runClockTests(
      {
        ...parts,
        opener: {
          open(url, handlers) {
            loud.push(handlers)
            return opener.open(url, handlers)
          },
        },
      },
      { ntp: [], gnss: ['serial:/dev/ttyUSB0'], chrony: false },
      { count: 4, everyMs: 1_000, withinMs: 20_000, signal: world.stop.signal },
      (one) => told.push(one),
    )
    let isOver = false
    void running.then(() => (isOver = true))
    world.time.clock.after(3_500, () => loud[0]?.bytes(new Uint8Array(100_001).fill(0x20)))
    for (let i = 0; i < 3_000 && !isOver; i++) {
      world.time.runTo(world.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    await running
    expect(told.map(({ heard }) => heard.raw === null).filter(Boolean)).toHaveLength(1)
  })
})
