// One Chinese term has one English term in the short words of the window, and the reverse; the list stays short enough to
// be read whole.
import { expect, it } from 'vitest'
import { readTree } from '../tidy/tree.ts'
import { doubleTerms, onPurpose, wordPairs, type Pair } from './word-pairs.ts'

const pairs = wordPairs(readTree())

it('one term has one term in the other language', () => {
  expect(doubleTerms(pairs)).toEqual([])
})

it('a kept reason is still needed', () => {
  const all = doubleTerms(pairs, {}).map((found) => found.split(':')[0])
  expect(Object.keys(onPurpose).filter((term) => !all.includes(term))).toEqual([])
})

it('names, buttons and states are in it, and it can be read', () => {
  const keys = pairs.map(([key]) => key)
  expect(keys).toEqual(expect.arrayContaining(['act.open', 'nav.of.money', 'lane.state.idle']))
  expect(pairs.length).toBeLessThanOrEqual(620)
})

it.each<readonly [...Pair, string]>([
  ['a.b', '已付款', 'debited', '已付款: paid / debited'],
  ['a.b', '已结清', 'paid', 'paid: 已付款 / 已结清'],
])('a second word is seen: %s %s %s', (key, zh, en, found) => {
  expect(
    doubleTerms([
      ['payments.is.paid', '已付款', 'paid'],
      [key, zh, en],
    ]),
  ).toContain(found)
})

it.each([
  [
    ['设备库', 'Profiles'],
    ['设备库', 'Device profiles'],
  ],
  [
    ['作废', 'Void'],
    ['已作废', 'voided'],
  ],
  [
    ['退款…', 'Refund…'],
    ['退款', 'refunded'],
  ],
])('%j and %j are one term', (one, other) => {
  expect(doubleTerms([one, other].map(([zh = '', en = '']) => ['a', zh, en] as const))).toEqual([])
})
