// Streams as cameras in the field send them (../shared/fixtures/field): unusual heads, lengths, charsets and plates. Each
// is fed whole and byte by byte, and every car in it must be reported.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { CameraNews } from '#devices/pure/camera/camera-driver.ts'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { hikvisionPull } from '#devices/pure/camera/hikvision/pull.ts'
import type { StreamDialect } from '#devices/pure/camera/stream/dialect.ts'
import { streamDriver, type StreamEvent } from '#devices/pure/camera/stream/driver.ts'

const folder = new URL('../../../../../../shared/fixtures/field/', import.meta.url)
/** The time at which the fixtures' events happen. */
const wallMs = Date.parse('2026-11-25T21:30:01+08:00')

type Given = StreamEvent extends infer E
  ? E extends unknown
    ? Omit<E, 'atMs' | 'wallMs'>
    : never
  : never

/** What the driver of a subscribed camera reports for these bytes. */
function heard<D>(dialect: StreamDialect<D>, boundary: string, bytes: Uint8Array, size: number) {
  const driver = streamDriver(dialect)
  const news: CameraNews[] = []
  let state = driver.initial()
  let asked = { id: '', path: '' }
  const give = (event: Given): void => {
    const step = driver.step(state, { ...event, atMs: 0, wallMs } as StreamEvent)
    state = step.state
    for (const effect of step.effects) {
      if (effect.do === 'emit') news.push(effect.event)
      if (effect.do === 'request') asked = { id: effect.id, path: effect.request.path }
    }
  }
  give({ type: 'start' })
  for (const _ of dialect.checks.filter(({ beside }) => beside !== true)) {
    const { id } = asked
    give({ type: 'head', id, status: 404, headers: {} })
    give({ type: 'end', id })
  }
  const { id } = asked
  const headers = { 'content-type': `multipart/mixed; boundary=${boundary}` }
  give({ type: 'head', id, status: 200, headers })
  for (let at = 0; at < bytes.length; at += size)
    give({ type: 'body', id, bytes: bytes.subarray(at, at + size) })
  give({ type: 'timer', name: 'quiet' })
  give({ type: 'timer', name: 'collect' })
  const reads = news.flatMap((one) => (one.type === 'plateRead' ? [one.read] : []))
  return {
    reads,
    unread: news.filter(({ type }) => type === 'notUnderstood').length,
    ...state.counters,
  }
}

function inField(
  name: string,
  bytes = new Uint8Array(readFileSync(new URL(`${name}.bin`, folder))),
) {
  const [make = ''] = name.split('/')
  const all = [1, 7, bytes.length].map((size) =>
    make === 'dahua'
      ? heard(
          dahuaPull({ address: 'd', channel: 1, confidenceMax: 100 }),
          'myboundary',
          bytes,
          size,
        )
      : heard(hikvisionPull({ ctrlMod: 'absent' }), 'boundary', bytes, size),
  )
  const [byBytes, , whole] = all
  expect(all.map(({ reads }) => reads.map(({ plate }) => plate))).toEqual(
    all.map(() => whole?.reads.map(({ plate }) => plate)),
  )
  return byBytes ?? { reads: [] as readonly PlateRead[], unread: 0, picturesDropped: 0 }
}
const plates = (name: string): readonly (string | null)[] =>
  inField(name).reads.map(({ plate }) => plate)

describe.skipIf(!existsSync(folder))('in the field', () => {
  it.each([
    ['hikvision/plain', ['测A00001']],
    ['hikvision/blank-line-after-boundary', ['测A00002']],
    ['hikvision/boundary-lf-then-crlf', ['测A00004']],
    ['hikvision/no-content-type', ['测A00005']],
    ['hikvision/no-headers-at-all', ['测A00006']],
    ['hikvision/gb2312-declared', ['测A00010']],
    ['hikvision/gb2312-header-only', ['测A00011']],
    ['hikvision/picture-length-too-large', ['测A00017', '测A00018', '测A00019']],
    ['hikvision/rescue-plate', ['测X1234应急']],
    ['hikvision/armed-police', ['WJ测1234X']],
    ['hikvision/military', ['VA12345']],
    ['hikvision/aviation', ['民航A1234']],
    ['hikvision/three-places', ['测Z1234澳']],
    ['hikvision/json-event', ['测A00029']],
    ['../field-2/hikvision/gbk-declared-utf8-yu', ['豫A12345']],
    ['../field-2/hikvision/utf8-plate-gbk-channel', ['桂A00004']],
    ['../field-2/hikvision/utf8-plate-broken-other', ['测D00004']],
    ['dahua/plain', ['测A00001']],
    ['dahua/no-content-type', ['测A00011']],
    ['dahua/gbk', ['测A00002']],
    ['dahua/picture-length-too-large', ['测A00006', '测A00007', '测A00008']],
    ['dahua/rescue', ['测X1234应急']],
  ])('%s: %j', (name, expected) => {
    expect(plates(name)).toEqual(expected)
  })

  it.each(['one-digit', 'no-colon', 'none'])('a time with zone %s is of that minute', (zone) => {
    const [read] = inField(`hikvision/zone-${zone}`).reads
    expect(Math.abs((read?.deviceAtMs ?? 0) - wallMs)).toBeLessThan(60_000)
  })

  it.each(['   \r\n', ' \t \r\n\r\n', '\n  \n'])('blanks (%j) before the headers', (blanks) => {
    for (const name of ['hikvision/plain', 'dahua/plain']) {
      const text = readFileSync(new URL(`${name}.bin`, folder)).toString('latin1')
      const odd = text.replaceAll(/(--(?:my)?boundary\r?\n)/g, `$1${blanks}`)
      const { reads, unread } = inField(name, new Uint8Array(Buffer.from(odd, 'latin1')))
      expect([reads.map(({ plate }) => plate), unread]).toEqual([['测A00001'], 0])
    }
  })

  it('what is neither text nor picture is counted, and what follows is told', () => {
    const text = readFileSync(new URL('hikvision/plain.bin', folder))
    const odd = Buffer.from('--boundary\r\n\r\n\x01\x02\x03\x04 no text at all\r\n', 'latin1')
    const { reads, unread, picturesDropped } = inField(
      'hikvision/odd',
      new Uint8Array(Buffer.concat([odd, text])),
    )
    expect([reads.length, unread, picturesDropped]).toEqual([1, 1, 0])
  })
})
