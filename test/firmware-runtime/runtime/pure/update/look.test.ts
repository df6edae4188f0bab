// When a lot looks by itself: once a night at its own minute, in virtual years; clocks that are set back or ahead; and when
// a person is told that it cannot.
import { describe, expect, it } from 'vitest'
import {
  isFailureTold,
  isLookDue,
  isSetBack,
  lookOfDayMs,
  noLook,
  type KeptLook,
} from '#runtime/pure/update/look.ts'
import { dayMs, instantOfIso, isoOf, minuteMs } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
const lotId = '52010001'
const midnight = instantOfIso('2026-11-30T00:00:00+08:00')
const ownMs = lookOfDayMs(lotId)
const tried = (atMs: number): KeptLook => ({ ...noLook(isoOf(0)), triedIso: isoOf(atMs) })

it('lots are spread over the hours between one and five', () => {
  const times = Array.from({ length: 400 }, (_, n) => lookOfDayMs(String(52010000 + n)))
  expect(Math.min(...times)).toBeGreaterThanOrEqual(hourMs)
  expect(Math.max(...times)).toBeLessThan(5 * hourMs)
  const perHour = [1, 2, 3, 4].map(
    (hour) => times.filter((ms) => Math.floor(ms / hourMs) === hour).length,
  )
  expect(Math.min(...perHour)).toBeGreaterThan(50)
  expect(new Set(times).size).toBeGreaterThan(150)
})

describe('due', () => {
  it.each([
    ['before its minute', tried(midnight - dayMs + ownMs), -minuteMs, false],
    ['at its minute', tried(midnight - dayMs + ownMs), 0, true],
    ['within its hour', tried(midnight - dayMs + ownMs), 59 * minuteMs, true],
    ['an hour late: missed', tried(midnight - dayMs + ownMs), hourMs, false],
    ['26 hours after the last one', tried(midnight - dayMs + ownMs), 2 * hourMs, true],
    ['looked by a person a minute before', tried(midnight + ownMs - minuteMs), 0, true],
    ['looked already', tried(midnight + ownMs), minuteMs, false],
    ['never looked, at its minute', noLook(isoOf(midnight)), 0, true],
    ['never looked, in the day', noLook(isoOf(midnight)), 8 * hourMs, false],
    ['never looked since yesterday', noLook(isoOf(midnight - dayMs)), 8 * hourMs, true],
    ['the clock was ten years ahead', tried(midnight + 3650 * dayMs), 8 * hourMs, false],
    ['the clock was ten years back', tried(midnight - 3650 * dayMs), 8 * hourMs, true],
  ])('%s', (_, kept, afterMs, due) => {
    expect(isLookDue(kept, midnight + ownMs + afterMs, lotId)).toBe(due)
  })

  it('a year has a look a day, and one that is off each night still looks', () => {
    const looks = (isOn: (ofDayMs: number) => boolean): number => {
      let kept = noLook(isoOf(midnight))
      let count = 0
      for (let atMs = midnight; atMs < midnight + 365 * dayMs; atMs += 10 * minuteMs)
        if (isOn((atMs - midnight) % dayMs) && isLookDue(kept, atMs, lotId)) {
          kept = tried(atMs)
          count++
        }
      return count
    }
    expect(looks(() => true)).toBe(365)
    expect(looks((ms) => ms > 8 * hourMs && ms < 20 * hourMs)).toBeGreaterThan(180)
  })
})

it.each([
  ['an hour before the last look', tried(midnight), -hourMs, true],
  ['ten years before it', tried(midnight), -3650 * dayMs, true],
  ['at it', tried(midnight), 0, false],
  ['after it', tried(midnight), hourMs, false],
  ['before it began to look', noLook(isoOf(midnight)), -2 * minuteMs, true],
])('set back: %s', (_, kept, afterMs, is) => {
  expect(isSetBack(kept, midnight + afterMs)).toBe(is)
})

it.each([
  ['UPDATE-23', 6 * dayMs, false],
  ['UPDATE-25', 6 * dayMs, false],
  ['UPDATE-26', 7 * dayMs, true],
  ['UPDATE-05', 6 * dayMs, false],
  ['UPDATE-05', 7 * dayMs, true],
  ['UPDATE-06', hourMs, false],
  ['UPDATE-06', 8 * dayMs, true],
  ['UPDATE-05', -3650 * dayMs, false],
  ['UPDATE-01', 0, true],
  ['UPDATE-02', 0, true],
  ['UPDATE-03', minuteMs, true],
  ['UPDATE-22', 0, true],
])('%s for %d ms is told: %s', (code, forMs, told) => {
  const failed = { code, note: '', from: '/stick', sinceIso: isoOf(midnight) }
  expect(isFailureTold(failed, midnight + forMs)).toBe(told)
})

it('no failure is not told', () => expect(isFailureTold(null, midnight)).toBe(false))
