// Single decisions of upkeep: when the next backup is due, and until when photos are kept.
// The long runs with clock jumps and full disks are in upkeep-walk.test.ts.
import { describe, expect, it } from 'vitest'
import { standardUpkeep } from '#base/pure/lot/config.ts'
import {
  beginUpkeep,
  decideUpkeep,
  diskFaults,
  isOldEnough,
  nextBackupMs,
  photosHeldUntilMs,
  settleMs,
  type UpkeepFacts,
  type UpkeepMoment,
  type UpkeepState,
} from '#ledger/pure/lot/upkeep.ts'
import { emptyUpkeepMemory, type UpkeepMemory } from '#ledger/pure/lot/upkeep-memory.ts'
import { trendOf } from '#ledger/pure/lot/disk-forecast.ts'
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'

const hourMs = 3_600_000
const at = (hour: number, day = 20): number => instantOf(2026, 11, day, hour * hourMs)
const nothing: UpkeepFacts = { photoDays: [], photoMb: null, begun: [], backups: [], freeMb: null }
const backedUpAt = (atMs: number): UpkeepFacts => ({
  ...nothing,
  backups: [{ file: 'a', number: 1, atMs, rows: 5 }],
})

/** A process that started at `bornMs` and looked at the folder at `nowMs`. */
function looked(
  facts: UpkeepFacts,
  bornMs: number,
  nowMs = bornMs,
  memory: Partial<UpkeepMemory> = {},
): { state: UpkeepState; now: UpkeepMoment; act: string | null } {
  const born = { atMs: bornMs, monoMs: 0, quiet: true }
  const now = { atMs: nowMs, monoMs: nowMs - bornMs, quiet: true }
  const begun = beginUpkeep({ ...emptyUpkeepMemory(), ...memory }, born)
  const { state, act } = decideUpkeep(begun, facts, now, standardUpkeep)
  return { state, now, act: act?.do ?? null }
}

describe('the next backup', () => {
  it.each<[string, UpkeepFacts, number, string]>([
    ['of a new lot is tonight', nothing, at(20), '2026-11-21T03:00'],
    ['of a new lot at night is now', nothing, at(4), '2026-11-20T04:00'],
    ['after last night is tonight', backedUpAt(at(3.5)), at(9), '2026-11-21T03:00'],
    ['after one at noon is tonight', backedUpAt(at(12)), at(13), '2026-11-21T03:00'],
    [
      'after one at four in the afternoon waits for twelve hours',
      backedUpAt(at(16)),
      at(17),
      '2026-11-21T04:00',
    ],
    ['after one in the evening is made up for', backedUpAt(at(20)), at(21), '2026-11-21T22:00'],
    ['after a night slept through is now', backedUpAt(at(3, 19)), at(9), '2026-11-20T09:00'],
    [
      'after one of a day to come counts from now',
      backedUpAt(at(3, 25)),
      at(9),
      '2026-11-21T03:00',
    ],
  ])('%s', (_name, facts, nowMs, expected) => {
    const { state, now } = looked(facts, nowMs)
    const next = nextBackupMs(state, now, standardUpkeep)
    expect(next === null ? '' : isoOf(next).slice(0, 16)).toBe(expected)
  })

  it('is not known before the first look', () => {
    const now = { atMs: at(9), monoMs: 0, quiet: true }
    expect(nextBackupMs(beginUpkeep(emptyUpkeepMemory(), now), now, standardUpkeep)).toBeNull()
  })

  it('counts what earlier lives lived, not what the clock says', () => {
    // Ten hours ago by running time: 26 hours after that is before the next night.
    const memory = { livedMs: 90 * hourMs, backedUpLivedMs: 80 * hourMs }
    const { state, now } = looked(backedUpAt(at(3, 1)), at(9), at(9), memory)
    expect(nextBackupMs(state, now, standardUpkeep)).toBe(at(25))
  })

  it('may lie in a window over midnight', () => {
    const late = { ...standardUpkeep, backupHour: 23 }
    const now = { atMs: at(0.5), monoMs: settleMs, quiet: true }
    const begun = beginUpkeep(emptyUpkeepMemory(), { ...now, monoMs: 0, atMs: now.atMs - settleMs })
    expect(decideUpkeep(begun, nothing, now, late).act).toEqual({ do: 'backup' })
    expect(decideUpkeep(begun, nothing, { ...now, atMs: at(1) }, late).act).toBeNull()
  })
})

it('nothing is done in the first minute', () => {
  expect(looked(nothing, at(4), at(4) + settleMs - 1).act).toBeNull()
  expect(looked(nothing, at(4), at(4) + settleMs).act).toBe('backup')
})

describe('photos', () => {
  const sixty = { ...standardUpkeep, photoDays: 60 }
  const day = '2026-09-20'
  const facts = { ...nothing, photoDays: [day] }
  // 20 September ends at midnight; then sixty whole days, and an hour for the clock.
  const dueMs = instantOf(2026, 9, 21) + 60 * dayMs + hourMs
  it.each([
    [dueMs - 1, false],
    [dueMs, true],
  ])('are old enough to the hour', (nowMs, old) => {
    const { state, now } = looked(facts, nowMs)
    expect(isOldEnough(day, 60, state, now)).toBe(old)
    expect(photosHeldUntilMs(state, facts, now, sixty)).toBeNull()
  })
  it('are held for as long again after a jump, and by the time switched off', () => {
    const jumpedMs = dueMs - 10 * dayMs
    const memory = { steadySinceMs: jumpedMs, unprovenMs: 5 * hourMs }
    const untilMs = jumpedMs + 60 * dayMs + 6 * hourMs
    const { state, now } = looked(facts, dueMs + 5 * hourMs, undefined, memory)
    expect(isOldEnough(day, 60, state, now)).toBe(false)
    expect(photosHeldUntilMs(state, facts, now, sixty)).toBe(untilMs)
    const then = looked(facts, untilMs, undefined, memory)
    expect(isOldEnough(day, 60, then.state, then.now)).toBe(true)
    expect(photosHeldUntilMs(then.state, facts, then.now, sixty)).toBeNull()
  })
  it('that are young by their date are held by nothing', () => {
    const young = { ...nothing, photoDays: ['2026-11-19'] }
    const { state, now } = looked(young, at(9), undefined, { steadySinceMs: at(8) })
    expect(photosHeldUntilMs(state, young, now, sixty)).toBeNull()
  })
})

