// Makes by spellings of one instant: read by the rule of the make, or undated with the text as it was stated. None is "now".
import { describe, expect, it } from 'vitest'
import { dahuaEventOf } from '#devices/pure/camera/dahua/event.ts'
import { civilTimeOf } from '#devices/pure/camera/dahua/pull.ts'
import { parseHikvisionEvent } from '#devices/pure/camera/hikvision/event.ts'
import { hikvisionPush } from '#devices/pure/camera/hikvision/push.ts'
import { addDraft, addPicture, emptyAssembly } from '#devices/pure/camera/stream/assembly.ts'
import { rawTimeCharsMax, type ReadTime } from '#devices/pure/camera/times.ts'
import { vzMessageOf } from '#devices/pure/camera/vz/messages.ts'
import { vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { hikvisionXml } from './hikvision/sample.ts'

/** 2026-11-29 22:02:06 in China. */
const atMs = Date.parse('2026-11-29T22:02:06+08:00')
const sec = atMs / 1000

/** Null: absent; a text: not understood; a number: ms after that instant. */
type Right = number | null | string
const timeOf = (read: ReadTime): Right =>
  read.timeRaw ?? (read.deviceAtMs === null ? null : read.deviceAtMs - atMs)

const midnightMs = Date.parse('2026-11-30T00:00:00+08:00') - atMs

const texts: readonly (readonly [string, Right])[] = [
  ['2026-11-29T22:02:06+08:00', 0],
  ['2026-11-29T22:02:06.250+08:00', 250],
  ['2026-11-29T14:02:06Z', 0],
  ['2026-11-29T22:02:06', 0],
  ['2026-11-29 22:02:06', 0],
  ['2026-11-29T22:02:06+8:00', 0],
  ['2026-11-29T22:02:06+0800', 0],
  ['2026-11-29T22:02:06+08', 0],
  ['2026-11-29T23:02:06+09:00', 0],
  ['20261129T220206+0800', 0],
  ['20261129T220206', 0],
  ['20261129T140206Z', 0],
  ['20261129T220206.250+08:00', 250],
  ['20261129220206', 0],
  ['20261129220206250', 250],
  ['2026/11/29 22:02:06', 0],
  ['2026/11/29T22:02:06+08:00', 0],
  ['Sun, 29 Nov 2026 22:02:06 +0800', 0],
  ['Sun, 29 Nov 2026 14:02:06 GMT', 0],
  ['29 Nov 2026 14:02:06 UT', 0],
  [String(sec), 0],
  [String(atMs), 0],
  [`${sec}.25`, 250],
  ['2026-11-29T24:00:00+08:00', midnightMs],
  ['2026/11/29 24:00:00', midnightMs],
  ['20261129T240000+0800', midnightMs],
  ['', null],
  ['   ', null],
  // Of two days, of another zone of that name, of no day, or of no make.
  ...[
    '29/11/2026 22:02:06',
    '11/29/2026 22:02:06',
    'Sun, 29 Nov 2026 22:02:06 CST',
    'Sun Nov 29 22:02:06 2026',
    '2026-02-30T22:02:06+08:00',
    '2026-11-29T24:00:01+08:00',
    '2026-11-29T25:02:06+08:00',
    '2026-11-29T22:02:06+00:80',
    '2026-11-29T22:02:06 Asia/Shanghai',
    '2026年11月29日 22:02:06',
    '2026-W48-7T22:02:06',
    '22:02:06',
    '0',
    '-1',
    '1.7e9',
    '0x6b0c',
    'null',
  ].map((text) => [text, text] as const),
]

describe('Hikvision dateTime', () => {
  const ofXml = (text: string) => parseHikvisionEvent(hikvisionXml({ dateTime: text }))
  it.each(texts)('%s', (text, right) => {
    const event = ofXml(text)
    if (event.kind !== 'plate') throw new Error(event.kind)
    expect(timeOf(event.read)).toBe(right)
  })
  it('as a number of JSON, left out, or longer than a time', () => {
    const json = (dateTime: unknown) =>
      JSON.stringify({
        macAddress: '02:00:5e:10:00:64',
        eventType: 'ANPR',
        ...(dateTime === undefined ? {} : { dateTime }),
        ANPR: { licensePlate: '测A12345' },
      })
    const right = [sec, atMs, null, undefined].map((said) => {
      const event = parseHikvisionEvent(json(said))
      return event.kind === 'plate' ? timeOf(event.read) : event.kind
    })
    expect(right).toEqual([0, 0, null, null])
    const event = ofXml('x'.repeat(500))
    expect(event).toMatchObject({ read: { timeRaw: 'x'.repeat(rawTimeCharsMax) } })
  })
  it.each<[string, string, Right]>([
    [
      'older',
      '<pictureInfoList><pictureInfo><absTime>20261129220006000</absTime></pictureInfo></pictureInfoList>',
      -120_000,
    ],
    [
      'the older of two',
      '<pictureInfoList><pictureInfo><absTime>20261129220206000</absTime></pictureInfo><pictureInfo><absTime>20261129200206000</absTime></pictureInfo></pictureInfoList>',
      -7_200_000,
    ],
    ['later', '<picTime>2026-11-29 22:02:07</picTime>', 0],
    ['unset', '<picTime>0</picTime>', 0],
    ['not understood', '<picTime>gestern</picTime>', 'gestern'],
  ])('beside the time of a picture that is %s', (_what, extra, right) => {
    const event = parseHikvisionEvent(
      hikvisionXml({ dateTime: '2026-11-29T22:02:06+08:00' }, extra),
    )
    expect(event.kind === 'plate' ? timeOf(event.read) : event).toBe(right)
  })
  it('the name of a picture is its time, and other digits are none', () => {
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0, 0xff, 0xd9])
    const xml = hikvisionXml({ dateTime: '2026-11-29T22:02:06+08:00' })
    const named = (name: string) => {
      const push = hikvisionPush.read(xml, { parts: [{ name, bytes: jpeg }] })
      return push.kind === 'plate' ? timeOf(push.read) : push.kind
    }
    expect(
      [
        '20261129020206123_plate.jpg',
        'A_20261129-020206.jpg',
        'licensePlatePicture.jpg',
        '20269929020206.jpg',
        '202611290202061234567.jpg',
      ].map(named),
    ).toEqual([-72_000_000 + 123, -72_000_000, 0, 0, 0])
  })
})

