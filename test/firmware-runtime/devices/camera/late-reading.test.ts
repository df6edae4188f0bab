// A reading reported long after it was taken opens no boom, and a camera whose clock was set back is not ignored for ever.
import { expect, it } from 'vitest'
import {
  judgeTime,
  measured,
  unknownClock,
  type CameraClock,
} from '../../../../firmware-runtime/devices/camera/late-reading.ts'

const at = Date.parse('2026-11-25T21:30:00+08:00')
const hourMs = 3_600_000

/** Readings as `[received after ms, camera's clock minus ours]`; returns for each whether it counts as past. */
function past(clock: CameraClock, reads: readonly (readonly [number, number])[]): boolean[] {
  let now = clock
  return reads.map(([afterMs, offsetMs]) => {
    const deviceAtMs = at + afterMs + offsetMs
    const judged = judgeTime(now, { history: false, deviceAtMs }, at + afterMs)
    now = judged.clock
    return judged.isPast
  })
}

it.each([
  ['live, by a clock that is right', measured(0), [[0, -200]], [false]],
  ['20.6 h old, by a measured clock', measured(0), [[0, -20.6 * hourMs]], [true]],
  [
    '20.6 h old behind a live one',
    unknownClock,
    [
      [0, -300],
      [1_000, -20.6 * hourMs],
    ],
    [false, true],
  ],
  [
    'by a clock that is 8 h behind, live each time',
    measured(-8 * hourMs),
    [[0, -8 * hourMs]],
    [false],
  ],
  [
    'a minute late, and a second more',
    measured(0),
    [
      [0, -60_000],
      [0, -61_000],
    ],
    [false, true],
  ],
  [
    'live again behind history',
    measured(0),
    [
      [0, -hourMs],
      [500, 0],
    ],
    [true, false],
  ],
  [
    'a clock that was set forward',
    measured(0),
    [
      [0, hourMs],
      [1_000, hourMs],
    ],
    [false, false],
  ],
  [
    'a burst of history, spaced as its cars were',
    measured(0),
    [
      [0, -hourMs],
      [9_000, -hourMs],
      [18_000, -hourMs],
      [27_000, -hourMs],
    ],
    [true, true, true, true],
  ],
  [
    'a clock that was set back: believed after a minute of readings that agree',
    measured(0),
    [
      [0, -hourMs],
      [40_000, -hourMs],
      [80_000, -hourMs],
      [90_000, -hourMs],
    ],
    [true, true, false, false],
  ],
] as const)('%s', (_what, clock, reads, is) => expect(past(clock, reads)).toEqual(is))

it('measures no clock of history, nor of a reading without a time', () => {
  const old = { history: true, deviceAtMs: at - hourMs }
  expect(judgeTime(unknownClock, old, at)).toEqual({ clock: unknownClock, isPast: true })
  const timeless = { history: false, deviceAtMs: null }
  expect(judgeTime(measured(5), timeless, at)).toEqual({ clock: measured(5), isPast: false })
})
