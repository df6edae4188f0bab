// The loopback API against rows H01 to H08 and H10 of reliability-security.md section 7, also over raw sockets, and its
// streams: one line per item, back-pressure, and an end that both sides notice.
import { connect, Server } from 'node:net'
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openApiServer, type ApiServer } from '#base/api/http-server.ts'
import type { ApiSession, StreamSink } from '#base/ports/api-host.ts'
import { eventually } from '../../../kit/eventually.ts'

const token = 'a1'.repeat(32)
const calls: { name: string; args: unknown }[] = []
const bugs: unknown[] = []
let sink: StreamSink = () => false
let ended: () => void = () => undefined
let resumed = 0
let closed = 0

const session: ApiSession = {
  call: (name, args) => {
    calls.push({ name, args })
    return name === 'bug' ? Promise.reject(new Error('a bug')) : Promise.resolve({ ok: true })
  },
  subscribe: (stream, _since, take, end, seat) => {
    if (stream !== 'events') return 'noStream'
    if (seat === '') return 'nobody'
    sink = take
    ended = end
    return { resume: () => resumed++, end: () => closed++ }
  },
}

let server: ApiServer
let port = 0

async function open(limits: object = {}): Promise<void> {
  server = await openApiServer({
    token,
    session: () => session,
    failed: (error) => bugs.push(error),
    origins: ['app://studio'],
    limits,
  })
  port = Number(new URL(server.url).port)
}

beforeEach(async () => {
  calls.length = 0
  bugs.length = 0
  resumed = 0
  closed = 0
  await open()
})
afterEach(() => server.close())

interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | null
}

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

const good = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

function ask({ path = '/v1/call', method = 'POST', headers = good, body }: Asked): Promise<Got> {
  return new Promise((done, fail) => {
    const httpRequest = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    httpRequest.on('error', fail)
    httpRequest.end(body === undefined ? '{"name":"status.get","args":{}}' : body)
  })
}

/** Sends the bytes unchanged; resolves with everything received until the connection ends. */
function raw(text: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let got = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (got += part))
    socket.on('close', () => done(got))
    socket.on('error', fail)
  })
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? '0')

test('answers a call with the token', async () => {
  const got = await ask({})
  expect(got.status).toBe(200)
  expect(JSON.parse(got.body)).toEqual({ ok: true })
  expect(calls).toEqual([{ name: 'status.get', args: {} }])
})

