// The runner of state machines: order of events, order of effects, timers by name, and the state after a failed event.
// The test moves the clock.
import { expect, it } from 'vitest'
import { Inbox, Machine, Timers } from '#base/process/machine.ts'
import { noTimer, timer, type TimerEffect } from '#base/pure/values/step.ts'

class HandClock {
  private readonly due = new Set<() => void>()
  nowUs = (): number => 7_000
  after = (_delayMs: number, fn: () => void): (() => void) => {
    this.due.add(fn)
    return () => void this.due.delete(fn)
  }
  get waiting(): number {
    return this.due.size
  }
  fire(): void {
    const all = [...this.due]
    this.due.clear()
    for (const fn of all) fn()
  }
}

type Effect = TimerEffect | { readonly do: 'say'; readonly word: string }
interface Happening {
  readonly type: string
  readonly effects?: readonly Effect[]
}

it('finishes the effects of an event before the next, and fires a timer as an event', () => {
  const clock = new HandClock()
  const said: string[] = []
  const machine = new Machine<number, Happening, Happening & { readonly atUs: number }, Effect>({
    mono: clock,
    initial: 0,
    stamped: (happening) => ({ ...happening, atUs: clock.nowUs() }),
    step: (state, { type, atUs, effects = [] }) => {
      said.push(`${type} ${atUs}`)
      return { state: state + 1, effects }
    },
    carryOut: ({ word }) => {
      said.push(word)
      if (word === 'ask') machine.take({ type: 'answer', effects: [noTimer('late')] })
    },
  })
  const ask = { do: 'say', word: 'ask' } as const
  const more = { do: 'say', word: 'more' } as const
  machine.take({ type: 'begin', effects: [ask, timer('late', 5), timer('poll', 5), more] })
  expect(said).toEqual(['begin 7000', 'ask', 'more', 'answer 7000'])
  expect(clock.waiting).toBe(1)
  clock.fire()
  expect(said.at(-1)).toBe('timer 7000')
  expect(machine.state).toBe(3)
  machine.take({ type: 'again', effects: [timer('poll', 5)] })
  machine.stop()
  expect(clock.waiting).toBe(0)
})

it('has one timer of a name, which is gone before it fires', () => {
  const clock = new HandClock()
  const timers = new Timers(clock)
  const had: boolean[] = []
  timers.set('a', 1, () => had.push(false))
  timers.set('a', 1, () => had.push(timers.has('a')))
  timers.set('b', 1, () => had.push(false))
  timers.set('b', null, () => had.push(false))
  expect([timers.has('a'), timers.has('b'), clock.waiting]).toEqual([true, false, 1])
  clock.fire()
  expect(had).toEqual([false])
})

it('takes events in their order, what is put first before them, and goes on after one that failed', () => {
  const ran: string[] = []
  const inbox = new Inbox<{ readonly name: string }>(({ name }) => {
    ran.push(name)
    if (name === 'a') {
      inbox.take({ name: 'b' })
      inbox.take({ name: 'c' })
      inbox.putFirst({ name: 'first' })
    }
    if (name === 'c') throw new Error('c failed')
  })
  expect(() => inbox.take({ name: 'a' })).toThrow('c failed')
  expect(inbox.busy).toBe(false)
  inbox.take({ name: 'd' })
  expect(ran).toEqual(['a', 'first', 'b', 'c', 'd'])
})
