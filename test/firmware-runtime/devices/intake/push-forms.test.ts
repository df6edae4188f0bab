// One format, two readers: each form of a push over a raw socket, for each make that pushes, beside what the reader of
// subscriptions makes of the same bytes. What cannot be read is counted with the header that came.
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PushRefusal } from '#devices/intake/camera-intake.ts'
import { openCameraPushServer, type CameraPushServer } from '#devices/intake/camera-push-server.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { hikvisionPush } from '#devices/pure/camera/hikvision/push.ts'
import type { Pushed } from '#devices/pure/camera/push-make.ts'
import {
  boundaryOf,
  feedMultipart,
  lastPart,
  openMultipart,
} from '#devices/pure/camera/stream/multipart.ts'
import { cameraText } from '#devices/pure/camera/text.ts'
import { vzPush } from '#devices/pure/camera/vz/push.ts'
import { noThirdFieldFiles, thirdFieldFile } from '../../../kit/field-files.ts'
import { hikvisionXml } from '../pure/camera/hikvision/sample.ts'
import { jpegOf } from './pusher.ts'

const plate = '测A12345'
const makes = { hikvision: hikvisionPush, vzicom: vzPush }
type Make = keyof typeof makes

let server: CameraPushServer
let reads: PlateRead[]
let refusals: PushRefusal[]

const taken = (push: Pushed): string | null => {
  if (push.kind === 'plate') reads.push(push.read)
  return push.kind === 'refused' ? push.what : null
}

beforeEach(async () => {
  reads = []
  refusals = []
  server = await openCameraPushServer({
    lanes: Object.keys(makes),
    jsonLanes: ['vzicom'],
    clock: { nowMs: () => 1_796_032_800_000 },
    secretOf: () => 'a-secret',
    onPush: ({ xml, pictures }) => taken(hikvisionPush.read(xml, { parts: pictures })),
    onJson({ text, pictures }) {
      const push = vzPush.read(text, { within: pictures })
      return { refused: taken(push), reply: push.reply ?? '{}' }
    },
    onForm: () => '{}',
    onWrongPath: (_lane, refusal) => void refusals.push(refusal),
    onRefused: (_lane, refusal) => void refusals.push(refusal),
  })
})
afterEach(() => server.close())

/** Sends bytes as they are; returns the status of the answer, 0 without one. */
async function send(bytes: Uint8Array): Promise<number> {
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1')
    socket.end()
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  await new Promise<void>((resolve) => socket.on('close', () => resolve()))
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? '0')
}

const pathOf = (make: Make): string => new URL(server.url(make)).pathname
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const lines = (...all: readonly string[]): string => all.map((one) => `${one}\r\n`).join('')
const request = (make: Make, body: Uint8Array, headers: readonly string[], line = 'POST'): Buffer =>
  Buffer.concat([
    latin(`${line} ${pathOf(make)} HTTP/1.1\r\n`),
    latin(`${lines('Host: 127.0.0.1', `Content-Length: ${body.length}`, ...headers)}\r\n`),
    body,
  ])

const textOf: Readonly<Record<Make, string>> = {
  hikvision: hikvisionXml({ licensePlate: plate }),
  vzicom: JSON.stringify({ AlarmInfoPlate: { result: { PlateResult: { license: plate } } } }),
}
const jpeg = Buffer.from(jpegOf(200))
const utf8 = (text: string): Buffer => Buffer.from(text)
const part = (body: Uint8Array, ...headers: readonly string[]): Buffer =>
  Buffer.concat([latin(`${lines(...headers)}\r\n`), body, latin('\r\n')])
const parts = (boundary: string, ...all: readonly Buffer[]): Buffer =>
  Buffer.concat([
    ...all.flatMap((one) => [latin(`--${boundary}\r\n`), one]),
    latin(`--${boundary}--\r\n`),
  ])
