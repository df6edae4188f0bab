// Each simulator as a real process, driven by a raw client over real sockets and a real pty.
// Ready line, admin side, SIGTERM and kill -9 are exercised for real.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Collector, firstLine, spawnSim, startSimProcess, type SimProcess } from './sim-process.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const socat = spawnSync('socat', ['-V']).status === 0
let folder = ''
const sims: SimProcess[] = []

async function start(module: string, run: string, argv: readonly string[]): Promise<SimProcess> {
  const sim = await startSimProcess(module, run, ['--timing', 'instant', ...argv])
  sims.push(sim)
  return sim
}
const rsu = (...argv: string[]): Promise<SimProcess> => start('rsu/rsu-sim.ts', 'rsuSimPlan', argv)

async function tcp(link: string): Promise<{ socket: Socket; got: Collector }> {
  const { hostname, port } = new URL(link)
  const socket = connect(Number(port), hostname)
  const got = new Collector()
  socket.on('data', (chunk) => got.push(chunk))
  // A simulator that is killed or loses power resets the connection: only `close` counts.
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  return { socket, got }
}

const opened = (path: string): Promise<SerialPort> =>
  new Promise((done, fail) => {
    const port = new SerialPort({ path, baudRate: 115_200 }, (error) =>
      error === null ? done(port) : fail(error),
    )
  })

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const c0 = 'FFFF80C06553F1002023111506132004010800 01B9FF'
const on = 'FFFF894C01C4FF'
const c1 = 'FFFF81C102001234B2E2CAD4370100011DFF'
const c6 =
  'FFFF84C602001234B2E2CAD43701000100000000 000001F420231115061320' +
  '37010102026553F1000104000000000000000000000000 01B2E2413132333435000000000CFF'
const car = {
  obuId: '02001234',
  cardNo: '37011200000000000001',
  plate: '测A12345',
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 17,
}

beforeEach(() => (folder = folderOfTest('sim-process-')))
afterEach(async () => {
  for (const sim of sims.splice(0)) {
    if (sim.child.exitCode === null && sim.child.signalCode === null) await sim.end('SIGKILL')
  }
})

/** One paid passage, driven as the lane computer drives it. */
async function passage(
  sim: SimProcess,
  got: Collector,
  send: (b: Buffer) => void,
): Promise<string> {
  send(hex(c0))
  await got.next(/FFFF.8B0.*?FF/)
  send(hex(on))
  expect(await sim.call('POST', '/cars', car)).toEqual({ status: 200, json: { obuId: car.obuId } })
  await got.next(/FFFF.8B202001234.*?FF/)
  send(hex(c1))
  await got.next(/FFFF.8B302001234.*?FF/)
  send(hex(c1))
  await got.next(/FFFF.8B402001234.*?FF/)
  send(hex(c6))
  const b5 = await got.next(/FFFF.8B502001234.*?FF/)
  send(hex(c1))
  return b5
}

