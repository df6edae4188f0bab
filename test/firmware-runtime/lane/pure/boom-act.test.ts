// A boom that a person commanded to open: `done` when it is seen open, `commanded` when the board took the command and
// nothing more is known, `failed` without an answer.
import { describe, expect, it } from 'vitest'
import type { BarrierEvent } from '#devices/pure/lane/barrier.ts'
import {
  beginBoomAct,
  boomActTimes,
  dueMs,
  stepBoomAct,
  type BoomAct,
} from '#lane/pure/boom-act.ts'

type Told = Parameters<typeof stepBoomAct>[1]
const { answerMs, travelMs, blindMs } = boomActTimes
const answered = { type: 'commandAnswered', command: 'open', ok: true } as Told
const refused = { type: 'commandAnswered', command: 'open', ok: false } as Told
const closed = { type: 'commandAnswered', command: 'close', ok: true } as Told
type At = 'open' | 'heldOpen' | 'opening' | 'closed' | 'unknown'
const position = (at: At): Told => ({ type: 'position', position: at }) as Told
const fault = (name: string): Told =>
  ({ type: 'barrierFault', fault: name }) as BarrierEvent as Told
const begun = beginBoomAct(1000)
const step = (act: BoomAct, event: Told, atMs: number, at: At) =>
  stepBoomAct(act, event, { atMs, position: at })

describe('a boom that was asked to open', () => {
  it('is open', () => {
    expect(begun).toEqual({
      result: null,
      answered: false,
      requestedMs: 1000,
      answeredMs: null,
      unseenMs: null,
    })
    const taken = step(begun, answered, 1100, 'closed')
    expect(taken).toEqual({
      result: null,
      answered: true,
      requestedMs: 1000,
      answeredMs: 1100,
      unseenMs: null,
    })
    expect(step(taken, position('open'), 2000, 'closed').result).toBe('done')
    // Seen open before the board's answer, which comes late.
    expect(step(begun, position('open'), 1050, 'closed').result).toBe('done')
  })
  it('and stood open before: done with the answer, not before', () => {
    expect(step(begun, closed, 1100, 'open').result).toBeNull()
    expect(step(begun, position('closed'), 1100, 'open').result).toBeNull()
    expect(step(begun, answered, 1100, 'open').result).toBe('done')
  })
  it('is not answered by a refusal or by another command', () => {
    for (const event of [refused, closed])
      expect(step(begun, event, 1100, 'closed')).toMatchObject({ answered: false, result: null })
  })
  it.each([
    ['nobody answered', begun, 1000 + answerMs, 'closed', 'failed'],
    [
      'it was told to go and is not there',
      step(begun, answered, 1100, 'closed'),
      1100 + travelMs,
      'closed',
      'commanded',
    ],
    [
      'nobody can see it',
      step(begun, answered, 1100, 'unknown'),
      1100 + blindMs,
      'unknown',
      'commanded',
    ],
  ] as const)('%s: it waits to its time, no longer', (_why, act, atMs, at, result) => {
    expect(dueMs(act)).toBe(atMs)
    expect(step(act, closed, atMs - 1, at).result).toBeNull()
    expect(step(act, closed, atMs, at).result).toBe(result)
  })
  it('is lost from sight for a moment, as where the machine stood still: it is waited for', () => {
    const taken = step(begun, answered, 1100, 'closed')
    const lost = step(taken, position('unknown'), 1100 + blindMs + 400, 'unknown')
    expect(lost.result).toBeNull()
    expect(dueMs(lost)).toBe(1100 + 2 * blindMs + 400)
    const back = step(lost, position('opening'), 1100 + blindMs + 500, 'opening')
    expect(dueMs(back)).toBe(1100 + travelMs)
    expect(step(back, position('open'), 1100 + 2 * blindMs, 'open').result).toBe('done')
    expect(step(lost, closed, dueMs(lost), 'unknown').result).toBe('commanded')
    // Lost from sight late in its travel: no later than a working boom needs.
    const late = step(taken, position('unknown'), 1100 + travelMs - 1, 'unknown')
    expect(dueMs(late)).toBe(1100 + travelMs)
  })
  it('is held open by an authority: open is open', () => {
    expect(step(begun, answered, 1100, 'heldOpen').result).toBe('done')
    expect(step(begun, position('heldOpen'), 1100, 'heldOpen').result).toBe('done')
  })
  it.each([
    ['openTimeout', begun, 'failed'],
    ['openTimeout', step(begun, answered, 1100, 'closed'), 'commanded'],
    ['loopStuck', begun, null],
  ] as const)('a fault %s ends it only when it is about it', (name, act, result) => {
    expect(step(act, fault(name), 1200, 'closed').result).toBe(result)
  })
  it('keeps the time of the first answer, and its result', () => {
    const taken = step(begun, answered, 1100, 'closed')
    expect(step(taken, answered, 1500, 'closed').answeredMs).toBe(1100)
    const done = step(taken, position('open'), 1600, 'open')
    expect(step(done, fault('openTimeout'), 9000, 'closed')).toBe(done)
  })
})
