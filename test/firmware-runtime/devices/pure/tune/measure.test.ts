// A measurement from recorded signals: passages, tries, repeats, neighbours, and what cannot be known.
// A figure that a single number cannot give stays null.
import { describe, expect, it } from 'vitest'
import { measure, spreadOf } from '#devices/pure/tune/measure.ts'
import type { TuneSignal } from '#devices/pure/tune/signals.ts'
import { frame, tryAt } from './kit.ts'

const car = '02001234'
const other = '02009999'
const look = { fromMs: 0, toMs: 60_000, passesReported: null, cars: [car], field: [] } as const

describe('passages', () => {
  it('a car read at its third try is one passage with two retries', () => {
    const signals = [...tryAt(0, car, false), ...tryAt(300, car, false), ...tryAt(600, car)]
    const found = measure(signals, look)
    expect(found.passes).toEqual({ total: null, from: null, seen: 1, read: 1 })
    expect(found.tries).toEqual({ begun: 3, complete: 1, retries: 2, repeats: 0 })
    expect(found.attemptMs).toEqual([100])
    // Up to the car's last frame: our answer to it comes later.
    expect(found.visibleMs).toEqual([699])
  })
  it('a car that is read again after its reading did not need a retry', () => {
    const found = measure([...tryAt(0, car), ...tryAt(1_000, car)], look)
    expect(found.tries).toMatchObject({ begun: 2, complete: 2, retries: 0 })
  })
  it('a car that was read once shows no zone: its only exchange is not how long it was visible', () => {
    expect(measure(tryAt(0, car), look).visibleMs).toEqual([])
  })
  it('the same car after a silence is another passage', () => {
    const found = measure([...tryAt(0, car), ...tryAt(20_000, car)], look)
    expect(found.passes.seen).toBe(2)
  })
  it('cars that were told but not heard count; a count below what was heard does not', () => {
    const lookAfter = { ...look, passesReported: 4 }
    expect(measure(tryAt(0, car), lookAfter).passes).toEqual({
      total: 4,
      from: 'told',
      seen: 1,
      read: 1,
    })
    const signals = [...tryAt(0, car), ...tryAt(20_000, car)]
    expect(measure(signals, { ...look, passesReported: 1 }).passes.total).toBe(2)
  })
  it('the loop counts where nobody else does', () => {
    const signals: TuneSignal[] = [
      { type: 'trigger', atMs: 0 },
      { type: 'trigger', atMs: 9_000 },
      ...tryAt(100, car),
    ]
    expect(measure(signals, look).passes).toMatchObject({ total: 2, from: 'loop', read: 1 })
  })
  it('what lies outside the time was not measured', () => {
    expect(measure(tryAt(70_000, car), look).passes.seen).toBe(0)
  })
})

describe('frames', () => {
  it('a frame that comes again byte for byte is a repeat, not a try', () => {
    const first = frame(0, 'B2', car)
    const found = measure([first, { ...first, atMs: 120 }, { ...first, atMs: 240 }], look)
    expect(found.tries).toMatchObject({ begun: 1, repeats: 2 })
  })
  it('a device that tells all in B4 opens its tries with it', () => {
    const signals = [frame(0, 'B4', car), { type: 'read', obuId: car, atMs: 1 } as const]
    expect(measure(signals, look)).toMatchObject({ opensWith: 'B4', reach: 'B4' })
  })
  it('a charge that went through times the whole exchange', () => {
    const signals = [...tryAt(0, car), frame(400, 'B5', car)]
    expect(measure(signals, look)).toMatchObject({ reach: 'B5', attemptMs: [400] })
  })
  it('each frame tells when it comes in its try and how long it was seen', () => {
    const signals = [...tryAt(0, car), ...tryAt(1_000, car)]
    expect(measure(signals, look).frames).toEqual([
      { frame: 'B2', count: 2, afterMs: 0, visibleMs: 1_000 },
      { frame: 'B4', count: 2, afterMs: 98, visibleMs: 1_000 },
    ])
  })
})

describe('neighbours', () => {
  it('are the readings of cars that were not named', () => {
    const found = measure([...tryAt(0, car), ...tryAt(1_000, other)], look)
    expect([found.passes.read, found.neighbourReads]).toEqual([1, 1])
  })
  it('cannot be told when nobody named the cars of the lane', () => {
    const found = measure(tryAt(1_000, other), { ...look, cars: [] })
    expect([found.passes.read, found.neighbourReads]).toEqual([1, null])
  })
})

describe('spreadOf', () => {
  it('is null without samples, else the middle half', () => {
    expect(spreadOf([])).toBeNull()
    expect(spreadOf([4, 1, 3, 2, 5])).toEqual({ n: 5, low: 2, median: 3, high: 4 })
  })
})
