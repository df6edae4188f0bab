// Single decisions of upkeep: when the next backup is due, and until when photos are held.
// The long walks with clock jumps and full disks are in upkeep-walk.test.ts.
import { describe, expect, it } from 'vitest'
import { standardUpkeep } from '../../../../firmware-runtime/core/lot/config.ts'
import {
  beginUpkeep,
  decideUpkeep,
  isOldEnough,
  nextBackupMs,
  photosHeldUntilMs,
  settleMs,
  type UpkeepFacts,
  type UpkeepMoment,
  type UpkeepState,
} from '../../../../firmware-runtime/core/lot/upkeep.ts'
import {
  emptyUpkeepMemory,
  type UpkeepMemory,
} from '../../../../firmware-runtime/core/lot/upkeep-memory.ts'
import { dayMs, instantOf, isoOf } from '../../../../firmware-runtime/core/values/instant.ts'

const hourMs = 3_600_000
const at = (hour: number, day = 20): number => instantOf(2026, 11, day, hour * hourMs)
const nothing: UpkeepFacts = { photoDays: [], begun: [], backups: [], freeMb: null }
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
    // Ten hours ago by them: twenty-six hours after that comes before the next night.
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
  const day = '2026-09-20'
  const facts = { ...nothing, photoDays: [day] }
  // The twentieth of September ends at midnight; sixty whole days later, and an hour for the clock.
  const dueMs = instantOf(2026, 9, 21) + 60 * dayMs + hourMs
  it.each([
    [dueMs - 1, false],
    [dueMs, true],
  ])('are old enough to the hour', (nowMs, old) => {
    const { state, now } = looked(facts, nowMs)
    expect(isOldEnough(day, 60, state, now)).toBe(old)
    expect(photosHeldUntilMs(state, facts, now, standardUpkeep)).toBeNull()
  })
  it('are held for as long again after a jump, and by the time switched off', () => {
    const jumpedMs = dueMs - 10 * dayMs
    const memory = { steadySinceMs: jumpedMs, unprovenMs: 5 * hourMs }
    const untilMs = jumpedMs + 60 * dayMs + 6 * hourMs
    const { state, now } = looked(facts, dueMs + 5 * hourMs, undefined, memory)
    expect(isOldEnough(day, 60, state, now)).toBe(false)
    expect(photosHeldUntilMs(state, facts, now, standardUpkeep)).toBe(untilMs)
    const then = looked(facts, untilMs, undefined, memory)
    expect(isOldEnough(day, 60, then.state, then.now)).toBe(true)
    expect(photosHeldUntilMs(then.state, facts, then.now, standardUpkeep)).toBeNull()
  })
  it('that are young by their date are held by nothing', () => {
    const young = { ...nothing, photoDays: ['2026-11-19'] }
    const { state, now } = looked(young, at(9), undefined, { steadySinceMs: at(8) })
    expect(photosHeldUntilMs(state, young, now, standardUpkeep)).toBeNull()
  })
})
