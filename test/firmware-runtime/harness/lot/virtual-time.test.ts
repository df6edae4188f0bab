// Virtual time: timers fire by time and then in the order they were set, also while most are cancelled, and devices stand
// still while nothing happens.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VirtualTime } from '#harness/lot/virtual-time.ts'

/** Sets a timer of this name anew, or cancels it. */
interface Act {
  readonly name: number
  readonly ms: number
  readonly isDropped: boolean
}

const idle: Act = { name: 0, ms: 0, isDropped: true }

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
    // Four in five are cancelled, more than the heap keeps cancelled entries for.
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

  it('runs timers that are set anew as a list of all timers would', () => {
    /** The reference: of all waiting timers the earliest, then the one set first. */
    const listed = (script: readonly Act[]): string[] => {
      let [nowMs, order] = [0, 0]
      const list: { atMs: number; order: number; name: number }[] = []
      const drop = (name: number): void => {
        const at = list.findIndex((timer) => timer.name === name)
        if (at >= 0) list.splice(at, 1)
      }
      const seen: string[] = []
      const act = ({ name, ms, isDropped }: Act): void => {
        drop(name)
        if (!isDropped) list.push({ atMs: nowMs + ms, order: order++, name })
      }
      script.slice(0, 3).forEach(act)
      for (let i = 3; list.length > 0 && i < script.length; i++) {
        const [first] = list.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)
        if (first === undefined) break
        drop(first.name)
        nowMs = first.atMs
        seen.push(`${nowMs} ${first.name}`)
        act(script[i] ?? idle)
      }
      return seen
    }
    const timed = (script: readonly Act[]): string[] => {
      const time = new VirtualTime()
      const timers = new Map<number, () => void>()
      const seen: string[] = []
      let i = 3
      const act = ({ name, ms, isDropped }: Act): void => {
        timers.get(name)?.()
        // Cancelling twice does no harm, not even when its place in the heap is taken by another timer.
        const spent = timers.get(name)
        timers.delete(name)
        if (isDropped) return
        const cancel = time.clock.after(ms, () => {
          timers.delete(name)
          seen.push(`${time.nowUs / 1000} ${name}`)
          if (i < script.length) act(script[i++] ?? idle)
        })
        spent?.()
        timers.set(name, cancel)
      }
      script.slice(0, 3).forEach(act)
      time.runTo(10_000_000, () => i >= script.length)
      return seen
    }
    const acts = fc.array(
      fc.record({ name: fc.nat(5), ms: fc.nat(9), isDropped: fc.nat(9).map((n) => n === 0) }),
      { minLength: 4, maxLength: 400, size: 'max' },
    )
    fc.assert(
      fc.property(acts, (script) => {
        expect(timed(script)).toEqual(listed(script))
      }),
      { numRuns: 300 },
    )
  })

  it('moves a watch that is set anew with each poll no more than it has to', () => {
    const time = new VirtualTime()
    let ran = 0
    let watch = (): void => undefined
    const poll = (n: number): void => {
      watch()
      watch = time.clock.after(200, () => ran++)
      if (n > 0) time.clock.after(5, () => poll(n - 1))
    }
    poll(1_000)
    time.runTo(5_150_000)
    expect([ran, time.waiting]).toEqual([0, 1])
    time.runTo(5_300_000)
    expect([ran, time.waiting]).toEqual([1, 0])
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
