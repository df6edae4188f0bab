// Messages of TCP 8131: GBK before JSON, plates and texts that are no plate, pictures after the NUL, serial bytes.
// The layout of a result is from lane-devices.md 1.3; the plate is invented.
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { VzMessage } from '#devices/pure/camera/vz/messages.ts'
import { vzMessageOf, vzSerialSend } from '#devices/pure/camera/vz/messages.ts'
import { jpegOf } from '../../../intake/pusher.ts'

const deviceId = '5e100000-00000001'

const result = (plate: Record<string, unknown> = {}, root: Record<string, unknown> = {}) => ({
  PlateResult: {
    license: '测A12345',
    confidence: 88,
    colorType: 1,
    type: 1,
    timeStamp: { Timeval: { sec: 1_795_138_215, usec: 250_000 } },
    ...plate,
  },
  cmd: 'ivs_result',
  id: 112,
  imageformat: 'jpg',
  fullImgSize: 0,
  clipImgSize: 0,
  timeString: '2026-11-20 09:30:15',
  ...root,
})
const payload = (value: unknown, ...binary: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat([iconv.encode(JSON.stringify(value), 'gbk'), ...binary]))
const messageOf = (value: unknown, ...binary: readonly Uint8Array[]): VzMessage =>
  vzMessageOf(payload(value, ...binary), deviceId).message
function readOf(message: VzMessage) {
  if (message.kind !== 'plate') throw new Error(JSON.stringify(message))
  return message.read
}

describe('a result', () => {
  it('is a plate reading', () => {
    expect(messageOf(result())).toEqual({
      kind: 'plate',
      picturesDropped: 0,
      read: {
        deviceId,
        recordId: `${deviceId}/112/1795138215250`,
        deviceAtMs: 1_795_138_215_250,
        plate: '测A12345',
        plateRaw: '测A12345',
        plateState: 'read',
        colour: 'blue',
        confidence: 0.88,
        history: false,
        jpeg: null,
      },
    })
  })
  it('is read from GBK whose second bytes look like quotes and backslashes', () => {
    // 乗 is 81 5C in GBK: as bytes, its second half would escape the quote that follows.
    expect(iconv.encode('乗', 'gbk')[1]).toBe(0x5c)
    const read = readOf(messageOf(result({ license: '乗' }, { timeString: '乗' })))
    expect(read).toMatchObject({ plate: null, plateRaw: '乗', plateState: 'unreadable' })
  })
  it.each([
    ['_无_', {}, null, 'none'],
    ['', { type: 31 }, null, 'none'],
    ['', {}, null, 'unreadable'],
    ['测A1', {}, null, 'unreadable'],
    ['测a·12345', {}, '测A12345', 'read'],
    ['x'.repeat(40), {}, null, 'unreadable'],
  ])('license %j %j', (license, more, plate, plateState) => {
    const read = readOf(messageOf(result({ license, ...more })))
    expect(read).toMatchObject({ plate, plateState })
    expect(read.plateRaw.length).toBeLessThanOrEqual(32)
  })
  it('that is encrypted is not guessed', () => {
    const license = Buffer.from('secret').toString('base64')
    for (const message of [
      messageOf(result({ license, enable_encrypt: 1 })),
      messageOf(result({ license }, { enable_encrypt: 1 })),
    ])
      expect(readOf(message)).toMatchObject({
        plate: null,
        plateRaw: 'encrypted',
        plateState: 'unreadable',
      })
  })
  it.each([
    [1, 0.01],
    [100, 1],
    ['93', 0.93],
    [0, null],
    [101, null],
    [-1, null],
    [50.5, null],
    [null, null],
    [true, null],
  ])('confidence %j', (confidence, expected) => {
    expect(readOf(messageOf(result({ confidence }))).confidence).toBe(expected)
  })
  it.each([
    [0, 'unknown'],
    [2, 'yellow'],
    [3, 'white'],
    [4, 'black'],
    [5, 'green'],
    [6, 'yellowGreen'],
    [7, 'unknown'],
    [-1, 'unknown'],
    ['x', 'unknown'],
  ])('colour %j', (colorType, colour) => {
    expect(readOf(messageOf(result({ colorType }))).colour).toBe(colour)
  })
  it.each([
    [{ Timeval: { sec: 0, usec: 0 } }],
    [{ Timeval: { sec: 'soon' } }],
    [{ Timeval: { sec: 1e15 } }],
    ['now'],
  ])('without a usable time %j has no identity', (timeStamp) => {
    expect(readOf(messageOf(result({ timeStamp })))).toMatchObject({
      deviceAtMs: null,
      recordId: '',
    })
  })
  it('of an offline time is history', () => {
    expect(readOf(messageOf(result({ isoffline: 1 }))).history).toBe(true)
    expect(readOf(messageOf(result({}, { isoffline: 1 }))).history).toBe(true)
  })
})

