// The API on a message port: calls, streams, invalid messages, and either side ending the connection.
// A real Node message channel stands in for Electron's, which has the same methods.
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { apiRequestOf, servePort, type PortLike } from '#base/api/port-server.ts'
import type { ApiSession, StreamSink } from '#base/ports/api-host.ts'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

/** Node passes the data itself; Electron passes an event that contains it. */
const electronLike = (port: MessagePort): PortLike => ({
  postMessage: (message) => port.postMessage(message),
  on: (event: 'message' | 'close', listener: (message: { data: unknown }) => void) =>
    event === 'message'
      ? port.on('message', (data: unknown) => listener({ data }))
      : port.on('close', () => listener({ data: null })),
  start: () => port.start(),
  close: () => port.close(),
})

interface Stream {
  readonly sink: StreamSink
  readonly since: number
  live: boolean
}

function setUp(ready: Promise<void> = Promise.resolve()) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const streams: Stream[] = []
  const failures: unknown[] = []
  let stops = 0
  const session: ApiSession = {
    call: (name, args) =>
      name === 'bug' ? Promise.reject(new Error('bug')) : Promise.resolve({ ok: true, name, args }),
    subscribe: (name, since, sink) => {
      if (name !== 'events') return 'noStream'
      const stream = { sink, since, live: true }
      streams.push(stream)
      return { resume: () => undefined, end: () => (stream.live = false) }
    },
  }
  const server = servePort({
    port: electronLike(port2),
    session: ready.then(() => session),
    onStop: () => stops++,
    failed: (error) => failures.push(error),
  })
  // The server listens first, so it has already taken every message counted here.
  let came = 0
  port2.on('message', () => came++)
  const taken = async (count: number): Promise<void> => {
    while (came < count) await new Promise((done) => setImmediate(done))
  }
  const got: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  port1.on('message', (message: unknown) => {
    got.push(message)
    waiting.shift()?.(message)
  })
  const next = (): Promise<unknown> => new Promise((done) => waiting.push(done))
  /** Resolves once the server has taken everything sent before. */
  const settled = async (): Promise<void> => {
    const answer = next()
    port1.postMessage({ id: 999_999, call: { name: 'ping', args: null } })
    await answer
  }
  return { port: port1, server, streams, failures, got, next, settled, taken, stops: () => stops }
}

test('a call is answered with its own id', async () => {
  const { port, next } = setUp()
  const answer = next()
  port.postMessage({ id: 7, call: { name: 'status.get', args: { a: 1 } } })
  expect(await answer).toEqual({ id: 7, reply: { ok: true, name: 'status.get', args: { a: 1 } } })
})

test('calls that come before the lot is open wait for it', async () => {
  const gate = Promise.withResolvers<void>()
  const { port, next, got } = setUp(gate.promise)
  const answer = next()
  port.postMessage({ id: 1, call: { name: 'status.get', args: {} } })
  await new Promise((done) => setImmediate(done))
  expect(got).toEqual([])
  gate.resolve()
  expect(await answer).toMatchObject({ id: 1 })
})

test('a stream gives items until it is taken back', async () => {
  const { port, next, streams, settled } = setUp()
  port.postMessage({ id: 2, subscribe: { stream: 'events', sinceSeq: 41 } })
  await settled()
  expect(streams).toMatchObject([{ since: 41, live: true }])
  const item = next()
  expect(streams[0]?.sink({ seq: 42 })).toBe(true)
  expect(await item).toEqual({ id: 2, item: { seq: 42 } })
  port.postMessage({ id: 2, unsubscribe: true })
  await settled()
  expect(streams[0]?.live).toBe(false)
})

test('a stream taken back before the lot is open is never started', async () => {
  const gate = Promise.withResolvers<void>()
  const { port, streams, settled, taken } = setUp(gate.promise)
  port.postMessage({ id: 2, subscribe: { stream: 'events', sinceSeq: 0 } })
  port.postMessage({ id: 2, unsubscribe: true })
  // Once the third message is taken, the two before it are too; only then does the lot open.
  const third = settled()
  await taken(3)
  gate.resolve()
  await third
  expect(streams).toEqual([])
})

test('the same id twice opens one stream, and no more than the limit', async () => {
  const { port, streams, settled } = setUp()
  for (let id = 0; id < 40; id++)
    for (let again = 0; again < 2; again++)
      port.postMessage({ id, subscribe: { stream: 'events', sinceSeq: 0 } })
  await settled()
  expect(streams).toHaveLength(32)
})

test.each([
  ['nothing', null],
  ['text', 'stop'],
  ['no id', { call: { name: 'x', args: {} } }],
  ['an id that is no number', { id: '1', call: { name: 'x', args: {} } }],
  ['a call without a name', { id: 1, call: { args: {} } }],
  ['a stream without a number', { id: 1, subscribe: { stream: 'events' } }],
  ['a negative number', { id: 1, subscribe: { stream: 'events', sinceSeq: -1 } }],
  ['another type', { type: 'host' }],
])('%s is not of the wire', (_name, message) => {
  expect(apiRequestOf(message)).toBeNull()
})

test('stop, and the port closing, both ask the runtime to end', async () => {
  const { port, stops, settled, streams } = setUp()
  port.postMessage({ id: 2, subscribe: { stream: 'events', sinceSeq: 0 } })
  port.postMessage({ type: 'stop' })
  await settled()
  expect(stops()).toBe(1)
  port.close()
  while (stops() < 2) await new Promise((done) => setImmediate(done))
  expect(streams[0]?.live).toBe(false)
})

test('notices go out; a bug is told to the owner and leaves the port alive', async () => {
  const { port, server, next, failures, settled } = setUp()
  const notice = next()
  server.tell({ type: 'runtime', state: 'ready', unsent: 0 })
  expect(await notice).toEqual({ type: 'runtime', state: 'ready', unsent: 0 })
  port.postMessage({ id: 3, call: { name: 'bug', args: {} } })
  await settled()
  expect(failures).toEqual([new Error('bug')])
})
