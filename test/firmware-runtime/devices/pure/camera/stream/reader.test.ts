// The link of a subscribed camera decoded for people: each answer with its request, parts of the stream one by one, also
// where a part has no length or the beginning was not seen.
import { describe, expect, it } from 'vitest'
import { hikvisionPull } from '#devices/pure/camera/hikvision/pull.ts'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { streamFrameKinds, streamReader } from '#devices/pure/camera/stream/reader.ts'
import { headBytes, requestBytes } from '#devices/pure/http/exchange.ts'
import type { ReadBytes } from '#devices/pure/frame-reader.ts'

const none = new Uint8Array(0)
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const names = ({ frames }: ReadBytes): string[] => frames.map(({ name }) => name)
const multipart = headBytes(200, { 'content-type': 'multipart/mixed; boundary=b' })
const hikvision = () => streamReader(hikvisionPull({ ctrlMod: 'asked' }))
const dahua = () => streamReader(dahuaPull({ address: '', channel: 1, confidenceMax: 100 }))

/** A reader whose stream has begun as request 1. */
function begun(reader = hikvision()) {
  reader.said(requestBytes({ method: 'GET', path: '/stream' }, true), '1')
  reader.heard(multipart, '1')
  return reader
}
const part = (type: string, body: string, length = true): Uint8Array => {
  const size = length ? `Content-Length: ${body.length}\r\n` : ''
  return bytesOf(`--b\r\nContent-Type: ${type}\r\n${size}\r\n${body}\r\n`)
}
const event = (more: string): string =>
  `<EventNotificationAlert><macAddress>02:00:5e:10:00:64</macAddress>${more}</EventNotificationAlert>`
const anpr = (gate = 1): string =>
  event(
    '<eventType>ANPR</eventType><eventState>active</eventState><ANPR>' +
      '<licensePlate>noPlate</licensePlate><alarmDataType>0</alarmDataType>' +
      `<barrierGateCtrlType>${gate}</barrierGateCtrlType></ANPR>`,
  )
const beat = event('<eventType>heartBeat</eventType>')

describe('a question', () => {
  it('is shown with its answer, which is one row', () => {
    const reader = hikvision()
    const requestRead = reader.said(requestBytes({ method: 'GET', path: '/a' }, false), '1')
    expect(requestRead.frames).toMatchObject([
      { type: 'REQUEST', fields: { method: 'GET', path: '/a' } },
    ])
    expect(requestRead.frames[0]?.fields).not.toHaveProperty('proof')
    const head = headBytes(200, { 'content-type': 'text/plain' })
    expect(reader.heard(head, '1').frames).toEqual([])
    expect(reader.heard(bytesOf('sn='), '1').frames).toEqual([])
    reader.heard(bytesOf('7\r\n'), '1')
    expect(reader.heard(none, '1').frames).toMatchObject([
      { type: 'ANSWER', ok: true, fields: { status: 200, text: 'sn=7' } },
    ])
  })
  it('that is refused says what is asked for, when we hang up', () => {
    const reader = hikvision()
    reader.said(requestBytes({ method: 'GET', path: '/a' }, false), '1')
    reader.heard(headBytes(401, { 'www-authenticate': 'Digest realm="x", nonce="1"' }), '1')
    expect(reader.said(none, '1')).toMatchObject({
      receivedBefore: true,
      frames: [{ fields: { status: 401, asks: 'Digest' } }],
    })
    const again = reader.said(requestBytes({ method: 'GET', path: '/a' }, true), '2')
    expect(again.frames).toMatchObject([{ fields: { proof: 'left out' } }])
  })
  it('without an answer says why, and breaks no stream', () => {
    const reader = begun()
    reader.said(requestBytes({ method: 'GET', path: '/a' }, true), '2')
    const lost = reader.lost?.('2', 'reset')
    expect(lost?.frames).toMatchObject([{ name: 'answer', ok: false, reason: 'reset' }])
    expect(lost?.link).toBeUndefined()
    // Nor does an answer to a request that was given up.
    reader.said(requestBytes({ method: 'GET', path: '/a' }, true), '3')
    expect(reader.said(none, '3').frames).toEqual([])
    reader.heard(headBytes(200, {}), '4')
    expect(reader.lost?.('4', 'reset').frames).toMatchObject([{ fields: { status: 200 } }])
    expect(names(reader.heard(part('application/xml', anpr()), '1'))).toEqual(['plate'])
  })
  it('with an answer that never ends is cut', () => {
    const reader = hikvision()
    reader.heard(headBytes(200, {}), '1')
    for (let i = 0; i < 20; i++) reader.heard(new Uint8Array(40_000).fill(0x61), '1')
    const [frame] = reader.heard(none, '1').frames
    expect(frame?.bytes).toHaveLength(4_096)
    expect(String(frame?.fields['text'])).toHaveLength(400)
    expect(frame?.leftOut).toBeLessThan(131_072)
  })
})

