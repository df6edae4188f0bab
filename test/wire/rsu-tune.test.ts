// The tune loop against simulated antennas over real links: an aim, one change, before and after by
// cars that drive through, kept or taken back. With a fault at each step the old power is there again.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Measurement, TuneDoneView } from '../../firmware-runtime/api/tune-views.ts'
import {
  spawnLauncher,
  startSimProcess,
  type SimProcess,
} from '../../firmware-runtime/cli/world/sim-process.ts'
import { present } from '../../firmware-runtime/core/values/must.ts'
import { rsuVariantIds } from '../../firmware-runtime/devices/rsu/variants.ts'
import { cleanUp, newFolder } from './kit/live-program.ts'
import { program, runProgram, type Ran } from './kit/program.ts'

const sims: SimProcess[] = []
afterEach(async () => {
  await Promise.all(sims.splice(0).map((sim) => sim.kill()))
  await cleanUp()
})

const links = process.platform === 'linux' ? (['pty', 'tcp'] as const) : (['tcp'] as const)
const places = rsuVariantIds.flatMap((variant) => links.map((kind) => ({ kind, variant })))

const cars = Array.from({ length: 24 }, (_, i) => `0200${(0x2000 + i).toString(16)}`)

class Antenna {
  readonly folder: string
  readonly sim: SimProcess
  readonly link: string
  private next = 0
  private driving = true

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
    this.link = `${present(sim.endpoints.link, 'a link')}?variant=${variant}`
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

  /** Ten cars while the antenna searches, as often as it is told to measure. */
  async traffic(untilDone: Promise<unknown>): Promise<void> {
    untilDone.finally(() => (this.driving = false)).catch(() => undefined)
    while (this.driving) {
      const { antennaOn } = await this.admin('/state')
      if (antennaOn === true) await this.drive()
      await pause(250)
    }
  }

  async powerStep(): Promise<unknown> {
    return (await this.admin('/state'))['powerStep']
  }
}

interface Tuned {
  readonly ok: boolean
  readonly step: TuneDoneView
  readonly error?: { code: string }
}
const jsonOf = (ran: Ran): Tuned => JSON.parse(ran.stdout) as Tuned
const measured = (found: Measurement | null): Measurement => present(found, 'measured')

const tune = (...more: string[]): string[] => [
  ...['--aim', 'moreReads', '--by', '装机员', '--reason', '调功率'],
  ...['--passes', '12', '--listen-sec', '4', '--cars', cars.join(',')],
  ...more,
]

describe.each(places)('$variant over $kind', ({ kind, variant }) => {
  it('more power reads more cars: measured, and kept for it', async () => {
    const antenna = await Antenna.start(kind, variant)
    const run = antenna.rsu('tune', ...tune('--set', 'powerStep=20'))
    await antenna.traffic(run)
    const ran = await run
    const { ok, step } = jsonOf(ran)
    expect([ran.code, ok, step.end, step.verdict?.why]).toEqual([0, true, 'kept', 'aimBetter'])
    const [before, after] = [measured(step.before), measured(step.after)]
    expect(after.passes.read).toBeGreaterThan(before.passes.read)
    expect(await antenna.powerStep()).toBe(20)
  })
})
