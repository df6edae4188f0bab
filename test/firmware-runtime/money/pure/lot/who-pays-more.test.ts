// Who pays more, counted by stay: groups by length with their bounds, and the largest differences in order.
// Amounts are chosen so that each sum shows which stays it contains.
import { expect, test } from 'vitest'
import { WhoPaysMore } from '#money/pure/lot/who-pays-more.ts'

const minuteMs = 60_000
const stay = (n: number, minutes: number, beforeFen: number, afterFen: number) => ({
  stayId: `S${n}`,
  fromMs: 0,
  toMs: minutes * minuteMs,
  beforeFen,
  afterFen,
})

test('a stay belongs to the group whose end it does not pass', () => {
  const who = new WhoPaysMore()
  for (const one of [
    stay(1, 60, 1, 2),
    stay(2, 61, 10, 5),
    stay(3, 240, 20, 20),
    stay(4, 1440, 100, 300),
    stay(5, 1441, 1000, 1000),
  ])
    who.add(one)
  expect(who.answer.groups).toEqual([
    { toMin: 60, stays: 1, up: 1, down: 0, before: 1, after: 2 },
    { toMin: 240, stays: 2, up: 0, down: 1, before: 30, after: 25 },
    { toMin: 720, stays: 0, up: 0, down: 0, before: 0, after: 0 },
    { toMin: 1440, stays: 1, up: 1, down: 0, before: 100, after: 300 },
    { toMin: null, stays: 1, up: 0, down: 0, before: 1000, after: 1000 },
  ])
})

test('the largest differences come first, twenty of each, equal ones in the order of the ledger', () => {
  const who = new WhoPaysMore()
  for (let n = 1; n <= 30; n++) who.add(stay(n, 10, 100, 100 + (n % 10)))
  for (let n = 31; n <= 33; n++) who.add(stay(n, 10, 100, 100 - n))
  const { up, down } = who.answer
  expect(up).toHaveLength(20)
  expect(up.slice(0, 4).map(({ stayId }) => stayId)).toEqual(['S9', 'S19', 'S29', 'S8'])
  expect(down.map(({ stayId }) => stayId)).toEqual(['S33', 'S32', 'S31'])
  expect(down[0]).toEqual({ ...stay(33, 10, 100, 67) })
})

test('a stay is as long as from its entry to its exit, and one that costs the same is in neither list', () => {
  const who = new WhoPaysMore()
  const fromMs = 1_000 * minuteMs
  who.add({ ...stay(1, 0, 5, 5), fromMs, toMs: fromMs + 61 * minuteMs })
  const { groups, up, down } = who.answer
  expect(groups.map(({ stays }) => stays)).toEqual([0, 1, 0, 0, 0])
  expect(groups[1]).toMatchObject({ up: 0, down: 0, before: 5, after: 5 })
  expect([up, down]).toEqual([[], []])
})

test('of equal differences at the end of the list the first of the ledger stays first', () => {
  const who = new WhoPaysMore()
  for (const one of [stay(1, 10, 100, 105), stay(2, 10, 100, 105), stay(3, 10, 100, 105)])
    who.add(one)
  expect(who.answer.up.map(({ stayId }) => stayId)).toEqual(['S1', 'S2', 'S3'])
})
