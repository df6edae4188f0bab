// Pushes from a stranger to a camera's address: each is refused or counted, none moves a boom, and the lane goes on.
// A car waits at the exit's boom all the time, and the next push of its own camera lets it out.
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PushReportView } from '#devices/calls/find-views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { hikvisionXml } from '../firmware-runtime/devices/pure/camera/hikvision/sample.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { plate } from '../wire/kit/one-car.ts'
import { RunLot } from '../wire/kit/run-lot.ts'

const lot = new RunLot({ charge: 'card', rsuLink: 'tcp' })
const car = { plate, colour: 'blue' }
let address = ''

beforeAll(async () => {
  await lot.startSims()
  await lot.start('exit')
  address = lot.run.endpoints?.intake['exit'] ?? ''
})
afterAll(() => lot.close())

const kib = 1024
const xml = { 'content-type': 'application/xml' }
const form = { 'content-type': 'multipart/form-data; boundary=b' }
/** A present event: an old one counts as history and opens nothing anyway. */
const event = (padding = ''): Buffer => {
  const dateTime = isoOf(Date.now()).replace(/\.\d+/, '')
  return Buffer.from(hikvisionXml({ dateTime }, padding))
}
const partHead = '--b\r\nContent-Disposition: form-data; name="a"; filename="a.xml"\r\n'

interface Push {
  readonly what: string
  readonly url?: () => string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: () => Buffer
  /** 0: the connection was ended during the body. A camera that gets 200 does not repeat the event. */
  readonly status: readonly number[]
  /** The counter that increases. */
  readonly counted: 'badRequests' | 'paths' | 'sources'
}

const hostile: readonly Push[] = [
  {
    what: 'a form that is none',
    headers: form,
    body: () => Buffer.alloc(64 * kib, 'x'),
    status: [400],
    counted: 'badRequests',
  },
  {
    what: 'a form without its end',
    headers: form,
    body: () => Buffer.from(`${partHead}Content-Type: application/xml\r\n\r\n<Event`),
    status: [200],
    counted: 'badRequests',
  },
  {
    what: 'parts by the thousand',
    headers: form,
    body: () => Buffer.from(`${partHead}\r\n\r\n`.repeat(2_000)),
    status: [400],
    counted: 'badRequests',
  },
  {
    what: 'text that is no event',
    body: () => Buffer.from('<a>'.repeat(kib)),
    status: [200],
    counted: 'badRequests',
  },
  {
    what: 'a plate in an event beyond the limit',
    body: () => event(`<remark>${'x'.repeat(300 * kib)}</remark>`),
    status: [0, 413],
    counted: 'badRequests',
  },
  {
    // What the header says of the type does not matter: the first bytes decide (ADR 460).
    what: 'a plate that is packed',
    headers: { ...xml, 'content-encoding': 'gzip' },
    body: () => gzipSync(event()),
    status: [415],
    counted: 'badRequests',
  },
  {
    what: 'a plate on another path of the lane',
    url: () => address.replace(/[0-9a-f]{16}$/, '0123456789abcdef'),
    status: [404],
    counted: 'paths',
  },
  {
    what: 'a plate of a camera that the lot does not have',
    url: () => address.replace('/exit/', '/exit-2/'),
    status: [404],
    counted: 'paths',
  },
  {
    what: 'a plate from a page of a browser',
    headers: { ...xml, origin: 'http://evil.example' },
    status: [403],
    counted: 'sources',
  },
]

function post({ url = () => address, headers = xml, body = event }: Push): Promise<number> {
  return new Promise((done) => {
    const sending = request(url(), { method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.once('end', () => done(answer.statusCode ?? 0))
    })
    sending.once('error', () => done(0))
    sending.end(body())
  })
}

/** Sends half of an event and closes the connection. */
async function halfAPost(): Promise<void> {
  const { hostname, port, pathname } = new URL(address)
  const socket = connect(Number(port), hostname)
  const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/xml\r\n`
  const body = event()
  const half = body.subarray(0, body.length / 2)
  socket.write(`${head}Content-Length: ${body.length}\r\n\r\n`)
  await new Promise<void>((written) => socket.write(half, () => written()))
  const closed = once(socket, 'close')
  socket.destroy()
  await closed
}

const report = () => lot.run.call<PushReportView>('find.push', { laneId: 'exit' })
async function counts() {
  const { pushes, badRequests, refused } = await report()
  return { pushes, badRequests, ...refused }
}
const boom = () =>
  lot.harness.sims('exit').barrier.admin<{ position: string; opens: number }>('GET', '/state')

it('a car that came in stands at the exit, and nobody has seen it there', async () => {
  await lot.goesIn('entry', car)
  await lot.loops('exit', true, false)
  await lot.until('exit', ({ car: one }) => one?.manual === 'plateNotRead')
  expect(await counts()).toEqual({ pushes: 0, badRequests: 0, paths: 0, sources: 0 })
})

it.each(hostile)('$what is refused and counted', async (push) => {
  const before = await counts()
  expect(push.status).toContain(await post(push))
  await eventually(counts, { of: lot.of }).toEqual({
    ...before,
    // On the path of the lane it counts there, too.
    ...(push.counted === 'sources' ? { badRequests: before.badRequests + 1 } : {}),
    [push.counted]: before[push.counted] + 1,
  })
})

it('half a post is counted when its sender is gone', async () => {
  const before = await counts()
  await halfAPost()
  await eventually(counts, { of: lot.of }).toEqual({
    ...before,
    badRequests: before.badRequests + 1,
  })
})

it('none of them moved the boom, and the camera is told as one whose pushes are refused', async () => {
  expect(await boom()).toMatchObject({ position: 'closed', opens: 0 })
  const { state, devices } = await lot.lane('exit')
  expect(state).toBe('manual')
  expect(devices.camera).toMatchObject({ state: 'down', reason: 'pushRefused' })
})

it('the next push of its own camera lets the car out', async () => {
  await lot.sees('exit', car)
  await lot.leaves('exit')
  const rows = ledgerRows(lot.dir)
  const [stay] = rows.filter(({ kind }) => kind === 'stayOpened')
  expect(stay).toMatchObject({ body: car })
  const ends = rows.filter(({ kind }) => kind === 'stayClosed')
  expect(ends).toMatchObject([{ laneId: 'exit', stayId: stay?.stayId, body: { end: 'free' } }])
  expect(await boom()).toMatchObject({ position: 'closed', opens: 1 })
  expect((await counts()).pushes).toBe(1)
  expect((await lot.lane('exit')).devices.camera).toMatchObject({ state: 'up' })
})
