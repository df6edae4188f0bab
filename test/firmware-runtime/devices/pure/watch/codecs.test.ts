// Reports of magnetic sensors, valid and invalid: no state is assumed that a report does not give.
// The vectors of the Bosch bytes are from lane-devices.md 4.3.
import { describe, expect, it } from 'vitest'
import { boschPls } from '#devices/pure/watch/chirpstack/bosch-pls.ts'
import { boschUplink } from '#devices/pure/watch/chirpstack/uplink.ts'
import { bareReport } from '#devices/pure/spaces/report.ts'
import { nbIotReport } from '#devices/pure/watch/nb-iot/report.ts'
import { nbIotPayload as payload, nbIotReport as report } from './nb-iot-kit.ts'

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

describe('NB-IoT', () => {
  it('says state, counter, clock, battery and signal', () => {
    expect(nbIotReport('', bytesOf(report))).toEqual({
      ok: true,
      reports: [
        {
          ...bareReport,
          deviceId: 'test-0001',
          occupied: true,
          deviceAtMs: 1_795_138_214_000,
          seq: 400,
          restarted: false,
          batteryV: 3.65,
          rssiDbm: -90,
          snrDb: null,
          celsius: null,
        },
      ],
    })
  })

  it.each<[string, object]>([
    ['a state that is none', { payload: { ...payload, parking_state: 2 } }],
    ['a state in words', { payload: { ...payload, parking_state: '1' } }],
    ['no state', { payload: { Send_cnt: 1 } }],
    ['no payload', { payload: null }],
    ['a list as payload', { payload: [1] }],
    ['another message', { messageType: 'deviceInfo' }],
    ['no device', { deviceId: '' }],
    ['a device that is no name', { deviceId: '../../etc' }],
    ['a device of another type', { deviceId: 7 }],
  ])('refuses %s', (_name, over) => {
    expect(nbIotReport('', bytesOf({ ...report, ...over })).ok).toBe(false)
  })

  it.each([
    new Uint8Array(0),
    Uint8Array.of(0xff, 0xfe),
    bytesOf([report]),
    bytesOf('x'),
    new TextEncoder().encode(`${' '.repeat(70_000)}{}`),
    bytesOf(report).subarray(0, 40),
  ])('refuses bytes that are no report', (bytes) => {
    expect(nbIotReport('', bytes).ok).toBe(false)
  })

  it('leaves out what is out of range', () => {
    const strange = { ...payload, ptime: 1, Send_cnt: -1, battery_voltage: 9e9, Signal_Power: 3 }
    expect(nbIotReport('', bytesOf({ ...report, payload: strange }))).toMatchObject({
      ok: true,
      reports: [{ deviceAtMs: null, seq: null, batteryV: null, rssiDbm: null }],
    })
  })
})

describe('Bosch bytes', () => {
  it.each([
    [1, [0x01, 0x17], { occupied: true, restarted: false, celsius: 23 }],
    [2, [0x00, 0xfb], { occupied: false, restarted: false, celsius: -5 }],
    [1, [0x00], { occupied: false, restarted: false, celsius: null }],
    [
      3,
      [...Array.from({ length: 16 }, () => 0), 1],
      { occupied: true, restarted: true, celsius: null },
    ],
    [1, [0x02, 0x17], null],
    [1, [], null],
    [1, [1, 2, 3], null],
    [3, [1], null],
    [4, [1, 2], null],
  ])('port %i, %j', (port, data, said) => {
    expect(boschPls(port, Uint8Array.from(data))).toEqual(said)
  })
})

describe('uplinks', () => {
  const eui = '00000000000000a1'
  const topic = `application/parking/device/${eui}/event/up`
  const uplink = {
    deviceInfo: { devEui: eui },
    time: '2026-11-20T09:30:15+08:00',
    fCnt: 12,
    fPort: 1,
    data: 'ARc=',
    rxInfo: [{ rssi: -118, snr: -4.5 }, { rssi: -97, snr: 7.2 }, { rssi: 'x' }],
  }

  it('say the state, and how the best gateway heard it', () => {
    expect(boschUplink(topic, bytesOf(uplink))).toMatchObject({
      ok: true,
      reports: [{ deviceId: eui, occupied: true, seq: 12, celsius: 23, rssiDbm: -97, snrDb: 7.2 }],
    })
  })

  it.each<[string, string, object]>([
    ['another topic', 'application/parking/device/x/event/up', {}],
    ['a join', topic.replace('/up', '/join'), {}],
    ['another device than its topic', topic, { deviceInfo: { devEui: '00000000000000a2' } }],
    ['no device', topic, { deviceInfo: null }],
    ['another port', topic, { fPort: 9 }],
    ['no bytes', topic, { data: '' }],
    ['text that is no base64', topic, { data: '**' }],
    ['a state that is none', topic, { data: 'Ag==' }],
  ])('are refused with %s', (_name, at, over) => {
    expect(boschUplink(at, bytesOf({ ...uplink, ...over })).ok).toBe(false)
  })
})