describe('rsu-sim', () => {
  it('takes a debit over TCP and has it in its store after kill -9', async () => {
    const storeFile = join(folder, 'rsu.books')
    const sim = await rsu('--listen', 'tcp://127.0.0.1:0', '--books', storeFile)
    const { socket, got } = await tcp(sim.link)
    const b5 = await passage(sim, got, (bytes) => socket.write(bytes))
    await sim.end('SIGKILL')
    socket.destroy()
    // A torn write by the killed process must not lose the stored rows before it.
    writeFileSync(storeFile, '{"row":"deb', { flag: 'a' })
    const next = await rsu('--listen', 'tcp://127.0.0.1:0', '--books', storeFile)
    const { json } = await next.call('GET', '/books')
    expect(json).toMatchObject({
      cards: [
        {
          cardNo: car.cardNo,
          balanceFen: 9500,
          cardSerial: 18,
          debits: [{ amountFen: 500, atIso: '2023-11-15T06:13:20.000+08:00', psamSerial: 1 }],
        },
      ],
    })
    const tac = /"tac":"([0-9A-F]{8})"/.exec(JSON.stringify(json))?.[1] ?? 'none'
    expect(b5).toContain(tac)
    expect(await next.end('SIGTERM')).toEqual({ code: 0, signal: null })
  })

  it.skipIf(!socat)('speaks over a pty that is opened, closed and opened again', async () => {
    const path = join(folder, 'antenna')
    const sim = await rsu('--listen', `pty:${path}`)
    expect(sim.link).toBe(`serial:${path}`)
    for (let round = 0; round < 2; round++) {
      // The kernel may hold the lock of the previous opening for a moment.
      const port = await eventually(() => opened(path)).holds()
      const got = new Collector()
      port.on('data', (chunk: Buffer) => got.push(chunk))
      await passage(sim, got, (bytes) => port.write(bytes))
      // Drains the last frame before the port closes under it.
      await new Promise((resolve) => port.drain(resolve))
      const closed = once(port, 'close')
      port.close()
      await closed
    }
    expect((await sim.call('GET', '/state')).json).toMatchObject({ debits: 2, debitedFen: 1000 })
    expect(await sim.end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined()
  })

  it.skipIf(!socat)('leaves no name behind that leads to the terminal of another', async () => {
    const path = join(folder, 'killed')
    const killed = await rsu('--listen', `pty:${path}`)
    expect(existsSync(path)).toBe(true)
    await killed.end('SIGKILL')
    await eventually(() => existsSync(path)).toBe(false)
    // The kernel gives the next terminals the number that became free.
    for (const name of ['second', 'third', 'fourth'])
      await rsu('--listen', `pty:${join(folder, name)}`)
    expect(existsSync(path)).toBe(false)
  })

  it('hangs up when it loses power, and is there again', async () => {
    const sim = await rsu('--listen', 'tcp://127.0.0.1:0')
    const first = await tcp(sim.link)
    const closed = once(first.socket, 'close')
    await sim.call('POST', '/act', { do: 'reboot', ms: 1 })
    await closed
    for (;;) {
      const { socket, got } = await tcp(sim.link)
      // While it boots it closes every connection.
      const ended = once(socket, 'close').then(() => 'ended')
      socket.write(hex(c0))
      const end = await Promise.race([ended, got.next(/FFFF98B0.*?FF/)])
      socket.destroy()
      if (end !== 'ended') break
    }
  })

  it('refuses what it does not understand, each with 400, and lives on', async () => {
    const sim = await rsu('--listen', 'tcp://127.0.0.1:0')
    const requests: [method: string, path: string, body: unknown, status: number][] = [
      ['POST', '/cars', { ...car, colour: 'pink' }, 400],
      ['POST', '/faults', { at: 'B5', do: 'explode' }, 400],
      ['POST', '/knobs', { stationBytes: 40 }, 400],
      ['POST', '/knobs', { nothing: 1 }, 400],
      ['POST', '/act', { do: 'drop' }, 400],
      ['GET', '/books?limit=x', undefined, 400],
      ['GET', '/nothing', undefined, 404],
      ['DELETE', '/cars/%', undefined, 400],
      ['DELETE', '/cars/02009999', undefined, 200],
      ['POST', '/knobs', { stationBytes: 43, heartbeatMs: 0 }, 200],
      ['DELETE', '/faults', undefined, 200],
      ['GET', '/state', undefined, 200],
    ]
    for (const [method, path, body, status] of requests) {
      expect({ path, status: (await sim.call(method, path, body)).status }).toEqual({
        path,
        status,
      })
    }
    const bad = await fetch(`${sim.admin}/cars`, { method: 'POST', body: '{"obuId":' })
    expect(bad.status).toBe(400)
  })

  it('shows faults with their hits, and the log', async () => {
    const sim = await rsu('--listen', 'tcp://127.0.0.1:0')
    await sim.call('POST', '/faults', { at: 'B0', when: 'after', do: 'duplicate' })
    const { socket, got } = await tcp(sim.link)
    socket.write(hex(c0))
    await got.next(/FFFF98B0.*?FFFF98B0.*?FF/)
    socket.destroy()
    expect((await sim.call('GET', '/faults')).json).toMatchObject({
      faults: [{ at: 'B0', hits: 1, seen: 1 }],
    })
    const log = JSON.stringify((await sim.call('GET', '/log')).json)
    expect(log).toContain('"dir":"in"')
    expect(log).toContain('FFFF98B0')
  })
})

describe('barrier-sim', () => {
  it('opens on a hardware pulse and shows it at its inputs', async () => {
    const sim = await start('barrier/barrier-sim.ts', 'barrierSimPlan', [
      ...['--listen', 'tcp://127.0.0.1:0', '--books', join(folder, 'barrier.books')],
    ])
    const { socket, got } = await tcp(sim.link)
    socket.write(hex('000100000006010502000005'))
    expect(await got.next(/0001.{20}/)).toBe('000100000006010502000005')
    let inputs = ''
    for (let i = 2; inputs !== '01'; i++) {
      socket.write(hex(`00${i.toString(16).padStart(2, '0')}00000006010200000008`))
      inputs = (await got.next(/00..0000000401 ?0201(..)/)).slice(-2)
    }
    await sim.call('POST', '/inputs', { loopUnder: true })
    socket.write(hex('00FF00000006010502010005'))
    await got.next(/00FF00000006010502010005/)
    expect((await sim.call('GET', '/state')).json).toMatchObject({
      opens: 1,
      closes: 1,
      closesOnPresence: 1,
      loopUnder: true,
    })
    socket.destroy()
    expect(await sim.end('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(readFileSync(join(folder, 'barrier.books'), 'utf8')).toContain('closesOnPresence')
  })
})

describe('camera-sim', () => {
  it('pushes live, and what was refused as history later', async () => {
    const bodies: Buffer[] = []
    let wake: (() => void) | null = null
    const server = createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks))
        response.writeHead(bodies.length === 1 ? 503 : 200).end()
        wake?.()
      })
    })
    const seen = { ended: 0, bytesIn: 0, bytesOut: 0 }
    server.on('connection', (socket) => {
      socket.once('close', () => {
        seen.ended++
        seen.bytesIn += socket.bytesWritten
        seen.bytesOut += socket.bytesRead
        wake?.()
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const sim = await start('camera/camera-sim.ts', 'cameraSimPlan', [])
    const until = async (count: number): Promise<void> => {
      while (seen.ended < count) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        await promise
      }
    }
    await sim.call('POST', '/target', { url: `http://127.0.0.1:${port}/push` })
    const plate = { plate: '测A12345', colour: 'blue', confidence: 0.9 }
    expect(await sim.call('POST', '/plates', plate)).toEqual({ status: 200, json: { id: 1 } })
    await until(2)
    expect(bodies[0]?.toString('utf8')).toContain('<alarmDataType>0<')
    const again = bodies[1]?.toString('utf8')
    expect(again).toContain('<alarmDataType>1<')
    expect(again).toContain('<licensePlate>蓝测A12345<')
    expect(again).toContain('--boundary--')
    const { bytesIn, bytesOut } = seen
    const { json } = await sim.call('GET', '/state')
    expect(json, 'counted at the other end').toMatchObject({ link: { bytesIn, bytesOut } })
    await sim.end('SIGTERM')
    server.close()
  })

  it.each([['https://127.0.0.1/'], ['not a url']])('refuses the target %s', async (target) => {
    const child = spawnSim('camera/camera-sim.ts', 'cameraSimPlan', ['--target', target])
    const exited = once(child, 'exit')
    expect(await firstLine(child)).toMatchObject({ error: { code: 'ARG-01', field: '--target' } })
    expect((await exited)[0]).toBe(2)
  })
})

