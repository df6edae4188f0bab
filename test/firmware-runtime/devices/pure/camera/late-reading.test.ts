// When a reading was taken: by the camera's clock where something else than the reading has measured it, else by ours.
// An old reading opens no boom after any start, and no clock is moved far by readings alone.
import { describe, expect, it } from 'vitest'
import {
  clockOfLastRun,
  clockToKeep,
  isSameKept,
  judgeTime,
  measured,
  type Arrival,
  type CameraClock,
  type TimeVerdict,
} from '#devices/pure/camera/late-reading.ts'

const at = Date.parse('2026-11-25T21:30:00+08:00')
const [secMs, minMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000]
const arrival = (afterMs = 0, isSure = true, isHeld = false): Arrival => ({
  wallMs: at + afterMs,
  steadyMs: 5_000_000 + afterMs,
  isSure,
  isHeld,
})

const unknown = clockOfLastRun(null)
const by = (offsetMs: number): CameraClock => measured(unknown, offsetMs, arrival())
const kept = (offsetMs: number, isLocal: boolean | null = null): CameraClock =>
  clockOfLastRun({ offsetMs, isLocal })

type Is = 'live' | 'past' | 'ourClock' | 'absent' | 'notUnderstood' | 'unconfirmed'
const isOf = (verdict: TimeVerdict): Is => (verdict.is === 'undated' ? verdict.why : verdict.is)

interface Read {
  /** Camera's time of the reading minus our time of its arrival. */
  readonly offsetMs: number
  readonly afterMs?: number
  readonly isSure?: boolean
  readonly isHeld?: boolean
  readonly mayBeLocal?: boolean
  readonly hasZone?: boolean
}

function judgedBy(clock: CameraClock, reads: readonly Read[]) {
  let now = clock
  const all = reads.map((read): Is => {
    const { offsetMs, afterMs = 0, isSure = true, isHeld = false, mayBeLocal = false } = read
    const zone = read.hasZone === true ? ({ timeHasZone: true } as const) : {}
    const step = judgeTime(
      now,
      { history: false, deviceAtMs: at + afterMs + offsetMs, ...zone },
      arrival(afterMs, isSure, isHeld),
      { mayBeLocal },
    )
    now = step.clock
    return isOf(step.verdict)
  })
  return { all, clock: now }
}
const judged = (clock: CameraClock, reads: readonly Read[]): Is[] => judgedBy(clock, reads).all

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
  ['2 min ahead', -2 * minMs, 'live'],
  ['2 min and a second ahead', -2 * minMs - secMs, 'unconfirmed'],
  ['1 h ahead', -hourMs, 'unconfirmed'],
  ['a day ahead', -dayMs, 'unconfirmed'],
]

describe.each(ages)('%s old, the first after a start', (_age, ageMs, is) => {
  it.each([false, true])('by our own clock; may be local time: %s', (mayBeLocal) => {
    // Ahead by less than a zone only local time explains, and then it is old.
    const isLocal = mayBeLocal && ageMs < -2 * minMs && ageMs > -8 * hourMs
    const reads = [{ offsetMs: -ageMs, mayBeLocal, isHeld: mayBeLocal }]
    expect(judged(unknown, reads)).toEqual([isLocal ? 'past' : is])
  })
  it('our own clock in doubt: nobody knows', () => {
    expect(judged(unknown, [{ offsetMs: -ageMs, isSure: false }])).toEqual(['ourClock'])
    expect(judged(kept(0), [{ offsetMs: -ageMs, isSure: false }])).toEqual(['ourClock'])
  })
  it.each([0, -3 * minMs, -20 * dayMs])(
    'by a camera that is %i ms off, asked just now, whatever our own clock says',
    (offMs) => {
      expect(judged(by(offMs), [{ offsetMs: offMs - ageMs, isSure: false }])).toEqual([is])
      const isRepaired = offMs - ageMs >= -minMs && offMs - ageMs <= 2 * minMs
      const sure = is === 'unconfirmed' && isRepaired ? 'live' : is
      expect(judged(by(offMs), [{ offsetMs: offMs - ageMs }])).toEqual([sure])
    },
  )
  it.each([0, -90 * secMs, 90 * secMs])('by a camera that was %i ms off in the last run', (offMs) =>
    expect(judged(kept(offMs), [{ offsetMs: offMs - ageMs }])).toEqual([is]),
  )
})

