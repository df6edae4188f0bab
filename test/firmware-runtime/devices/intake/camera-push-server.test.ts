// The camera intake over real sockets: every split, every damage, caps, allow-list and counters.
// F21: a picture of 50 MB or a truncated one is dropped and counted, the text is kept.
import { Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openCameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { CameraPush } from '#devices/intake/camera-intake.ts'
import type { CameraPushServer } from '#devices/intake/camera-push-server.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { hikvisionXml } from '../pure/camera/hikvision/sample.ts'
import { jpegOf, multipart, picturePart, push, xmlPart } from './pusher.ts'

const xml = hikvisionXml()
const jpeg = jpegOf(300)
const body = multipart([xmlPart(xml), picturePart(jpeg)])

let server: CameraPushServer
let pushes: CameraPush[]
let nowMs = 0

beforeEach(async () => {
  pushes = []
  nowMs = 1_795_138_215_000
  server = await openCameraPushServer({
    lanes: ['entry', 'exit 2'],
    clock: { nowMs: () => nowMs },
    onPush: (one) => (pushes.push(one), null),
  })
})

afterEach(() => server.close())

const url = (): string => server.url('entry')
/** Waits until the server's counters change: a sender that hung up gets no answer to wait for. */
async function seen(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setImmediate(resolve))
}

it('a connection that could not be accepted is one that did not come', async () => {
  const listened = vi.spyOn(Server.prototype, 'listen')
  await server.close()
  server = await openCameraPushServer({
    lanes: ['entry'],
    clock: { nowMs: () => nowMs },
    onPush: (one) => (pushes.push(one), null),
  })
  const [socket] = listened.mock.contexts as readonly Server[]
  listened.mockRestore()
  for (let times = 0; times < 3; times++)
    socket?.emit('error', Object.assign(new Error('accept ENOBUFS'), { code: 'ENOBUFS' }))
  expect(await push(url(), body)).toBe(200)
})

describe('a push', () => {
  it('brings text and picture to its lane, and is answered', async () => {
    expect(await push(url(), body)).toBe(200)
    expect(await push(server.url('exit 2'), multipart([xmlPart('<a/>')]))).toBe(200)
    expect(pushes).toEqual([
      { laneId: 'entry', xml, pictures: [{ name: 'licensePlatePicture.jpg', bytes: jpeg }] },
      { laneId: 'exit 2', xml: '<a/>', pictures: [] },
    ])
    expect(server.stats('entry')).toEqual({
      pushes: 1,
      badRequests: 0,
      picturesDropped: 0,
      cutShort: 0,
      lastPushAtMs: nowMs,
      lastRefused: null,
    })
  })
  it('that nothing can be used of is answered, and told as what it is', async () => {
    await server.close()
    const onPush = (): string => 'eventType vmd'
    server = await openCameraPushServer({ lanes: ['entry'], clock: { nowMs: () => nowMs }, onPush })
    expect(await push(url(), body)).toBe(200)
    expect(server.stats('entry')).toMatchObject({
      pushes: 0,
      badRequests: 1,
      lastPushAtMs: null,
      lastRefused: { atMs: nowMs, what: 'eventType vmd', from: '127.0.0.1' },
    })
  })
  it.each([[1], [2], [7], [64], [333]])('is the same in pieces of %i bytes', async (pieceBytes) => {
    expect(await push(url(), body, { pieceBytes })).toBe(200)
    expect(await push(url(), body, { pieceBytes, chunked: true })).toBe(200)
    expect(pushes[0]?.xml).toBe(xml)
    expect(pushes[0]?.pictures[0]?.bytes).toEqual(jpeg)
    expect(pushes[1]).toEqual(pushes[0])
  })
  it.each([
    ['text/xml', 'POST'],
    ['application/xml; charset="UTF-8"', 'PUT'],
  ])('may be bare XML as %s', async (type, method) => {
    expect(await push(url(), new TextEncoder().encode(xml), { type, method })).toBe(200)
    expect(pushes).toEqual([{ laneId: 'entry', xml, pictures: [] }])
  })
  it.each([
    ['application/json', 'POST'],
    ['text/json; charset=utf-8', 'PUT'],
    ['Application/JSON', 'POST'],
  ])('may be bare JSON as %s', async (type, method) => {
    const json = '{"eventType":"PackingSpaceRecognition","plateNo":"测A12345"}'
    expect(await push(url(), new TextEncoder().encode(json), { type, method })).toBe(200)
    expect(pushes).toEqual([{ laneId: 'entry', xml: json, pictures: [] }])
  })
  it('takes parts that say length 0, lack a file name, or come in any order', async () => {
    const parts = [
      { ...picturePart(jpeg, 'detectionPicture.jpg'), saysLength: 0 },
      { name: 'ANPR', type: 'application/xml', body: new TextEncoder().encode(xml), saysLength: 0 },
      { ...picturePart(jpeg), saysLength: 0 },
    ]
    expect(await push(url(), multipart(parts))).toBe(200)
    expect(pushes[0]?.xml).toBe(xml)
    expect(pushes[0]?.pictures.map(({ name }) => name)).toEqual([
      'detectionPicture.jpg',
      'licensePlatePicture.jpg',
    ])
  })
  it('reads a quoted boundary and GBK text that declares itself', async () => {
    const gbk = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GBK"?><a>'),
      Buffer.from([0xb2, 0xe2]),
      Buffer.from('A12345</a>'),
    ])
    const type = 'multipart/form-data; boundary="--x y"'
    const part = { ...xmlPart(''), body: new Uint8Array(gbk) }
    expect(await push(url(), multipart([part], '--x y'), { type })).toBe(200)
    expect(pushes[0]?.xml).toContain('测A12345')
  })
  it('forgets nothing between pushes of one camera', async () => {
    for (let i = 0; i < 20; i++) {
      nowMs += 1
      expect(await push(url(), body)).toBe(200)
    }
    expect(server.stats('entry')).toMatchObject({ pushes: 20, lastPushAtMs: nowMs })
  })
})

