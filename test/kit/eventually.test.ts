// The wait returns what it saw, times out late and with its name, and ends when the process that it depends on ends.
import { describe, expect, it, vi } from 'vitest'
import { eventually, LateError, looksMax } from './eventually.ts'

vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }))

const counter = (): (() => number) => {
  let n = 0
  return () => ++n
}
const failureOf = (waits: Promise<unknown>): Promise<Error> =>
  waits.then(
    () => new Error('it came'),
    (error: unknown) => error as Error,
  )

describe('eventually', () => {
  it('answers the value that satisfied a matcher, its opposite or a question', async () => {
    expect(await eventually(counter()).toBe(3)).toBe(3)
    expect(await eventually(counter()).not.toBeLessThan(4)).toBe(4)
    expect(await eventually(counter(), (n) => n > 4)).toBe(5)
  })

  it('looks again where the look itself throws', async () => {
    const count = counter()
    await eventually(() => expect(count()).toBe(7)).holds()
    expect(count()).toBe(8)
  })

  it('gives up late after its looks, with test, awaited thing and last value', async () => {
    const count = counter()
    const failure = await failureOf(eventually(count).toBe(-1))
    expect(failure).toBeInstanceOf(LateError)
    expect(failure.message).toContain('gives up late')
    expect(failure.message).toContain('toBe')
    expect(failure.message).toContain(String(looksMax))
  })

  it('ends at once when its process has died, and that is not late', async () => {
    const count = counter()
    const of = { died: () => 'code 1', said: () => 'LEDGER-05' }
    const failure = await failureOf(eventually(count, { of, what: 'the lane is ready' }).toBe(-1))
    expect(failure).not.toBeInstanceOf(LateError)
    expect(failure.message).toMatch(/code 1[^]*the lane is ready[^]*LEDGER-05/)
    expect(count()).toBe(2)
  })

  it('takes what a process left behind when it ended', async () => {
    const of = { died: () => 'code 0', said: () => '' }
    expect(await eventually(() => 'row', { of }).toBe('row')).toBe('row')
  })
})
