// When a reading was taken: by the camera's clock where something else than the reading has measured it, else by ours.
// An old reading opens no boom after any start, and a camera whose clock is always wrong is not ignored for ever.
import { describe, expect, it } from 'vitest'
import {
  clockOfLastRun,
  clockToKeep,
  isSameKept,
  judgeTime,
  measured,
  type Arrival,
  type CameraClock,
  type JudgedTime,
} from '../../../../firmware-runtime/devices/camera/late-reading.ts'

const at = Date.parse('2026-11-25T21:30:00+08:00')
const [secMs, minMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000]
const arrival = (afterMs = 0, isSure = true): Arrival => ({
  wallMs: at + afterMs,
  steadyMs: 5_000_000 + afterMs,
  isSure,
})

const unknown = clockOfLastRun(null)
const by = (offsetMs: number): CameraClock => measured(unknown, offsetMs, arrival())
const kept = (offsetMs: number): CameraClock => clockOfLastRun({ offsetMs, isLocal: null })

type Is = JudgedTime['is']
interface Read {
  /** Camera's time of the reading minus our time of its arrival. */
  readonly offsetMs: number
  readonly afterMs?: number
  readonly isSure?: boolean
  readonly mayBeLocal?: boolean
}

function judged(clock: CameraClock, reads: readonly Read[]): Is[] {
  let now = clock
  return reads.map(({ offsetMs, afterMs = 0, isSure = true, mayBeLocal = false }) => {
    const deviceAtMs = at + afterMs + offsetMs
    const step = judgeTime(
      now,
      { history: false, deviceAtMs },
      arrival(afterMs, isSure),
      mayBeLocal,
    )
    now = step.clock
    return step.is
  })
}

const ages: readonly (readonly [string, number, Is])[] = [
  ['0 s', 0, 'live'],
  ['59 s', 59 * secMs, 'live'],
  ['60 s', 60 * secMs, 'live'],
  ['61 s', 61 * secMs, 'past'],
  ['6 min', 6 * minMs, 'past'],
  ['10 min', 10 * minMs, 'past'],
  ['8 h exactly', 8 * hourMs, 'past'],
  ['20 h', 20 * hourMs, 'past'],
  ['20 days', 20 * dayMs, 'past'],
  ['56 years, of a clock that was never set', at - 31 * secMs, 'past'],
  ['30 s ahead', -30 * secMs, 'live'],
  ['1 h ahead', -hourMs, 'live'],
  ['a day ahead', -dayMs, 'live'],
]

describe.each(ages)('%s old, the first after a start', (_age, ageMs, is) => {
  it.each([false, true])('by our own clock; may be local time: %s', (mayBeLocal) => {
    // Ahead by less than a zone only local time explains, and then it is old.
    const isLocal = mayBeLocal && ageMs === -hourMs
    expect(judged(unknown, [{ offsetMs: -ageMs, mayBeLocal }])).toEqual([isLocal ? 'past' : is])
  })
  it('our own clock in doubt: nobody knows', () => {
    expect(judged(unknown, [{ offsetMs: -ageMs, isSure: false }])).toEqual(['undated'])
    expect(judged(kept(0), [{ offsetMs: -ageMs, isSure: false }])).toEqual(['undated'])
  })
  it.each([0, -3 * minMs, -8 * hourMs, 8 * hourMs, -20 * dayMs])(
    'by a camera that is %i ms off, asked just now, whatever our own clock says',
    (offMs) => {
      expect(judged(by(offMs), [{ offsetMs: offMs - ageMs }])).toEqual([is])
      expect(judged(by(offMs), [{ offsetMs: offMs - ageMs, isSure: false }])).toEqual([is])
    },
  )
  it.each([0, -3 * minMs, -8 * hourMs, 8 * hourMs])(
    'by a camera that was %i ms off in the last run',
    (offMs) => expect(judged(kept(offMs), [{ offsetMs: offMs - ageMs }])).toEqual([is]),
  )
})

