// SNTP: 48 bytes against the vector of lane-devices.md 8.3, both eras, and every answer that proves nothing.
// The server of these tests packs its bytes independently.
import { describe, expect, it } from 'vitest'
import { bestOf, errorMsOf, judgeAnswer } from '#devices/pure/time/sntp/exchange.ts'
import { readPacket, requestAt, timestampOf } from '#devices/pure/time/sntp/packet.ts'
import { SntpModel, ntpBytes } from '#simulators/time/sntp-model.ts'

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
/** 2026-11-20T01:30:15.250Z. */
const atMs = 1_795_138_215_250

describe('the 48 bytes', () => {
  it('are those of the vector', () => {
    const { bytes, originate } = requestAt(atMs)
    expect(hexOf(bytes)).toBe(`23${'00'.repeat(39)}EEAA212740000000`)
    expect(originate).toBe('EEAA212740000000')
    const noisy = requestAt(atMs, Uint8Array.of(0xab, 0xcd))
    expect(noisy.originate).toBe('EEAA21274000ABCD')
  })
  it.each([
    ['1970', 0],
    ['before the turn of the era', Date.UTC(2036, 1, 7, 6, 28, 15)],
    ['at the turn of the era', Date.UTC(2036, 1, 7, 6, 28, 16)],
    ['after it', Date.UTC(2040, 0, 1)],
  ])('%s comes back', (_name, at) => {
    const bytes = new Uint8Array(48)
    bytes.set(timestampOf(at), 32)
    bytes.set(ntpBytes(at), 40)
    const packet = readPacket(bytes)
    // All zeros mean "not set", so this one moment cannot be expressed.
    const isSet = at !== Date.UTC(2036, 1, 7, 6, 28, 16)
    expect(packet?.receiveMs).toBe(isSet ? at : null)
    expect(packet?.transmitMs).toBe(isSet ? at : null)
  })
  it('too short are none, longer ones have an end that is not looked at', () => {
    expect(readPacket(new Uint8Array(47))).toBe(null)
    expect(readPacket(new Uint8Array(68))).not.toBe(null)
  })
})

interface Given {
  readonly knobs?: Partial<SntpModel['knobs']>
  readonly offsetMs?: number
}

/** One exchange: the request leaves at `atMs` of our clock, which is wrong by `offsetMs`. */
function exchange({ knobs = {}, offsetMs = 0 }: Given) {
  const model = new SntpModel()
  model.set(knobs)
  const request = requestAt(atMs + offsetMs, Uint8Array.of(1, 2))
  const reply = model.answer(request.bytes, atMs)
  if (reply === null) throw new Error('the server is silent')
  const times = { sentMs: atMs + offsetMs, receivedMs: atMs + offsetMs + reply.afterMs }
  return judgeAnswer(readPacket(reply.bytes), { originate: request.originate, ...times })
}

describe('an answer', () => {
  it.each([
    ['a clock that is right', 0, {}],
    ['a clock that is ahead', 1_234, {}],
    ['a clock that is behind', -86_400_000, {}],
    ['the same way there and back', 40, { thereMs: 30, thinkMs: 5, backMs: 30 }],
  ])('%s', (_name, offsetMs, knobs) => {
    const judged = exchange({ knobs, offsetMs })
    if (judged.kind !== 'sample') throw new Error(judged.kind)
    expect(judged.sample.offsetMs).toBeCloseTo(offsetMs, 2)
    expect(judged.sample.delayMs).toBeCloseTo((knobs as { thereMs?: number }).thereMs ? 60 : 0, 2)
  })
  it('with another way back than there is off by less than the error it states', () => {
    const judged = exchange({ knobs: { thereMs: 5, backMs: 205 }, offsetMs: 10 })
    if (judged.kind !== 'sample') throw new Error(judged.kind)
    expect(judged.sample.offsetMs).toBeCloseTo(110, 2)
    expect(Math.abs(judged.sample.offsetMs - 10)).toBeLessThanOrEqual(errorMsOf(judged.sample))
    expect(errorMsOf(judged.sample)).toBe(108)
  })
  it.each<[string, Partial<SntpModel['knobs']>, unknown]>([
    ['short', { short: true }, { kind: 'refused', why: 'short' }],
    ['of another request', { forgesOriginate: true }, { kind: 'refused', why: 'originate' }],
    ['a kiss of another request', { forgesOriginate: true, kiss: 'DENY' }, { why: 'originate' }],
    ['of a client', { mode: 3 }, { why: 'mode' }],
    ['of a broadcast', { mode: 5 }, { why: 'mode' }],
    ['not synchronised', { leap: 3 }, { why: 'unsynchronised' }],
    ['of stratum 16', { stratum: 16 }, { why: 'stratum' }],
    ['of its own clock', { referenceId: 'LOCL' }, { why: 'localClock' }],
    ['of its own clock by address', { referenceId: '7F7F0101' }, { why: 'localClock' }],
    ['in doubt of itself', { rootDispersionMs: 1_500 }, { why: 'doubtful' }],
    ['far from its source', { rootDelayMs: 2_500 }, { why: 'doubtful' }],
    ['DENY', { kiss: 'DENY' }, { kind: 'kiss', code: 'DENY', isFinal: true }],
    ['RSTR', { kiss: 'RSTR' }, { kind: 'kiss', code: 'RSTR', isFinal: true }],
    ['RATE', { kiss: 'RATE' }, { kind: 'kiss', code: 'RATE', isFinal: false }],
  ])('%s', (_name, knobs, judged) => {
    expect(exchange({ knobs })).toMatchObject(judged as object)
  })
  it('that came before it was asked for is refused', () => {
    const request = requestAt(atMs)
    const reply = new SntpModel().answer(request.bytes, atMs)
    const times = { sentMs: atMs, receivedMs: atMs - 50 }
    const judged = judgeAnswer(readPacket(reply?.bytes ?? new Uint8Array(0)), {
      originate: request.originate,
      ...times,
    })
    expect(judged).toEqual({ kind: 'refused', why: 'delay' })
  })
  it('with the lowest delay counts', () => {
    const sample = { stratum: 1, referenceId: '', rootDistanceMs: 0 }
    const samples = [30, 4, 90].map((delayMs) => ({ ...sample, delayMs, offsetMs: delayMs * 10 }))
    expect(bestOf(samples)?.offsetMs).toBe(40)
    expect(bestOf([])).toBe(null)
  })
})
