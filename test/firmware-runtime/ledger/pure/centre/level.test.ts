// Up to when the figures of a lot hold, and when it is catching up.
import { expect, it } from 'vitest'
import {
  isLevelWith,
  upToOf,
  upToOfLots,
  type FeedTimes,
  type UpTo,
} from '#ledger/pure/centre/level.ts'
import { isoOf } from '#base/pure/values/instant.ts'

const nowMs = Date.UTC(2026, 10, 29, 1)
const min = 60_000
const hour = 60 * min
const saidAt = (ms: number): string => isoOf(nowMs + ms)
const live: FeedTimes = {
  heardMs: nowMs - 4_000,
  beatMs: nowMs - 20_000,
  saidIso: saidAt(-20_000),
  toCome: 0,
  unfolded: 0,
  atMs: nowMs - 5_000,
}
const quiet = { ...live, heardMs: nowMs - 6 * hour, atMs: nowMs - 6 * hour }

it.each<[string, Partial<FeedTimes>, number | null, boolean]>([
  ['all is counted', {}, -5_000, true],
  ['a quiet lot: it had no more at its heartbeat', quiet, -20_000, true],
  ['it sends no heartbeats', { beatMs: null, saidIso: null }, -5_000, true],
  ['its clock is ahead of the centre', { atMs: nowMs + 3 * min }, 0, true],
  ['a batch is on its way', { toCome: 30 }, -5_000, true],
  ['a full batch is not folded yet', { unfolded: 500 }, -5_000, true],
  ['six hours behind', { toCome: 9_000, atMs: nowMs - 6 * hour }, -6 * hour, false],
  [
    'six hours behind, and here, not folded',
    { unfolded: 9_000, atMs: nowMs - 6 * hour },
    -6 * hour,
    false,
  ],
  ['the last rows of six hours, and nothing has come', { ...quiet, toCome: 40 }, -6 * hour, false],
  [
    'the first car after a quiet night',
    { ...quiet, heardMs: nowMs - 1_000, unfolded: 12 },
    -6 * hour,
    true,
  ],
  ['eleven minutes behind', { toCome: 150, atMs: nowMs - 11 * min }, -11 * min, false],
  ['nine minutes behind', { toCome: 150, atMs: nowMs - 9 * min }, -9 * min, true],
  [
    'its clock is two hours behind, and so are its rows',
    { toCome: 150, atMs: nowMs - 2 * hour, saidIso: saidAt(-2 * hour) },
    -2 * hour,
    true,
  ],
  ['the time of what is counted is not known', { unfolded: 400, atMs: null }, null, false],
  [
    'it has never sent a row, and says that it has some',
    { heardMs: null, atMs: null, toCome: 700 },
    null,
    false,
  ],
  ['it has no row at all', { heardMs: null, atMs: null }, -20_000, true],
])('%s', (_, change, ms, isLevel) => {
  expect(upToOf([{ ...live, ...change }], nowMs)).toEqual({
    ms: ms === null ? null : nowMs + ms,
    isLevel,
  })
})

it('of several nodes the one that is furthest behind counts, and one out of use does not', () => {
  const behind = { ...live, toCome: 900, atMs: nowMs - hour }
  expect(upToOf([live, behind], nowMs)).toEqual({ ms: nowMs - hour, isLevel: false })
  const gone = { ...behind, heardMs: nowMs - 25 * hour, beatMs: nowMs - 25 * hour }
  expect(upToOf([live, gone], nowMs)).toEqual({ ms: nowMs - 5_000, isLevel: true })
  expect(upToOf([], nowMs)).toEqual({ ms: null, isLevel: true })
})

it('of several lots, without those that are silent for a day', () => {
  const of = (feed: FeedTimes) => ({ feeds: [feed], upTo: upToOf([feed], nowMs) })
  const late = of({ ...live, toCome: 900, atMs: nowMs - 3 * hour })
  const old = nowMs - 30 * hour
  const silent = of({ ...live, heardMs: old, beatMs: old, atMs: old, toCome: 900 })
  expect(upToOfLots([of(live), late, silent], nowMs)).toEqual({
    ms: nowMs - 3 * hour,
    isLevel: false,
    behind: 1,
  })
  expect(upToOfLots([of(live), silent], nowMs)).toMatchObject({ isLevel: true, behind: 0 })
  expect(upToOfLots([], nowMs)).toEqual({ ms: null, isLevel: true, behind: 0 })
})

it.each<[string, UpTo, boolean]>([
  ['heard just now', { ms: nowMs - 20_000, isLevel: true }, true],
  [
    'heard before the full hour, as every live lot just after it',
    { ms: nowMs - 100_000, isLevel: true },
    true,
  ],
  ['catching up', { ms: nowMs - 20_000, isLevel: false }, false],
  ['silent since before the full hour', { ms: nowMs - 20 * min, isLevel: true }, false],
  ['nothing known', { ms: null, isLevel: true }, false],
])('level with the full hour of now: %s', (_, upTo, wanted) => {
  expect(isLevelWith(upTo, nowMs, nowMs)).toBe(wanted)
})

it('level with a full hour that is long past: up to it is enough', () => {
  const upTo = { ms: nowMs - 30 * min, isLevel: true }
  expect(isLevelWith(upTo, nowMs - 40 * min, nowMs)).toBe(true)
})