const wrong = -3 * minMs
const steady = (offsetMs: number, ...afterMs: readonly number[]): readonly Read[] =>
  afterMs.map((ms) => ({ offsetMs, afterMs: ms }))
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
    ['unconfirmed', 'live', 'live'],
  ],
  [
    'the same by a clock that was asked for',
    by(0),
    [{ offsetMs: dayMs }, { offsetMs: 0, afterMs: 2_000 }],
    ['unconfirmed', 'live'],
  ],
  [
    'a backlog of an hour at once, its last car live',
    unknown,
    Array.from({ length: 61 }, (_, n) => ({ offsetMs: (n - 60) * minMs - 2_000, afterMs: n })),
    [...Array.from({ length: 60 }, () => 'past' as const), 'live'],
  ],
  [
    '90 s behind: used after three that agree over a minute',
    unknown,
    steady(-90 * secMs, 0, 30_000, 59_000, 61_000, 70_000),
    ['past', 'past', 'past', 'live', 'live'],
  ],
  [
    'three minutes behind, as nothing else says: a person decides',
    unknown,
    steady(wrong, 0, 30_000, 59_000, 61_000, 70_000),
    ['past', 'past', 'past', 'unconfirmed', 'unconfirmed'],
  ],
  [
    'three cars of 20 h ago, a minute apart, and a fourth',
    unknown,
    steady(-20 * hourMs, 0, minMs, 2 * minMs, 3 * minMs),
    ['past', 'past', 'unconfirmed', 'unconfirmed'],
  ],
  [
    'three that are ahead, a minute apart, and one of now',
    unknown,
    [...steady(8 * hourMs, 0, minMs, 2 * minMs), { offsetMs: 0, afterMs: 3 * minMs }],
    ['unconfirmed', 'unconfirmed', 'unconfirmed', 'live'],
  ],
  ['two that agree are not enough', unknown, steady(-90 * secMs, 0, 90_000), ['past', 'past']],
  [
    'the same event sent again and again measures nothing',
    unknown,
    [0, 40_000, 80_000, 120_000].map((afterMs) => ({ offsetMs: -hourMs - afterMs, afterMs })),
    ['past', 'past', 'past', 'past'],
  ],
  [
    'while our own clock is in doubt readings measure nothing',
    unknown,
    [0, 40_000, 80_000].map((afterMs) => ({ offsetMs: -20 * hourMs, afterMs, isSure: false })),
    ['ourClock', 'ourClock', 'ourClock'],
  ],
  [
    'a burst of history, spaced as its cars were',
    by(0),
    steady(-hourMs, 0, 9_000, 18_000, 27_000),
    ['past', 'past', 'past', 'past'],
  ],
  ...[2 * minMs, 10 * minMs, hourMs, 20 * hourMs].map(
    (lagMs) =>
      [
        `a network that delays every reading by ${lagMs} ms, by a clock that was asked for`,
        by(0),
        steady(-lagMs, 0, 40_000, 80_000, 50 * minMs),
        ['past', 'past', 'past', 'past'],
      ] as const,
  ),
  [
    'a network that delays every reading by 55 s',
    unknown,
    steady(-55 * secMs, 0, 40_000, 80_000, 50 * minMs),
    ['live', 'live', 'live', 'live'],
  ],
  [
    'a clock that was set back, and said nothing of itself for an hour',
    by(0),
    steady(-hourMs, ...[1, 40_000, 80_000, 90_000].map((ms) => hourMs + ms)),
    ['past', 'past', 'unconfirmed', 'unconfirmed'],
  ],
  [
    'a steady offset that the camera said in this run, hours later',
    by(-20 * hourMs),
    steady(-20 * hourMs, 0, 3 * hourMs, 3 * hourMs + 5, 9 * hourMs),
    ['live', 'live', 'live', 'live'],
  ],
  [
    'put right since it was said behind: of now at once',
    by(-8 * hourMs),
    steady(0, 0, 2 * hourMs),
    ['live', 'live'],
  ],
  [
    'put right since it was said half an hour ahead, by readings alone: after three',
    by(30 * minMs),
    steady(0, ...[1, 40_000, 80_000].map((ms) => hourMs + ms)),
    ['past', 'past', 'live'],
  ],
  [
    'a jump of eight hours by readings alone: a person decides',
    by(8 * hourMs),
    steady(0, ...[1, 40_000, 80_000, 90_000].map((ms) => hourMs + ms)),
    ['past', 'past', 'unconfirmed', 'unconfirmed'],
  ],
]
it.each(runs)('%s', (_what, clock, reads, is) => expect(judged(clock, reads)).toEqual(is))