describe('the life of a process', () => {
  it('ends with its parent when told to', async () => {
    const sim = await rsu('--listen', 'tcp://127.0.0.1:0', '--die-with-parent')
    const exited = once(sim.child, 'exit')
    sim.child.stdin?.end()
    expect((await exited)[0]).toBe(0)
  })

  it.each([
    [['--listen', 'tcp://127.0.0.1:0', '--variant', 'other'], 'ARG-01', '--variant'],
    [['--listen', 'tcp://127.0.0.1:0', '--psam', '12'], 'ARG-01', '--psam'],
    [['--admin', 'http://127.0.0.1:0'], 'ARG-01', '--listen'],
    [['--listen', 'pty:/etc/hostname'], 'ARG-01', '--listen'],
    [['--listen', 'tcp://127.0.0.1:0', '--books', '/no/such/folder/b'], 'FILE-01', ''],
  ])('cannot start with %j and says so', async (argv, code, field) => {
    const child = spawnSim('rsu/rsu-sim.ts', 'rsuSimPlan', argv)
    const exited = once(child, 'exit')
    expect(await firstLine(child)).toMatchObject({ error: { code, field } })
    expect((await exited)[0]).toBe(2)
  })

  it('says when its port is taken', async () => {
    const first = await rsu('--listen', 'tcp://127.0.0.1:0')
    const child = spawnSim('rsu/rsu-sim.ts', 'rsuSimPlan', ['--listen', first.link])
    const exited = once(child, 'exit')
    expect(await firstLine(child)).toMatchObject({ error: { code: 'LINK-01' } })
    expect((await exited)[0]).toBe(2)
  })
})
