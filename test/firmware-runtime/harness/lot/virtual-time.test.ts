// Virtual time: order by time and then by asking, also while most timers are cancelled, and devices
// that stand still while nobody is about.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VirtualTime } from '../../../../firmware-runtime/harness/lot/virtual-time.ts'

describe('virtual time', () => {
  it('runs by time, then by order of asking', () => {
    const time = new VirtualTime()
    const seen: string[] = []
    const plan = (name: string, ms: number): unknown => time.clock.after(ms, () => seen.push(name))
    plan('late', 5)
    plan('first', 1)
    plan('second', 1)
    plan('now', 0)
    time.runTo(10_000)
    expect(seen).toEqual(['now', 'first', 'second', 'late'])
    expect(time.nowUs).toBe(10_000)
    expect(time.events).toBe(4)
  })

  it('keeps that order whatever is cancelled, and cancelling what ran does nothing', () => {
    // Four of five are cancelled, of more than the heap keeps dead ones for.
    const dropped = fc.nat(4).map((n) => n > 0)
    const size = { minLength: 800, maxLength: 1_500, size: 'max' } as const
    const plans = fc.array(fc.tuple(fc.nat(50), dropped), size)
    fc.assert(
      fc.property(plans, (planned) => {
        const time = new VirtualTime()
        const seen: number[] = []
        const cancels = planned.map(([ms], i) => time.clock.after(ms, () => seen.push(i)))
        planned.forEach(([, dropped], i) => {
          if (dropped) cancels[i]?.()
        })
        time.runTo(25_000)
        for (const cancel of cancels.filter((_, i) => planned[i]?.[1] === true)) cancel()
        time.runTo(100_000)
        const expected = planned
          .map(([ms, dropped], i) => ({ ms, dropped, i }))
          .filter(({ dropped }) => !dropped)
          .toSorted((a, b) => a.ms - b.ms || a.i - b.i)
        expect(seen).toEqual(expected.map(({ i }) => i))
        for (const cancel of cancels) cancel()
        time.runTo(200_000)
        expect(seen).toHaveLength(expected.length)
      }),
      { numRuns: 20 },
    )
  })

  it('forgets cancelled timers long before their time', () => {
    const time = new VirtualTime()
    let ran = 0
    time.clock.after(10_000, () => ran++)
    for (let i = 0; i < 100_000; i++) time.clock.after(3_600_000, () => ran++)()
    time.runTo(20_000_000)
    expect(ran).toBe(1)
    expect(time.waiting).toBeLessThan(1_000)
  })

  it('device time stands still while everybody sleeps', () => {
    const time = new VirtualTime()
    const seen: string[] = []
    time.deviceClock.after(10, () => seen.push('device'))
    time.clock.after(20, () => seen.push('main'))
    time.runTo(50_000)
    expect(seen).toEqual(['main'])
    time.wake()
    time.runTo(70_000)
    expect(seen).toEqual(['main', 'device'])
    expect(time.deviceClock.nowUs()).toBe(20_000)
    time.sleep()
    expect(() => time.sleep()).toThrow('only who is awake can sleep')
  })
})
