// The HTTP server of the published interface over real sockets: each operation, odd bytes, events that are waited for, many
// requests at once, and its end. What it refuses: refusals.test.ts.
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { schemas } from '#money/partners/protocol.ts'
import type { Orders } from '#money/ports/orders.ts'
import { eventually } from '../../../kit/eventually.ts'
import { authorization } from '../../../kit/partner-kit.ts'
import {
  alpha,
  at,
  beta,
  closeAll,
  events,
  nowIso,
  orderOf,
  serving,
} from '../../../kit/partner-server.ts'

afterEach(closeAll)

describe('every operation', () => {
  it('has an answer that is signed, in its shape, over the nonce of the request', async () => {
    const { access, call } = await serving()
    const order = orderOf()
    const nonce = 'A1'.repeat(16)
    const opened = await call('PUT', at, { body: order, by: { ...alpha, nonce } })
    expect([opened.status, opened.json['state'], opened.isSigned, opened.nonce]).toEqual([
      200,
      'open',
      true,
      nonce,
    ])
    access.pay('ORDER-1', true)
    const review = { result: 'agreed', outTradeNo: 'T-ORDER-1', amountFen: 500, plate: '测A00001' }
    const back = {
      orderNo: 'ORDER-1',
      amountFen: 200,
      reason: 'test',
      operator: 'wang',
      approvedBy: 'li',
    }
    const second = orderOf({ laneId: null, leftAtIso: nowIso() })
    const settled = { means: 'cash', amountFen: 500, atIso: nowIso() }
    for (const [method, path, body, schema, shown] of [
      ['GET', '/v1/access', undefined, 'Facts', { lotId: 'LOT1', versions: [1] }],
      ['PUT', at, order, 'OrderView', { state: 'paid', paidFen: 500 }],
      ['GET', at, undefined, 'OrderView', { state: 'paid', charge: { outTradeNo: 'T-ORDER-1' } }],
      ['PUT', `${at}/review`, review, 'OrderView', { review: 'agreed' }],
      ['PUT', '/v1/refunds/REFUND-1', back, 'RefundView', { state: 'success', amountFen: 200 }],
      ['GET', '/v1/refunds/REFUND-1', undefined, 'RefundView', { orderNo: 'ORDER-1' }],
      ['PUT', '/v1/orders/ORDER-2', second, 'OrderView', { state: 'open' }],
      ['PUT', '/v1/orders/ORDER-2/settlement', settled, 'OrderView', { state: 'settled' }],
      ['PUT', '/v1/orders/ORDER-3', orderOf({ laneId: 'exit2' }), 'OrderView', { state: 'open' }],
      [
        'PUT',
        '/v1/orders/ORDER-3/withdrawal',
        { reason: 'went back in' },
        'OrderView',
        { state: 'withdrawn' },
      ],
    ] as const) {
      const { status, isSigned, json } = await call(method, path, { body })
      expect([path, status, isSigned]).toEqual([path, 200, true])
      expect(schemas[schema].parse(json)).toMatchObject(shown)
    }
    const all = (await call('GET', events)).json as unknown as ReturnType<Orders['events']>
    expect(all.events.map(({ event }) => event)).toEqual([
      ...['opened', 'charging', 'paid', 'review', 'reviewed', 'refund'],
      ...['opened', 'settled', 'opened', 'withdrawn'],
    ])
    const behind = await call('GET', `/v1/events?after=${all.events[8]?.no}&waitMs=0`)
    expect(behind.json).toMatchObject({ events: [{ event: 'withdrawn' }], next: all.next })
  })
})

/** Sends bytes, and ends its half of the connection unless the last request asks for its end; returns the answers. */
async function raw(url: string, text: string): Promise<string> {
  const { port } = new URL(url)
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect(Number(port), '127.0.0.1')
  let got = ''
  socket.on('data', (data) => (got += data.toString()))
  socket.on('close', () => resolve(got))
  socket.on('error', () => resolve(got))
  if (text.includes('Connection: close')) socket.write(text)
  else socket.end(text)
  return promise
}

describe('bytes', () => {
  const head = `PUT ${at} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
  it.each([
    ['half a body', `${head}Content-Length: 300\r\n\r\n{"stay`],
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a header of 17 kB', `${head}X: ${'x'.repeat(17 * 1024)}\r\n\r\n`],
  ])('%s changes nothing, and the refusal is signed', async (_, text) => {
    const { access, server, call, faults } = await serving()
    const answer = await raw(server.url, text)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*etc-signature: [\s\S]*"ORDER-01"/i)
    expect(access.events).toEqual([])
    expect(faults).toEqual([])
    expect((await call('GET', '/v1/access')).status).toBe(200)
  })

  it('a body that stops is given up', async () => {
    const { server, access } = await serving({ limits: { requestTimeoutMs: 200 } })
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    const { promise, resolve } = Promise.withResolvers<void>()
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
    socket.resume()
    socket.write(`${head}Content-Length: 300\r\n\r\n{"stay`)
    await promise
    expect(access.events).toEqual([])
  })
})

