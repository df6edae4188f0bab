// Ranges of space numbers as people type them.
import { describe, expect, it } from 'vitest'
import { rangesOf, spacesInRange } from '#base/pure/lot/space-range.ts'

const idsOf = (typed: string): readonly string[] => {
  const read = spacesInRange(typed)
  return 'spaces' in read ? read.spaces.map(({ id }) => id) : []
}

describe('a range of spaces', () => {
  it.each<[string, number, string, string]>([
    ['A01-A40', 40, 'A01', 'A40'],
    ['a01 to a40', 40, 'A01', 'A40'],
    ['A01 至 A40', 40, 'A01', 'A40'],
    ['A01～A40', 40, 'A01', 'A40'],
    ['A98-A103', 6, 'A98', 'A103'],
    ['A01-40', 40, 'A01', 'A40'],
    ['1-2000', 2_000, '1', '2000'],
    ['N-001–N-003', 3, 'N-001', 'N-003'],
    ['A1-A2,B7、C01', 4, 'A1', 'C01'],
    ['A7', 1, 'A7', 'A7'],
  ])('%s has %i numbers', (typed, count, first, last) => {
    const ids = idsOf(typed)
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([count, first, last])
  })

  it.each([
    ['', 'nothing'],
    ['A40-A01', 'an end before its begin'],
    ['A01-B40', 'two letters'],
    ['A01-A400', 'another width'],
    ['1-2001', 'more than a lot may have'],
    ['A1-A5,A5', 'a number twice'],
    ['东1-东5', 'other letters'],
    ['A01/A40', 'another mark'],
    ['ABCDEFGHIJ01-ABCDEFGHIJ02', 'too long a number'],
  ])('%j is refused: %s', (typed) => {
    expect(spacesInRange(typed)).toHaveProperty('bad')
  })

  it.each([
    ['A01-A20\nA21-A40', ['A21']],
    ['A01-A03, B1-B4\n\nC7', ['C7']],
    ['A9-A12', []],
    ['A01', []],
    ['N-001-N-003, N-005', []],
    ['7-12\n1-3', ['1']],
  ])('%j reads the same when it is written again', (typed, apart) => {
    const read = spacesInRange(typed)
    const spaces = 'spaces' in read ? read.spaces : []
    expect(spaces.flatMap(({ id, isApart }) => (isApart === true ? [id] : []))).toEqual(apart)
    expect(rangesOf(spaces)).toBe(typed.replace('\n\n', '\n'))
  })
})
