// Discovery and the link doctor over real ptys and sockets, with simulators as processes: the simulator
// reads the pty's speed and garbles its bytes on a mismatch, so a wrong speed behaves like a real one.
import { spawn } from 'node:child_process'
import { chmodSync, realpathSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { cleanUp, newFolder, Program, runToEnd, type Ended } from './kit/live-program.ts'
import { program, repository } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

const sims: SimProcess[] = []
const endings: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
  await Promise.all(sims.splice(0).map((sim) => sim.kill()))
  await cleanUp()
})

const isLinux = process.platform === 'linux'

async function antenna(listen: string, ...more: string[]): Promise<SimProcess> {
  const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--listen', listen]
  const sim = await startSimProcess('rsu-sim', [...own, ...more], spawnLauncher(program))
  sims.push(sim)
  return sim
}

const doctor = (link: string, ...more: string[]): Promise<Ended> =>
  runToEnd(['doctor', '--link', link, ...more])

const codes = (ended: Ended): string[] =>
  (ended.json['findings'] as { code: string }[]).map(({ code }) => code)

describe.skipIf(!isLinux)('an antenna on a pty', () => {
  it('at another speed is garbage, which is measured, and found at its own', async () => {
    const path = join(newFolder(), 'rsu')
    const sim = await antenna(`pty:${path}`, '--baud', '460800', '--variant', 'generic-bcc')
    await sim.admin('POST', '/knobs', { heartbeatMs: 100 })
    const wrong = await doctor(`serial:${path}`)
    expect([wrong.code, codes(wrong)]).toEqual([1, ['FIND-05']])
    expect(wrong.json).toMatchObject({
      ok: false,
      device: { link: `serial:${path}?baud=460800&variant=generic-bcc`, baud: 460_800 },
      findings: [{ value: '115200 → 460800' }],
    })
    const [garbage, clear] = wrong.json['speeds'] as { bytes: number; framed: number }[]
    expect(garbage).toMatchObject({ baud: 115_200, opened: true, framed: 0, variant: null })
    expect(garbage?.bytes).toBeGreaterThan(0)
    expect(clear).toMatchObject({ baud: 460_800, variant: 'generic-bcc' })
    const right = await doctor(`serial:${path}?baud=460800&variant=generic-bcc`)
    expect([right.code, right.json['ok'], codes(right)]).toEqual([0, true, []])
  })
  it.each(rsuVariantIds)('with a swapped pair is told by its bytes: %s', async (variant) => {
    const path = join(newFolder(), 'rsu')
    const line = ['--baud', '115200', '--pair', 'swapped', '--variant', variant]
    const sim = await antenna(`pty:${path}`, ...line)
    await sim.admin('POST', '/knobs', { heartbeatMs: 100 })
    const ended = await doctor(`serial:${path}`)
    expect([ended.code, codes(ended)]).toEqual([1, ['FIND-06']])
  })
  it('held by another program is not opened, and the program is named', async () => {
    const path = join(newFolder(), 'rsu')
    const sim = await antenna(`pty:${path}`, '--baud', '115200')
    const code = `require('fs').openSync(${JSON.stringify(path)}, 'r+'); setInterval(() => 0, 1e6)`
    const holder = spawn(process.execPath, ['-e', `${code}; process.stdout.write('on')`])
    endings.push(() => void holder.kill())
    await new Promise((done) => holder.stdout.once('data', done))
    const ended = await doctor(`serial:${path}`)
    expect([ended.code, codes(ended)]).toEqual([1, ['FIND-03']])
    expect(ended.json['findings']).toMatchObject([
      { note: expect.stringContaining(`(${holder.pid})`) as string },
    ])
    const { link } = await sim.admin<{ link: { bytesIn: number } }>('GET', '/state')
    expect(link.bytesIn).toBe(0)
  })
  it('without the right to it shows the rule to install', async () => {
    const path = join(newFolder(), 'rsu')
    await antenna(`pty:${path}`, '--baud', '115200')
    chmodSync(realpathSync(path), 0o000)
    // Root without the capability to bypass file modes, which can still read its own checkout.
    const modest = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search']
    const [command = '', ...args] = [
      ...(process.getuid?.() === 0 ? modest : []),
      ...[process.execPath, program, 'doctor', '--link', `serial:${path}`, '--json'],
    ]
    const child = spawn(command, args, { cwd: repository })
    let text = ''
    child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')))
    const code = await new Promise((done, failed) =>
      child.once('error', failed).once('close', done),
    )
    const { findings } = JSON.parse(text) as { findings: unknown }
    expect(code).toBe(1)
    expect(findings).toMatchObject([
      { code: 'FIND-04', note: expect.stringContaining('GROUP="dialout"') as string },
    ])
  })
  it('that is not there', async () => {
    const path = join(newFolder(), 'rsu')
    expect(codes(await doctor(`serial:${path}`))).toEqual(['FIND-02'])
  })
})