describe('events', () => {
  const waiting = `${events}&waitMs=25000`
  it('a wait ends with the event of its own partner', async () => {
    const { access, call } = await serving()
    const [mine, other] = [
      call('GET', waiting),
      call('GET', `${events}&waitMs=25000`, { by: beta }),
    ]
    await eventually(() => access.listeners).toBe(2)
    await call('PUT', at, { body: orderOf() })
    expect((await mine).json).toMatchObject({ events: [{ event: 'opened' }], next: 1 })
    expect(access.listeners).toBe(1)
    await call('PUT', '/v1/orders/ORDER-2', { by: beta, body: orderOf({ laneId: 'exit2' }) })
    expect((await other).json).toMatchObject({ events: [{ order: { orderNo: 'ORDER-2' } }] })
    expect(access.listeners).toBe(0)
  })

  it('a wait without an event ends by itself, and where its connection ends', async () => {
    const { access, call } = await serving()
    expect((await call('GET', `${events}&waitMs=40`)).json).toEqual({ events: [], next: 0 })
    const away = new AbortController()
    const gone = call('GET', waiting, { signal: away.signal }).catch(() => 'gone')
    await eventually(() => access.listeners).toBe(1)
    away.abort()
    expect(await gone).toBe('gone')
    await eventually(() => access.listeners).toBe(0)
  })

  it('of one partner only so many wait; another still may', async () => {
    const { access, call } = await serving({ limits: { pollsMax: 2 } })
    const two = [call('GET', waiting), call('GET', waiting)]
    await eventually(() => access.listeners).toBe(2)
    expect((await call('GET', waiting)).refused?.[0]).toBe('ORDER-11')
    expect((await call('GET', events)).status).toBe(200)
    const other = call('GET', waiting, { by: beta })
    await eventually(() => access.listeners).toBe(3)
    for (const [no, by] of [
      ['ORDER-1', alpha],
      ['ORDER-2', beta],
    ] as const)
      await call('PUT', `/v1/orders/${no}`, {
        by,
        body: orderOf({ laneId: by === beta ? 'exit2' : 'exit1' }),
      })
    expect((await Promise.all([...two, other])).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ])
    expect((await call('GET', `/v1/events?after=1&waitMs=10`)).status).toBe(200)
  })

  it('closing ends waits with an answer, at once', async () => {
    const { access, call, server } = await serving()
    const waits = [call('GET', waiting), call('GET', waiting, { by: beta })]
    await eventually(() => access.listeners).toBe(2)
    const fromMs = performance.now()
    await server.close()
    expect(performance.now() - fromMs).toBeLessThan(2_000)
    for (const { status, json, isSigned } of await Promise.all(waits))
      expect([status, json, isSigned]).toEqual([200, { events: [], next: 0 }, true])
    expect(access.listeners).toBe(0)
    await expect(call('GET', '/v1/access')).rejects.toThrow()
  })
})

describe('many at once', () => {
  it('of 200 orders each is opened once, and timers run in between', async () => {
    const { access, call } = await serving()
    const ticks: number[] = []
    const beat = setInterval(() => ticks.push(performance.now()), 5)
    const order = { ...orderOf(), laneId: null, leftAtIso: nowIso() }
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        call('PUT', `/v1/orders/MANY-${i % 100}`, { body: order }),
      ),
    )
    clearInterval(beat)
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect(access.events).toHaveLength(100)
    expect(ticks.length).toBeGreaterThan(5)
  })

  it('beyond the number that may wait, each is refused and signed, and comes again', async () => {
    const { call, server } = await serving({ limits: { requestsMax: 3 } })
    const texts = Array.from({ length: 10 }, (_, i) => {
      const close = i === 9 ? 'Connection: close\r\n' : ''
      const signed = authorization('GET', '/v1/access', Buffer.alloc(0), alpha)
      return `GET /v1/access HTTP/1.1\r\nHost: x\r\n${close}Authorization: ${signed}\r\n\r\n`
    })
    const answers = (await raw(server.url, texts.join(''))).split(/(?=HTTP\/1\.1 )/)
    const statuses = answers.map((text) => text.slice(9, 12))
    expect(statuses).toEqual([...Array<string>(3).fill('200'), ...Array<string>(7).fill('429')])
    expect(answers.every((text) => /etc-signature: /i.test(text))).toBe(true)
    expect(answers[9]).toContain('ORDER-11')
    expect((await call('GET', '/v1/access')).status).toBe(200)
  })
})

describe('opening', () => {
  it.each([
    ['a card without HTTPS', { host: '192.0.2.1' }, 'LOT-02'],
    [
      'an address of another machine',
      { host: '192.0.2.1', tls: { keyFile: '/none.key', certFile: '/none.pem' } },
      'CERT-01',
    ],
    [
      'a key file that is no key',
      { tls: { keyFile: import.meta.filename, certFile: import.meta.filename } },
      'CERT-01',
    ],
  ])('%s is refused', async (_, more, code) => {
    await expect(serving(more)).rejects.toMatchObject({ code })
  })

  it('a port that is taken is refused by its address', async () => {
    const { server } = await serving()
    const port = Number(new URL(server.url).port)
    await expect(serving({ port })).rejects.toMatchObject({
      code: 'LINK-01',
      detail: { value: `127.0.0.1:${port}` },
    })
  })
})
