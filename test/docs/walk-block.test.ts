// A walk that needs one step more than the recorded one is refused, for any kind of step; a shorter one is not.
// The walk itself is test/e2e/walk.test.ts; this file tests the comparison.
import { expect, it } from 'vitest'
import { grown, operators, type WalkStep } from '../e2e/walk-model.ts'

const step = (clicks: number, keys: number, modelMs: number): WalkStep => ({
  does: 'a step',
  clicks,
  keys,
  modelMs,
})
const kept = [step(1, 2, 3_000), step(0, 1, 500)]

it.each([
  ['one more click', [step(2, 2, 3_000), step(0, 1, 500)], ['clicks: 2, was 1']],
  ['one more key, elsewhere', [step(1, 2, 3_000), step(0, 2, 500)], ['keys: 4, was 3']],
  ['a longer wait', [step(1, 2, 3_000), step(0, 1, 501)], ['modelMs: 3501, was 3500']],
  ['another step', [...kept, step(0, 0, operators.think.ms)], ['modelMs: 4850, was 3500']],
])('%s is seen', (_, steps, words) => {
  expect(grown(steps, kept, 0)).toEqual(words)
})
it('as much as before is fine, and so is less', () => {
  expect(grown(kept, kept, 0)).toEqual([])
  expect(grown([step(0, 3, 2_000)], kept, 0)).toEqual([])
})
