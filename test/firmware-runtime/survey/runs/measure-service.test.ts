// The measuring service in virtual time: a level that began before the key press belongs to no point, an unstable level is
// reported as such, an instrument whose record was withdrawn is recorded again, and jobs report step and progress.
import { describe, expect, it } from 'vitest'
import type { BurstArgs, ConnectArgs, MeasureJob } from '#survey/calls/measure.ts'
import type { MeterLevel } from '#devices/hosts/field-meter.ts'
import { MeasureService } from '#survey/runs/measure-service.ts'
import type { Runnable } from '#survey/runs/measure-jobs.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { ReceivedBytes } from '#survey/pure/file/origin.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { recordsOf, startMs } from '../pure/records.ts'

const levelMs = 400
const args: ConnectArgs = {
  profile: 'generic/scpi',
  link: 'tcp://127.0.0.1:1',
  instrumentId: 'sa',
  serialNo: 'S1',
  calibratedOn: null,
  calibratedUntil: null,
  correctionDb: 3,
  simulated: false,
}
const point: BurstArgs = {
  name: 'a',
  by: 'x',
  xMm: 0,
  yMm: 0,
  zMm: 1_000,
  place: 'lane',
  antennaId: null,
}

const raw = Buffer.from('-4.00E+01\n')

class Bench {
  readonly time = new VirtualTime()
  bodies: SurveyBody[] = []
  readonly heard: ReceivedBytes[] = []
  readonly begun: string[] = []
  /** The next reading; null when the instrument never answers. */
  next: () => MeterLevel | LaneFault | null = () => ({ levelDbm: -40, overload: false, raw })
  runnable: Runnable = { plan: [], run: () => Promise.resolve([]) }
  readonly service = new MeasureService({
    mono: this.time.clock,
    clock: { nowMs: () => startMs },
    open: () => ({
      identity: null,
      profileId: 'instrument/generic/scpi',
      close: () => undefined,
      link: 'tcp://127.0.0.1:5025',
      measure: () => {
        const { promise, resolve, reject } = Promise.withResolvers<MeterLevel>()
        this.time.clock.after(levelMs, () => {
          const level = this.next()
          if (level instanceof LaneFault) reject(level)
          else if (level !== null) resolve(level)
        })
        return promise
      },
    }),
    runnable: () => this.runnable,
    known: () => projectOf(recordsOf(this.bodies)).instruments,
    write: (
      _name: string,
      bodies: readonly SurveyBody[],
      _by: string,
      receivedBytes?: ReceivedBytes,
    ) => {
      this.bodies.push(...bodies)
      if (receivedBytes !== undefined) this.heard.push(receivedBytes)
    },
    begin: (_name: string, job: MeasureJob) => void this.begun.push(job.kind),
    onChange: () => undefined,
  })

  async pass(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += 50) {
      this.time.runTo(this.time.nowUs + 50_000)
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
    }
  }
  async burst(ms = 16_000): Promise<string> {
    let end = 'open'
    this.service.burst(point).then(
      () => (end = 'taken'),
      (fault: LaneFault) => (end = fault.code),
    )
    await this.pass(ms)
    return end
  }
  get fields() {
    return this.bodies.filter((body) => body.kind === 'field')
  }
}

