// The frame console over real links, by commands: frames of every variant decoded and filtered, a
// session saved as capture and pcapng, and the capture replayed byte by byte.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import type { ConsolePageView } from '#devices/calls/console-views.ts'
import { cameraLink, cameraPassword } from './kit/camera-lot.ts'
import { newFolder, Program } from './kit/live-program.ts'
import { program, runProgram, type Ran } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { endedAfterEach } from './kit/ended.ts'

const sims = endedAfterEach()

interface Place {
  readonly folder: string
  readonly link: string
}

async function antenna(kind: 'pty' | 'tcp', variant: string): Promise<Place> {
  const folder = newFolder()
  const listen = kind === 'pty' ? `pty:${join(folder, 'rsu')}` : 'tcp://127.0.0.1:0'
  const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--listen', listen]
  const launch = spawnLauncher(program)
  const sim = await startSimProcess('rsu-sim', [...own, '--variant', variant], launch)
  sims.push(sim)
  return { folder, link: `${present(sim.endpoints.link, 'a link')}?variant=${variant}&power=8` }
}

type Line = Readonly<Record<string, unknown>>
const linesOf = ({ stdout }: Ran): readonly Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

const places = [
  ...(process.platform === 'linux' ? ([['pty', 'generic-bcc']] as const) : []),
  ['tcp', 'generic-ver'],
  ['tcp', 'generic-len'],
] as const

describe.each(places)('over %s, %s', (kind, variant) => {
  it('is watched, kept, replayed and exported', async () => {
    const { folder, link } = await antenna(kind, variant)
    const [capture, pcap, out] = ['s.jsonl', 's.pcapng', 'again.pcapng'].map((n) => join(folder, n))
    const files = ['--save', capture ?? '', '--pcapng', pcap ?? '']
    const where = ['--link', link, '--state', join(folder, 'state')]
    const ran = await runProgram('rsu', 'watch', ...where, ...files, '--frames', '5', '--json')
    expect(ran.code).toBe(0)
    const [ready, ...rows] = linesOf(ran)
    expect(ready).toMatchObject({ event: 'ready', apiVersion: 1 })
    const frames = rows.filter((row) => row['event'] === 'frame')
    expect(frames).toHaveLength(5)
    for (const frame of frames) expect(frame).toMatchObject({ ok: true, discarded: 0 })

    const replayed = await runProgram('capture', 'replay', capture ?? '', '--json')
    expect(replayed.code).toBe(0)
    expect(linesOf(replayed)[0]).toMatchObject({
      ok: true,
      variant,
      discarded: 0,
      driver: { compared: true, differences: [] },
    })
    const made = await runProgram('capture', 'pcapng', capture ?? '', out ?? '', '--json')
    expect(linesOf(made)[0]).toMatchObject({ ok: true })
    // Written live and converted later: the same packets, only the name of the interface differs.
    const lengths = [pcap, out].map((file) => readFileSync(file ?? '').length)
    expect(lengths[0]).toBe(lengths[1])
  })
})

it('shows only what fits, and keeps everything', async () => {
  const { folder, link } = await antenna('tcp', 'generic-ver')
  const capture = join(folder, 's.jsonl')
  const filter = ['--direction', 'out', '--type', 'c4,C0', '--frames', '2', '--save', capture]
  const where = ['--link', link, '--state', join(folder, 'state')]
  const rows = linesOf(await runProgram('rsu', 'watch', ...where, ...filter, '--json'))
  const frames = rows.filter((row) => row['event'] === 'frame')
  expect(frames.map((row) => [row['direction'], row['type']])).toEqual([
    ['out', 'C4'],
    ['out', 'C0'],
  ])
  expect(readFileSync(capture, 'utf8')).toContain('"direction":"in"')
})

it('sends a safe frame by hand and no other', async () => {
  const { folder, link } = await antenna('tcp', 'generic-ver')
  const where = ['--link', link, '--state', join(folder, 'state')]
  const who = ['--by', '装机员', '--reason', '查天线', '--json']
  expect((await runProgram('rsu', 'send', ...where, '--code', 'CA', ...who)).code).toBe(0)
  for (const code of ['C6', 'C0', 'C4', 'C8']) {
    const ran = await runProgram('rsu', 'send', ...where, '--code', code, ...who)
    expect(ran.code).toBe(2)
    expect(linesOf(ran)[0]).toMatchObject({ error: { code: 'WIRE-02', value: code } })
  }
})