describe('rsu list', () => {
  it('shows a recorded list with chips and drivers, and probes only what it is told', async () => {
    const folder = newFolder()
    const ports = join(folder, 'ports.json')
    const ch340 = { vendorId: '1a86', productId: '7523' }
    writeFileSync(ports, JSON.stringify([{ path: 'COM7', usb: ch340 }, { path: '/dev/none' }]))
    const ended = await runToEnd(['rsu', 'list', '--ports', ports])
    expect(ended.code).toBe(0)
    expect(ended.json).toMatchObject({
      devices: [],
      ports: [
        {
          path: 'COM7',
          state: 'free',
          bridge: { chip: 'CH340/CH341/CH343', driver: { linux: 'ch341, cdc_acm' } },
        },
        { path: '/dev/none', state: 'absent', findings: [{ code: 'FIND-02' }] },
      ],
      found: [],
      probes: [],
    })
    writeFileSync(ports, '[{"path":7}]')
    expect(await runToEnd(['rsu', 'list', '--ports', ports])).toMatchObject({
      code: 2,
      json: { error: { code: 'FILE-02', file: ports } },
    })
  })
  it.each(rsuVariantIds)(
    'finds %s over TCP with a car in its zone, debits nothing and sets nothing',
    async (v) => {
      const sim = await antenna('tcp://127.0.0.1:0', '--variant', v, '--power', '17')
      const car = { obuId: '02001234', cardNo: '3701000000000001', cardType: 22, plate: '测A12345' }
      const money = { colour: 0, balanceFen: 10_000, cardSerial: 17, stayMs: 60_000 }
      await sim.admin('POST', '/cars', { ...car, ...money })
      const link = sim.endpoints.link ?? ''
      const ended = await runToEnd(['rsu', 'list', '--probe', '--link', link])
      expect(ended.json['found']).toMatchObject([{ link: `${link}?variant=${v}`, variant: v }])
      const { cards } = await sim.admin<{ cards: { balanceFen: number; debits: unknown[] }[] }>(
        'GET',
        '/books',
      )
      for (const card of cards) expect(card).toMatchObject({ balanceFen: 10_000, debits: [] })
      const state = await sim.admin<{ powerStep: number; initialised: boolean }>('GET', '/state')
      expect(state).toMatchObject({ powerStep: 17, initialised: false })
    },
  )
})

describe('find', () => {
  it('enumerates HID for real, and asks a card only when it is told to', async () => {
    const hid = await runToEnd(['find', '--hid'])
    expect([hid.code, hid.json['cards'], Array.isArray(hid.json['hid'])]).toEqual([0, [], true])
    const ended = await runToEnd(['find', '--cameras', '--card', '127.0.0.1', '--seconds', '1'])
    expect(ended.json).toMatchObject({ cards: [{ address: '127.0.0.1' }], cameras: [] })
    const own = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
    const args = [...own, '--variant', 'hikvision-pull', '--discovery', '0']
    const sim = await startSimProcess('camera-sim', args, spawnLauncher(program))
    sims.push(sim)
    const { discovery = '' } = sim.endpoints as { discovery?: string }
    const found = await runToEnd(['find', '--at', discovery, '--seconds', '1'])
    expect(found.json['cameras']).toMatchObject([{ address: '127.0.0.1', name: '模拟相机' }])
    const vendor = [...own, '--variant', 'dahua', '--vendor-discovery', '0', '--seed', '7']
    const searched = await startSimProcess('camera-sim', vendor, spawnLauncher(program))
    sims.push(searched)
    const { vendorDiscovery = '' } = searched.endpoints as { vendorDiscovery?: string }
    const byMaker = await runToEnd(['find', '--at', vendorDiscovery, '--seconds', '1'])
    expect(byMaker.json['cameras']).toMatchObject([
      { by: 'dahua', address: '127.0.0.1', name: 'SIM5e100000-00000007', hardware: 'SIM-1' },
    ])
    expect(await runToEnd(['find'])).toMatchObject({ code: 2 })
    expect(await runToEnd(['find', '--lanes', '--card', 'none0'])).toMatchObject({ code: 2 })
  })
})

