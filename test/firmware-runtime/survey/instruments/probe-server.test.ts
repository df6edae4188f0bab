// The peer of link tests on real sockets: proper clients measure, hostile ones are disconnected, and the server continues.
// Limits are small, so that the test waits only for sockets.
import { createSocket } from 'node:dgram'
import { connect, createServer, BlockList, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { packetRun } from '#survey/instruments/probe-packets.ts'
import { rateRun } from '#survey/instruments/probe-rate.ts'
import {
  startProbeServer,
  type ProbeLimits,
  type ProbeServer,
} from '#survey/instruments/probe-server.ts'
import { stampRun } from '#survey/instruments/probe-stamps.ts'
import { tcpConnectTimes } from '#survey/instruments/tcp-connect.ts'
import { isPossible } from '#survey/pure/figures/one-way.ts'
import { probePacket } from '#survey/pure/figures/probe-lines.ts'
import type { RateRun } from '#survey/ports/link-probes.ts'

const address = '127.0.0.1'
const never = new AbortController().signal
const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const portOf = (server: ProbeServer): number => Number(new URL(server.url).port)

async function start(limits: Partial<ProbeLimits> = {}, allow: BlockList | null = null) {
  const server = await startProbeServer({ host: address, port: 0, allow, limits })
  ends.push(() => server.close())
  return server
}

const probes = (port: number, count = 5) => ({
  address,
  port,
  card: null,
  count,
  everyMs: 10,
  timeoutMs: 1_000,
})
const stamps = (port: number, count = 5) => stampRun(probes(port, count), never)

const rate = (port: number, over: Partial<RateRun> = {}) =>
  rateRun(
    {
      address,
      port,
      card: null,
      way: 'up',
      streams: 4,
      warmMs: 20,
      runMs: 80,
      bytesMax: 1_000_000_000,
      ...over,
    },
    never,
  )

/** A client that ignores the protocol; resolves with everything it received until the connection ended. */
async function said(port: number, ...texts: (string | Buffer)[]): Promise<string> {
  const socket = connect({ host: address, port })
  let all = ''
  socket.on('data', (chunk: Buffer) => (all += chunk.toString('latin1')))
  // A reset ends the connection like any other end.
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  for (const text of texts) socket.write(text)
  await once(socket, 'close')
  return all
}

/** A listener that is no probe-server. */
async function stranger(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    answer(socket)
  }).listen(0, address)
  await once(server, 'listening')
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Sends `count` packets, and `more` beyond the plan. */
const packets = (port: number, count = 5, more = 0) =>
  packetRun(
    {
      ...probes(port, count),
      timeoutMs: 300,
      random: () => 0.5,
      more: ({ exchanges }) => exchanges.length + (exchanges.length === count ? more : 0),
    },
    never,
  )

describe('packets', () => {
  it('are stamped at both ends, told over the connection, and come back as long as they went', async () => {
    const server = await start()
    const { arrivals, exchanges, failed } = await packets(portOf(server), 5, 3)
    expect(failed).toBeNull()
    expect(exchanges).toHaveLength(8)
    for (const [i, one] of exchanges.entries()) {
      expect(one !== null && isPossible(one)).toBe(true)
      expect(arrivals[i]).toEqual({ t1Us: one?.t1Us, t2Us: one?.t2Us })
    }
    expect(server.counts.probes).toBe(8)
  })

  it('without a session, of another address or length, get no word', async () => {
    const server = await start()
    const socket = createSocket('udp4')
    const datagrams: string[] = []
    socket.on('message', (bytes) => datagrams.push(bytes.toString('latin1')))
    for (const text of [probePacket('0123456789abcdef', 1), 'p 0123456789abcdef 1', 'hello'])
      socket.send(text, portOf(server), address)
    // Answered after the others, so the server has seen those by then.
    const { exchanges } = await packets(portOf(server), 2)
    expect(exchanges.every((one) => one !== null)).toBe(true)
    expect([datagrams, server.counts.probes]).toEqual([[], 2])
    socket.close()
  })

  it('that are told of before they were sent are believed by nobody', async () => {
    const port = await stranger((socket) => socket.write('ok\nt 0123456789abcdef bbr\ng 0 1000\n'))
    const { arrivals, exchanges, failed, congestion } = await packets(port, 1)
    expect([exchanges, congestion]).toEqual([[], 'bbr'])
    expect(failed?.why).toBe('impossible')
    expect(arrivals).toEqual([])
  })

  it('over the limit are dropped', async () => {
    const server = await start({ probesMax: 3 })
    const { exchanges } = await packets(portOf(server), 6)
    expect(exchanges.filter((one) => one !== null)).toHaveLength(3)
  })
})

