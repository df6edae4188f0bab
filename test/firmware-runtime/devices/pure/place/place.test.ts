// The position of a place and what it allows: rows of position reports on a clock that the test sets.
// An unknown position counts as outside; so do a receiver that hangs and a position that jumps.
import { describe, expect, it } from 'vitest'
import {
  emptyTrack,
  withReport,
  lostReceiver,
  placeBar,
  type PlaceBar,
  type PlaceConfig,
  type PlaceTrack,
  type PositionReport,
} from '#devices/pure/place/place.ts'

const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
const handheld: PlaceConfig = {
  kind: 'handheld',
  fence: { shape: 'circle', center, radiusM: 50 },
  gnss: null,
  marginM: 10,
  staleSec: 5,
}
/** A report from `north` metres north of the centre. */
const report = (north: number, deviceTimeMs: number, accuracyM = 3): PositionReport => ({
  at: { ...center, latMicrodeg: center.latMicrodeg + Math.round(north / 0.111195) },
  accuracyMm: accuracyM * 1000,
  deviceTimeMs,
})
const noFix = (deviceTimeMs: number): PositionReport => ({
  at: null,
  accuracyMm: null,
  deviceTimeMs,
})

type Row = readonly [atMs: number, report: PositionReport | null, bar: PlaceBar | null]

function run(rows: readonly Row[], place = handheld): void {
  let track: PlaceTrack = emptyTrack
  for (const [atMs, sighting, bar] of rows) {
    if (sighting !== null) track = withReport(track, sighting, atMs)
    expect({ atMs, bar: placeBar(place, track, atMs) }).toEqual({ atMs, bar })
  }
}

describe('a handheld', () => {
  it('that never reported is nowhere', () => run([[0, null, 'noPosition']]))
  it('inside, on the edge, and a step beyond it', () =>
    run([
      [0, report(0, 1), null],
      [1_000, report(15, 2), null],
      [3_000, report(49.9, 3), null],
      [4_000, report(50.3, 4), 'outside'],
      [5_000, report(40, 5), null],
    ]))
  it('that hears nothing for longer than it may is too old, from the millisecond on', () =>
    run([
      [0, report(0, 1), null],
      [5_000, null, null],
      [5_001, null, 'stale'],
      [6_000, report(0, 2), null],
    ]))
  it('whose receiver hangs is too old, however often it says the same', () =>
    run([
      [0, report(0, 1), null],
      [2_000, report(0, 1), null],
      [4_000, report(0, 1), null],
      [5_001, report(0, 1), 'stale'],
      [6_000, report(0, 2), null],
    ]))
  it('without a fix is nowhere at once, and is back with the next one', () =>
    run([
      [0, report(0, 1), null],
      [1_000, noFix(2), 'noPosition'],
      [2_000, report(0, 3), null],
    ]))
  it('that is imprecise may be anywhere', () =>
    run([
      [0, report(0, 1, 10), null],
      [1_000, report(0, 2, 11), 'imprecise'],
      [2_000, { ...report(0, 3), accuracyMm: null }, 'imprecise'],
    ]))
  it('that jumps is not believed until three more reports agree', () =>
    run([
      [0, report(0, 1), null],
      [1_000, report(40, 2), 'jumped'],
      [2_000, report(41, 3), 'jumped'],
      [3_000, report(41, 4), 'jumped'],
      [4_000, report(42, 5), null],
    ]))
  it('that jumps out and back is jumping all the way', () =>
    run([
      [0, report(0, 1), null],
      [1_000, report(2_000, 2), 'jumped'],
      [2_000, report(0, 3), 'jumped'],
      [3_000, report(0, 4), 'jumped'],
      [4_000, report(0, 5), 'jumped'],
      [5_000, report(0, 6), null],
    ]))
  it('that was carried while nobody heard it did not jump', () =>
    run([
      [0, report(0, 1), null],
      [4_000, report(45, 2), null],
    ]))
  it('whose clock is set back is heard all the same', () =>
    run([
      [0, report(0, 900_000), null],
      [1_000, report(0, 5), null],
      [7_000, report(0, 6), null],
    ]))
  it('whose receiver is away is nowhere', () => {
    const track = lostReceiver(withReport(emptyTrack, report(0, 1), 0))
    expect(placeBar(handheld, track, 1)).toBe('noPosition')
    expect(placeBar(handheld, withReport(track, report(0, 2), 2), 3)).toBeNull()
  })
  it('from a clock that runs backwards takes no position', () => {
    expect(placeBar(handheld, withReport(emptyTrack, report(0, 1), 1_000), 999)).toBe('stale')
  })
  it('has margins of its own where the file names none', () => {
    const {
      marginM: _,
      staleSec: _stale,
      ...plain
    } = handheld as Extract<PlaceConfig, { kind: 'handheld' }>
    run(
      [
        [0, report(0, 1, 10), null],
        [10_000, null, null],
        [10_001, null, 'stale'],
      ],
      plain,
    )
  })
})

describe('a pile', () => {
  const position = { ...center, accuracyM: 2 }
  const fence = { shape: 'circle', center, radiusM: 5 } as const
  const pile: PlaceConfig = { kind: 'etc-pile', space: 'A12', position, fence, marginM: 2 }
  it.each<[string, PlaceConfig, PlaceBar | null]>([
    ['inside its fence, for ever', pile, null],
    ['without a fence is where its space is', { kind: 'etc-pile', space: 'A12' }, null],
    ['with a fence and no position', { kind: 'etc-pile', space: 'A12', fence }, 'noPosition'],
    ['measured less precisely than asked', { ...pile, marginM: 1 }, 'imprecise'],
    [
      'outside',
      { ...pile, position: { ...position, latMicrodeg: center.latMicrodeg + 100 } },
      'outside',
    ],
  ])('%s', (_name, place, bar) => {
    expect(placeBar(place, emptyTrack, 1e9)).toBe(bar)
  })
})
