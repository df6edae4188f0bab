// The boundaries of the current shift: the last count, a day without counts, the owner of an item, the cars that left in
// it. Row numbers decide what belongs to it, whatever the clock said.
import { expect, it } from 'vitest'
import { isOfShift, leftInShift, ownShift } from '#money/pure/billing/own-shift.ts'
import { isIn } from '#money/pure/billing/row-span.ts'

const nowMs = 1_795_156_200_000
const dayMs = 86_400_000
const now = { nowMs, uptoSeq: 90 }
const counted = (agoMs: number, uptoSeq: number) => ({ toMs: nowMs - agoMs, uptoSeq }) as never

it('begins behind the last count, by the numbers of rows', () => {
  const span = ownShift({ shifts: [counted(9_000, 20), counted(5_000, 40)] }, now)
  expect(span).toEqual({
    fromMs: nowMs - 5_000,
    toMs: nowMs + 1,
    rows: { afterSeq: 40, uptoSeq: 90 },
  })
  // A clock that was set back moves no row out of the shift.
  expect(isIn(span, { atMs: nowMs - dayMs, seq: 41 })).toBe(true)
  expect(isIn(span, { atMs: nowMs, seq: 40 })).toBe(false)
})

it.each([
  [0, true],
  [dayMs, true],
  [dayMs + 1, false],
])('a count %i ms ago begins it: %s', (agoMs, does) => {
  const span = ownShift({ shifts: [counted(agoMs, 40)] }, now)
  expect(span.rows !== undefined).toBe(does)
  expect(span.fromMs).toBe(does ? nowMs - agoMs : nowMs - dayMs)
})

it('is a day where nobody ever counted, with what is written at this moment', () => {
  const span = ownShift({ shifts: [] }, now)
  expect(isIn(span, { atMs: nowMs, seq: 1 })).toBe(true)
  expect(isIn(span, { atMs: nowMs - dayMs, seq: 1 })).toBe(true)
  expect(isIn(span, { atMs: nowMs - dayMs - 1, seq: 1 })).toBe(false)
})

const me = { name: '李四', fromMs: nowMs - 5_000 }
const end = (agoMs: number) => ({ atMs: nowMs - agoMs }) as never
it.each([
  ['the own one, however old', '李四', 99_000, null, true],
  ['the own one by another spelling', ' 李四 ', 99_000, null, true],
  ['nobody’s of this shift', '', 5_000, null, true],
  ['nobody’s of before', '', 5_001, null, false],
  ['another one’s of this shift', '王老板', 1_000, null, false],
  ['the own one that ended in it', '李四', 99_000, end(5_000), true],
  ['the own one that ended before', '李四', 99_000, end(5_001), false],
  ['another one’s that ended in it', '王老板', 1_000, end(1), false],
] as const)('an item: %s', (_what, owner, agoMs, ended, isIt) => {
  expect(isOfShift({ owner, foundAtMs: nowMs - agoMs, end: ended }, me)).toBe(isIt)
})

const row = (kind: string, agoMs: number) => ({ kind, atMs: nowMs - agoMs }) as never
it.each([
  ['left in it', [row('stayOpened', 99_000), row('stayClosed', 5_000)], true],
  ['left before', [row('stayOpened', 99_000), row('stayClosed', 5_001)], false],
  ['left before, and its record was sent in it', [row('stayClosed', 6_000), row('sent', 1)], false],
  ['has not left, and something was written in it', [row('stayOpened', 1)], true],
  ['has not left, and nothing was written in it', [row('stayOpened', 6_000)], false],
  ['is not known', [], false],
] as const)('a car that %s', (_what, rows, isIt) => {
  expect(leftInShift(rows, me.fromMs)).toBe(isIt)
})