describe('a socket', () => {
  it('that nobody listens on, one that is another thing, one of another variant', async () => {
    const server = createServer((socket) => socket.end('220 hello\r\n'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const other = await doctor(`tcp://127.0.0.1:${port}`)
    expect(codes(other)).toEqual(['FIND-08'])
    await new Promise<void>((done) => server.close(() => done()))
    const closed = await doctor(`tcp://127.0.0.1:${port}`)
    expect([closed.code, codes(closed)]).toEqual([1, ['FIND-12']])
    const sim = await antenna('tcp://127.0.0.1:0', '--variant', 'generic-ver')
    const wrong = await doctor(`${sim.endpoints.link ?? ''}?variant=generic-bcc`)
    expect([wrong.code, codes(wrong)]).toEqual([1, ['FIND-10']])
    await eventually(
      () => doctor(`${sim.endpoints.link ?? ''}?variant=generic-ver`),
      ({ code }) => code === 0,
    )
  })
})

describe('a camera that asks for Digest', () => {
  const camera = async (variant: 'hikvision-pull' | 'dahua'): Promise<SimProcess> => {
    const listen = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
    const account = ['--user', 'admin', '--password', 'Right-1234']
    const args = [...listen, ...account, '--variant', variant]
    const sim = await startSimProcess('camera-sim', args, spawnLauncher(program))
    sims.push(sim)
    return sim
  }
  const folderWith = (password: string): string => {
    const dir = newFolder()
    secretStore(dir, machineSecret()).write('cam', password)
    return dir
  }
  const look = (sim: SimProcess, scheme: string, dir: string): Promise<Ended> => {
    const host = (sim.endpoints.link ?? '').replace(/^\w+:\/\//, '').replace(/\/.*$/, '')
    const link = `${scheme}://${host}?user=admin&secret=cam`
    return runToEnd(['doctor', '--camera', link, '--data', dir])
  }
  it.each([
    ['hikvision-pull', 'hikvision'],
    ['dahua', 'dahua'],
  ] as const)('%s: right, wrong and expired are three things', async (variant, scheme) => {
    const sim = await camera(variant)
    const right = await look(sim, scheme, folderWith('Right-1234'))
    expect([right.code, codes(right)]).toEqual([0, []])
    const wrong = await look(sim, scheme, folderWith('Wrong-1234'))
    expect([wrong.code, codes(wrong)]).toEqual([1, ['FIND-14']])
    await sim.admin('POST', '/faults', {
      at: 'auth',
      when: 'before',
      do: 'forge',
      skip: 1,
      times: 1,
    })
    const expired = await look(sim, scheme, folderWith('Right-1234'))
    expect([expired.code, expired.json['ok'], codes(expired)]).toEqual([0, true, ['FIND-15']])
    const none = await look(sim, scheme, newFolder())
    expect(codes(none)).toEqual(['FIND-14'])
  })
})

describe('a camera that pushes', () => {
  it('in a running lot: address, card, firewall and the last push', async () => {
    const dir = join(newFolder(), 'lot')
    const demo = new Program(['demo', '--headless', '--data', dir])
    const { intake } = await demo.ready()
    const ask = (): Promise<Ended> => runToEnd(['doctor', '--push', 'exit', '--data', dir])
    const ended = await ask()
    expect(ended.json).toMatchObject({ laneId: 'exit', address: intake['exit'] })
    expect(codes(ended)).toContain('FIND-18')
    expect(codes(ended)).toContain('FIND-17')
    await demo.call('demo.sendCar', { laneId: 'exit', kind: 'etc' })
    const pushed = await eventually(ask, ({ json }) => json['lastPushAtIso'] !== null)
    expect(codes(pushed)).toEqual(['FIND-18'])
    const nobody = await runToEnd(['doctor', '--push', 'exit', '--data', newFolder()])
    expect(nobody).toMatchObject({ code: 2, json: { error: { code: 'RUN-02' } } })
  })
})
