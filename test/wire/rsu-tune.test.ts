// The tune loop against simulated antennas over real links: an aim, one change, before and after with
// cars that drive through, kept or taken back. After a fault at any step the old power is restored.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Measurement, TuneDoneView, TuneView } from '#devices/calls/tune-views.ts'
import type { FindService } from '#devices/find/find-service.ts'
import { Workbench } from '#runtime/control/workbench.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import type { LaneResult } from '#devices/desk/commands/rsu-bundle.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { newFolder, Program } from './kit/live-program.ts'
import { program, runProgram, type Ran } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { endedAfterEach } from './kit/ended.ts'

const sims = endedAfterEach()

const links = process.platform === 'linux' ? (['pty', 'tcp'] as const) : (['tcp'] as const)
/** Measuring takes time: every variant over every link, and all faults, only in `npm run test:full`. */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const everywhere = rsuVariants.flatMap((variant) => links.map((kind) => ({ kind, variant })))
const places = full ? everywhere : everywhere.slice(0, 1)

const cars = Array.from({ length: 24 }, (_, i) => `0200${(0x2000 + i).toString(16)}`)

const [oldPower, newPower] = [8, 20]
/** One firmware ends at step 15: it shows with 3 and 15 what the others show with 8 and 20. */
const powersOf = (variant: string): readonly [number, number] =>
  variant === 'generic/regional-firmware' ? [3, 15] : [oldPower, newPower]

class Antenna {
  readonly folder: string
  readonly sim: SimProcess
  readonly link: string
  private next = 0

  static async start(kind: 'pty' | 'tcp', variant: string): Promise<Antenna> {
    const folder = newFolder()
    const listen = kind === 'pty' ? `pty:${join(folder, 'rsu')}` : 'tcp://127.0.0.1:0'
    const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--listen', listen]
    const launch = spawnLauncher(program)
    const flags = [...own, '--variant', variant, '--seed', '7']
    const sim = await startSimProcess('rsu-sim', flags, launch)
    sims.push(sim)
    return new Antenna(folder, sim, variant)
  }

  constructor(folder: string, sim: SimProcess, variant: string) {
    this.folder = folder
    this.sim = sim
    // It was set before; without that see first-contact.test.ts.
    this.link = `${present(sim.endpoints.link, 'a link')}?variant=${variant}&power=${powersOf(variant)[0]}`
  }

  rsu(verb: string, ...args: string[]): Promise<Ran> {
    const where = ['--link', this.link, '--state', join(this.folder, 'state'), '--json']
    return runProgram('rsu', verb, ...args, ...where)
  }

