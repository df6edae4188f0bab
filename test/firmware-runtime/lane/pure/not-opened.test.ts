// A car may go, but its boom is not seen open: the display stops telling the driver to go, and a person is needed.
// Text and mark disappear as soon as the boom is up; money and passes are unaffected.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { LaneBench, startMs } from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import { arriving, byHand, effectNames } from './effects-kit.ts'

const notOpened: LaneEvent = { type: 'notOpened' }
const open: LaneEvent = { type: 'position', position: 'open' }
const letOut = (): LaneBench => {
  const bench = new LaneBench().entered(5).give(...arriving)
  bench.done()
  effectNames(bench)
  return bench
}
const stops = 'show notOpened'

describe('a boom that does not open for a car that may go', () => {
  it('is told once, and the driver reads it until it is up', () => {
    const bench = letOut().give(notOpened, notOpened)
    expect(effectNames(bench)).toEqual([stops, 'trace fault gx1-S1 notOpened'])
    expect(bench.state.car?.notOpenedMs).toBe(startMs)
    bench.give(open)
    expect(effectNames(bench)).toEqual(['trace barrierOpen gx1-S1 ', 'show go'])
    expect(bench.state.car).toMatchObject({ boomSeen: true })
    expect(bench.state.car).not.toHaveProperty('notOpenedMs')
  })
  it('that was seen open is no fault, and a lane without such a car knows none', () => {
    expect(effectNames(letOut().give(open, notOpened))).toEqual(['trace barrierOpen gx1-S1 '])
    const idle = new LaneBench()
    effectNames(idle)
    expect(effectNames(idle.give(notOpened))).toEqual([])
  })
  it('that nobody armed keeps the words of that', () => {
    const bench = letOut().give({ type: 'barrierFault', fault: 'disarmed' })
    effectNames(bench)
    expect(effectNames(bench.give(notOpened))).toEqual(['trace fault gx1-S1 notOpened'])
    expect(shownWord(bench.state.shown)).toBe('notArmed')
  })
  it('pressed once more says nothing better before it is up', () => {
    const bench = letOut().give(notOpened)
    effectNames(bench)
    expect(effectNames(bench.give(byHand)).at(-1)).toBe(stops)
  })
})