test.each([
  ['H01 no token', { headers: { 'content-type': 'application/json' } }, 401],
  [
    'H01 the token of another start',
    { headers: { ...good, authorization: `Bearer ${'b2'.repeat(32)}` } },
    401,
  ],
  [
    'H01 a token with one digit more',
    { headers: { ...good, authorization: `Bearer ${token}0` } },
    401,
  ],
  ['H01 another scheme', { headers: { ...good, authorization: `Basic ${token}` } }, 401],
  ['H01 the token in the address', { path: `/v1/call?token=${token}`, headers: {} }, 401],
  ['H02 a foreign host name', { headers: { ...good, host: 'evil.example' } }, 403],
  ['H02 our port on a foreign name', { headers: { ...good, host: 'evil.example:1' } }, 403],
  ['H03 a foreign origin', { headers: { ...good, origin: 'https://evil.example' } }, 403],
  ['H03 the null origin', { headers: { ...good, origin: 'null' } }, 403],
  [
    'H03 a preflight',
    { method: 'OPTIONS', headers: { ...good, origin: 'https://evil.example' } },
    403,
  ],
  ['H04 a body over the cap', { body: `{"name":"x","args":"${'y'.repeat(530_000)}"}` }, 413],
  ['H07 %2e%2e/', { path: '/v1/%2e%2e/call' }, 404],
  ['H07 ../', { path: '/v1/../v1/call' }, 404],
  ['H07 NUL', { path: '/v1/call%00' }, 404],
  ['H07 double encoding', { path: '/v1/%2563all' }, 404],
  ['H07 two slashes', { path: '//v1/call' }, 404],
  ['H07 absolute form', { path: 'http://evil.example/v1/call' }, 404],
  ['H08 GET', { method: 'GET', body: null }, 405],
  ['H08 PUT', { method: 'PUT' }, 405],
  ['H08 POST to the stream', { path: '/v1/stream?name=events' }, 405],
  [
    'H08 a form',
    { headers: { ...good, 'content-type': 'application/x-www-form-urlencoded' } },
    415,
  ],
  [
    'H08 text that could be sent without a preflight',
    { headers: { ...good, 'content-type': 'text/plain' } },
    415,
  ],
  ['not JSON', { body: '{"name":' }, 400],
  ['no name', { body: '{"args":{}}' }, 400],
  ['a list', { body: '[]' }, 400],
  ['a stream that is none', { path: '/v1/stream?name=nope', method: 'GET', body: null }, 404],
  [
    'a stream for a seat where nobody sits',
    {
      path: '/v1/stream?name=events',
      method: 'GET',
      body: null,
      headers: { ...good, 'x-etc-lane-seat': '' },
    },
    403,
  ],
  [
    'a number that is none',
    { path: '/v1/stream?name=events&since=-1', method: 'GET', body: null },
    400,
  ],
])('%s: refused', async (_name, apiRequest: Asked, status) => {
  const got = await ask(apiRequest)
  expect(got.status).toBe(status)
  expect(JSON.parse(got.body)).toMatchObject({ ok: false })
  expect(Object.keys(got.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  expect(calls).toEqual([])
})

test('H03 a listed origin may call and still gets no CORS header', async () => {
  const got = await ask({ headers: { ...good, origin: 'app://studio' } })
  expect(got.status).toBe(200)
  expect(Object.keys(got.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('H04 a chunked body over the cap, without a length: 413 and nothing called', async () => {
  const head = `POST /v1/call HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`
  const got = await raw(`${head}${chunk.repeat(40)}0\r\n\r\n`)
  expect(statusOf(got)).toBe(413)
  expect(calls).toEqual([])
})

test('H05 headers that trickle: closed', async () => {
  await server.close()
  await open({ headersTimeoutMs: 100, requestTimeoutMs: 200 })
  const got = await raw(`POST /v1/call HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-slow: `)
  expect([0, 408]).toContain(statusOf(got))
})

test.each([
  ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
  ['length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a bad chunk', 'transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
])('H06 %s: 400', async (_name, rest) => {
  const head = `POST /v1/call HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`
  expect(statusOf(await raw(head + rest))).toBe(400)
  expect(calls).toEqual([])
})

test('H10 500 sockets at once: a limit, and the API answers afterwards', async () => {
  const sockets = Array.from({ length: 500 }, () => connect(port, '127.0.0.1'))
  let isOpen = sockets.length
  for (const socket of sockets) socket.on('error', () => undefined).on('close', () => isOpen--)
  // The server closes the connections beyond the limit; the time this takes does not matter.
  await eventually(() => isOpen).toBeLessThanOrEqual(64)
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((done) => {
          if (socket.closed) done()
          socket.on('close', () => done())
          socket.destroy()
        }),
    ),
  )
  expect((await ask({})).status).toBe(200)
})

test('more calls than the rate allows: 429, nothing called', async () => {
  await server.close()
  await open({ callsPerSec: 0.001, callsBurst: 2 })
  expect((await ask({})).status).toBe(200)
  expect((await ask({})).status).toBe(200)
  expect((await ask({})).status).toBe(429)
  expect(calls).toHaveLength(2)
})

test('a bug of ours is 500 without its text, and is told to the owner', async () => {
  const got = await ask({ body: '{"name":"bug"}' })
  expect(got.status).toBe(500)
  expect(got.body).not.toContain('a bug"')
  expect(bugs).toEqual([new Error('a bug')])
})

describe('streams', () => {
  const follow = (): Promise<{
    lines: string[]
    end(): void
    gone: Promise<void>
    pause(): void
  }> =>
    new Promise((done, fail) => {
      const path = '/v1/stream?name=events&since=5'
      const headers = { authorization: good.authorization }
      const httpRequest = request({ host: '127.0.0.1', port, path, headers }, (response) => {
        const lines: string[] = []
        response.setEncoding('utf8')
        response.on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)))
        const gone = new Promise<void>((over) => response.on('close', () => over()))
        response.on('error', () => undefined)
        done({ lines, gone, end: () => httpRequest.destroy(), pause: () => response.pause() })
      })
      httpRequest.on('error', fail)
      httpRequest.end()
    })

  test('one line an item; the end of the stream is told to both sides', async () => {
    const stream = await follow()
    expect(sink({ seq: 6 })).toBe(true)
    expect(sink({ seq: 7, text: 'a\nb' })).toBe(true)
    ended()
    await stream.gone
    expect(stream.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { seq: 6 },
      { seq: 7, text: 'a\nb' },
    ])
    expect(closed).toBe(1)
  })

  test('a reader that stops reading holds the source back, and starts it again', async () => {
    const stream = await follow()
    stream.pause()
    const big = { text: 'x'.repeat(100_000) }
    let sent = 0
    while (sent < 1000 && sink(big)) sent++
    expect(sent).toBeLessThan(1000)
    expect(resumed).toBe(0)
    stream.end()
    await stream.gone
  })

  test('no more streams than the limit', async () => {
    await server.close()
    await open({ streamsMax: 1 })
    const first = await follow()
    const second = await ask({
      path: '/v1/stream?name=events',
      method: 'GET',
      headers: { authorization: good.authorization },
      body: null,
    })
    expect(second.status).toBe(429)
    first.end()
    await first.gone
  })
})

test('a connection that could not be accepted is one that did not come', async () => {
  const listened = vi.spyOn(Server.prototype, 'listen')
  await server.close()
  await open()
  const socket = (listened.mock.contexts as readonly Server[]).at(-1)
  listened.mockRestore()
  for (let times = 0; times < 3; times++)
    socket?.emit('error', Object.assign(new Error('accept ENOBUFS'), { code: 'ENOBUFS' }))
  expect(socket?.listening).toBe(true)
})