describe('Dahua UTC', () => {
  const of = (fields: Readonly<Record<string, string>>) => {
    const all = { Code: 'TrafficJunction', 'TrafficCar.PlateNumber': '测A12345', ...fields }
    const event = dahuaEventOf(new Map(Object.entries(all)), null, 'd', { confidenceMax: 100 })
    if (event.kind !== 'plate') throw new Error(event.kind)
    return event.draft.read
  }
  it.each<[string, Readonly<Record<string, string>>, Right, boolean]>([
    ['seconds', { UTC: `${sec}` }, 0, false],
    ['seconds and milliseconds', { UTC: `${sec}`, UTCMS: '250' }, 250, false],
    ['milliseconds', { UTC: `${atMs}` }, 0, false],
    ['a fraction', { UTC: `${sec}.25` }, 250, false],
    ['in its base', { 'EventBaseInfo.UTC': `${sec}` }, 0, false],
    ['civil time', { UTC: '2026-11-29 22:02:06' }, 0, true],
    ['civil time with slashes', { UTC: '2026/11/29 22:02:06', UTCMS: '7' }, 7, true],
    [
      'local time beside the civil time',
      { UTC: `${sec + 28_800}`, LocaleTime: '2026-11-29 22:02:06' },
      0,
      true,
    ],
    ['local time beside UTC', { UTC: `${sec + 28_800}`, RealUTC: `${sec}` }, 0, true],
    [
      'an older time of the car',
      { UTC: `${sec}`, 'TrafficCar.UTC': `${sec - 3_600}` },
      -3_600_000,
      false,
    ],
    ['UTC alone under its other name', { RealUTC: `${sec}` }, 0, true],
    ['none', {}, null, false],
    ['empty', { UTC: '' }, null, false],
    ['zero', { UTC: '0' }, '0', false],
    ['hexadecimal', { UTC: '0x6b0c9e4e' }, '0x6b0c9e4e', false],
    ['microseconds', { UTC: `${atMs}000` }, `${atMs}000`, false],
    ['words', { UTC: 'Sun Nov 29 22:02:06 2026' }, 'Sun Nov 29 22:02:06 2026', false],
    ['digits of a date', { UTC: '20261129220206' }, '20261129220206', false],
    [
      'a civil time that is not understood',
      { UTC: `${sec}`, LocaleTime: '29.11.2026' },
      '29.11.2026',
      false,
    ],
  ])('%s', (_what, fields, right, hasZone) => {
    const read = of(fields)
    expect([timeOf(read), read.timeHasZone === true]).toEqual([right, hasZone])
  })
  it('the time query in its spellings', () => {
    const said = (text: string) => civilTimeOf(`result = ${text}\r\n`)
    expect(['2026-11-29 22:02:06', '2026-11-29T22:02:06', '2026/11/29 22:02:06'].map(said)).toEqual(
      [...[atMs, atMs, atMs]],
    )
    expect(['29.11.2026', '2026-11-29 25:02:06', ''].map(said)).toEqual([null, null, null])
  })
})

