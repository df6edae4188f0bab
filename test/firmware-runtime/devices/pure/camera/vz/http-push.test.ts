// Pushes of Vzicom cameras over HTTP: which become a reading, and that no answer ever opens the gate.
// The layout is from lane-devices.md 1.4; the plate is invented.
import { describe, expect, it } from 'vitest'
import type { VzPush } from '#devices/pure/camera/vz/http-push.ts'
import { vzPushOf } from '#devices/pure/camera/vz/http-push.ts'
import { jpegOf } from '../../../intake/pusher.ts'

type Changes = Readonly<Record<string, unknown>>
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const pushText = (plate: Changes = {}, alarm: Changes = {}): string =>
  JSON.stringify({
    AlarmInfoPlate: {
      channel: 0,
      deviceName: 'IVS',
      ipaddr: '192.0.2.66',
      serialno: 'abc-1',
      result: {
        PlateResult: {
          license: '测A12345',
          confidence: 98,
          colorType: 6,
          type: 19,
          plateid: 21_085,
          isoffline: 0,
          timeStamp: { Timeval: { sec: 1_795_138_215, usec: 250_000, decyear: 2026 } },
          ...plate,
        },
      },
      ...alarm,
    },
  })
function readOf(push: VzPush) {
  if (push.kind !== 'plate') throw new Error(push.kind)
  return push.read
}

describe('a push', () => {
  it('is a plate reading', () => {
    expect(readOf(vzPushOf(pushText()))).toEqual({
      deviceId: 'abc-1',
      recordId: 'abc-1/21085/1795138215250',
      deviceAtMs: 1_795_138_215_250,
      plate: '测A12345',
      plateRaw: '测A12345',
      plateState: 'read',
      colour: 'yellowGreen',
      confidence: 0.98,
      history: false,
      jpeg: null,
    })
  })
  it('brings the clip of the plate before the whole scene', () => {
    const [car, clip] = [jpegOf(400), jpegOf(120)]
    const both = vzPushOf(pushText({ imageFile: base64(car), imageFragmentFile: base64(clip) }))
    expect([readOf(both).jpeg, both]).toMatchObject([clip, { picturesDropped: 0 }])
    const one = vzPushOf(pushText({ imageFile: base64(car) }))
    expect(readOf(one).jpeg).toEqual(car)
  })
  it.each([['no base64!'], [base64(jpegOf(100)).slice(0, 40)], [base64(new Uint8Array(50))]])(
    'keeps the text when the picture is %j',
    (imageFragmentFile) => {
      const push = vzPushOf(pushText({ imageFragmentFile, imageFile: base64(jpegOf(90)) }))
      expect(push).toMatchObject({ picturesDropped: 1, read: { plate: '测A12345' } })
      expect(readOf(push).jpeg).toEqual(jpegOf(90))
    },
  )
  it('of an offline time is history, and the next one is asked for', () => {
    const push = vzPushOf(pushText({ isoffline: 1 }))
    expect(readOf(push).history).toBe(true)
    expect(JSON.parse(push.reply)).toMatchObject({
      Response_AlarmInfoPlate: { ContinuePushOffline: { plateid: 21_085, continue: 1 } },
    })
  })
  it.each([1, '1', true, 'true', 'TRUE'])('with the offline mark %j is history', (isoffline) => {
    expect(readOf(vzPushOf(pushText({ isoffline }))).history).toBe(true)
    expect(readOf(vzPushOf(pushText({}, { isoffline }))).history).toBe(true)
  })
  it.each([0, '0', false, 'false', null, '', 2])('with the mark %j is of now', (isoffline) => {
    expect(readOf(vzPushOf(pushText({ isoffline }))).history).toBe(false)
  })
  it.each([
    (result: object) => ({ AlarmInfoPlateV2: { serialno: 'abc-2', result } }),
    (result: object) => ({ body: { alarm: { serialno: 'abc-2', result } } }),
    (result: object) => ({ serialno: 'abc-2', ...result }),
  ])('under another name (%#) is a plate', (around) => {
    const { AlarmInfoPlate } = JSON.parse(pushText()) as { AlarmInfoPlate: { result: object } }
    const push = vzPushOf(JSON.stringify(around(AlarmInfoPlate.result)))
    expect(readOf(push)).toMatchObject({ plate: '测A12345', deviceId: 'abc-2' })
  })
  it.each<[Changes, string]>([
    [{ serialno: '' }, 'ip:192.0.2.66'],
    [{ serialno: 'a b', ipaddr: '<x>' }, 'vz:unnamed'],
    [{ serialno: 7, ipaddr: null }, 'vz:unnamed'],
  ])('of a camera %j', (alarm, deviceId) => {
    expect(readOf(vzPushOf(pushText({}, alarm))).deviceId).toBe(deviceId)
  })
  it('with an encrypted plate is not guessed', () => {
    const read = readOf(vzPushOf(pushText({ license: 'c2VjcmV0' }, { enable_encrypt: 1 })))
    expect(read).toMatchObject({ plate: null, plateRaw: 'encrypted', plateState: 'unreadable' })
  })
})

describe('an answer', () => {
  const pushes = [
    pushText(),
    pushText({ isoffline: 1 }),
    pushText({ license: '_无_' }),
    pushText({ plateid: 'x' }),
    JSON.stringify({ AlarmGioIn: { result: { TriggerResult: { source: 0, value: 1 } } } }),
    JSON.stringify({ SerialData: { serialChannel: 0, data: 'AA==', dataLen: 1 } }),
    '{}',
    '[]',
    '{"AlarmInfoPlate":{}}',
    'no JSON',
    '',
  ]
  it.each(pushes)('to %s has a body and opens nothing', (text) => {
    const { reply } = vzPushOf(text)
    const answer = JSON.parse(reply) as Record<string, unknown>
    expect(Object.keys(answer)).toHaveLength(1)
    expect(reply).not.toMatch(/"info":"ok"|ioctrl|manualTrigger|serialData/)
  })
  it('to a plate says that it came, under its number', () => {
    expect(JSON.parse(vzPushOf(pushText()).reply)).toEqual({
      Response_AlarmInfoPlate: {
        info: 'no',
        content: 'retransfer_stop',
        is_pay: 'false',
        plateid: 21_085,
      },
    })
  })
  it.each([
    ['{"AlarmGioIn":{}}', 'keepAlive'],
    ['{}', 'keepAlive'],
    ['{"AlarmInfoPlate":{"result":{}}}', 'refused'],
    ['{"AlarmInfoPlate":[]}', 'refused'],
    ['{"__proto__":{"AlarmInfoPlate":{}}}', 'refused'],
    ['{"device_name":"IVS","serialno":"abc-1"}', 'keepAlive'],
    ['{"AlarmInfoPlateV2":{"result":{"plate":"测A12345"}}}', 'refused'],
    ['{"NewEvent":7}', 'refused'],
    ['7', 'refused'],
    ['{"a"', 'refused'],
  ])('%s is %s', (text, kind) => {
    expect(vzPushOf(text).kind).toBe(kind)
  })
})