  async admin(path: string, body?: object): Promise<Record<string, unknown>> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${this.sim.endpoints.admin}${path}`, init)
    return (await answer.json()) as Record<string, unknown>
  }

  /** One car after another, at 40 km/h, up to a line three metres before the antenna. */
  async drive(lane: 'own' | 'neighbour' = 'own'): Promise<void> {
    const i = this.next++ % cars.length
    const cardNo = `370112000000000${String(10_000 + i)}`
    await this.admin('/cars', {
      obuId: cars[i],
      cardNo,
      plate: `测A1${String(i).padStart(4, '0')}`,
      passLane: lane,
      speedKmh: 40,
      fromM: 8,
      toM: 3,
    })
  }

  /** Cars while the antenna searches, until the step is over; at most `most` of them at each power. */
  async traffic(untilDone: Promise<unknown>, most = 8): Promise<void> {
    let isOver = false
    const over = untilDone.finally(() => (isOver = true))
    const driven = new Map<unknown, number>()
    let looks = 0
    const look = async (): Promise<boolean> => {
      // A car on every third look.
      if (isOver || looks++ % 3 > 0) return isOver
      const { antennaOn, powerStep } = await this.admin('/state')
      const count = driven.get(powerStep) ?? 0
      if (antennaOn === true && count < most) {
        driven.set(powerStep, count + 1)
        await this.drive()
      }
      return false
    }
    await eventually(look, (is) => is, { what: 'the step is over' })
    await over
  }

  async until(ok: () => Promise<boolean>): Promise<void> {
    await eventually(ok, (is) => is, { what: ok.toString() })
  }

  async powerStep(): Promise<unknown> {
    return (await this.admin('/state'))['powerStep']
  }
}

interface Tuned {
  readonly ok: boolean
  readonly settled: boolean
  readonly step: TuneDoneView | null
  readonly steps: readonly TuneDoneView[]
}
const jsonOf = (ran: Ran): Tuned => JSON.parse(ran.stdout) as Tuned
const measured = (found: Measurement | null): Measurement => present(found, 'measured')

const tune = (power = newPower): string[] => [
  ...['--aim', 'moreReads', '--set', `powerStep=${power}`],
  ...['--by', '装机员', '--reason', '调功率'],
  ...['--passes', '8', '--listen-sec', '4', '--cars', cars.join(',')],
]

describe.each(places)('$variant over $kind', ({ kind, variant }) => {
  it('more power reads more cars: measured, and kept for it', async () => {
    const antenna = await Antenna.start(kind, variant)
    const [, power] = powersOf(variant)
    const run = antenna.rsu('tune', ...tune(power))
    await antenna.traffic(run)
    const ran = await run
    const { step } = jsonOf(ran)
    const { end, verdict, before, after } = present(step, 'a step')
    expect([ran.code, end, verdict?.why]).toEqual([0, 'kept', 'aimBetter'])
    expect(measured(after).passes.read).toBeGreaterThan(measured(before).passes.read)
    expect(await antenna.powerStep()).toBe(power)
  })
})

describe('one step', () => {
  it('that reads no more cars is taken back; one that was kept is undone', async () => {
    const antenna = await Antenna.start('tcp', 'generic-ver')
    const run = antenna.rsu('tune', ...tune())
    await antenna.traffic(run)
    expect(jsonOf(await run).step?.end).toBe('kept')
    const less = antenna.rsu('tune', ...tune(oldPower))
    await antenna.traffic(less)
    const taken = await less
    expect([taken.code, jsonOf(taken).step?.end, await antenna.powerStep()]).toEqual([
      1,
      'takenBack',
      newPower,
    ])
    const undone = await antenna.rsu('tune', 'undo', '--by', '装机员', '--reason', '不要')
    expect([undone.code, jsonOf(undone).step?.undoneBy]).toEqual([0, '装机员'])
    expect(await antenna.powerStep()).toBe(oldPower)
    const again = await antenna.rsu('tune', 'undo', '--by', '装机员', '--reason', '不要')
    expect([again.code, again.stdout]).toEqual([2, expect.stringContaining('TUNE-02')])
  })
  it('too few cars never keep anything', async () => {
    const antenna = await Antenna.start('tcp', 'generic-len')
    const few = tune().map((word) => (word === '8' ? '3' : word))
    const run = antenna.rsu('tune', ...few)
    await antenna.traffic(run, 3)
    const { step } = jsonOf(await run)
    expect([step?.end, step?.verdict?.why]).toEqual(['takenBack', 'tooFew'])
    expect(await antenna.powerStep()).toBe(oldPower)
  })
  it('the meter alone writes nothing and says why it cannot tell', async () => {
    const antenna = await Antenna.start('tcp', 'generic-bcc')
    const few = antenna.rsu('attempts', '--listen-sec', '2', '--zone-m', '4.5')
    const none = await few
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('tooFewTries')])
    const standing = Array.from({ length: 6 }, (_, i) => i)
    await Promise.all(
      standing.map((i) =>
        antenna.admin('/cars', {
          obuId: cars[i],
          cardNo: `37011200000000001${i}00`,
          plate: '测A12345',
        }),
      ),
    )
    const ran = await antenna.rsu('attempts', '--listen-sec', '3', '--zone-m', '4.5')
    expect([ran.code, ran.stdout]).toEqual([0, expect.stringContaining('"light":"green"')])
    expect(await antenna.powerStep()).toBe(oldPower)
  })
})

/** In any case the reported power is the device's power. */
async function asSaid(antenna: Antenna, ran: Ran): Promise<string> {
  const { step, settled } = jsonOf(ran)
  const end = present(step, 'a step').end
  expect(settled).toBe(true)
  expect(await antenna.powerStep()).toBe(end === 'kept' ? newPower : oldPower)
  return end
}

const faultPlaces = [
  { kind: 'tcp', variant: 'generic-ver' },
  { kind: links[0], variant: 'generic-bcc' },
] as const

describe.each(full ? faultPlaces : [])(
  'faults at each step, $variant over $kind',
  ({ kind, variant }) => {
    it('the device restarts while before is measured: the step goes on, nothing is half', async () => {
      const antenna = await Antenna.start(kind, variant)
      const run = antenna.rsu('tune', ...tune())
      const drive = antenna.traffic(run)
      await antenna.until(async () => (await antenna.admin('/state'))['antennaOn'] === true)
      await antenna.admin('/act', { do: 'reboot', ms: 200 })
      await drive
      await asSaid(antenna, await run)
    })
    it('the device restarts as it is written to', async () => {
      const antenna = await Antenna.start(kind, variant)
      const run = antenna.rsu('tune', ...tune())
      const drive = antenna.traffic(run)
      await antenna.until(async () => (await antenna.admin('/state'))['antennaOn'] === true)
      await antenna.admin('/faults', { at: 'C0', when: 'before', do: 'reboot', ms: 200 })
      await drive
      // A serial line does not notice a restart: written again in time, it is an ordinary step.
      const ends = kind === 'tcp' ? /^linkLost$/ : /^(?:linkLost|kept)$/
      expect(await asSaid(antenna, await run)).toMatch(ends)
    })
    it('the device restarts while after is measured', async () => {
      const antenna = await Antenna.start(kind, variant)
      const run = antenna.rsu('tune', ...tune())
      const drive = antenna.traffic(run)
      await antenna.until(async () => (await antenna.powerStep()) === newPower)
      await antenna.admin('/act', { do: 'reboot', ms: 200 })
      await drive
      // A serial line does not notice a restart: here the numbers lead to taking it back.
      const ends = kind === 'tcp' ? /^linkLost$/ : /^(?:linkLost|takenBack)$/
      expect(await asSaid(antenna, await run)).toMatch(ends)
    })
    it('our power is cut while after is measured: the next contact takes it back and says so', async () => {
      const antenna = await Antenna.start(kind, variant)
      const where = ['--link', antenna.link, '--state', join(antenna.folder, 'state'), '--json']
      const cut = new Program(['rsu', 'tune', ...tune(), ...where])
      const drive = antenna.traffic(cut.ended)
      await antenna.until(async () => (await antenna.powerStep()) === newPower)
      cut.child.kill('SIGKILL')
      await drive
      expect(await antenna.powerStep()).toBe(newPower)
      const next = jsonOf(await antenna.rsu('tune', 'steps'))
      expect(next.steps.map(({ end }) => end)).toEqual(['restarted'])
      expect(await antenna.powerStep()).toBe(oldPower)
    })
  },
)

describe('presets and bundles', () => {
  const who = ['--by', '装机员', '--reason', '统一设置']
  const resultsOf = (ran: Ran): unknown[] =>
    (JSON.parse(ran.stdout) as { lanes: LaneResult[] }).lanes.map(({ end, error, rows }) => [
      end,
      error?.code ?? null,
      ...rows.map(({ id, old, new: value, result }) => `${id} ${old}->${value} ${result}`),
    ])
  it('one bundle to several antennas: what was, what is, what is not there; a dead one stalls none', async () => {
    const [bcc, ver] = await Promise.all([
      Antenna.start('tcp', 'generic-bcc'),
      Antenna.start(links[0], 'generic-ver'),
    ])
    const dead = 'tcp://127.0.0.1:9?variant=generic-len'
    const at = (links: string[]): string[] => [
      ...links.flatMap((link) => ['--link', link]),
      ...['--state', join(bcc.folder, 'state'), '--json'],
    ]
    const there = at([bcc.link, ver.link])
    const looked = await runProgram('rsu', 'bundle', 'diff', '--preset', 'long-zone', ...there)
    expect(resultsOf(looked)).toEqual([
      [
        ...[null, null, 'powerStep 8->20 wouldWrite', 'bstIntervalMs null->10 notOnDevice'],
        'rereadWaitSec 1->1 same',
      ],
      [
        ...[null, null, 'powerStep 8->20 wouldWrite', 'bstIntervalMs 10->10 same'],
        'rereadWaitSec null->1 notOnDevice',
      ],
    ])
    expect([await bcc.powerStep(), await ver.powerStep()]).toEqual([oldPower, oldPower])
    // One antenna reads a car with the new power, the other waits in vain.
    await bcc.admin('/cars', { obuId: cars[0], cardNo: '37011200000000000001', plate: '测A12345' })
    const [verb, ...rest] = ['bundle', 'apply', '--preset', 'long-zone', '--trial-sec', '2', ...who]
    const ran = await runProgram('rsu', verb ?? '', ...rest, ...at([bcc.link, ver.link, dead]))
    expect(ran.code).toBe(1)
    const [kept, late, gone] = resultsOf(ran)
    expect(kept).toEqual(expect.arrayContaining(['kept', 'powerStep 8->20 written']))
    expect(late).toEqual(expect.arrayContaining(['timeUp', 'powerStep 8->20 tookBack']))
    expect(gone).toEqual([null, 'LINK-02'])
    expect(await bcc.powerStep()).toBe(20)
  })
  it('a refused value keeps the others of that lane back, too', async () => {
    const antenna = await Antenna.start('tcp', 'generic-ver')
    const file = join(antenna.folder, 'bundle.json')
    writeFileSync(file, JSON.stringify({ version: 1, settings: { powerStep: 99, channel: 1 } }))
    const where = ['--link', antenna.link, '--state', join(antenna.folder, 'state'), '--json']
    const ran = await runProgram('rsu', 'bundle', 'apply', '--file', file, ...who, ...where)
    expect([ran.code, resultsOf(ran)]).toEqual([
      1,
      [[null, null, 'powerStep 8->99 refused', 'channel 0->1 left']],
    ])
    expect(await antenna.admin('/state')).toMatchObject({ powerStep: oldPower, channel: 0 })
  })
})

describe('on the workbench, where there is no lot', () => {
  it('the antenna under the hand is tuned by the same calls, roles and steps', async () => {
    const antenna = await Antenna.start('tcp', 'generic-bcc')
    const bench = await BenchRsu.open(antenna.link, join(antenna.folder, 'state'), {})
    const mono = systemMonoClock()
    const service = { device: bench, close: () => bench.close() } as unknown as FindService
    const room = new Workbench({ service, mono, clock: systemWallClock(), version: '1' })
    try {
      const at = { laneId: 'bench' }
      const who = { by: '装机员', reason: '调功率', commandId: 'tune-at-gate' }
      const change = { setting: 'powerStep', value: newPower }
      const begin = { ...at, ...who, aim: 'moreReads', change, listenSec: 60, passes: 8 }
      const call = (name: string, args: object, role: Role = 'owner') =>
        room.session(role).call(name, args)
      expect(await call('tune.begin', begin, 'auditor')).toMatchObject({
        error: { code: 'API-02' },
      })
      expect(await call('tune.get', at)).toMatchObject({ data: { up: true, run: null, steps: [] } })
      expect(await call('tune.begin', begin)).toEqual({
        ok: true,
        data: { ok: true, repeated: false },
      })
      expect(await call('tune.begin', begin)).toMatchObject({ data: { repeated: true } })
      expect(await call('tune.get', at)).toMatchObject({
        data: { run: { setting: 'powerStep', old: oldPower, new: newPower, by: '装机员' } },
      })
      await call('tune.decide', { ...at, ...who, commandId: 'tune-no-more', keep: false })
      await antenna.until(async () => {
        const view = (await call('tune.get', at)) as { data: TuneView }
        return view.data.run === null && !view.data.restoring
      })
      expect(await antenna.powerStep()).toBe(oldPower)
      const other = { ...at, laneId: 'exit' }
      expect(await call('tune.get', other)).toMatchObject({ error: { code: 'SET-04' } })
    } finally {
      room.close()
    }
  })
})
