// When the next heartbeat goes: after each answer, and by chance apart.
import { expect, test } from 'vitest'
import {
  beatAnswer,
  firstPace,
  isDue,
  paceAfter,
  type BeatPace,
} from '#ledger/pure/centre/beat-pace.ts'

const of = (failures: number): BeatPace => ({ dueMs: 0, changeMs: null, failures })

test.each([
  [200, { everyMs: 60_000, commands: [] }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: 1 }, { is: 'taken', everyMs: 60_000, want: 1 }],
  [200, { everyMs: 60_000, want: 4e15 }, { is: 'taken', everyMs: 60_000, want: 4e15 }],
  [200, { everyMs: 60_000, want: 0 }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: -3 }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: 1.5 }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: 1e18 }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: '7' }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 60_000, want: { n1: 7 } }, { is: 'taken', everyMs: 60_000, want: null }],
  [200, { everyMs: 120_000, more: true }, { is: 'taken', everyMs: 120_000, want: null }],
  [200, { everyMs: 0 }, { is: 'taken', everyMs: 5_000, want: null }],
  [200, { everyMs: -1e9 }, { is: 'taken', everyMs: 5_000, want: null }],
  [200, { everyMs: 1e12 }, { is: 'taken', everyMs: 600_000, want: null }],
  [200, { everyMs: '60000' }, { is: 'later' }],
  [200, undefined, { is: 'later' }],
  [200, [60_000], { is: 'later' }],
  [400, { field: 'lanes' }, { is: 'refused', status: 400 }],
  [401, { reason: 'revoked' }, { is: 'refused', status: 401 }],
  [413, {}, { is: 'refused', status: 413 }],
  [404, {}, { is: 'later' }],
  [503, { retryMs: 5_000 }, { is: 'later' }],
  [302, {}, { is: 'later' }],
  [0, null, { is: 'later' }],
])('the answer %i %j', (status, body, wanted) => {
  expect(beatAnswer(status, body)).toEqual(wanted)
})

test.each<[string, number, Parameters<typeof paceAfter>[1], number, Partial<BeatPace>]>([
  [
    'taken',
    3,
    { is: 'taken', everyMs: 60_000, want: null },
    0,
    { dueMs: 61_000, changeMs: 6_000, failures: 0 },
  ],
  ['taken, by chance', 0, { is: 'taken', everyMs: 60_000, want: null }, 0.5, { dueMs: 58_000 }],
  [
    'taken, slower',
    0,
    { is: 'taken', everyMs: 300_000, want: 4 },
    0,
    { dueMs: 301_000, changeMs: 6_000 },
  ],
  ['no answer', 0, { is: 'later' }, 0, { dueMs: 61_000, changeMs: null, failures: 1 }],
  ['again', 1, { is: 'later' }, 0, { dueMs: 121_000, failures: 2 }],
  ['again, by chance', 1, { is: 'later' }, 1, { dueMs: 61_000 }],
  ['for long', 40, { is: 'later' }, 0, { dueMs: 121_000, failures: 41 }],
  [
    'refused',
    0,
    { is: 'refused', status: 401 },
    0,
    { dueMs: 601_000, changeMs: null, failures: 1 },
  ],
])('the pace after one that is %s', (_name, failures, answer, draw, wanted) => {
  expect(paceAfter(of(failures), answer, 1_000, draw)).toMatchObject(wanted)
})

test.each([
  [59_999, false, false],
  [60_000, false, true],
  [4_999, true, false],
  [5_000, true, true],
  [30_000, false, false],
])('at %i ms, with news %s, one is due: %s', (nowMs, isNews, wanted) => {
  const pace = { dueMs: 60_000, changeMs: 5_000, failures: 0 }
  expect(isDue(pace, { nowMs, isNews })).toBe(wanted)
  if (nowMs < 60_000) expect(isDue({ ...pace, changeMs: null }, { nowMs, isNews })).toBe(false)
})

test('a thousand lots that start together come within five seconds, and part', () => {
  const draws = Array.from({ length: 1_000 }, (_, n) => n / 1_000)
  const firsts = draws.map((draw) => firstPace(0, draw).dueMs)
  expect(Math.max(...firsts)).toBeLessThan(5_000)
  const inFirstSecond = firsts.filter((ms) => ms < 1_000).length
  expect(inFirstSecond).toBeLessThanOrEqual(200)
  const after = draws.map((draw) => paceAfter(of(0), { is: 'later' }, 0, draw).dueMs)
  expect(Math.max(...after) - Math.min(...after)).toBeGreaterThan(29_000)
})