const picture = part(
  jpeg,
  'Content-Disposition: form-data; name="a.jpg"',
  'Content-Type: image/jpeg',
)
const withPicture = (text: Uint8Array, boundary = 'boundary'): Buffer =>
  parts(boundary, part(text, 'Content-Type: application/xml'), picture)
const chunked = (body: Uint8Array): Buffer =>
  Buffer.concat([
    ...[body.subarray(0, 9), body.subarray(9)].flatMap((piece) => [
      latin(`${piece.length.toString(16)}\r\n`),
      piece,
      latin('\r\n'),
    ]),
    latin('0\r\n\r\n'),
  ])
const multi = 'Content-Type: multipart/form-data; boundary=boundary'
const xml = 'Content-Type: application/xml'

type Form = readonly [name: string, bytes: (make: Make) => Uint8Array]
const form = (
  name: string,
  headers: readonly string[],
  body: (text: string) => Uint8Array,
  line?: string,
): Form => [name, (make) => request(make, body(textOf[make]), headers, line)]

/** Forms that are read. The first of them are lawful. */
const readable: readonly Form[] = [
  form('text as it is said', [xml], utf8),
  form('JSON as it is said', ['Content-Type: application/json'], utf8),
  form('parts as they are said', [multi], (text) => withPicture(utf8(text))),
  form('PUT', [xml], utf8, 'PUT'),
  form('a byte order mark', [xml], (text) => utf8(`\ufeff${text}`)),
  form('UTF-16 with its mark', [xml], (text) => iconv.encode(text, 'utf16', { addBOM: true })),
  form('UTF-16 big-endian without a mark', [xml], (text) => iconv.encode(text, 'utf16-be')),
  form('UTF-16 in a part', [multi], (text) => withPicture(iconv.encode(text, 'utf16-le'))),
  form('blank lines in front', ['Content-Type: text/plain'], (text) => utf8(`\r\n\r\n${text}`)),
  form('the end of a buffer behind it', [xml], (text) => utf8(`${text}\0\0\0`)),
  form('gzip said and not sent', [xml, 'Content-Encoding: gzip'], utf8),
  form('an empty part in front', [multi], (text) =>
    parts('boundary', part(latin(''), 'Content-Type: text/xml'), part(utf8(text)), picture),
  ),
  form('fields in front', [multi], (text) =>
    parts(
      'boundary',
      part(utf8('exit'), 'Content-Disposition: form-data; name="id"'),
      part(utf8(text)),
    ),
  ),
  form('parts within a part', [multi], (text) =>
    parts(
      'boundary',
      part(withPicture(utf8(text), 'inner'), 'Content-Type: multipart/mixed; boundary=inner'),
    ),
  ),
  form('LF alone between parts', [multi], (text) =>
    latin(withPicture(utf8(text)).toString('latin1').replaceAll('\r\n', '\n')),
  ),
  form('a boundary in quotes', ['Content-Type: multipart/form-data; boundary="x y"'], (text) =>
    withPicture(utf8(text), 'x y'),
  ),
  form('multipart/mixed', ['Content-Type: multipart/mixed; boundary=boundary'], (text) =>
    withPicture(utf8(text)),
  ),
  form('headers in lower case', ['content-type: multipart/form-data; boundary=other'], (text) =>
    withPicture(utf8(text)),
  ),
  form('two types, the wrong one first', ['Content-Type: image/jpeg', xml], utf8),
  form('a form said', ['Content-Type: application/x-www-form-urlencoded'], utf8),
  form('GBK that is said', ['Content-Type: text/xml; charset=GBK'], (text) =>
    iconv.encode(text, 'gbk'),
  ),
  form('GBK that is not said', ['Content-Type: text/xml'], (text) => iconv.encode(text, 'gbk')),
  form('a charset that lies', ['Content-Type: text/xml; charset=GBK'], utf8),
  form('garbage behind the last boundary', [multi], (text) =>
    Buffer.concat([withPicture(utf8(text)), latin('garbage\0\xff')]),
  ),
  form('a preamble', [multi], (text) =>
    Buffer.concat([latin('a text\r\n'), withPicture(utf8(text))]),
  ),
  form('no last boundary', [multi], (text) => withPicture(utf8(text)).subarray(0, -14)),
  [
    'chunks',
    (make) =>
      Buffer.concat([
        latin(`POST ${pathOf(make)} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`),
        chunked(withPicture(utf8(textOf[make]))),
      ]),
  ],
  [
    'no Host',
    (make) =>
      latin(
        request(make, utf8(textOf[make]), [])
          .toString('latin1')
          .replace(/Host.*\r\n/, ''),
      ),
  ],
]

