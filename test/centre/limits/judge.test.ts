// The rules by which a centre grows: what is over, since when, and where it leads.
import { describe, expect, it } from 'vitest'
import {
  added,
  noCalls,
  p95Of,
  withCall,
  type HourFigures,
} from '../../../centre/limits/figures.ts'
import { hourOf, limitsOf, type LimitRule, type SampledHour } from '../../../centre/limits/judge.ts'

const hourMs = 3_600_000
const nowMs = Date.UTC(2026, 10, 29, 12, 30)
const gb = 1_000_000_000
const fine: HourFigures = {
  atMs: nowMs - 30_000,
  lots: 12,
  hotBytes: 3 * gb,
  databaseBytes: 4 * gb,
  cores: 4,
  standbys: 0,
  calls: noCalls.with(2, 100),
  measuredS: 3_600,
  processorS: 1_000,
  diskS: 90,
  isBehind: false,
}
/** Hours up to the present one, each with what differs. */
const hours = (...changes: readonly Partial<HourFigures>[]): readonly SampledHour[] =>
  changes.map((change, at) => ({
    atMs: hourOf(nowMs) - (changes.length - 1 - at) * hourMs,
    figures: { ...fine, ...change },
  }))
const ago = (count: number): number => hourOf(nowMs) - count * hourMs
const rowOf = (rule: LimitRule, sampled: readonly SampledHour[]) =>
  limitsOf(sampled, null, nowMs).rows.find((row) => row.rule === rule)

describe('without figures', () => {
  it('nothing is judged', () => {
    const { stage, next, rows, measuredMs } = limitsOf([], null, nowMs)
    expect({ stage, next, measuredMs }).toEqual({ stage: 'S1', next: null, measuredMs: null })
    expect(rows.every(({ state, value }) => state === 'unknown' && value === null)).toBe(true)
  })
})

const slow = noCalls.with(11, 10).with(1, 90)
describe.each<[LimitRule, Partial<HourFigures>, number | null, string]>([
  ['lots', { lots: 39 }, 39, 'fits'],
  ['lots', { lots: 40 }, 40, 'near'],
  ['lots', { lots: 50 }, 50, 'near'],
  ['lots', { lots: 51 }, 51, 'over'],
  ['calls', { calls: noCalls.with(0, 19) }, null, 'unknown'],
  ['calls', { calls: noCalls.with(0, 95).with(13, 5) }, 50, 'fits'],
  ['calls', { calls: noCalls.with(10, 20) }, 3_000, 'near'],
  ['calls', { calls: slow }, 4_000, 'over'],
  ['calls', { calls: noCalls.with(15, 20) }, 60_000, 'over'],
  ['processor', { processorS: null }, null, 'unknown'],
  ['processor', { processorS: 400, measuredS: 599 }, null, 'unknown'],
  ['processor', { processorS: 7_200 }, 0.5, 'near'],
  ['processor', { processorS: 7_201 }, 7_201 / 14_400, 'over'],
  ['disk', { diskS: null }, null, 'unknown'],
  ['disk', { diskS: 1_440 }, 0.4, 'near'],
  ['disk', { diskS: 1_801 }, 1_801 / 3_600, 'over'],
  ['fold', { isBehind: true }, 1, 'fits'],
  ['hotMonths', { hotBytes: 1_599 * gb }, 1_599 * gb, 'fits'],
  ['hotMonths', { hotBytes: 2_199 * gb }, 2_199 * gb, 'near'],
  ['hotMonths', { hotBytes: 2_200 * gb }, 2_200 * gb, 'over'],
])('%s with %o', (rule, change, value, state) => {
  it(`is ${state}`, () => {
    expect(rowOf(rule, hours(change))).toMatchObject({ value, state })
  })
})

describe('since when', () => {
  it('a size: the first of the hours in a row that are over', () => {
    const lots = [60, 40, 51, 52].map((count) => ({ lots: count }))
    expect(rowOf('lots', hours(...lots))).toMatchObject({ value: 52, sinceMs: ago(1) })
    expect(rowOf('lots', hours({ lots: 60 }, { lots: 40 }))).toMatchObject({ sinceMs: null })
  })
  it('a busiest hour: the first of the week, with the worst of them', () => {
    const found = hours({ diskS: 2_000 }, { diskS: 3_000 }, {})
    expect(rowOf('disk', found)).toMatchObject({ sinceMs: ago(2), atMs: ago(1), state: 'over' })
  })
  it('a fold that is behind: the third hour of a week', () => {
    const late = { isBehind: true }
    expect(rowOf('fold', hours(late, {}, late))).toMatchObject({ value: 2, state: 'fits' })
    expect(rowOf('fold', hours(late, {}, late, late, late))).toMatchObject({
      value: 4,
      state: 'over',
      sinceMs: ago(1),
      atMs: ago(0),
    })
  })
  it('an hour of the week before is no longer counted', () => {
    const old = { atMs: nowMs - 7 * 24 * hourMs, figures: { ...fine, calls: slow } }
    expect(rowOf('calls', [old, ...hours({})])).toMatchObject({ value: 200, state: 'fits' })
  })
})

describe('a restore', () => {
  const restored = { atMs: ago(100), minutes: 100, bytes: 4 * gb }
  it.each([
    [4 * gb, 100, 'fits', null],
    [8 * gb, 200, 'near', null],
    [10 * gb, 250, 'over', ago(100)],
  ])('of %i bytes now', (databaseBytes, value, state, sinceMs) => {
    const { rows } = limitsOf(hours({ databaseBytes }), restored, nowMs)
    const row = rows.find(({ rule }) => rule === 'restore')
    expect(row).toMatchObject({ value, state, sinceMs, atMs: ago(100) })
  })
})

describe('the next step', () => {
  it.each([
    [{}, 'S1', null],
    [{ lots: 51 }, 'S1', 'S2'],
    [{ hotBytes: 3_000 * gb }, 'S1', 'S2'],
    [{ standbys: 1 }, 'S2', null],
    [{ standbys: 1, lots: 51 }, 'S2', null],
    [{ standbys: 2, hotBytes: 3_000 * gb }, 'S2', 'S3'],
  ] as const)('with %o', (change, stage, next) => {
    expect(limitsOf(hours(change), null, nowMs)).toMatchObject({ stage, next })
  })
  it('a rule whose step is taken says so', () => {
    expect(rowOf('lots', hours({ standbys: 1, lots: 51 }))).toMatchObject({ state: 'taken' })
  })
})

describe('an hour', () => {
  it('is added up, and has the newest sizes', () => {
    const more = { ...fine, lots: 13, calls: noCalls.with(0, 1), measuredS: 60, processorS: 2 }
    expect(added(null, fine)).toEqual(fine)
    expect(added({ ...fine, isBehind: true }, more)).toEqual({
      ...fine,
      lots: 13,
      calls: noCalls.with(0, 1).with(2, 100),
      measuredS: 3_660,
      processorS: 1_002,
      diskS: 180,
      isBehind: true,
    })
    expect(added({ ...fine, processorS: null }, more)).toMatchObject({ processorS: null })
  })
  it.each([
    [0, 50],
    [50, 50],
    [50.1, 100],
    [3_000, 3_000],
    [30_000, 30_000],
    [31_000, 60_000],
  ])('counts a call of %f ms as one of %i ms', (ms, found) => {
    const calls = Array.from({ length: 20 }).reduce<readonly number[]>(
      (sum) => withCall(sum, ms),
      noCalls,
    )
    expect(p95Of(calls)).toBe(found)
  })
})