const wrong = -3 * minMs
const runs: readonly (readonly [string, CameraClock, readonly Read[], readonly Is[]])[] = [
  [
    'old behind a live one',
    unknown,
    [{ offsetMs: -300 }, { offsetMs: -20 * hourMs, afterMs: 1_000 }],
    ['live', 'past'],
  ],
  [
    'one that is ahead makes none after it history, and measures nothing',
    unknown,
    [{ offsetMs: hourMs }, { offsetMs: -200, afterMs: 2_000 }, { offsetMs: 0, afterMs: 9_000 }],
    ['live', 'live', 'live'],
  ],
  [
    'the same by a clock that was asked for',
    by(0),
    [{ offsetMs: dayMs }, { offsetMs: 0, afterMs: 2_000 }],
    ['live', 'live'],
  ],
  [
    'a backlog of an hour at once, its last car live',
    unknown,
    Array.from({ length: 61 }, (_, n) => ({ offsetMs: (n - 60) * minMs - 2_000, afterMs: n })),
    [...Array.from({ length: 60 }, () => 'past' as const), 'live'],
  ],
  [
    'three minutes behind: used after three that agree over a minute',
    unknown,
    [0, 30_000, 59_000, 61_000, 70_000].map((afterMs) => ({ offsetMs: wrong, afterMs })),
    ['past', 'past', 'past', 'live', 'live'],
  ],
  [
    'two that agree are not enough',
    unknown,
    [0, 90_000].map((afterMs) => ({ offsetMs: wrong, afterMs })),
    ['past', 'past'],
  ],
  [
    'the same event sent again and again measures nothing',
    unknown,
    [0, 40_000, 80_000, 120_000].map((afterMs) => ({ offsetMs: -hourMs - afterMs, afterMs })),
    ['past', 'past', 'past', 'past'],
  ],
  [
    'agreeing readings count while our own clock is in doubt as well',
    unknown,
    [0, 40_000, 80_000].map((afterMs) => ({ offsetMs: -20 * hourMs, afterMs, isSure: false })),
    ['undated', 'undated', 'live'],
  ],
  [
    'a burst of history, spaced as its cars were',
    by(0),
    [0, 9_000, 18_000, 27_000].map((afterMs) => ({ offsetMs: -hourMs, afterMs })),
    ['past', 'past', 'past', 'past'],
  ],
  ...[2 * minMs, 10 * minMs, hourMs, 20 * hourMs].map(
    (lagMs) =>
      [
        `a network that delays every reading by ${lagMs} ms, by a clock that was asked for`,
        by(0),
        [0, 40_000, 80_000, 50 * minMs].map((afterMs) => ({ offsetMs: -lagMs, afterMs })),
        ['past', 'past', 'past', 'past'],
      ] as const,
  ),
  [
    'a clock that was set back, and said nothing of itself for an hour',
    by(0),
    [0, 40_000, 80_000, 90_000].map((ms) => ({ offsetMs: -hourMs, afterMs: hourMs + ms })),
    ['past', 'past', 'live', 'live'],
  ],
]
it.each(runs)('%s', (_what, clock, reads, is) => expect(judged(clock, reads)).toEqual(is))

describe('local time as epoch', () => {
  const read = (offsetMs: number, afterMs = 0): Read => ({ offsetMs, afterMs, mayBeLocal: true })
  it.each([
    ['live', 8 * hourMs, 'live'],
    ['an hour old', 7 * hourMs, 'past'],
    ['a minute and a second old', 8 * hourMs - 61_000, 'past'],
  ] as const)('%s is known at once', (_what, offsetMs, is) => {
    for (const clock of [unknown, by(0), kept(0)])
      expect(judged(clock, [read(offsetMs)])).toEqual([is])
  })
  it('once known, 8 h old is 8 h old, and so it is in the next run', () => {
    let clock = by(0)
    for (const afterMs of [0, 40_000, 80_000])
      clock = judgeTime(
        clock,
        { history: false, deviceAtMs: at + afterMs + 8 * hourMs },
        arrival(afterMs),
        true,
      ).clock
    expect(clock.isLocal).toBe(true)
    expect(judged(clock, [read(0, 90_000), read(8 * hourMs, 91_000)])).toEqual(['past', 'live'])
    const next = clockOfLastRun(clockToKeep(clock, arrival(90_000)))
    expect(judged(next, [read(0), read(8 * hourMs)])).toEqual(['past', 'live'])
  })
})

it('measures no clock of history, nor of a reading without a time', () => {
  const old = { history: true, deviceAtMs: at - hourMs }
  expect(judgeTime(unknown, old, arrival())).toEqual({ clock: unknown, is: 'past', offsetMs: null })
  const timeless = { history: false, deviceAtMs: null }
  const clock = by(5)
  expect(judgeTime(clock, timeless, arrival())).toEqual({ clock, is: 'live', offsetMs: null })
})

it('keeps a measured clock for the next run, and none while our own clock is in doubt', () => {
  expect(clockToKeep(by(wrong), arrival(90_000))).toEqual({ offsetMs: wrong, isLocal: null })
  expect(clockToKeep(by(wrong), arrival(0, false))).toBeNull()
  expect(clockToKeep(kept(wrong), arrival())).toBeNull()
  const one = { offsetMs: 0, isLocal: null }
  expect([
    isSameKept(one, { ...one, offsetMs: 5_000 }),
    isSameKept(one, { ...one, offsetMs: 5_001 }),
    isSameKept(one, { ...one, isLocal: true }),
    isSameKept(null, one),
  ]).toEqual([true, false, false, false])
})

it('a wall clock that is set changes nothing about a camera that was measured', () => {
  const set: Arrival = { ...arrival(1_000), wallMs: at + dayMs }
  const step = judgeTime(by(0), { history: false, deviceAtMs: at + 900 }, set)
  expect([step.is, step.offsetMs]).toEqual(['live', 900 - dayMs])
})
