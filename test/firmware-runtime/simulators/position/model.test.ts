// The simulated GNSS receiver byte for byte, and its faults.
// No driver code is used here.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { PositionModel, setPosition } from '#simulators/position/model.ts'

const ask = new TextEncoder().encode('?WATCH={"enable":true,"json":true};\n')
const secondUs = 1_000_000

function watched(): PositionModel {
  const model = new PositionModel({ seed: 1, startMs: 1_795_156_200_000, reportMs: 1_000 })
  model.onBytes(ask.subarray(0, 10), 0, 7)
  model.onBytes(ask.subarray(10), 0, 7)
  return model
}
const linesOf = (outputs: readonly { do: string; bytes?: Uint8Array }[]): string[] =>
  outputs.flatMap(({ bytes }) => (bytes === undefined ? [] : [new TextDecoder().decode(bytes)]))

describe('the simulated receiver', () => {
  it('says nothing to whoever did not ask, and where it is to who did', () => {
    const model = new PositionModel({ seed: 1, startMs: 1_795_156_200_000, reportMs: 1_000 })
    expect(model.advance(3 * secondUs)).toEqual([])
    expect(linesOf(watched().advance(secondUs))).toEqual([
      '{"class":"TPV","device":"/dev/gnss0","mode":3,"time":"2026-11-20T06:30:01.000Z",' +
        '"lat":22.817000000,"lon":108.366000000,"eph":3.000}\r\n',
    ])
  })
  it('has digits of its own: south, west, and less than a degree', () => {
    const model = watched()
    setPosition(model, { latMicrodeg: -7, lonMicrodeg: -123_456, accuracyDm: 25 })
    const [line = ''] = linesOf(model.advance(secondUs))
    expect(line).toContain('"lat":-0.000007000,"lon":-0.123456000,"eph":2.500}')
  })
  it('without a fix tells its mode and its time alone', () => {
    const model = watched()
    setPosition(model, { mode: 1 })
    expect(linesOf(model.advance(secondUs))).toEqual([
      '{"class":"TPV","device":"/dev/gnss0","mode":1,"time":"2026-11-20T06:30:01.000Z"}\r\n',
    ])
  })
  it('hangs: the same report, its time with it', () => {
    const model = watched()
    const before = linesOf(model.advance(secondUs))
    setPosition(model, { hangs: true, latMicrodeg: 1 })
    expect(linesOf(model.advance(2 * secondUs))).toEqual(before)
    setPosition(model, { hangs: false })
    expect(linesOf(model.advance(3 * secondUs))).not.toEqual(before)
  })
  it.each([
    ['drop', 0],
    ['duplicate', 2],
    ['cut', 1],
    ['flip', 1],
    ['forge', 1],
  ])('a report that meets %s', (action, lines) => {
    const plain = linesOf(watched().advance(secondUs))
    const model = watched()
    model.faults.add({ at: 'TPV', do: action, bits: 1 })
    const said = linesOf(model.advance(secondUs))
    expect(said).toHaveLength(lines)
    if (action !== 'duplicate') expect(said).not.toEqual(plain)
    expect(linesOf(model.advance(2 * secondUs))).toHaveLength(1)
  })
  it('refuses at once what is no fault of the whole device', () => {
    expect(() => watched().act({ do: 'flip', ms: 0, bits: 1, status: 0 }, 0)).toThrow(LaneFault)
  })
  it('is silent for its time, and away with whoever asked when it restarts', () => {
    const model = watched()
    model.act({ do: 'silence', ms: 1_500, bits: 0, status: 0 }, 0)
    expect(model.advance(secondUs)).toEqual([])
    expect(linesOf(model.advance(2 * secondUs))).toHaveLength(1)
    const out = model.act({ do: 'reboot', ms: 500, bits: 0, status: 0 }, 2 * secondUs)
    expect(out).toEqual([{ atUs: 2 * secondUs, do: 'reboot', ms: 500 }])
    expect(model.advance(3 * secondUs)).toEqual([])
    model.onBytes(ask, 3 * secondUs, 8)
    expect(linesOf(model.advance(4 * secondUs))).toHaveLength(1)
  })
  it.each([[{ speed: 1 }], [{ mode: '3' }], [{ latMicrodeg: 22.8 }], [null], ['x']])(
    'is not set to %j',
    (body) => {
      const before = watched().state()
      const model = watched()
      expect(() => setPosition(model, body)).toThrow(LaneFault)
      expect(model.state()).toEqual(before)
    },
  )
})