describe('a good client', () => {
  it('has every probe stamped', async () => {
    const server = await start()
    const { exchanges, failed } = await stamps(portOf(server), 20)
    expect(failed).toBeNull()
    expect(exchanges.length).toBe(20)
    for (const exchange of exchanges) {
      expect(exchange !== null && isPossible(exchange)).toBe(true)
      // One machine, one clock: the four stamps are in order, except for rounding.
      if (exchange !== null) expect(exchange.t2Us).toBeGreaterThan(exchange.t1Us - 500)
    }
    expect(server.counts).toMatchObject({ connections: 1, refused: 0, probes: 20 })
  })

  it.each(['up', 'down'] as const)('sends data %s for the time it asked for', async (way) => {
    const server = await start()
    const rated = await rate(portOf(server), { way })
    expect(rated.failed).toBeNull()
    expect(rated.bytes).toBeGreaterThan(0)
    expect(rated.durationMs).toBeGreaterThan(0)
    expect(rated.durationMs).toBeLessThanOrEqual(80)
    expect(server.counts.bytes).toBeGreaterThanOrEqual(rated.bytes)
  })

  it.each(['up', 'down'] as const)('sends no more %s than its cap', async (way) => {
    const server = await start()
    const rated = await rate(portOf(server), { way, warmMs: 0, runMs: 60_000, bytesMax: 400_000 })
    expect(rated.failed).toBeNull()
    expect(rated.bytes).toBeLessThanOrEqual(4 * 165_536)
    expect(rated.bytes).toBeGreaterThan(0)
    expect(rated.durationMs).toBeLessThan(60_000)
  })

  it('times connections; a port that is closed is a lost probe each time', async () => {
    const server = await start()
    const port = portOf(server)
    const open = await tcpConnectTimes(probes(port), never)
    expect(open.latenciesMs.every((ms) => ms !== null && ms >= 0)).toBe(true)
    await server.close()
    const closed = await tcpConnectTimes(probes(port), never)
    expect(closed.latenciesMs).toEqual([null, null, null, null, null])
    expect(closed.complaint).toContain('ECONNREFUSED')
  })

  it('stops when it is told to', async () => {
    const server = await start()
    const stop = new AbortController()
    const run = rateRun(
      {
        address,
        port: portOf(server),
        card: null,
        way: 'down',
        streams: 2,
        warmMs: 0,
        runMs: 60_000,
        bytesMax: 2_000_000_000_000 / 1_000,
      },
      stop.signal,
    )
    stop.abort()
    expect((await run).failed?.why).toBe('brokeOff')
    expect((await stampRun(probes(portOf(server)), stop.signal)).exchanges).toEqual([])
  })
})