it('of a running lot: barrier and display are watched, saved and replayed to the byte', async () => {
  const dir = join(newFolder(), 'lot')
  const demo = new Program(['demo', '--headless', '--data', dir, '--timing', 'instant'])
  await demo.ready()
  const of = (device: string): string[] => [
    ...['--data', dir, '--lane', 'exit', '--device', device, '--json'],
  ]
  const watched = await runProgram('capture', 'watch', ...of('barrier'), '--frames', '2')
  expect(linesOf(watched).filter((row) => row['event'] === 'frame')).toMatchObject([
    { type: '02', ok: true },
    { type: '02', ok: true },
  ])
  await demo.call('demo.sendCar', { laneId: 'exit', kind: 'etc' })
  const framesOf = async (device: string, types: readonly string[]) => {
    const ask = { laneId: 'exit', device, after: 0, types }
    return demo.call<ConsolePageView>('device.frames', ask)
  }
  const { rows } = await eventually(
    () => framesOf('barrier', ['05']),
    (page) => page.rows.some(({ direction }) => direction === 'in'),
  )
  const [request, answer] = rows.filter(({ direction }) => direction !== 'link')
  expect(request).toMatchObject({ direction: 'out', fields: { output: 'open', pulseMs: 100 } })
  expect(answer).toMatchObject({ direction: 'in', name: 'write-coil', ok: true })
  await eventually(
    () => framesOf('display', ['62', '6F']),
    (page) => page.rows.some(({ name }) => name === 'page-shown' || name === 'line-shown'),
  )
  for (const device of ['barrier', 'display']) {
    const [saved] = linesOf(await runProgram('capture', 'save', ...of(device)))
    expect(saved).toMatchObject({ ok: true, whole: true })
    const file = String(saved?.['file'])
    const [replayed] = linesOf(await runProgram('capture', 'replay', file, '--json'))
    expect(replayed).toMatchObject({
      ok: true,
      device,
      whole: true,
      discarded: 0,
      driver: { compared: true, differences: [], toldThen: null },
    })
    const out = join(dir, `${device}.pcapng`)
    const made = await runProgram('capture', 'pcapng', file, out, '--json')
    expect(linesOf(made)[0]).toMatchObject({ ok: true, out })
  }
  const none = await runProgram('capture', 'save', ...of('sensors'))
  expect(linesOf(none)[0]).toMatchObject({ error: { code: 'WIRE-04' } })
  // The cameras of a demo push, so there is no link to record.
  const pushing = await runProgram('capture', 'save', ...of('camera'))
  expect(linesOf(pushing)[0]).toMatchObject({ error: { code: 'WIRE-04' } })
  const odd = await runProgram('capture', 'save', ...of('toaster'))
  expect(linesOf(odd)[0]).toMatchObject({ error: { code: 'ARG-01', field: '--device' } })
})

const cameras = [
  ['exit-hik', 'hikvision-pull'],
  ['exit-dahua', 'dahua'],
  ['exit-vz', 'vz-tcp'],
] as const

/** A lot with one camera of each kind that the lane connects to, each in its own process. */
async function lotOfCameras(dir: string) {
  const launch = spawnLauncher(program)
  const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant']
  const listen = ['--listen', 'tcp://127.0.0.1:0']
  const ofLane = new Map<string, SimProcess>()
  const [camera, barrier] = [new Map<string, string>(), new Map<string, string>()]
  for (const [laneId, variant] of cameras) {
    const sim = await startSimProcess(
      'camera-sim',
      [...own, ...listen, '--variant', variant],
      launch,
    )
    const gate = await startSimProcess('barrier-sim', [...own, ...listen], launch)
    sims.push(sim, gate)
    ofLane.set(laneId, sim)
    camera.set(laneId, cameraLink(variant, present(sim.endpoints.link, 'a link')))
    barrier.set(laneId, present(gate.endpoints.link, 'a link'))
  }
  const how = { mode: 'demo', charge: 'card', offline: 'other-payment', layout: '7.1.1' } as const
  const lot = lotOf({ ...how, rsu: new Map(), camera, barrier, platform: null, capacity: 20 })
  writeLot(dir, lot, null)
  secretStore(dir, machineSecret()).write('cam', cameraPassword)
  return ofLane
}