describe('the stream', () => {
  it('comes and goes as the link', () => {
    const reader = hikvision()
    expect(reader.heard(multipart, '1')).toMatchObject({
      frames: [{ name: 'answer' }],
      link: { is: 'up' },
    })
    expect(reader.heard(none, '1').link).toEqual({ is: 'down', reason: 'streamEnded' })
    reader.heard(multipart, '2')
    expect(reader.said(none, '2').link).toEqual({ is: 'down', reason: 'streamGivenUp' })
    reader.heard(multipart, '3')
    expect(reader.lost?.('3', 'reset').link).toEqual({ is: 'down', reason: 'reset' })
  })
  it('is read part by part', () => {
    const reader = begun()
    const jpeg = bytesOf('\r\n--b\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n')
    const read = reader.heard(
      Uint8Array.from([
        ...bytesOf('??'),
        ...part('application/xml', anpr()),
        ...jpeg,
        ...[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9],
        ...part('application/xml', beat),
      ]),
      '1',
    )
    expect(read.discardedBytes).toBe(2)
    expect(read.frames).toMatchObject([
      { type: 'PLATE', fields: { plate: 'noPlate', state: 'none' }, ok: true },
      {
        type: 'PICTURE',
        fields: { contentType: 'image/jpeg', bytes: 9, whole: true },
        bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
        leftOut: 5,
      },
      { type: 'BEAT', routine: true },
    ])
  })
  it.each([
    ['an event of its own is understood', event('<eventType>shelteralarm</eventType>'), true],
    ['a camera that opened by itself is told', anpr(0), true],
    [
      'a text that is none is not decoded',
      '<EventNotificationAlert></EventNotificationAlert>',
      false,
    ],
  ])('%s', (_what, text, ok) => {
    const [frame] = begun().heard(part('application/xml', text), '1').frames
    expect(frame).toMatchObject({ ok, fields: { why: expect.any(String) } })
  })
  it('of events in lines is read, too: several texts of one part are counted', () => {
    const lines = ['Events[0].Code=TrafficJunction', 'Events[1].Code=VideoMotion', ''].join('\r\n')
    const [frame] = begun(dahua()).heard(part('text/plain', lines), '1').frames
    expect(frame).toMatchObject({ name: 'plate', fields: { texts: 2, state: 'unreadable' } })
    expect(frame?.fields).not.toHaveProperty('plate')
  })
  it('waits for a part without a length, until nothing more came', () => {
    const reader = begun()
    reader.said(requestBytes({ method: 'GET', path: '/a' }, true), '2')
    expect(reader.heard(part('application/xml', `${anpr()}`, false), '1').frames).toEqual([])
    expect(reader.fired?.('check').frames).toEqual([])
    expect(names(reader.fired?.('quiet') ?? { frames: [], discardedBytes: 0 })).toEqual(['plate'])
    expect(reader.fired?.('quiet').frames).toEqual([])
  })
  it('that began before anybody looked is found by its boundary', () => {
    const reader = hikvision()
    expect(reader.heard(bytesOf('rest of a part'), '9')).toEqual({ frames: [], discardedBytes: 14 })
    expect(names(reader.heard(part('application/xml', anpr()), '9'))).toEqual(['plate'])
    reader.cut()
    expect(names(reader.heard(part('application/xml', beat), '9'))).toEqual(['heartbeat'])
  })
})

it('a part may say nothing of itself', () => {
  const frameOf = (body: string) =>
    begun().heard(Buffer.from(`--b\r\n\r\n${body}\r\n--b--\r\n`, 'latin1'), '1').frames[0]
  expect(frameOf('\xff\xd8\xff')).toMatchObject({
    name: 'picture',
    fields: { bytes: 3, whole: false },
  })
  expect(frameOf('\xff\xd8\xff')?.leftOut).toBeUndefined()
  expect(frameOf('\x01\x02')).toMatchObject({ ok: false, fields: { why: 'partIsNeither' } })
})

it('has kinds to choose from', () => {
  expect(streamFrameKinds).toContainEqual({ code: 'PICTURE', name: 'picture', from: 'device' })
})