const eachMake = Object.keys(makes) as Make[]

describe.each(eachMake)('a push of %s', (make) => {
  it.each(readable)('is read: %s', async (_name, bytes) => {
    expect(await send(bytes(make))).toBe(200)
    expect(reads.map((read) => read.plate)).toEqual([plate])
    expect([server.stats(make), refusals]).toMatchObject([{ pushes: 1, badRequests: 0 }, []])
  })
  it('without Content-Type that comes a byte at a time is read', async () => {
    const bytes = request(make, withPicture(utf8(textOf[make]), 'other'), [])
    const socket = connect(server.port, '127.0.0.1')
    socket.setNoDelay(true)
    for (const byte of bytes) {
      socket.write(Uint8Array.of(byte))
      await new Promise((go) => setImmediate(go))
    }
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    expect(reads.map((read) => read.plate)).toEqual([plate])
  })
})

describe.skipIf(noThirdFieldFiles)('the fixtures', () => {
  const folder = fileURLToPath(thirdFieldFile('push'))
  it.each(noThirdFieldFiles ? [] : readdirSync(folder))(
    '%s is read as the reader of subscriptions reads it',
    async (name) => {
      const bytes = readFileSync(`${folder}/${name}`)
      const whole = latin(bytes.toString('latin1').replace('@PATH@', pathOf('hikvision')))
      expect(await send(whole)).toBe(200)
      expect(reads.map((read) => read.plate)).toEqual([`测A2000${Number(name.slice(0, 2))}`])
      const at = bytes.indexOf('\r\n\r\n')
      const type = /Content-Type: (.*)\r/.exec(bytes.subarray(0, at).toString())?.[1] ?? ''
      const fed = feedMultipart(
        openMultipart(boundaryOf(type) ?? 'boundary'),
        new Uint8Array(bytes.subarray(at + 4)),
        () => false,
      )
      const texts = [...fed.parts, lastPart(fed.state)].filter((one) => one?.kind === 'text')
      const [text = null] = texts
      // A body without parts is the text itself.
      const own = text === null ? bytes.subarray(at + 4) : text.bytes
      const { jpeg: _jpeg, ...pulled } = reads[0] ?? ({} as PlateRead)
      expect(parseHikvisionEvent(cameraText(new Uint8Array(own)))).toMatchObject({
        kind: 'plate',
        read: pulled,
      })
    },
  )
})

