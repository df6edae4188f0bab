// The workbench as Studio hosts it, with a simulated antenna over a real link: the connected device
// shows its frames, is compared with a passport, and no lane is invented for it.
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { openWorkbench } from '#runtime/host/workbench.ts'
import type { Running } from '#runtime/host/run.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { cleanUp, newFolder } from './kit/live-program.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

const sims: SimProcess[] = []
let bench: Running
let folder: string

beforeEach(() => {
  folder = newFolder()
  vi.stubEnv('XDG_STATE_HOME', folder)
  bench = openWorkbench({ leave: () => undefined })
})
afterEach(async () => {
  await bench.stop()
  vi.unstubAllEnvs()
  await Promise.all(sims.splice(0).map((sim) => sim.kill()))
  await cleanUp()
})

async function antenna(variant: string): Promise<string> {
  const flags = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '7']
  const at = ['--listen', 'tcp://127.0.0.1:0', '--variant', variant]
  const sim = await startSimProcess('rsu-sim', [...flags, ...at], spawnLauncher(program))
  sims.push(sim)
  return `${present(sim.endpoints.link, 'a link')}?variant=${variant}&power=8`
}

async function call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> {
  const reply = (await bench.session().call(name, args)) as ApiReply<AnswerOf<N>>
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message}`)
  return reply.data
}
async function connect(link: string): Promise<void> {
  await call('find.connect', { link })
  await eventually(
    () => call('find.state', {}),
    ({ connected }) => connected?.state === 'up',
  )
}
const who = { by: '装机员', reason: '看报文' }

describe('the connected device', () => {
  it('has no lane; its frames are decoded, kept and sent, its state is compared', async () => {
    expect(await call('device.wires', {})).toEqual({ wires: [] })
    const link = await antenna('generic-bcc')
    await connect(link)
    expect(await call('board.get', {})).toMatchObject({
      lanes: [],
      bench: { laneId: 'bench', rsu: { link, state: 'up' } },
    })
    const { wires } = await call('device.wires', {})
    expect(wires).toMatchObject([{ laneId: 'bench', device: 'rsu', link, variant: 'generic-bcc' }])
    const at = { laneId: 'bench', device: 'rsu' } as const
    const seen = async (): Promise<readonly string[]> =>
      (await call('device.frames', { ...at, after: 0 })).rows.map(({ type }) => type)
    expect(await seen()).toEqual(expect.arrayContaining(['C0', 'B0']))
    const safe = wires[0]?.safe[0]?.code ?? ''
    const sent = (await seen()).filter((type) => type === safe).length
    await call('device.sendFrame', {
      ...at,
      ...who,
      commandId: 'by-hand-1',
      code: safe,
      fields: { obuId: '02001234' },
    })
    await eventually(seen, (types) => types.filter((type) => type === safe).length > sent)
    const saved = await call('device.saveFrames', { ...at, format: 'capture' })
    expect(saved.frames).toBeGreaterThan(1)
    expect(saved.file.startsWith(folder) && existsSync(saved.file)).toBe(true)
    const facts = await call('passport.facts', { laneId: 'bench', ...who })
    expect(facts.firmware).toMatchObject([{ device: 'rsu', source: 'device' }])
    expect([facts.about, facts.profile]).toEqual([[], []])
    expect(await bench.session().call('passport.drift', { laneId: 'bench' })).toMatchObject({
      error: { code: 'LOT-01' },
    })
  })

  it('another one has frames of its own', async () => {
    await connect(await antenna('generic-bcc'))
    const first = await call('device.wires', {})
    await connect(await antenna('generic-ver'))
    const second = await call('device.wires', {})
    expect(second.wires).toHaveLength(1)
    expect(second.wires[0]).toMatchObject({ variant: 'generic-ver' })
    expect(second.wires[0]?.link).not.toBe(first.wires[0]?.link)
    const { rows } = await call('device.frames', { laneId: 'bench', device: 'rsu', after: 0 })
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })
})
