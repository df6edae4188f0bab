// When bills are requested: at a set time of the next day, then every half hour until the evening, for three days, and
// never for a day before the ledger began.
import { describe, expect, it } from 'vitest'
import { noTries, tried, wantedLook, type BillTries } from '#money/pure/billing/bill-times.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'

const at = (text: string): number => instantOfIso(`2026-11-${text}:00+08:00`)
const firstMs = at('01T00:00')
const wanted = (
  text: string,
  {
    tries = noTries,
    done = [],
    from = firstMs,
    again = [],
  }: { tries?: BillTries; done?: string[]; from?: number; again?: string[] } = {},
): string | null => {
  const look = wantedLook(tries, {
    nowMs: at(text),
    firstMs: from,
    isDone: ({ day, againFromMs }) =>
      againFromMs === null
        ? done.some((one) => day === `2026-11-${one}`)
        : !again.some((one) => `${day} ${isoOf(againFromMs).slice(8, 10)}` === `2026-11-${one}`),
  })
  return look?.day ?? null
}
const three = ['17', '18', '19']

describe('the day whose bills are wanted', () => {
  it.each([
    ['20T10:29', null],
    ['20T10:30', '2026-11-19'],
    ['20T17:59', '2026-11-19'],
    ['20T18:00', null],
  ])('at %s is %s', (text, day) => {
    expect(wanted(text, { done: ['17', '18'] })).toBe(day)
  })

  it('is the oldest that is open, three days back at the most', () => {
    expect(wanted('20T11:00')).toBe('2026-11-17')
    expect(wanted('20T11:00', { done: ['17'] })).toBe('2026-11-18')
    expect(wanted('20T11:00', { done: three })).toBeNull()
  })

  it('waits half an hour after a try, and asks for the next open day meanwhile', () => {
    const tries = tried(noTries, '2026-11-19', at('20T10:30'))
    const done = ['17', '18']
    expect(wanted('20T10:59', { tries, done })).toBeNull()
    expect(wanted('20T11:00', { tries, done })).toBe('2026-11-19')
    expect(wanted('20T10:31', { tries, done: ['17'] })).toBe('2026-11-18')
    // Still open on the next morning.
    expect(wanted('21T10:30', { tries, done: ['18', '20'] })).toBe('2026-11-19')
  })

  it('is asked for again by a clock that was set back', () => {
    const tries = tried(noTries, '2026-11-19', at('20T17:00'))
    expect(wanted('20T11:00', { tries, done: ['17', '18'] })).toBe('2026-11-19')
  })

  it('is none of before the ledger began', () => {
    expect(wanted('20T11:00', { from: at('20T08:00') })).toBeNull()
    expect(wanted('20T11:00', { from: at('19T23:00') })).toBe('2026-11-19')
  })

  it.each([
    ['21T10:30', '19 21', '2026-11-19'],
    ['22T10:30', '19 22', '2026-11-19'],
    ['22T10:30', '19 21', null],
    ['24T17:30', '19 22', '2026-11-19'],
    ['25T10:30', '19 22', null],
    ['26T10:30', '19 26', '2026-11-19'],
    ['28T10:30', '19 26', '2026-11-19'],
    ['29T10:30', '19 26', null],
  ])('at %s looks again at a day with its day of %s: %s', (text, again, day) => {
    const done = Array.from({ length: 30 }, (_, n) => String(n + 1).padStart(2, '0'))
    expect(wanted(text, { done, again: [again] })).toBe(day)
  })

  it('looks a last time 31 days behind, as long as a bill may come late', () => {
    const looks = (text: string): string | null =>
      wantedLook(noTries, {
        nowMs: instantOfIso(`${text}T11:00:00+08:00`),
        firstMs,
        isDone: ({ day, againFromMs }) => day !== '2026-11-05' || againFromMs === null,
      })?.day ?? null
    expect(['2026-12-05', '2026-12-06', '2026-12-08', '2026-12-09'].map(looks)).toEqual([
      null,
      '2026-11-05',
      '2026-11-05',
      null,
    ])
  })

  it('forgets tries of days that are long past', () => {
    let tries = noTries
    for (let day = 1; day <= 28; day++) {
      const two = String(day).padStart(2, '0')
      tries = tried(tries, `2026-11-${two}`, at(`${two}T10:30`))
    }
    expect(tries.triedMs.size).toBeLessThan(8)
  })
})
