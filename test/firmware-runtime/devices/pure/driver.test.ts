// Helpers of the drivers: a draft's state is replaced only where a member differs, and effects keep their order.
// A step that changes nothing returns the same state object.
import { expect, it } from 'vitest'
import { noTimer, timer } from '#base/pure/values/step.ts'
import {
  change,
  count,
  emit,
  stopTimers,
  type Draft,
  type LinkEffect,
} from '#devices/pure/driver.ts'

interface State {
  readonly link: 'up' | 'down'
  readonly counters: { readonly answers: number; readonly named: Readonly<Record<string, number>> }
}

const draft = (): Draft<State, LinkEffect<{ readonly type: 'heard' }>> => ({
  s: { link: 'down', counters: { answers: 0, named: {} } },
  effects: [],
})

it('replaces the state of a draft where a member differs, and only there', () => {
  const d = draft()
  const before = d.s
  change(d, { link: 'down' })
  count(d, 'answers', 0)
  expect(d.s).toBe(before)
  change(d, { link: 'up' })
  count(d, 'answers')
  count(d, 'answers', 2)
  expect(d.s).toEqual({ link: 'up', counters: { answers: 3, named: {} } })
  expect(before).toEqual({ link: 'down', counters: { answers: 0, named: {} } })
})

it('copies the state once a step, and never changes the one that it was given', () => {
  const d = draft()
  const before = d.s
  change(d, { link: 'up' })
  const made = d.s
  count(d, 'answers')
  expect(d.s).toBe(made)
  expect(before).toEqual(draft().s)
  // The next step starts from the state of this one.
  const next: Draft<State, never> = { s: made, effects: [] }
  count(next, 'answers')
  expect(made.counters.answers).toBe(1)
  expect(next.s.counters.answers).toBe(2)
})

it('collects effects in the order in which they were asked for', () => {
  const d = draft()
  emit(d, { type: 'heard' })
  d.effects.push(timer('poll', 5))
  stopTimers(d, ['poll', 'answer'])
  expect(d.effects).toEqual([
    { do: 'emit', event: { type: 'heard' } },
    timer('poll', 5),
    noTimer('poll'),
    noTimer('answer'),
  ])
})
