// Real clocks: timers never fire early, time never goes back, and the trace clock moves only when it is advanced.
// Waiting is the subject of this test; nothing else depends on how long it takes.
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  systemMonoClock,
  systemRandom,
  systemWallClock,
  TraceClock,
} from '#base/time/system-clocks.ts'

describe('the monotonic clock', () => {
  it('never fires before its time', async () => {
    const clock = systemMonoClock()
    for (const delayMs of [0, 1, 2, 3, 7, 12]) {
      const startUs = clock.nowUs()
      await new Promise<void>((resolve) => clock.after(delayMs, resolve))
      expect(clock.nowUs() - startUs).toBeGreaterThanOrEqual(delayMs * 1000)
    }
  })
  it('does not fire once cancelled, and a very long wait is no short one', async () => {
    const clock = systemMonoClock()
    const fired: string[] = []
    clock.after(1, () => fired.push('cancelled'))()
    const cancelLong = clock.after(2 ** 40, () => fired.push('long'))
    await new Promise<void>((resolve) => clock.after(10, resolve))
    cancelLong()
    expect(fired).toEqual([])
  })
  it('refuses a negative wait', () => {
    expect(() => systemMonoClock().after(-1, () => undefined)).toThrow(/wait of -1/)
    expect(() => systemMonoClock().after(Number.NaN, () => undefined)).toThrow(/wait of NaN/)
  })
})

describe('a wall clock that is set', () => {
  const realNow = Date.now
  afterEach(() => {
    Date.now = realNow
  })
  it.each([
    ['a day forward', 86_400_000],
    ['a day back', -86_400_000],
    ['to 1970', -realNow()],
  ])('%s moves no timer and no reading of the monotonic clock', async (_way, byMs) => {
    const clock = systemMonoClock()
    const fired: string[] = []
    const wait = (name: string, delayMs: number): Promise<unknown> =>
      new Promise((resolve) => clock.after(delayMs, () => resolve(fired.push(name))))
    const startUs = clock.nowUs()
    const before = wait('begun before', 20)
    const cancelMinute = clock.after(60_000, () => fired.push('a minute'))
    let asked = 0
    Date.now = () => {
      asked++
      return realNow() + byMs
    }
    expect(clock.nowUs()).toBeGreaterThanOrEqual(startUs)
    // The monotonic clock never reads the wall clock, so it cannot follow it.
    expect(asked).toBe(0)
    const after = wait('begun after', 20)
    await Promise.all([before, after])
    cancelMinute()
    // Two waits of one length may end in either order: each is only never early (the test above).
    expect(fired.toSorted()).toEqual(['begun after', 'begun before'])
    expect(clock.nowUs() - startUs).toBeGreaterThanOrEqual(20_000)
  })
})

describe('the trace clock', () => {
  it('stands still until it is moved', () => {
    const clock = new TraceClock(1_000)
    expect(clock.nowMs()).toBe(1_000)
    clock.set(5_000)
    clock.advance(250)
    clock.set(5_250)
    expect(clock.nowMs()).toBe(5_250)
  })
  it.each([[5_249], [Number.NaN], [Infinity], [5_250.5]])('refuses %s', (atMs) => {
    const clock = new TraceClock(5_250)
    expect(() => clock.set(atMs)).toThrow(/assertion failed/)
    expect(clock.nowMs()).toBe(5_250)
  })
})

describe('wall clock and randomness', () => {
  it('are those of the machine', () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_795_156_200_123)
    expect(systemWallClock().nowMs()).toBe(1_795_156_200_123)
    vi.restoreAllMocks()
    const random = systemRandom()
    expect(random.bytes(16)).toHaveLength(16)
    expect(random.bytes(16)).not.toEqual(random.bytes(16))
  })
})
