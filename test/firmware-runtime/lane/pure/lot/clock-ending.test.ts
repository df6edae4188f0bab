// The time by which something may end: never by a clock in doubt, nor by a step that the steady count has not passed.
// Steps in both directions, and the ways in which a doubt ends.
import { expect, it } from 'vitest'
import {
  emptyClockMemory,
  endingMs,
  startClock,
  stepClock,
  type ClockEvent,
  type ClockState,
} from '#ledger/pure/lot/clock-watch.ts'
import { instantOf } from '#base/pure/values/instant.ts'

const startMs = instantOf(2026, 11, 20, 52_200_000)
const hourMs = 3_600_000
const ranMs = 70 * 60_000
const reading = (steadyMs: number, setMs: number) => ({
  wallMs: startMs + steadyMs + setMs,
  steadyMs,
})
const after = (state: ClockState, event: ClockEvent): ClockState =>
  stepClock(state, event, emptyClockMemory(), startMs).state
const started = (): ClockState =>
  after(startClock(emptyClockMemory()), { type: 'read', reading: reading(0, 0) })

it.each([
  ['a clock that stands right', 0, 0],
  ['25 s ahead: counted by the steady count', 25_000, 0],
  ['29 s ahead', 29_000, 0],
  ['10 s back: by the clock', -10_000, -10_000],
  ['32 s ahead', 32_000, null],
  ['an hour ahead', hourMs, null],
  ['an hour back', -hourMs, null],
  ['to 9999', 251_000_000_000_000, null],
  ['to 1970', -startMs, null],
])('%s', (_, setMs, wanted) => {
  const ends = endingMs(started(), reading(ranMs, setMs))
  expect(ends === null ? null : ends - startMs - ranMs).toBe(wanted)
})

it('a step is believed when a trusted time confirms it, half a minute late otherwise at most', () => {
  const at = reading(ranMs, 25_000)
  const state = after(started(), { type: 'trusted', reading: at, offsetMs: 0 })
  expect(endingMs(state, at)).toBe(at.wallMs)
  // A count that parts from its clock by 200 ppm over a year does not hold an end back for hours.
  const year = 365 * 24 * hourMs
  const late = reading(year, year * 0.0001)
  expect(late.wallMs - (endingMs(started(), late) ?? 0)).toBe(30_000)
})

it.each([
  ['the clock comes back', { type: 'read', reading: reading(ranMs, 0) }],
  ['a person confirms it', { type: 'confirmed', reading: reading(ranMs, hourMs) }],
  ['a trusted time agrees', { type: 'trusted', reading: reading(ranMs, hourMs), offsetMs: 0 }],
] as const)('a doubt lasts until %s', (_, ends) => {
  const doubted = after(started(), { type: 'read', reading: reading(ranMs, hourMs) })
  expect(endingMs(doubted, reading(ranMs, hourMs))).toBeNull()
  expect(endingMs(doubted, reading(ranMs, 0))).toBeNull()
  expect(endingMs(after(doubted, ends), ends.reading)).toBe(ends.reading.wallMs)
})

it('before the first reading of a start a doubt of the run before holds', () => {
  const doubt = { cause: 'jump', readMs: startMs, expectedMs: null } as const
  expect(endingMs(startClock({ ...emptyClockMemory(), doubt }), reading(0, 0))).toBeNull()
  expect(endingMs(startClock(emptyClockMemory()), reading(0, 0))).toBe(startMs)
})
