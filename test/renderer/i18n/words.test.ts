// Values as people read them: money, ages, offsets, typed amounts.
// There are as many invalid inputs as valid ones.
import { describe, expect, it } from 'vitest'
import {
  ageOf,
  dateTimeOf,
  fenOfYuan,
  offsetOf,
  plateText,
  timeOf,
  yuanOf,
} from '#renderer/kit/words.ts'

describe('amounts that were typed', () => {
  it.each([
    ['0', 0],
    ['12', 1200],
    ['12.5', 1250],
    ['12.05', 1205],
    [' 7.00 ', 700],
    ['0.29', 29],
    ['1000000.00', 100_000_000],
    ['１２', 1200],
    ['１２。５', 1250],
  ])('%s is %i fen', (text, fen) => {
    expect(fenOfYuan(text)).toBe(fen)
  })

  it.each(['', '.', '-1', '1.234', '1e3', '1,000', '0x10', 'NaN', '1000000.01', '12.', '99999999'])(
    '%j is no amount',
    (text) => {
      expect(fenOfYuan(text)).toBeNull()
    },
  )

  it('goes there and back for every fen of 1000 yuan', () => {
    for (let fen = 0; fen <= 100_000; fen++) expect(fenOfYuan(yuanOf(fen))).toBe(fen)
  })
})

describe('times', () => {
  it('are the lot own wall clock, whatever this machine thinks', () => {
    expect(timeOf('2026-03-14T23:59:58.123+08:00')).toBe('23:59:58')
    expect(dateTimeOf('2026-03-14T00:00:01.000+08:00')).toBe('2026-03-14 00:00:01')
  })

  it.each([
    [0, 0, 's'],
    [59.9, 59, 's'],
    [60, 1, 'min'],
    [3_599, 59, 'min'],
    [3_600, 1, 'h'],
    [86_399, 23, 'h'],
    [172_800, 2, 'd'],
  ])('%d s is %i %s', (seconds, n, unit) => {
    expect(ageOf(seconds)).toEqual({ n, unit })
  })

  it.each([
    [312, '+0.3 s'],
    [-14_200, '-14.2 s'],
    [0, '±0.0 s'],
  ])('an offset of %i ms is %s', (ms, text) => {
    expect(offsetOf(ms)).toBe(text)
  })
})

it.each([
  ['测A12345', '测A·12345'],
  ['测', '测'],
  [null, ''],
])('plate %s is shown as %s', (plate, text) => {
  expect(plateText(plate)).toBe(text)
})