describe('a hostile client', () => {
  const hello = 'ETC-LANE-PROBE/1 '
  it.each([
    ['no greeting', ['GET / HTTP/1.1\r\n\r\n'], 'no bad\n'],
    ['a line without an end', ['x'.repeat(500)], 'no bad\n'],
    ['random bytes', [Buffer.alloc(4_000, 0xff)], 'no bad\n'],
    ['too long a run', [`${hello}down 0 999999 1\n`], 'no limit\n'],
    ['too many bytes', [`${hello}down 0 1000 999999999999\n`], 'no limit\n'],
    ['a run of nothing', [`${hello}up 0 0 10\n`], 'no limit\n'],
    ['minus', [`${hello}up -1 10 10\n`], 'no bad\n'],
    ['no probe', [`${hello}stamp\n`, 'p x\n'], 'ok\n'],
    ['a probe without an end', [`${hello}stamp\n`, 'p '.repeat(100)], 'ok\n'],
    ['talking while it is sent data', [`${hello}down 0 5000 5\n`, 'more\n'], null],
  ])('%s ends its connection', async (_, texts, answer) => {
    const server = await start()
    const answered = await said(portOf(server), ...texts)
    if (answer !== null) expect(answered).toBe(answer)
    expect((await stamps(portOf(server))).failed).toBeNull()
  })

  it('is ended when it says nothing, or nothing more', async () => {
    const server = await start({ greetWithinMs: 20, idleMs: 20 })
    expect(await said(portOf(server))).toBe('')
    expect(await said(portOf(server), 'ETC-LANE')).toBe('')
    expect(await said(portOf(server), `${hello}stamp\n`)).toBe('ok\n')
  })

  it('asks for more stamps than there are, or faster than anybody measures', async () => {
    const few = await start({ probesMax: 3 })
    expect(await said(portOf(few), `${hello}stamp\n${'p 1\n'.repeat(9)}`)).toMatch(
      /^ok\n(?:s 1 \d+ \d+\n){0,3}$/,
    )
    expect(few.counts.probes).toBe(3)
    const slow = await start({ probesASecondMax: 10 })
    await said(portOf(slow), `${hello}stamp\n${'p 1\n'.repeat(5_000)}`)
    expect(slow.counts.probes).toBeLessThan(100)
  })

  /** A connection that was greeted and stays open. */
  async function held(port: number, ask: string): Promise<void> {
    const socket = connect({ host: address, port })
    socket.on('error', () => socket.destroy())
    ends.push(() => void socket.destroy())
    socket.write(`${hello}${ask}\n`)
    await once(socket, 'data')
    socket.pause()
  }

  it('opens streams without end', async () => {
    const server = await start({ streamsMax: 1 })
    await held(portOf(server), 'down 0 60000 1000000000')
    expect(await said(portOf(server), `${hello}down 0 10 10\n`)).toBe('no busy\n')
    expect((await stamps(portOf(server))).failed).toBeNull()
  })

  it.each(['connectionsOfOneMax', 'connectionsMax'])('opens more than %s', async (limit) => {
    const server = await start({ [limit]: 2 })
    for (const ask of ['stamp', 'stamp']) await held(portOf(server), ask)
    expect(await said(portOf(server))).toBe('no busy\n')
    expect(server.counts).toMatchObject({ connections: 2, refused: 1 })
  })

  it('does not read what it asked for: no more is kept for it than a socket holds', async () => {
    const server = await start()
    const socket = connect({ host: address, port: portOf(server) })
    ends.push(() => void socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.write(`${hello}down 0 60000 2000000000\n`)
    await once(socket, 'data')
    socket.pause()
    // Another client is served as usual.
    expect((await stamps(portOf(server), 20)).failed).toBeNull()
    expect(server.counts.bytes).toBeLessThan(50_000_000)
  })

  it('cannot spend more than the volume of an hour, up or down', async () => {
    const server = await start({ bytesAnHourMax: 1_000_000 })
    const spent = await rate(portOf(server), { way: 'down', streams: 1, warmMs: 0, runMs: 60_000 })
    expect(spent.failed?.why).toBe('brokeOff')
    expect(server.counts.bytes).toBeLessThan(1_400_000)
    for (const way of ['up', 'down'] as const)
      expect((await rate(portOf(server), { way })).failed).toEqual({
        why: 'refused',
        note: 'limit',
      })
    expect((await stamps(portOf(server))).failed).toBeNull()
  })

  it('is not on the list', async () => {
    const list = new BlockList()
    list.addSubnet('192.0.2.0', 24, 'ipv4')
    const server = await start({}, list)
    expect(await said(portOf(server), `${hello}stamp\n`)).toBe('')
    expect((await stamps(portOf(server))).failed?.why).toBe('noPeer')
    expect(server.counts).toMatchObject({ connections: 0, refused: 2 })
  })
})

describe('a peer that is none', () => {
  it.each([
    ['answers as a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'noPeer'],
    ['closes', null, 'noPeer'],
    ['is busy', 'no busy\n', 'refused'],
    ['stamps what nobody sent', 'ok\ns 77 1 1\n', 'impossible'],
    ['says more than a line', `ok\n${'s'.repeat(1_000)}`, 'impossible'],
  ])('%s', async (_, text, why) => {
    const port = await stranger((socket) => {
      if (text === null) socket.destroy()
      else socket.write(text)
    })
    const { exchanges, failed } = await stamps(port)
    expect(failed?.why).toBe(why)
    expect(exchanges.every((exchange) => exchange === null)).toBe(true)
  })

  it('stamps with times no clock makes', async () => {
    const port = await stranger((socket) => {
      socket.once('data', () => {
        socket.write('ok\n')
        socket.on('data', () => socket.write('s 0 9000 1000\n'))
      })
    })
    expect((await stamps(port)).failed?.why).toBe('impossible')
  })

  it('cuts the connection in the middle: what came before stays', async () => {
    const server = await start({ probesMax: 2 })
    const { exchanges, failed } = await stamps(portOf(server), 10)
    expect(failed?.why).toBe('brokeOff')
    expect(exchanges.filter((exchange) => exchange !== null).length).toBe(2)
  })

  it('says it received more than was sent', async () => {
    const port = await stranger((socket) => {
      socket.once('data', () => socket.write('ok\nr 9999999999999 1000\n'))
    })
    expect((await rate(port)).failed?.why).toBe('impossible')
  })

  it('is not there at all', async () => {
    const server = await start()
    const port = portOf(server)
    await server.close()
    expect((await stamps(port)).failed?.why).toBe('noPeer')
    for (const way of ['up', 'down'] as const)
      expect((await rate(port, { way })).failed?.why).toBe('noPeer')
  })
})

it('says which address it cannot listen at', async () => {
  const server = await start()
  const again = startProbeServer({ host: address, port: portOf(server), allow: null })
  await expect(again).rejects.toMatchObject({ code: 'NET-08' })
})
