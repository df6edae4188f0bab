// The link of a Vzicom camera decoded for people: requests, answers and readings in words, pictures by their length. Bytes
// that are no frame are counted, also where the driver finds that out late.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { vzFrame } from '#devices/pure/camera/vz/framing.ts'
import { vzHeartbeat, vzRequest, vzSerialSend } from '#devices/pure/camera/vz/messages.ts'
import { vzFrameKinds, vzReader } from '#devices/pure/camera/vz/reader.ts'
import type { ReadBytes } from '#devices/pure/frame-reader.ts'

const utf8 = new TextEncoder()
const all = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const message = (value: object, ...more: readonly Uint8Array[]): Uint8Array =>
  vzFrame('data', all(utf8.encode(JSON.stringify(value)), ...more), 5)
const only = ({ frames }: ReadBytes) => {
  expect(frames).toHaveLength(1)
  return frames[0]
}
const decode = (bytes: Uint8Array) => only(vzReader().heard(bytes))

describe('what the lane says', () => {
  it('is a request with its fields', () => {
    const bytes = vzRequest({ cmd: 'ioctl', io: 0, value: 2, delay: 500 })
    expect(only(vzReader().said(bytes))).toEqual({
      type: 'REQUEST',
      name: 'request',
      ok: true,
      reason: '',
      bytes,
      fields: { cmd: 'ioctl', io: 0, value: 2, delay: 500 },
    })
  })
  it('or a heartbeat, which lists may leave out', () => {
    const frame = only(vzReader().said(vzHeartbeat))
    expect(frame).toMatchObject({ type: 'BEAT', name: 'heartbeat', routine: true })
  })
})

describe('what the camera says', () => {
  it('is a plate; its pictures are counted and not there', () => {
    const seen = { license: '', type: 31, confidence: 88, colorType: 1 }
    const pictures = [Uint8Array.of(0), new Uint8Array(700).fill(0xab)]
    const whole = message({ cmd: 'ivs_result', id: 9, PlateResult: seen }, ...pictures)
    const frame = decode(whole)
    expect(frame).toMatchObject({
      type: 'PLATE',
      name: 'plate',
      ok: true,
      leftOut: 700,
      fields: { state: 'none', colour: 'blue', confidence: 0.88 },
      bytes: whole.subarray(0, -700),
    })
    expect(hexOf(frame?.bytes ?? whole)).not.toContain('AB')
  })
  it.each([
    [{ cmd: 'getsn', state_code: 200, value: 'x' }, 'answer', { value: 'x' }],
    [{ cmd: 'ivs_result' }, 'other', { why: 'messageMisses PlateResult' }],
    [{ no: 'cmd' }, 'other', { why: 'messageMisses cmd' }],
    [{ cmd: 'ttransmission', data: 'AGT/' }, 'serial', { bytes: '0064FF' }],
    [{ cmd: 'ttransmission', comm: 'rs485-2', data: 'AA==' }, 'serial', { port: 'rs485-2' }],
  ])('%j', (said, name, fields) => {
    expect(decode(message(said))).toMatchObject({ ok: true, name, fields })
  })
  it('is not decoded where it is no JSON', () => {
    const frame = decode(vzFrame('data', utf8.encode('{"cmd":'), 0))
    expect(frame).toMatchObject({ ok: false, name: 'other', reason: 'noJson' })
  })
  it('is cut where nobody would read it', () => {
    const frame = decode(message({ cmd: 'getsn', value: 'x'.repeat(9_000) }))
    expect(frame?.bytes).toHaveLength(4_096)
    expect((frame?.leftOut ?? 0) + 4_096).toBeGreaterThan(9_000)
  })
})

describe('bytes that are no frame', () => {
  it('are counted, half a frame when the link goes', () => {
    const reader = vzReader()
    expect(reader.heard(all(Uint8Array.of(1, 2, 3), vzHeartbeat))).toMatchObject({
      discardedBytes: 3,
    })
    reader.heard(message({ a: 1 }).subarray(0, 12))
    reader.said(vzSerialSend('rs485-1', Uint8Array.of(1)).subarray(0, 5))
    expect(reader.cut()).toEqual({ receivedBytes: 12, saidBytes: 5 })
    expect(reader.cut()).toEqual({ receivedBytes: 0, saidBytes: 0 })
  })
  it('hide no frame: what the driver gives up is looked through again', () => {
    const reader = vzReader()
    const wrong = message({ a: 1 })
    new DataView(wrong.buffer).setUint32(4, 5_000)
    expect(reader.heard(all(wrong, vzHeartbeat)).frames).toEqual([])
    expect(reader.fired?.('beat').frames).toEqual([])
    const late = reader.fired?.('frame')
    expect(late?.frames.map(({ name }) => name)).toEqual(['heartbeat'])
    expect(late?.discardedBytes).toBe(wrong.length)
  })
})

it('has kinds to choose from', () => {
  expect(vzFrameKinds).toContainEqual({ code: 'BEAT', name: 'heartbeat', from: 'both' })
  expect(vzFrameKinds.map(({ code }) => code)).not.toContain('PICTURE')
})
