// When copies are made and tested: once a night, made up for after a missed night, and a lasting fault is reported
// from time to time.
import { describe, expect, it } from 'vitest'
import { beginCopies, copied, failedCopy, isTestDue, tested } from '#lane/pure/lot/copy-times.ts'
import { instantOf } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
const nowAt = (hour: number, monoMs: number) => ({
  atMs: instantOf(2026, 11, 22, hour * hourMs + 1),
  monoMs,
})

describe('a test of the copies', () => {
  it('is due in the hour of the night, once', () => {
    const times = beginCopies(0)
    expect(isTestDue(times, nowAt(2, 0), 3)).toBe(false)
    expect(isTestDue(times, nowAt(3, 0), 3)).toBe(true)
    expect(isTestDue(tested(times, 0), nowAt(3, hourMs / 2), 3)).toBe(false)
    expect(isTestDue(tested(times, 0), nowAt(3, 24 * hourMs), 3)).toBe(true)
  })

  it('is made up for when a night was missed', () => {
    expect(isTestDue(beginCopies(0), nowAt(9, 26 * hourMs - 1), 3)).toBe(false)
    expect(isTestDue(beginCopies(0), nowAt(9, 26 * hourMs), 3)).toBe(true)
    expect(isTestDue(tested(beginCopies(0), hourMs), nowAt(9, 26 * hourMs), 3)).toBe(false)
  })
})

describe('a fault', () => {
  it('is told once in a series, again after hours, at once when it is another, and anew when copies went well', () => {
    const first = failedCopy(beginCopies(0), 'COPY-01', 0)
    expect(first.tell).toBe(true)
    expect(failedCopy(first.times, 'COPY-01', hourMs).tell).toBe(false)
    expect(failedCopy(first.times, 'COPY-01', 6 * hourMs).tell).toBe(true)
    expect(failedCopy(first.times, 'COPY-05', hourMs).tell).toBe(true)
    expect(failedCopy(copied(first.times), 'COPY-01', hourMs).tell).toBe(true)
  })
})
