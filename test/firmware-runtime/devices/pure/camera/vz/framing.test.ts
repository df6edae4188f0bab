// Frames of TCP 8131: several in a segment, one across many, noise around them, invalid heads.
// The vector is from lane-devices.md 1.3.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { emptyVzFraming, feedVz, resyncVz, vzFrame } from '#devices/pure/camera/vz/framing.ts'

const utf8 = new TextEncoder()
const data = (text: string, sequence = 0): Uint8Array =>
  vzFrame('data', utf8.encode(text), sequence)
const beat = vzFrame('heartbeat', new Uint8Array(0))
const all = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

function read(bytes: Uint8Array, size = Math.max(1, bytes.length)) {
  let state = emptyVzFraming
  const frames: string[] = []
  let discarded = 0
  for (let at = 0; at < bytes.length; at += size) {
    const step = feedVz(state, bytes.subarray(at, at + size))
    state = step.state
    discarded += step.discardedBytes
    for (const { type, sequence, payload } of step.frames)
      frames.push(`${type} ${sequence} ${Buffer.from(payload).toString()}`)
  }
  return { frames, discarded, state }
}

describe('a frame', () => {
  it('is that of the vector: pulse output 0 for 500 ms', () => {
    const text = '{"cmd":"ioctl","io":0,"value":2,"delay":500}'
    expect(hexOf(data(text, 1))).toBe(`565A00010000002C${hexOf(utf8.encode(text))}`)
  })
  it('without a payload is a heartbeat', () => {
    expect(hexOf(beat)).toBe('565A010000000000')
  })
})

describe('a stream', () => {
  const picture = all(utf8.encode('{"a":1}'), Uint8Array.of(0, 0x56, 0x5a, 0, 0, 0, 0, 0, 1, 0x7b))
  const stream = all(
    beat,
    data('{"n":1}', 7),
    beat,
    beat,
    vzFrame('data', picture),
    data('{}', 255),
  )
  const once = read(stream)

  it('of several frames in one segment is all of them', () => {
    expect(once.frames.map((one) => one.split(' ', 2).join(' '))).toEqual([
      'heartbeat 0',
      'data 7',
      'heartbeat 0',
      'heartbeat 0',
      'data 0',
      'data 255',
    ])
    expect(once.discarded).toBe(0)
  })
  it('is the same in pieces of every size', () => {
    for (let size = 1; size <= stream.length; size++)
      expect(read(stream, size)).toMatchObject({ frames: once.frames, discarded: 0 })
  })
  it('goes on after noise, which is counted', () => {
    const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * 37 + 11) & 0xff)
    for (const size of [1, 3, 1_000]) {
      const got = read(all(noise, stream, noise, stream), size)
      expect(got.frames).toEqual([...once.frames, ...once.frames])
      expect(got.discarded).toBe(800)
    }
  })
})

describe('a head that is none', () => {
  it.each([
    ['another letter', '56590000000000027B7D'],
    ['another type', '565A0200000000027B7D'],
    ['a heartbeat with a length', '565A0100000000027B7D'],
    ['no length', '565A000000000000'],
    ['a length of one', '565A0000000000017B'],
    ['more than 1 MiB', '565A0000001000017B7D'],
    ['a length that cannot be', '565A0000FFFFFFFF7B7D'],
    ['a payload that is no JSON', '565A000000000002FF7D'],
  ])('%s', (_what, hex) => {
    const bad = bytesOfHex(hex) ?? new Uint8Array(0)
    for (const size of [1, 1_000]) {
      const got = read(all(bad, data('{"n":1}')), size)
      expect(got.frames).toEqual(['data 0 {"n":1}'])
      expect(got.discarded).toBe(bad.length)
    }
  })
  it('but looks like one is given up, and what followed is found', () => {
    const liar = all(Uint8Array.of(0x56, 0x5a, 0, 0, 0, 0x0f, 0, 0, 0x7b), data('{"n":1}'), beat)
    const { state, frames } = read(liar)
    expect(frames).toEqual([])
    const step = resyncVz(state)
    expect(step.frames.map((frame) => frame.type)).toEqual(['data', 'heartbeat'])
    expect(step.discardedBytes).toBe(9)
    expect(resyncVz(step.state).frames).toEqual([])
  })
})