describe('damaged pictures (F21)', () => {
  it('a picture over the cap is dropped and counted, text and other pictures stay', async () => {
    const parts = [xmlPart(xml), picturePart(jpegOf(9 * 1024 * 1024)), picturePart(jpeg, 'b.jpg')]
    expect(await push(url(), multipart(parts))).toBe(200)
    expect(pushes[0]?.xml).toBe(xml)
    expect(pushes[0]?.pictures.map(({ name }) => name)).toEqual(['b.jpg'])
    expect(server.stats('entry')).toMatchObject({ picturesDropped: 1, cutShort: 0 })
  })
  it('50 MB are read over without being kept', async () => {
    const parts = [xmlPart(xml), picturePart(jpegOf(50 * 1024 * 1024))]
    expect(await push(url(), multipart(parts))).toBe(200)
    expect(pushes).toEqual([{ laneId: 'entry', xml, pictures: [] }])
    expect(server.stats('entry').picturesDropped).toBe(1)
  })
  it('a truncated JPEG in a whole body is dropped', async () => {
    const parts = [xmlPart(xml), picturePart(jpeg.slice(0, 200)), picturePart(new Uint8Array(0))]
    expect(await push(url(), multipart(parts))).toBe(200)
    expect(pushes[0]?.pictures).toEqual([])
    expect(server.stats('entry').picturesDropped).toBe(2)
  })
  it('a body that ends without its boundary keeps the text', async () => {
    expect(await push(url(), body.slice(0, -60))).toBe(200)
    expect(pushes).toEqual([{ laneId: 'entry', xml, pictures: [] }])
    expect(server.stats('entry')).toMatchObject({ cutShort: 1, picturesDropped: 1 })
  })
  it('a sender that goes away in the picture leaves the text', async () => {
    await push(url(), body, { cutAt: body.length - 100 })
    await seen(() => pushes.length > 0)
    expect(pushes).toEqual([{ laneId: 'entry', xml, pictures: [] }])
    expect(server.stats('entry')).toMatchObject({ cutShort: 1, picturesDropped: 1 })
  })
  it('a sender that goes away in the text leaves nothing', async () => {
    await push(url(), body, { cutAt: 300 })
    await seen(() => server.stats('entry').badRequests > 0)
    expect(pushes).toEqual([])
    expect(server.stats('entry')).toMatchObject({ pushes: 0, badRequests: 1, lastPushAtMs: null })
  })
  it('a body over the cap keeps the text that came before it', async () => {
    await server.close()
    server = await openCameraPushServer({
      lanes: ['entry'],
      clock: { nowMs: () => nowMs },
      onPush: (one) => (pushes.push(one), null),
      limits: { bodyBytesMax: 20_000 },
    })
    const parts = [xmlPart(xml), picturePart(jpegOf(40_000))]
    expect(await push(url(), multipart(parts))).toBe(200)
    expect(pushes[0]?.xml).toBe(xml)
    expect(await push(url(), multipart(parts.reverse()))).toBe(413)
    expect(server.stats('entry')).toMatchObject({ pushes: 1, cutShort: 1, badRequests: 1 })
  })
})

describe('pictures of pushes that are under way', () => {
  it('share one room: what does not fit is dropped and counted, and the room is given back', async () => {
    await server.close()
    server = await openCameraPushServer({
      lanes: ['entry'],
      clock: { nowMs: () => nowMs },
      onPush: (one) => (pushes.push(one), null),
      limits: { heldBytesMax: 500 },
    })
    const two = multipart([xmlPart(xml), picturePart(jpeg), picturePart(jpeg, 'b.jpg')])
    for (const dropped of [1, 2]) {
      expect(await push(url(), two)).toBe(200)
      expect(pushes.at(-1)?.xml).toBe(xml)
      expect(pushes.at(-1)?.pictures.map(({ name }) => name)).toEqual(['licensePlatePicture.jpg'])
      expect(server.stats('entry').picturesDropped).toBe(dropped)
    }
    // A sender that hangs up releases the memory that its pictures took.
    await push(url(), two, { cutAt: two.length - 400 })
    await seen(() => server.stats('entry').cutShort > 0)
    expect(await push(url(), body)).toBe(200)
    expect(pushes.at(-1)?.pictures).toHaveLength(1)
  })
})

