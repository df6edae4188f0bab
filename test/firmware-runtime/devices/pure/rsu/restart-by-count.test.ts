// A restart of an antenna that drops no link, told by the count of its frames (rsu-interface.md 1.2.2).
import { describe, expect, it } from 'vitest'
import { Bench } from './driver-bench.ts'

describe('a restart behind a serial line, generic-ver', () => {
  /** Heartbeats with these numbers; what they bring, without the answers to them. */
  const beats = (rsu: Bench, numbers: readonly number[]): string[] =>
    numbers.flatMap((seq) => rsu.say('B1', {}, seq)).filter((said) => said !== '>CF')
  const from = (first: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, n) => ((first - 1 + n) % 9) + 1)

  it.each([
    ['after a round and a half', [...from(3, 14), 1], 1],
    ['twice', [...from(1, 12), 1, ...from(2, 12), 1], 2],
    ['behind a repeated frame', [...from(1, 12), 3, 3, 1], 1],
  ])('is told by a count that begins anew, %s: set up again', (_what, numbers, times) => {
    const rsu = new Bench('generic-ver').ready()
    const said = numbers.flatMap((seq) => {
      const now = beats(rsu, [seq])
      return now.includes('>C0') ? [...now, ...rsu.say('B0', {}, 2), ...rsu.fire('grace')] : now
    })
    expect(said.filter((one) => one === '>C0')).toHaveLength(times)
    expect(said.filter((one) => one === '>C4')).toHaveLength(times)
    expect(said).not.toContain('rsuDown')
  })

  it.each([
    ['counts on for ten rounds', from(1, 90)],
    ['never counted a round', [1, 2, 3, 1, 2, 3, 4, 5, 1, 2, 1]],
    ['counts to 8 alone', [...from(1, 8), ...from(1, 8), ...from(1, 8)]],
    ['has one number for each type', Array.from({ length: 40 }, () => 1)],
    ['numbers at random', [4, 9, 1, 1, 7, 3, 1, 8, 2, 9, 1, 5, 1, 6, 6, 1, 3, 1]],
    ['has the bytes of a host', [...from(1, 12), 0x10, 0x20, 0x10]],
    ['loses frames', [...from(1, 12), 5, 6, 9, 2]],
    ['restarts behind a 9, as the next frame would be', [...from(1, 18), 1, 2, 3]],
  ])('is not told of one that %s', (_what, numbers) => {
    const rsu = new Bench('generic-ver').ready()
    expect(beats(rsu, numbers)).toEqual([])
  })

  it('waits for the end of a reading', () => {
    const rsu = new Bench('generic-ver').ready()
    beats(rsu, from(1, 12))
    rsu.say('B2', { obuId: '02001234' }, 4)
    expect(rsu.state.deal).not.toBe(null)
    expect(beats(rsu, [1])).toEqual([])
    rsu.fire('next')
    expect(rsu.state.deal).toBe(null)
    expect(beats(rsu, [2])).toContain('>C0')
  })
})
