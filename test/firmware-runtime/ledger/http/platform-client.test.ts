// The HTTPS client against a real server on loopback: what it sends, and every way in which an answer fails.
// Deadlines run on a clock that the test advances, so that no test waits for wall time.
import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  answerBytesMax,
  platformClient,
  type PlatformClient,
} from '#ledger/http/platform-client.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { HttpAnswer, HttpRequest } from '#base/ports/http-client.ts'
import { makeIdentity, tlsServer, type Respond, type ServerIdentity } from './tls-server.ts'

/** Timers that fire only when the test fires them. */
class HeldClock implements MonoClock {
  readonly timers = new Map<number, { delayMs: number; fn: () => void }>()
  private nextId = 0
  nowUs(): number {
    return 0
  }
  after(delayMs: number, fn: () => void): () => void {
    const id = this.nextId++
    this.timers.set(id, { delayMs, fn })
    return () => this.timers.delete(id)
  }
  fire(): void {
    const due = [...this.timers.values()]
    this.timers.clear()
    for (const timer of due) timer.fn()
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const post = (over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  path: '/v1/etc/exit-charges?dryRun=0',
  headers: { 'accept-language': 'zh_CN' },
  body: utf8('{"a":1}'),
  timeoutMs: 3_000,
  ...over,
})

let identity: ServerIdentity
const cleanups: (() => Promise<void>)[] = []

beforeAll(() => {
  identity = makeIdentity()
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

interface Bench {
  readonly client: PlatformClient
  readonly clock: HeldClock
  readonly server: Awaited<ReturnType<typeof tlsServer>>
  ask(request: HttpRequest): Promise<HttpAnswer>
}

async function bench(respond: Respond, served = identity, trusted = served): Promise<Bench> {
  const server = await tlsServer(served, respond)
  cleanups.push(() => server.close())
  const trust = trusted === served ? server : await tlsServer(trusted, () => undefined)
  if (trust !== server) cleanups.push(() => trust.close())
  const clock = new HeldClock()
  const client = platformClient({ baseUrl: server.baseUrl, caFile: trust.caFile, mono: clock })
  cleanups.push(() => client.close())
  const ask = (request: HttpRequest): Promise<HttpAnswer> =>
    new Promise((resolve) => client.request(request, resolve))
  return { client, clock, server, ask }
}

const ok: Respond = (_, response) => {
  response.writeHead(200, { 'Request-ID': 'r-1' }).end('{}')
}
const silenceOf = (answer: HttpAnswer): Extract<HttpAnswer, { kind: 'silence' }> => {
  if (answer.kind !== 'silence') throw new Error(`answered ${answer.status}`)
  return answer
}

describe('what is sent', () => {
  it.each(['POST', 'PUT', 'GET'] as const)('%s with path, headers and body', async (method) => {
    const b = await bench(ok)
    const body = method === 'GET' ? new Uint8Array() : utf8('{"plate":"测A12345"}')
    const answer = await b.ask(post({ method, body }))
    expect(answer).toMatchObject({ kind: 'answer', status: 200, headers: { 'request-id': 'r-1' } })
    const [seen] = b.server.seen
    expect(seen).toMatchObject({ method, path: '/v1/etc/exit-charges?dryRun=0' })
    expect(seen?.headers['accept-language']).toBe('zh_CN')
    expect(seen?.body.toString()).toBe(method === 'GET' ? '' : '{"plate":"测A12345"}')
    expect(b.clock.timers.size).toBe(0)
  })

  it('keeps connections for requests that follow each other', async () => {
    const b = await bench(ok)
    for (let i = 0; i < 20; i++) await b.ask(post())
    // Two, because the second request starts while the first connection is still being released.
    expect(b.server.connections()).toBeLessThanOrEqual(2)
  })

  it('returns error statuses and redirects as answers and follows none', async () => {
    const b = await bench((_, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(await b.ask(post())).toMatchObject({ kind: 'answer', status: 302 })
    expect(b.server.seen).toHaveLength(1)
  })

  it('does not send a header with a line break', async () => {
    const b = await bench(ok)
    const answer = silenceOf(await b.ask(post({ headers: { 'x-plate': 'A\r\nevil: 1' } })))
    expect(answer.sent).toBe(false)
    expect(b.server.seen).toHaveLength(0)
  })
})

describe('silence after sending (may have had its effect)', () => {
  const gone = (response: ServerResponse): void => {
    response.socket?.destroy()
  }
  const rows: readonly (readonly [string, Respond, RegExp])[] = [
    ['connection cut before the answer', (_, r) => gone(r), /closed|reset|ECONNRESET/i],
    [
      'answer cut in its body',
      (_, r) => {
        r.writeHead(200, { 'content-length': '100' })
        r.write('{"code":', () => gone(r))
      },
      /closed|reset|terminated|ECONNRESET|mismatch/i,
    ],
    [
      'R11 answer of 100 MB',
      (_, r) => {
        const mb = Buffer.alloc(answerBytesMax, 0x20)
        let left = 100
        const more = (): void => {
          while (left > 0 && r.writable) {
            left--
            if (!r.write(mb)) {
              r.once('drain', more)
              return
            }
          }
        }
        more()
      },
      /^answerTooLong 1048576$/,
    ],
    [
      'R11 gzip that was not asked for',
      (_, r) => {
        r.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')
      },
      /^answerEncoded gzip$/,
    ],
    ['noise instead of HTTP', (_, r) => r.socket?.end('\u0000\u0001\u0002 noise\r\n\r\n'), /./],
    [
      'header section of 40 KB',
      (_, r) => {
        r.writeHead(200, { 'x-long': 'a'.repeat(40_000) }).end('{}')
      },
      /header/i,
    ],
  ]
  it.each(rows)('%s', async (_, respond, reason) => {
    const b = await bench(respond)
    const answer = silenceOf(await b.ask(post()))
    expect(answer.sent).toBe(true)
    expect(answer.reason).toMatch(reason)
    expect(b.clock.timers.size).toBe(0)
  })

  it('R14 one byte at a time meets the total deadline', async () => {
    let dripped: () => void = () => undefined
    const first = new Promise<void>((resolve) => (dripped = resolve))
    const b = await bench((_, r) => {
      r.writeHead(200, { 'content-length': '50' })
      r.write('{', () => dripped())
    })
    const answered = b.ask(post({ timeoutMs: 3_000 }))
    await first
    expect([...b.clock.timers.values()].map((t) => t.delayMs)).toEqual([3_000])
    b.clock.fire()
    expect(silenceOf(await answered)).toMatchObject({ sent: true, reason: /3000 ms/ })
  })
})

describe('silence before sending (no effect possible)', () => {
  it('nobody listens', async () => {
    const b = await bench(ok)
    await b.server.close()
    cleanups.splice(0, 1)
    expect(silenceOf(await b.ask(post()))).toMatchObject({ sent: false, reason: /ECONNREFUSED/ })
  })

  it.each([
    ['another authority', {}, true, /SELF_SIGNED|UNABLE_TO|unable|signature/i],
    ['a certificate for another name', { nameless: true }, false, /ALTNAME/],
    ['an expired certificate', { expired: true }, false, /EXPIRED/],
  ] as const)('%s', async (_, options, otherCa, reason) => {
    const served = makeIdentity(options)
    const b = await bench(ok, served, otherCa ? identity : served)
    const answer = silenceOf(await b.ask(post()))
    expect(answer.reason).toMatch(reason)
    expect(answer.sent).toBe(false)
    expect(b.server.seen).toHaveLength(0)
  })

  it('says "not sent" at the deadline and stays so when a socket comes up late', async () => {
    const clock = new HeldClock()
    const held: (() => void)[] = []
    const b = await bench(ok)
    const target = new URL(b.server.baseUrl)
    // Accepts at once, but holds the TLS bytes back until the test forwards them.
    const { connect } = await import('node:net')
    const valve = createServer((socket) => {
      held.push(() => {
        const up = connect(Number(target.port), '127.0.0.1')
        up.on('error', () => socket.destroy())
        socket.on('error', () => up.destroy())
        socket.pipe(up).pipe(socket)
      })
    })
    const accepted = new Promise<void>((resolve) => valve.once('connection', () => resolve()))
    await new Promise<void>((resolve) => valve.listen(0, '127.0.0.1', resolve))
    const { port } = valve.address() as AddressInfo
    const client = platformClient({
      baseUrl: `https://127.0.0.1:${port}`,
      caFile: b.server.caFile,
      mono: clock,
      connections: 1,
    })
    const answered = new Promise<HttpAnswer>((resolve) => client.request(post(), resolve))
    await accepted
    clock.fire()
    expect(silenceOf(await answered).sent).toBe(false)
    for (const open of held.splice(0)) open()
    // The second request uses the connection, which proves that the first was never sent.
    valve.on('connection', () => queueMicrotask(() => held.splice(0).forEach((open) => open())))
    const second = await new Promise<HttpAnswer>((resolve) =>
      client.request(post({ path: '/second' }), resolve),
    )
    expect(second.kind).toBe('answer')
    expect(b.server.seen.map((r) => r.path)).toEqual(['/second'])
    await client.close()
    await new Promise<void>((resolve) => valve.close(() => resolve()))
  })
})

describe('cancel and close', () => {
  it('never calls back after cancel', async () => {
    let onRequest: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => (onRequest = resolve))
    let answer: (() => void) | null = null
    const b = await bench((_, r) => {
      answer = () => r.end('{}')
      onRequest()
    })
    let calls = 0
    const cancel = b.client.request(post(), () => calls++)
    await arrived
    cancel()
    expect(b.clock.timers.size).toBe(0)
    expect(answer).not.toBeNull()
    const other = await bench(ok)
    await other.ask(post())
    expect(calls).toBe(0)
  })

  it('answers silence, not sent, after close', async () => {
    const b = await bench(ok)
    await b.client.close()
    expect(silenceOf(await b.ask(post())).sent).toBe(false)
  })
})

describe('whether its address is there', () => {
  const reached = (client: PlatformClient): Promise<boolean> =>
    new Promise((resolve) => client.reach(2_000, resolve))
  it('is found by a connection that carries no request', async () => {
    const b = await bench(ok)
    expect(await reached(b.client)).toBe(true)
    expect(b.server.seen).toEqual([])
    expect(b.clock.timers.size).toBe(0)
  })
  it('is no where nothing listens', async () => {
    const b = await bench(ok)
    await b.server.close()
    cleanups.splice(0, 1)
    expect(await reached(b.client)).toBe(false)
  })
  it('is no when its time is over', async () => {
    const mono = new HeldClock()
    // TEST-NET-1 (RFC 5737) never answers.
    const client = platformClient({ baseUrl: 'https://192.0.2.1', caFile: null, mono })
    cleanups.push(() => client.close())
    const answer = reached(client)
    mono.fire()
    expect(await answer).toBe(false)
  })
})

describe('what it refuses to be built on', () => {
  const clock = new HeldClock()
  it.each([
    'http://127.0.0.1:1',
    'https://127.0.0.1/path',
    'https://user@127.0.0.1',
    'https://127.0.0.1/?q=1',
    'ftp://127.0.0.1',
    'not a url',
    '',
  ])('base URL %s', (baseUrl) => {
    expect(() => platformClient({ baseUrl, caFile: null, mono: clock })).toThrow(/^ARG-01/)
  })
  it('a CA file that is not there', () => {
    const baseUrl = 'https://127.0.0.1:1'
    expect(() => platformClient({ baseUrl, caFile: '/nonexistent/ca.pem', mono: clock })).toThrow(
      /^CERT-01/,
    )
  })
})

afterAll(() => {
  expect(cleanups).toHaveLength(0)
})
