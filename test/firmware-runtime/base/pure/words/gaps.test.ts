// Filling gaps in bytes: the original length, with every stored byte at its position.
// Gaps come from files that people supply: nothing they contain may throw.
import { expect, it } from 'vitest'
import { joined } from '#base/pure/data/bytes.ts'
import { filled } from '#base/pure/words/gaps.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

it.each([
  [[[0, 2]], [0, 0, 7, 8, 9]],
  [[[1, 3]], [7, 0, 0, 0, 8, 9]],
  [[[3, 1]], [7, 8, 9, 0]],
  [
    [
      [1, 1],
      [1, 1],
      [2, 1],
    ],
    [7, 0, 0, 8, 0, 9],
  ],
  // One beyond the end, and one that goes back.
  [[[9, 1]], [7, 8, 9, 0]],
  [
    [
      [2, 1],
      [1, 1],
    ],
    [7, 8, 0, 0, 9],
  ],
] as const)('%j', (gaps, whole) => {
  expect([...filled({ bytes: bytes(7, 8, 9), gaps })]).toEqual(whole)
})

it('without gaps is the same bytes', () => {
  const kept = bytes(1, 2)
  expect(filled({ bytes: kept })).toBe(kept)
  expect([...joined([bytes(1), bytes(), bytes(2, 3)])]).toEqual([1, 2, 3])
})
