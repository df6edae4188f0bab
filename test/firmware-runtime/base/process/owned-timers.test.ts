// The owner of every timer of a lot: a fault of the world is told and the lanes go on, a bug ends the process, and nothing
// fires once the lot is closed.
import { describe, expect, it } from 'vitest'
import { wholeTurn } from '#base/pure/faults/whole-turn.ts'
import { OwnedTimers } from '#base/process/owned-timers.ts'
import { SideTasks } from '#base/process/side-tasks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { VirtualClock } from '../../devices/pure/camera/virtual-clock.ts'

const full = new LaneFault('DATA-02', { file: '/lot', note: 'no space left' })
const lost = new LaneFault('LEDGER-06', {})
const thrown = (error: Error) => (): never => {
  throw error
}

function bench() {
  const clock = new VirtualClock()
  const timers = new OwnedTimers(clock)
  const faults: string[] = []
  const fatal: string[] = []
  const tasks = new SideTasks({
    mono: timers,
    onFault: ({ code, detail }) => faults.push(`${code} ${JSON.stringify(detail.note)}`),
    fatal: ({ code }) => fatal.push(code),
  })
  timers.toldTo((fault) => tasks.stray(fault))
  return { clock, timers, tasks, faults, fatal }
}

describe('a timer that fails', () => {
  it('by a fault of the world is told, and the others fire', () => {
    const { clock, timers, tasks, faults, fatal } = bench()
    const fired: string[] = []
    timers.after(10, thrown(full))
    timers.after(10, () => fired.push('beside'))
    timers.after(20, () => fired.push('later'))
    clock.run(30)
    expect(fired).toEqual(['beside', 'later'])
    expect(faults).toEqual([expect.stringMatching(/^TASK-02 .*DATA-02.*no space left/)])
    expect(tasks.notices().map(({ code }) => code)).toEqual(['TASK-02'])
    expect(fatal).toEqual([])
  })

  it('by a ledger with an unknown result ends the process', () => {
    const { clock, timers, fatal, faults } = bench()
    timers.after(10, thrown(lost))
    clock.run(10)
    expect([fatal, faults]).toEqual([['LEDGER-06'], []])
  })

  it.each([
    ['a bug', () => thrown(new TypeError('x is not a function'))],
    ['a bug in a turn', () => () => void wholeTurn(thrown(new RangeError('too long')))],
  ])('by %s is thrown: only a new start is safe', (_what, make) => {
    const { clock, timers, faults } = bench()
    timers.after(10, make())
    expect(() => clock.run(10)).toThrow(/x is not a function|too long/)
    expect(faults).toEqual([])
  })

  it('before anybody can be told is thrown, so that the start fails', () => {
    const clock = new VirtualClock()
    const timers = new OwnedTimers(clock)
    timers.after(10, thrown(full))
    expect(() => clock.run(10)).toThrow(LaneFault)
  })
})

describe('a stop', () => {
  it('cancels what waits, also what a timer set, and nothing begins any more', () => {
    const { clock, timers } = bench()
    const fired: number[] = []
    const again = (): void => {
      fired.push(1)
      timers.after(10, again)
    }
    timers.after(10, again)
    clock.run(25)
    timers.stop()
    timers.after(1, () => fired.push(2))
    clock.run(1_000)
    expect(fired).toEqual([1, 1])
  })

  it('a cancelled timer does not fire, and is not kept', () => {
    const { clock, timers } = bench()
    const fired: number[] = []
    const cancel = timers.after(10, () => fired.push(1))
    cancel()
    cancel()
    clock.run(20)
    timers.stop()
    expect(fired).toEqual([])
  })
})