describe('bad requests', () => {
  const text = new TextEncoder().encode('x'.repeat(300_000))
  it.each([
    ['no XML in it', body.slice(0, 0), {}, 400],
    ['pictures only', multipart([picturePart(jpeg)]), {}, 400],
    ['a body that is not multipart', new TextEncoder().encode('hello'), {}, 400],
    ['XML over its cap', text, { type: 'text/xml' }, 413],
    ['JSON over its cap', text, { type: 'application/json' }, 413],
    ['no text that any reader knows', text, { type: 'application/octet-stream' }, 400],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), { type: 'text/xml' }, 415],
    ['a picture alone', jpeg, { type: 'image/jpeg' }, 400],
    ['GET', body.slice(0, 0), { method: 'GET' }, 405],
    ['DELETE', body, { method: 'DELETE' }, 405],
  ] as const)('%s', async (_name, bytes, options, status) => {
    expect(await push(url(), bytes, options)).toBe(status)
    expect(pushes).toEqual([])
    expect(server.stats('entry')).toMatchObject({ badRequests: 1, lastPushAtMs: null })
  })
  it('a path of no lane is counted apart', async () => {
    expect(await push(url().replace('entry', 'exit'), body)).toBe(404)
    expect(await push(url().replace('/camera/', '/'), body)).toBe(404)
    expect(server.refused).toEqual({ sources: 0, paths: 2 })
  })
  it('more parts than a camera sends are not read', async () => {
    const many = Array.from({ length: 50 }, (_, i) => picturePart(jpeg, `${i}.jpg`))
    expect(await push(url(), multipart([xmlPart(xml), ...many]))).toBe(200)
    expect(pushes[0]?.pictures.length).toBeLessThanOrEqual(8)
  })
})

describe('sources', () => {
  const options = { lanes: ['entry'], clock: { nowMs: () => 0 }, onPush: () => null }
  it('a source that is not on the list is refused and counted', async () => {
    const narrow = await openCameraPushServer({ ...options, allow: ['192.0.2.0/24', '::1'] })
    // The server closes the connection before it reads a byte, so there is no answer.
    expect(await push(narrow.url('entry'), body)).toBe(0)
    expect(narrow.refused).toEqual({ sources: 1, paths: 0 })
    await narrow.close()
  })
  it.each([
    ['a page of a browser', 'Origin: http://evil.example\r\nHost: 127.0.0.1\r\n'],
    ['a page whose origin is hidden', 'Origin: null\r\nHost: 127.0.0.1\r\n'],
    ['a browser that says so', 'Sec-Fetch-Site: cross-site\r\nHost: 127.0.0.1\r\n'],
    ['a foreign name that leads here', 'Host: evil.example\r\n'],
    ['an address that is not ours', 'Host: 192.0.2.7:8080\r\n'],
  ])('%s is refused and counted, and nothing of it is used', async (_name, headers) => {
    expect(await push(url(), body, { headers })).toBe(403)
    expect(pushes).toEqual([])
    expect(server.refused).toEqual({ sources: 1, paths: 0 })
  })
  it.each(['Host: 127.0.0.1\r\n', 'Host: localhost:80\r\n'])(
    '%j is this machine',
    async (headers) => {
      expect(await push(url(), body, { headers })).toBe(200)
    },
  )
  it('a lane with a secret is reached by its whole path alone', async () => {
    const secretOf = (laneId: string): string => `s ${laneId}`
    const closed = await openCameraPushServer({ ...options, secretOf })
    const whole = closed.url('entry')
    expect(whole).toMatch(/\/camera\/entry\/s%20entry$/)
    expect(await push(whole, body)).toBe(200)
    for (const wrong of ['', '/', '/s', '/s%20entry2', '/s%20exit', '/s%20entry/'])
      expect(await push(whole.replace('/s%20entry', wrong), body)).toBe(404)
    expect(closed.refused).toEqual({ sources: 0, paths: 6 })
    await closed.close()
  })
  it('one that is on it is taken', async () => {
    const wide = await openCameraPushServer({ ...options, allow: ['127.0.0.1'] })
    expect(await push(wide.url('entry'), body)).toBe(200)
    await wide.close()
  })
  it.each([
    [{ host: '0.0.0.0' }, '0.0.0.0'],
    [{ allow: ['camera'] }, 'camera'],
    [{ allow: ['192.0.2.0/33'] }, '192.0.2.0/33'],
    [{ allow: ['192.0.2.0/x'] }, '192.0.2.0/x'],
  ])('%j is refused at the start', async (wrong, value) => {
    await expect(openCameraPushServer({ ...options, ...wrong })).rejects.toMatchObject({
      code: 'LOT-02',
      detail: { field: '/intake/allow', value },
    })
  })
  it('a port in use is told by its fault', async () => {
    const second = openCameraPushServer({ ...options, port: server.port })
    await expect(second).rejects.toBeInstanceOf(LaneFault)
    await expect(second).rejects.toMatchObject({ code: 'LINK-01' })
  })
})