describe('Vzicom timeStamp', () => {
  type Stamp = Readonly<Record<string, unknown>>
  const pushed = (more: Stamp): ReadTime => {
    const push = vzPushOf(
      JSON.stringify({
        AlarmInfoPlate: { result: { PlateResult: { license: '测A12345', ...more } } },
      }),
    )
    if (push.kind !== 'plate') throw new Error(push.kind)
    return push.read
  }
  const onTcp = (more: Stamp, root: Stamp = {}): ReadTime => {
    const text = JSON.stringify({ cmd: 'ivs_result', id: 1, ...root, PlateResult: { ...more } })
    const { message } = vzMessageOf(new TextEncoder().encode(text), 'd')
    if (message.kind !== 'plate') throw new Error(message.kind)
    return message.read
  }
  const val = (value: unknown, usec?: unknown): Stamp => ({
    timeStamp: { Timeval: { sec: value, ...(usec === undefined ? {} : { usec }) } },
  })
  it.each<[string, Stamp, Right]>([
    ['seconds', val(sec), 0],
    ['seconds and microseconds', val(sec, 250_000), 250],
    ['seconds as a text', val(`${sec}`), 0],
    ['milliseconds', val(atMs), 0],
    ['a fraction', val(sec + 0.25), 250],
    ['without the level between', { timeStamp: { sec } }, 0],
    ['a number alone', { timeStamp: sec }, 0],
    ['none', {}, null],
    ['a level without seconds', { timeStamp: { Timeval: {} } }, null],
    ['null', { timeStamp: null }, null],
    ['zero', val(0), '0'],
    ['a text of a date', val('2026/11/29 22:02:06'), '2026/11/29 22:02:06'],
    ['a list', val([sec]), `[${sec}]`],
    ['true', val(true), 'true'],
    ['negative', val(-5), '-5'],
  ])('%s, on TCP and pushed', (_what, more, right) => {
    expect([timeOf(pushed(more)), timeOf(onTcp(more))]).toEqual([right, right])
  })
  it('the older of the stamp and the text beside it', () => {
    const of = (timeString: string) => timeOf(onTcp(val(sec), { timeString }))
    expect(
      ['2026-11-29 22:02:06', '2026-11-29 02:02:06', '2026-11-29 23:00:00', '', 'x'].map(of),
    ).toEqual([0, -72_000_000, 0, 0, 'x'])
  })
})

describe('a stream of texts and pictures', () => {
  const read = (time: ReadTime) =>
    ({
      deviceId: 'd',
      recordId: '1',
      plate: '测A12345',
      plateRaw: '测A12345',
      plateState: 'read',
      colour: 'blue',
      confidence: null,
      history: false,
      jpeg: null,
      ...time,
    }) as const
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0, 0xff, 0xd9])
  it('a group has the time of its oldest text', () => {
    const times = (first: ReadTime, second: ReadTime) => {
      const draft = (time: ReadTime) => ({ read: read(time), group: '7', groupSize: 2 })
      const one = addDraft(emptyAssembly, draft(first), 0).assembly
      const two = addDraft(one, draft(second), 1).assembly
      return addPicture(two, { name: '', bytes: jpeg }, 2).reads.map(timeOf)
    }
    expect(times({ deviceAtMs: atMs }, { deviceAtMs: atMs - 5 })).toEqual([-5])
    expect(times({ deviceAtMs: atMs - 5 }, { deviceAtMs: atMs })).toEqual([-5])
    expect(times({ deviceAtMs: atMs }, { deviceAtMs: null, timeRaw: 'x' })).toEqual(['x'])
    expect(times({ deviceAtMs: null, timeRaw: 'x' }, { deviceAtMs: atMs })).toEqual(['x'])
  })
  it('an older picture dates its text', () => {
    const { assembly } = addDraft(
      emptyAssembly,
      { read: read({ deviceAtMs: atMs }), group: null, groupSize: 1 },
      0,
    )
    const name = 'licensePlatePicture_20261129020206.jpg'
    expect(addPicture(assembly, { name, bytes: jpeg }, 1).reads.map(timeOf)).toEqual([-72_000_000])
  })
})
