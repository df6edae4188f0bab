// The judge of a soak, on made-up figures: a program that keeps nothing passes with the garbage and the helpers of a real
// one, and each kind of leak fails, also one that hides behind the garbage.
import { describe, expect, it } from 'vitest'
import {
  judgeSoak,
  soakFigures,
  type SoakFigures,
  type SoakSample,
} from '#harness/demo/soak-judge.ts'
import { seededRandom } from '#simulators/shell/random.ts'

const minuteMs = 60_000

type Leak = Partial<Record<keyof SoakFigures, (minute: number) => number>>

/** Like a demo: 42 MB live, collected when 17 MB of garbage are there, a helper thread with its files every few minutes. */
function soakOf(minutes: number, leak: Leak = {}): readonly SoakSample[] {
  const draw = seededRandom(minutes)
  const samples: SoakSample[] = []
  for (let atMs = 0; atMs < minutes * minuteMs; atMs += 5_000) {
    const minute = atMs / minuteMs
    const warm = Math.max(0, 8 - minute)
    const garbage = 17 * ((minute / 5) % 1)
    const helper = minute % 7 < 2 ? 1 : 0
    const more = (figure: keyof SoakFigures): number => leak[figure]?.(minute) ?? 0
    samples.push({
      atMs,
      rssMb: 140 - warm + garbage + 15 * helper + draw() + more('rssMb'),
      heapMb: 42 - warm + garbage + draw() + more('heapMb'),
      externalMb: 6 + draw() + more('externalMb'),
      handles: Math.floor(60 + 5 * helper + 2 * draw() + more('handles')),
      threads: Math.floor(11 + helper + more('threads')),
    })
  }
  return samples
}

const growing = (samples: readonly SoakSample[]): readonly string[] =>
  judgeSoak(samples)
    .filter(({ isFlat }) => !isFlat)
    .map(({ figure }) => figure)

it.each([45, 60, 180])('%i minutes without a leak are flat', (minutes) => {
  expect(judgeSoak(soakOf(minutes))).toHaveLength(soakFigures.length)
  expect(growing(soakOf(minutes))).toEqual([])
})

describe('a leak is found', () => {
  it.each<[string, Leak, readonly string[]]>([
    ['in the heap, 10 MB an hour', { heapMb: (m) => m / 6 }, ['heapMb']],
    [
      'in the heap and so in the process',
      { heapMb: (m) => m / 3, rssMb: (m) => m / 3 },
      ['rssMb', 'heapMb'],
    ],
    [
      'outside the heap, buffers of pictures',
      { externalMb: (m) => m / 10, rssMb: (m) => m / 2 },
      ['rssMb', 'externalMb'],
    ],
    ['that begins after half the time', { rssMb: (m) => Math.max(0, m - 30) }, ['rssMb']],
    ['in steps of 3 MB', { heapMb: (m) => 3 * Math.floor(m / 12) }, ['heapMb']],
    ['a file handle every five minutes', { handles: (m) => m / 5 }, ['handles']],
    ['a thread every quarter of an hour', { threads: (m) => m / 15 }, ['threads']],
  ])('%s', (_, leak, wanted) => {
    expect(growing(soakOf(60, leak))).toEqual(wanted)
  })
})

it('what only a start takes is no leak, and a fall is none', () => {
  expect(growing(soakOf(60, { heapMb: (m) => Math.min(m, 18) }))).toEqual([])
  expect(growing(soakOf(60, { rssMb: (m) => -m / 2 }))).toEqual([])
})

it('what the system does not list has no verdict, and no samples have none', () => {
  const blind = soakOf(45).map((sample) => ({ ...sample, handles: null, threads: null }))
  expect(judgeSoak(blind).map(({ figure }) => figure)).toEqual(['rssMb', 'heapMb', 'externalMb'])
  expect(judgeSoak([])).toEqual([])
})