describe('pictures', () => {
  const [full, clip] = [jpegOf(400), jpegOf(120)]
  const nul = Uint8Array.of(0)
  const sizes = { fullImgSize: full.length, clipImgSize: clip.length }
  it('are the clip before the whole scene', () => {
    const both = messageOf(result({}, sizes), nul, full, clip)
    expect(both).toMatchObject({ picturesDropped: 0 })
    expect(readOf(both).jpeg).toEqual(clip)
    const one = messageOf(result({}, { ...sizes, clipImgSize: 0 }), nul, full)
    expect(readOf(one).jpeg).toEqual(full)
  })
  it.each<[string, Record<string, number>, Uint8Array[]]>([
    ['cut off', sizes, [full, clip.slice(0, 50)]],
    ['no JPEG', sizes, [full, new Uint8Array(clip.length)]],
  ])('that are %s leave the other one, and are counted', (_what, said, binary) => {
    const message = messageOf(result({}, said), nul, ...binary)
    expect(message).toMatchObject({ picturesDropped: 1 })
    expect(readOf(message).jpeg).toEqual(full)
  })
  it('that did not come at all leave the text', () => {
    const message = messageOf(result({}, sizes), nul)
    expect(message).toMatchObject({ picturesDropped: 1 })
    expect(readOf(message)).toMatchObject({ plate: '测A12345', jpeg: null })
  })
})

describe('other messages', () => {
  it.each<[unknown, VzMessage]>([
    [
      { cmd: 'getsn', id: '1', state_code: 200, value: 'abc-1' },
      { kind: 'reply', cmd: 'getsn', ok: true, value: 'abc-1' },
    ],
    [
      { cmd: 'getsn', sn: 'abc-2' },
      { kind: 'reply', cmd: 'getsn', ok: true, value: 'abc-2' },
    ],
    [
      { cmd: 'ivsresult', state_code: 404 },
      { kind: 'reply', cmd: 'ivsresult', ok: false, value: '' },
    ],
    [
      { cmd: 'ttransmission', subcmd: 'send', comm: 'rs485-1', data: 'AWT/', datalen: 3 },
      { kind: 'serial', port: 'rs485-1', bytes: Uint8Array.of(1, 100, 255) },
    ],
    [
      { cmd: 'ttransmission', comm: 1, data: 'AWT/' },
      { kind: 'serial', port: 'rs485-2', bytes: Uint8Array.of(1, 100, 255) },
    ],
    [
      { cmd: 'ttransmission', comm: 'rs232', data: 'AWT/' },
      { kind: 'serial', port: null, bytes: Uint8Array.of(1, 100, 255) },
    ],
    [
      { cmd: 'ttransmission', subcmd: 'init', data: 'rs485-1', datalen: 7, state_code: 200 },
      { kind: 'reply', cmd: 'ttransmission', ok: true, value: '' },
    ],
    [
      { cmd: 'ttransmission', subcmd: 'init', state_code: 200 },
      { kind: 'reply', cmd: 'ttransmission', ok: true, value: '' },
    ],
  ])('%j', (value, message) => {
    expect(messageOf(value)).toEqual(message)
  })
  it.each<[unknown]>([
    [{}],
    [{ cmd: 7 }],
    [{ cmd: 'ivs_result' }],
    [{ cmd: 'ivs_result', PlateResult: [] }],
    [{ cmd: 'ttransmission', comm: 'rs485-1', data: 'AWT/', datalen: 4 }],
    [[]],
    ['{'],
    [null],
  ])('%j is refused', (value) => {
    expect(messageOf(value).kind).toBe('refused')
  })
  it('text that is cut is refused', () => {
    const bytes = payload(result())
    for (let end = 0; end < bytes.length; end++)
      expect(vzMessageOf(bytes.subarray(0, end), deviceId).message.kind).toBe('refused')
  })
  it('serial bytes go out as base64 with their own length', () => {
    const frame = vzSerialSend('rs485-2', Uint8Array.of(1, 100, 255, 0))
    expect(JSON.parse(Buffer.from(frame.subarray(8)).toString())).toEqual({
      cmd: 'ttransmission',
      subcmd: 'send',
      comm: 'rs485-2',
      data: 'AWT/AA==',
      datalen: 4,
    })
  })
})
