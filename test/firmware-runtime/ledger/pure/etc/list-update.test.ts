// When a new status list replaces the stored one: older lists, gaps, future times and items without a version are refused
// with their code; any other list replaces it.
import { describe, expect, it } from 'vitest'
import { listState } from '#ledger/pure/etc/list-age.ts'
import { isVersionJump, updated, type HeldList } from '#ledger/pure/etc/list-update.ts'
import { ListChanges, ListedNumbers, merged } from '#ledger/pure/etc/listed-numbers.ts'
import { codeOf } from '../../../../kit/refusals.ts'

const card = (n: number): string => `4501${String(n).padStart(16, '0')}`
const nowMs = 10_000_000

function changesOf(...cards: number[]): ListChanges {
  const changes = new ListChanges()
  for (const n of cards) changes.add({ no: card(n), fromMs: 0, op: 'add' })
  return changes
}
const held: HeldList = {
  version: '9',
  asOfMs: 9_000_000,
  fullAtMs: 5_000_000,
  numbers: merged(new ListedNumbers(), changesOf(1, 2)),
}
const head = (version: string, since: string | null, atMs = 9_500_000) => ({ version, since, atMs })

describe('a new status list', () => {
  it('takes its place whole, and changes what it follows on', () => {
    const full = updated(held, head('12', null), changesOf(7), { nowMs })
    expect([full.version, full.asOfMs, full.fullAtMs, full.numbers.size]).toEqual([
      '12',
      9_500_000,
      9_500_000,
      1,
    ])
    const next = updated(held, head('10', '9'), changesOf(7), { nowMs })
    expect([next.version, next.fullAtMs, next.numbers.size]).toEqual(['10', 5_000_000, 3])
    expect(updated(null, head('0', null), changesOf(), { nowMs }).numbers.size).toBe(0)
  })

  it('is young again where the platform has nothing newer', () => {
    const same = updated(held, head('9', '9'), changesOf(), { nowMs })
    expect([same.asOfMs, same.numbers]).toEqual([9_500_000, held.numbers])
  })

  it.each([
    ['an older version', head('8', null), 'LIST-04'],
    ['a version with fewer digits', { ...head('9', null), version: '8' }, 'LIST-04'],
    ['an answer of before', head('10', '9', 8_999_999), 'LIST-04'],
    ['a gap', head('11', '10'), 'LIST-05'],
    ['a time behind the clock here', head('10', '9', nowMs + 300_001), 'LIST-02'],
    ['items of the same version', head('9', '9'), 'LIST-02'],
    ['ten after nine', head('10', null), 'none'],
    ['five minutes ahead', head('10', '9', nowMs + 300_000), 'none'],
  ])('%s: %s', (_, said, code) => {
    expect(codeOf(() => updated(held, said, changesOf(7), { nowMs }))).toBe(code)
  })

  describe.each(['999999999999999999', '1000000'])('after the version %s', (version) => {
    const jumped = { ...held, version }
    it('a full list of a later time replaces it', () => {
      expect(updated(jumped, head('10', null), changesOf(7), { nowMs }).version).toBe('10')
      expect(isVersionJump(version, '10')).toBe(version.length > 5)
    })
  })

  it.each([
    ['99999', '43', false, 'LIST-04'],
    ['99999', '43', true, 'none'],
    ['1000000', '999', false, 'none'],
    ['1000000', '9999', false, 'LIST-04'],
    ['20261127120000', '20261127114500', false, 'LIST-04'],
    ['20261127120000', '43', false, 'none'],
  ])('of a version %s is %s taken, asked for by a person %s: %s', (before, after, isAnew, code) => {
    const had = { ...held, version: before }
    const take = (since: string | null, atMs = 9_500_000) =>
      codeOf(() => updated(had, head(after, since, atMs), changesOf(7), { nowMs, isAnew }))
    expect(take(null)).toBe(code)
    expect(take(before)).toBe('LIST-04')
    expect(take(null, 8_999_999)).toBe('LIST-04')
  })

  it('is a gap where nothing is held', () => {
    expect(codeOf(() => updated(null, head('1', '0'), changesOf(), { nowMs }))).toBe('LIST-05')
  })
})

describe('the age of a list', () => {
  it('warns above half an hour and ends above the limit of the lot', () => {
    const at = (ageMs: number) => listState(0, ageMs, 86_400_000)
    expect(listState(null, 0, 1)).toBe('none')
    expect([at(1_800_000), at(1_800_001)]).toEqual(['fresh', 'old'])
    expect([at(86_400_000), at(86_400_001)]).toEqual(['old', 'expired'])
  })
})