describe('an offset of the last run that nothing of this run confirms', () => {
  it.each([
    ['behind: live by it', -8 * hourMs, -8 * hourMs, 'unconfirmed'],
    ['behind: repaired', -8 * hourMs, 0, 'live'],
    ['ahead: live by it', 8 * hourMs, 8 * hourMs, 'unconfirmed'],
    ['ahead: repaired, or eight hours old', 8 * hourMs, 0, 'unconfirmed'],
    ['three minutes ahead: repaired, or three minutes old', 3 * minMs, 0, 'unconfirmed'],
    ['behind: older than by any clock', -8 * hourMs, -30 * hourMs, 'past'],
  ] as const)('%s', (_what, offMs, offsetMs, is) => {
    expect(judged(kept(offMs), [{ offsetMs }])).toEqual([is])
    // Three of them a minute apart say no more than one.
    const three = judged(kept(offMs), steady(offsetMs, 0, minMs, 2 * minMs))
    expect(three).toEqual(is === 'past' ? ['past', 'past', 'unconfirmed'] : [is, is, is])
  })
  it.each([-8 * hourMs, 8 * hourMs, -3 * minMs])('%i ms, confirmed: as before', (offMs) => {
    const said = measured(kept(offMs), offMs, arrival())
    expect(judged(said, [{ offsetMs: offMs }, { offsetMs: offMs - 2 * minMs }])).toEqual([
      'live',
      'past',
    ])
  })
  it('repaired, and told by a query: as the query says', () => {
    const said = measured(kept(8 * hourMs), 0, arrival())
    expect(judged(said, [{ offsetMs: 0 }, { offsetMs: -8 * hourMs }])).toEqual(['live', 'past'])
  })
  it('does not outlive an hour in which the camera says nothing of its clock', () => {
    const reads = steady(0, 0, 30 * minMs, hourMs, hourMs + 1_000)
    expect(judged(kept(8 * hourMs), reads)).toEqual([
      ...['unconfirmed', 'unconfirmed', 'unconfirmed', 'live'],
    ])
  })
})