describe('a point', () => {
  it('is five levels that began after the key was pressed', async () => {
    const bench = new Bench()
    let levelDbm = -43
    bench.next = () => ({ levelDbm, overload: false, raw })
    bench.service.connect(args)
    await bench.pass(900)
    expect(bench.service.view().instrument).toMatchObject({
      state: 'live',
      live: { levelDbm: -40, still: false, samples: 2 },
    })
    const taken = bench.service.burst(point)
    await bench.pass(300)
    // The level that began before the key press has arrived; from now on the probe is at its point.
    levelDbm = -41.234
    await bench.pass(2_100)
    await taken
    expect(bench.fields).toMatchObject([{ levelsDbm: [-41.23, -41.23, -41.23, -41.23, -41.23] }])
    expect(bench.bodies[0]).toMatchObject({ kind: 'instrument', serialNo: 'S1', correctionDb: 3 })
    // The raw answers to these five readings in order, with their link.
    const five = Buffer.from('-4.00E+01\n'.repeat(5))
    expect(bench.heard).toEqual([{ link: args.link, raw: Uint8Array.from(five) }])
  })
  it('is shown with its age, which grows while an instrument that stood still is silent', async () => {
    const bench = new Bench()
    let speaks = true
    bench.next = () => (speaks ? { levelDbm: -40, overload: false, raw } : null)
    bench.service.connect(args)
    await bench.pass(2_000)
    expect(bench.service.view().instrument).toMatchObject({ live: { still: true, ageMs: 0 } })
    speaks = false
    await bench.pass(12_000)
    const { state, live } = bench.service.view().instrument ?? {}
    expect({ state, live }).toMatchObject({ state: 'live', live: { still: true, ageMs: 12_000 } })
  })
  it('has no raw answer where one of them was more than is kept', async () => {
    const bench = new Bench()
    bench.next = () => ({ levelDbm: -40, overload: false, raw: null })
    bench.service.connect(args)
    expect(await bench.burst()).toBe('taken')
    expect(bench.heard).toEqual([{ link: args.link, raw: null }])
  })

  it('records the instrument once, and anew when that record was taken back', async () => {
    const bench = new Bench()
    bench.service.connect(args)
    expect(await bench.burst()).toBe('taken')
    expect(await bench.burst()).toBe('taken')
    expect(bench.bodies.map(({ kind }) => kind)).toEqual(['instrument', 'field', 'field'])
    bench.bodies = []
    expect(await bench.burst()).toBe('taken')
    expect(bench.bodies.map(({ kind }) => kind)).toEqual(['instrument', 'field'])
  })

  it.each([
    [
      'does not stand still',
      'METER-12',
      (n: number) => ({ levelDbm: -40 - 5 * (n % 2), overload: false, raw }),
    ],
    ['is overloaded', 'METER-10', () => ({ levelDbm: 3, overload: true, raw })],
    ['is silent', 'METER-12', () => null],
    ['is gone', 'METER-07', () => new LaneFault('METER-07')],
  ] as const)('is not taken where the level %s', async (_words, code, next) => {
    const bench = new Bench()
    let n = 0
    bench.next = () => next(n++)
    bench.service.connect(args)
    expect(await bench.burst()).toBe(code)
    expect(bench.bodies).toEqual([])
  })

  it('is refused at once while the instrument is not fit or not there', async () => {
    const bench = new Bench()
    bench.next = () => new LaneFault('METER-01', { note: 'it ends at 3200 MHz' })
    bench.service.connect(args)
    await bench.pass(levelMs + 50)
    expect(bench.service.view().instrument).toMatchObject({ state: 'lost' })
    await expect(bench.service.burst(point)).rejects.toMatchObject({ code: 'METER-01' })
    expect(bench.bodies).toEqual([])
  })

  it('is refused without an instrument, and while another is taken', async () => {
    const bench = new Bench()
    expect(await bench.burst(0)).toBe('METER-07')
    bench.service.connect(args)
    const first = bench.burst()
    await expect(bench.service.burst(point)).rejects.toMatchObject({ code: 'METER-11' })
    expect(await first).toBe('taken')
  })
})

describe('a job', () => {
  const job = { kind: 'signal', link: null, dialect: 'a/b', count: 1, everySec: 1 } as const

  it('tells step, share and what is left, goes on alone, and ends stopped', async () => {
    const bench = new Bench()
    const steps = Promise.withResolvers<void>()
    bench.runnable = {
      plan: [
        { step: 'ping', ms: 3_000 },
        { step: 'oneWay', ms: 1_000 },
      ],
      async run({ signal, step, record }) {
        step('lookUp')
        await Promise.resolve()
        step('ping')
        await steps.promise
        step('oneWay')
        record([{ kind: 'signal', technology: 'LTE', rsrpDbm: -90, sinrDb: 9, raw: '' }])
        await new Promise((done) => signal.addEventListener('abort', done))
        return []
      },
    }
    bench.service.start(job, 'a', 'x')
    expect(bench.begun).toEqual([])
    await bench.pass(1_500)
    expect(bench.begun).toEqual(['signal'])
    const [first] = bench.service.view().jobs
    expect(first).toMatchObject({ state: 'running', step: 'ping', percent: 37, leftMs: 2_500 })
    steps.resolve()
    await bench.pass(100)
    const [second] = bench.service.view().jobs
    expect(second).toMatchObject({ step: 'oneWay', records: 1 })
    expect(second?.percent).toBeGreaterThanOrEqual(75)
    expect(() => bench.service.start(job, 'a', 'x')).toThrow(/SURVEY-20/)
    bench.service.stop('signal')
    await bench.pass(100)
    expect(bench.service.view().jobs).toMatchObject([
      { state: 'stopped', leftMs: null, records: 1 },
    ])
    expect(bench.bodies).toHaveLength(1)
    expect(bench.begun).toEqual(['signal'])
  })

  it('is done, or tells what was not measured', async () => {
    const bench = new Bench()
    bench.service.start(job, 'a', 'x')
    await bench.pass(50)
    expect(bench.service.view().jobs).toMatchObject([{ state: 'done' }])
    // The plan is empty, so no run was begun.
    expect(bench.begun).toEqual([])
    bench.runnable = { plan: [], run: () => Promise.reject(new LaneFault('MODEM-01')) }
    bench.service.start(job, 'a', 'x')
    await bench.pass(50)
    expect(bench.service.view().jobs).toMatchObject([
      { state: 'failed', faults: [{ code: 'MODEM-01' }] },
    ])
  })
})