describe('photos with a budget', () => {
  const rules = { ...standardUpkeep, photoGb: 10 }
  const days = ['2026-03-01', '2026-06-01', '2026-11-19']
  const facts = (photoMb: number | null): UpkeepFacts => ({
    ...backedUpAt(at(3)),
    photoDays: days,
    photoMb,
  })
  /** Looks at these hours of a day, each with the size of the photos at that time. */
  function looks(...seen: readonly (readonly [hour: number, photoMb: number | null])[]) {
    let state = beginUpkeep(emptyUpkeepMemory(), { atMs: at(4), monoMs: 0, quiet: true })
    return seen.map(([hour, photoMb]) => {
      const now = { atMs: at(hour), monoMs: (hour - 4) * hourMs, quiet: true }
      const step = decideUpkeep(state, facts(photoMb), now, rules)
      state = step.state
      return [step.faults.map(({ code }) => code).join(), step.act]
    })
  }
  const first = { do: 'clearPhotos', day: '2026-03-01', why: 'budget' }

  it('are kept a year where nobody chose one', () => {
    expect(standardUpkeep).toMatchObject({ photoDays: 365, photoGb: null })
    const now = { atMs: at(9), monoMs: 5 * hourMs, quiet: true }
    const begun = beginUpkeep(emptyUpkeepMemory(), { ...now, monoMs: 0, atMs: at(4) })
    expect(decideUpkeep(begun, facts(999_999), now, standardUpkeep).act).toBeNull()
  })
  it('are told of at nine tenths, once a day, and stay', () => {
    expect(looks([5, 9000], [6, 9216], [7, 9300], [30, 9300])).toEqual([
      ['', null],
      ['UPKEEP-04', null],
      ['', null],
      ['UPKEEP-04', { do: 'backup' }],
    ])
  })
  it('go when they are more, the oldest first, and not before it was told for two hours', () => {
    expect(looks([5, 10_241], [6.9, 10_241], [7, 10_241])).toEqual([
      ['UPKEEP-04', null],
      ['', null],
      ['', first],
    ])
    expect(looks([5, 9300], [8, 10_240], [9, 10_241], [10, 8000], [11, 10_241])).toEqual([
      ['UPKEEP-04', null],
      ['', null],
      ['', first],
      ['', null],
      ['UPKEEP-04', null],
    ])
  })
  it('stay while it is not known what they take', () => {
    expect(looks([5, 10_241], [8, null], [9, 10_241])).toEqual([
      ['UPKEEP-04', null],
      ['', null],
      ['', first],
    ])
  })
  it('of the last seven days stay whatever they take', () => {
    const now = { atMs: at(9), monoMs: 5 * hourMs, quiet: true }
    const young = { ...facts(99_999), photoDays: ['2026-11-14', '2026-11-19'] }
    const begun = beginUpkeep(emptyUpkeepMemory(), { ...now, monoMs: 0, atMs: at(4) })
    const { state } = decideUpkeep(begun, young, now, rules)
    const later = { atMs: at(12), monoMs: 8 * hourMs, quiet: true }
    expect(decideUpkeep(state, young, later, rules).act).toBeNull()
  })
})

describe('a single check of the disk, as of the doctor', () => {
  const looksOf = (mbADay: number, freeMb: number) =>
    [4, 3, 2, 1, 0].map((ago) => ({ livedMs: (60 - ago) * dayMs, freeMb: freeMb + ago * mbADay }))
  const month = Array.from({ length: 28 }, (_, n) => `2026-02-${String(n + 1).padStart(2, '0')}`)

  it.each([
    ['room enough', 50_000, 100, 1_000, ''],
    ['a disk that fills in a month', 5_000, 100, 1_000, 'UPKEEP-05'],
    ['a disk that fills in half a year', 20_000, 100, 1_000, ''],
    ['a disk that gains room', 5_000, -100, 1_000, ''],
    ['a disk that is low', 1_500, 100, 1_000, 'UPKEEP-01'],
    ['photos near their budget', 50_000, 0, 9_300, 'UPKEEP-04'],
    ['photos whose budget is used up in weeks', 50_000, 0, 5_000, 'UPKEEP-04'],
    ['both of a disk and of photos', 5_000, 100, 9_300, 'UPKEEP-04 UPKEEP-05'],
  ])('tells of %s what the lanes tell', (_what, freeMb, mbADay, photoMb, codes) => {
    const rules = { ...standardUpkeep, diskWarnMb: 2_048, photoGb: 10 }
    const facts = { ...backedUpAt(at(3)), photoDays: month, photoMb, freeMb }
    const room = looksOf(mbADay, freeMb)
    const memory = { ...emptyUpkeepMemory(), livedMs: 60 * dayMs, room }
    const now = { atMs: at(9), monoMs: hourMs, quiet: true }
    const begun = beginUpkeep(memory, { ...now, monoMs: 0 })
    const found = diskFaults(facts, rules, trendOf(room))
    expect(found.map(({ code }) => code).join(' ')).toBe(codes)
    expect(found).toEqual(decideUpkeep(begun, facts, now, rules).faults)
  })
})