describe('local time as epoch', () => {
  const read = (offsetMs: number, afterMs = 0, isHeld = false): Read => ({
    offsetMs,
    afterMs,
    isHeld,
    mayBeLocal: true,
  })
  it.each([
    ['live', 8 * hourMs, 'live'],
    ['an hour old', 7 * hourMs, 'past'],
    ['a minute and a second old', 8 * hourMs - 61_000, 'past'],
  ] as const)('%s is known at once', (_what, offsetMs, is) => {
    expect(judged(by(0), [read(offsetMs)])).toEqual([is])
    for (const clock of [unknown, by(0), kept(0)])
      expect(judged(clock, [read(offsetMs, 0, true)])).toEqual([is])
  })
  it('eight hours ahead and eight hours old are one number until something else shows the zone', () => {
    expect(judged(unknown, [read(0)])).toEqual(['unconfirmed'])
    expect(judged(unknown, [read(8 * hourMs)])).toEqual(['unconfirmed'])
    expect(judged(by(0), [read(0)])).toEqual(['unconfirmed'])
    // Three of them a minute apart show it no better.
    const three = [0, minMs, 2 * minMs].map((ms) => read(0, ms))
    expect(judgedBy(unknown, three)).toMatchObject({ clock: { isLocal: null } })
    expect(judged(unknown, [{ ...read(0), hasZone: true }])).toEqual(['live'])
    expect(judged(unknown, [read(0, 0, true), read(8 * hourMs, 1_000)])).toEqual([
      'live',
      'unconfirmed',
    ])
  })
  it('once known, 8 h old is 8 h old, and so it is in the next run', () => {
    const { clock } = judgedBy(by(0), [read(8 * hourMs)])
    expect(clock.isLocal).toBe(true)
    expect(judged(clock, [read(0, 90_000), read(8 * hourMs, 91_000)])).toEqual(['past', 'live'])
    const three = [1, 40_000, 80_000].map((ms) => read(0, hourMs + ms))
    expect(judged(clock, three)).toEqual(['past', 'past', 'unconfirmed'])
    const next = clockOfLastRun(clockToKeep(clock, arrival(90_000)))
    expect(judged(next, [read(0), read(8 * hourMs)])).toEqual(['past', 'live'])
  })
  it('a firmware that states UTC from now on: after three cars over a minute on a held link', () => {
    const reads = [1, 40_000, 80_000, 90_000].map((ms) => read(0, ms, true))
    expect(judged(kept(0, true), reads)).toEqual(['past', 'past', 'live', 'live'])
  })
})

describe('a reading without a time that is understood', () => {
  const absent = { history: false, deviceAtMs: null }
  const raw = { ...absent, timeRaw: 'gestern' }
  it.each([
    ['absent', absent, {}, false, 'absent'],
    ['absent, on a held link', absent, {}, true, 'absent'],
    [
      'absent, with the setting, of a make that states times',
      absent,
      { countsOnArrival: true },
      true,
      'absent',
    ],
    ['absent, of a make without times', absent, { isTimeless: true }, false, 'absent'],
    ['the same on a held link', absent, { isTimeless: true }, true, 'live'],
    [
      'the same with the setting',
      absent,
      { isTimeless: true, countsOnArrival: true },
      false,
      'live',
    ],
    ['not understood', raw, {}, false, 'notUnderstood'],
    [
      'not understood, with everything',
      raw,
      { isTimeless: true, countsOnArrival: true },
      true,
      'notUnderstood',
    ],
  ] as const)('%s', (_what, read, rule, isHeld, is) => {
    for (const clock of [unknown, by(5), kept(0)]) {
      const step = judgeTime(clock, read, arrival(0, true, isHeld), rule)
      expect([isOf(step.verdict), step.clock, step.offsetMs]).toEqual([is, clock, null])
    }
  })
})

it('measures no clock of history', () => {
  const old = { history: true, deviceAtMs: at - hourMs }
  const step = judgeTime(unknown, old, arrival())
  expect(step).toEqual({ clock: unknown, verdict: { is: 'past' }, offsetMs: null })
})

it('keeps a measured clock for the next run, and none while our own clock is in doubt', () => {
  expect(clockToKeep(by(wrong), arrival(90_000))).toEqual({ offsetMs: wrong, isLocal: null })
  expect(clockToKeep(by(wrong), arrival(0, false))).toBeNull()
  expect(clockToKeep(kept(wrong), arrival())).toBeNull()
  const byReadings = judgedBy(unknown, steady(-90 * secMs, 0, 40_000, 80_000)).clock
  expect(clockToKeep(byReadings, arrival(90_000))?.offsetMs).toBe(-90 * secMs)
  // Our clock was set since: what readings measured says nothing about it.
  const set = { ...arrival(90_000), wallMs: at + hourMs }
  expect(clockToKeep(byReadings, set)).toBeNull()
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
  expect([step.verdict.is, step.offsetMs]).toEqual(['live', 900 - dayMs])
  const byReadings = judgedBy(unknown, steady(0, 0, 40_000, 80_000)).clock
  const later = { ...set, steadyMs: set.steadyMs + 90_000 }
  const next = judgeTime(byReadings, { history: false, deviceAtMs: at + 91_000 }, later)
  expect(next.verdict.is).toBe('live')
})
