// Fences as people type or paste them: read, refused, and written back.
import { describe, expect, it } from 'vitest'
import { fenceOfText, fenceText } from '#base/pure/place/fence-text.ts'
import type { Fence } from '#base/pure/place/fence.ts'

const at = (latMicrodeg: number, lonMicrodeg: number) => ({ latMicrodeg, lonMicrodeg })
const corners = [
  at(22_800_000, 108_300_000),
  at(22_800_000, 108_301_000),
  at(22_801_000, 108_301_000),
]

describe('the text of a fence', () => {
  it.each<[string, string, Fence]>([
    [
      'a circle',
      '22.8, 108.3, 60',
      { shape: 'circle', center: at(22_800_000, 108_300_000), radiusM: 60 },
    ],
    [
      'a circle in full width',
      '22.800001，108.3 60',
      { shape: 'circle', center: at(22_800_001, 108_300_000), radiusM: 60 },
    ],
    [
      'a southern circle',
      '-33.9 18.4 5000',
      { shape: 'circle', center: at(-33_900_000, 18_400_000), radiusM: 5000 },
    ],
    [
      'corners',
      '22.8,108.3\n22.8,108.301\n\n22.801,108.301\n',
      { shape: 'polygon', points: corners },
    ],
    [
      'closed corners',
      '22.8 108.3\n22.8 108.301\n22.801 108.301\n22.8 108.3',
      { shape: 'polygon', points: corners },
    ],
  ])('%s', (_name, typed, fence) => {
    expect(fenceOfText(typed)).toEqual({ fence })
    expect(fenceOfText(fenceText(fence))).toEqual({ fence })
  })

  it('of nothing is none', () => {
    expect([fenceOfText(' \n'), fenceText(null)]).toEqual([{ fence: null }, ''])
  })

  it.each([
    ['a point', '22.8, 108.3', /圆写一行/],
    ['two corners', '22.8,108.3\n22.8,108.301', /圆写一行/],
    ['no radius', '22.8, 108.3, 0', /圆写一行/],
    ['a wide radius', '22.8, 108.3, 5001', /圆写一行/],
    ['seven decimals', '22.8000001, 108.3, 60', /圆写一行/],
    ['words', '民族大道', /圆写一行/],
    ['swapped numbers', '108.3, 22.8, 60', /是否写反/],
    ['a fence of 11 km', '22.8,108.3\n22.8,108.5\n22.9,108.5', /最宽 0.1 度/],
    ['0, 0', '0, 0, 60', /没有测过/],
  ])('%s is refused', (_name, typed, said) => {
    const read = fenceOfText(typed)
    expect('bad' in read ? read.bad.zh : '').toMatch(said)
  })
})