/** Requests that bring nothing: status, where they are counted, note, and what the shown header holds. */
const refused: readonly (readonly [
  name: string,
  bytes: (make: Make) => Uint8Array,
  status: number,
  at: 'lane' | 'unnamed',
  what: string,
  head: string,
])[] = [
  [
    'gzip',
    (make) => request(make, gzipSync(textOf[make]), ['Content-Encoding: gzip']),
    415,
    'lane',
    'pushPacked',
    'Content-Encoding: gzip',
  ],
  [
    'a picture alone',
    (make) => request(make, jpeg, ['Content-Type: image/jpeg']),
    400,
    'lane',
    'pushNoText',
    'image/jpeg',
  ],
  [
    'nothing',
    (make) => request(make, latin(''), [xml]),
    400,
    'lane',
    'pushNoText',
    'application/xml',
  ],
  [
    'GET',
    (make) => request(make, latin(''), [], 'GET'),
    405,
    'lane',
    'pushMethod GET',
    'GET /camera/',
  ],
  [
    'an Expect that is not met',
    (make) => request(make, latin('x'), ['Expect: a-wonder']),
    417,
    'lane',
    'pushExpect',
    'Expect: a-wonder',
  ],
  [
    'text over its cap',
    (make) => request(make, Buffer.alloc(400_000, '<'), [xml]),
    413,
    'lane',
    'pushTooLarge',
    'Content-Length: 400000',
  ],
  [
    'an old address',
    (make) => latin(request(make, latin('<a/>'), []).toString().replace('a-secret', 'b')),
    404,
    'unnamed',
    'pushPath',
    '/...',
  ],
  [
    'a page of a browser',
    (make) => request(make, utf8(textOf[make]), ['Origin: http://evil.example']),
    403,
    'lane',
    'pushOfBrowser',
    'Origin: http://evil.example',
  ],
  [
    'a broken chunk',
    (make) => latin(`POST ${pathOf(make)} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`),
    400,
    'lane',
    'pushNoHttp HPE_INVALID_CHUNK_SIZE',
    'Transfer-Encoding: chunked',
  ],
  [
    'two lengths',
    (make) =>
      latin(`POST ${pathOf(make)} HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`),
    400,
    'lane',
    'pushNoHttp HPE_',
    'Content-Length: 1',
  ],
  [
    'a header without end',
    (make) => latin(`POST ${pathOf(make)} HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    431,
    'lane',
    'pushHeadTooLong',
    'X-Long',
  ],
  ['no HTTP', () => latin('\x16\x03\x01\x02\x00 hello'), 400, 'unnamed', 'pushNoHttp HPE_', ''],
  [
    'CONNECT',
    () => latin('CONNECT 192.0.2.1:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    0,
    'unnamed',
    'pushMethod CONNECT',
    'CONNECT',
  ],
]

describe.each(eachMake)('of %s', (make) => {
  it.each(refused)(
    '%s is counted, with its header',
    async (_name, bytes, status, at, what, head) => {
      expect(await send(bytes(make))).toBe(status)
      expect(reads).toEqual([])
      const last = at === 'lane' ? server.stats(make).lastRefused : server.unnamed.last
      const count = at === 'lane' ? server.stats(make).badRequests : server.unnamed.count
      expect([count, last?.from, refusals]).toEqual([1, '127.0.0.1', [last]])
      expect(last?.what.startsWith(what)).toBe(true)
      expect(last?.head).toContain(head)
      expect(JSON.stringify(refusals)).not.toContain('a-secret')
    },
  )
})

it('bytes behind a push that was taken are counted and concern no lane', async () => {
  const bytes = Buffer.concat([
    request('hikvision', utf8(textOf.hikvision), [xml]),
    latin('garbage\r\n\r\n'),
  ])
  await send(bytes)
  expect(reads).toHaveLength(1)
  expect([server.stats('hikvision'), refusals]).toMatchObject([{ pushes: 1, badRequests: 1 }, []])
})

it('the shown header has no proof, no query and no plate, and is bounded', async () => {
  const gbk = iconv.encode('测A12345', 'gbk').toString('latin1')
  await send(
    request('hikvision', latin('?'), [
      'Authorization: Basic c2VjcmV0OnNlY3JldA==',
      'Cookie: session=1234',
      `Content-Type: image/jpeg; name="${utf8('测A12345').toString('latin1')}.jpg"`,
      `User-Agent: ${gbk} \xffA12345 ${'x'.repeat(500)}`,
    ]),
  )
  const head = refusals[0]?.head ?? ''
  expect(head).toContain('Authorization | Cookie | Content-Type: image/jpeg')
  expect(head).not.toMatch(/c2Vj|1234|A12345/)
  expect(head.length).toBeLessThanOrEqual(320)
})