it('of a running lot: cameras are watched, saved and replayed to the byte, no secret in any file', async () => {
  const dir = join(newFolder(), 'lot')
  const ofLane = await lotOfCameras(dir)
  const run = new Program(['run', '--data', dir, '--timing', 'instant'])
  await run.ready()
  for (const [laneId, sim] of ofLane) {
    const of = ['--data', dir, '--lane', laneId, '--device', 'camera']
    const page = (types: readonly string[]) =>
      run.call<ConsolePageView>('device.frames', { laneId, device: 'camera', after: 0, types })
    // The lane has subscribed to it.
    await eventually(
      () => page(['ANSWER']),
      ({ rows }) => rows.some(({ fields }) => /ivsresult|multipart/.test(JSON.stringify(fields))),
    )
    const watching = new Program(['capture', 'watch', ...of, '--type', 'plate', '--frames', '1'])
    await watching.ready()
    await sim.admin('POST', '/plates', { plate: '测A12345', colour: 'blue' })
    expect(await watching.ended).toBe(0)
    expect(watching.lines.find(({ event }) => event === 'frame')).toMatchObject({
      direction: 'in',
      type: 'PLATE',
      name: 'plate',
      ok: true,
      fields: { plate: '测A12345', colour: 'blue' },
    })
    const { rows } = await eventually(
      () => page(['PLATE', 'PICTURE']),
      (seen) => seen.rows.some(({ leftOut = 0 }) => leftOut > 1_000),
    )
    for (const { hex } of rows) expect(hex.length).toBeLessThan(4_000)

    const [saved] = linesOf(await runProgram('capture', 'save', ...of, '--json'))
    expect(saved).toMatchObject({ ok: true, whole: true })
    const file = String(saved?.['file'])
    const [pcap] = linesOf(
      await runProgram('capture', 'save', ...of, '--format', 'pcapng', '--json'),
    )
    const text = readFileSync(file, 'utf8')
    const hexes = [...text.matchAll(/"hex":"([0-9A-F]*)"/g)].map(([, hex = '']) => hex)
    const bytes = Buffer.from(hexes.join(''), 'hex').toString('latin1')
    const everything = `${text}${bytes}${readFileSync(String(pcap?.['file']), 'latin1')}`
    for (const secret of [cameraPassword, 'response=', 'cnonce=', 'username='])
      expect(everything.includes(secret), secret).toBe(false)

    const replayed = await runProgram('capture', 'replay', file, '--json')
    expect(replayed.code).toBe(0)
    expect(linesOf(replayed)[0]).toMatchObject({
      ok: true,
      device: 'camera',
      whole: true,
      discarded: 0,
      driver: { compared: true, differences: [], toldThen: null, told: { plateRead: 1 } },
    })
    const other = join(dir, 'other.jsonl')
    writeFileSync(other, text.replace(/("direction":"in","hex":"..)./, '$1F'))
    const broken = await runProgram('capture', 'replay', other, '--json')
    expect(broken.code).toBe(1)
  }
})

it.each([
  [['watch', '--link', 'tcp://127.0.0.1:1', '--direction', 'up'], 'ARG-01'],
  [['watch'], 'ARG-01'],
  [['watch', '--link', 'tcp://127.0.0.1:1', '--frames', 'x'], 'ARG-01'],
])('rsu %j is refused', async (args, code) => {
  const ran = await runProgram('rsu', ...args, '--json')
  expect(ran.code).toBe(2)
  expect(linesOf(ran)[0]).toMatchObject({ error: { code } })
})

it('a capture that is not there, or none, is refused by name', async () => {
  const gone = await runProgram('capture', 'replay', join(newFolder(), 'gone.jsonl'), '--json')
  expect(linesOf(gone)[0]).toMatchObject({ error: { code: 'FILE-01' } })
  const text = join(import.meta.dirname, 'frame-console.test.ts')
  expect(existsSync(text)).toBe(true)
  const none = await runProgram('capture', 'replay', text, '--json')
  expect(none.code).toBe(2)
  expect(linesOf(none)[0]).toMatchObject({ error: { code: 'WIRE-01', field: 'line 1' } })
})
