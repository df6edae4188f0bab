// Which calls of the API require the own PIN again and which a second person, over the whole table: two people for refunds,
// write-offs and unpaid ends; the PIN for what lets a car out, changes what cars owe, opens the drawer or copies the key.
import { expect, it } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { guardOf } from '../../../kit/guard-of.ts'

/** By call; `free` and `out` only where a car is let out without payment or by hand. */
const wanted = {
  'lane.open': 'out pin',
  'lane.settle': 'free pin',
  'arrears.pay': 'free pin',
  'lane.release': 'pin, large fourEyes',
  'pay.refund': 'fourEyes',
  'refunds.given': 'fourEyes',
  'refunds.answer': 'pin',
  'day.writeOff': 'fourEyes',
  'charges.settle': 'fourEyes',
  'partners.review': 'fourEyes',
  'stays.close': 'fourEyes',
  'inside.recount': 'fourEyes',
  'lane.correctPlate': 'out pin',
  'coupons.validate': 'pin',
  'points.use': 'pin',
  'acceptance.override': 'pin',
  'arrears.waive': 'pin',
  'members.issue': 'pin',
  'members.import': 'pin',
  'members.undo': 'pin',
  'coupons.issue': 'pin',
  'coupons.import': 'pin',
  'coupons.undo': 'pin',
  'points.import': 'pin',
  'points.undo': 'pin',
  'inside.import': 'pin',
  'inside.undo': 'fourEyes',
  'tariff.save': 'pin',
  'clock.confirm': 'pin',
  'rehearse.begin': 'pin',
  'first.start': 'pin',
  'setup.requestAnew': 'pin',
  'setup.import': 'pin',
  'setup.begin': 'pin',
  'setup.revert': 'pin',
  'day.drawer': 'pin',
  'day.count': 'pin',
  'day.float': 'pin',
  'day.end': 'pin',
  'backup.key': 'pin',
  'updates.trust': 'pin',
  'papers.review': 'pin',
  'queue.mend': 'pin',
  'queue.release': 'pin',
  'queue.end': 'pin',
}

function guardWords(name: ApiName): string {
  const plain = guardOf(name, { letsOut: false })
  const large = guardOf(name, { letsOut: false, largeNeedsTwo: true })
  const out = guardOf(name, { letsOut: true })
  const free = guardOf(name, { letsOut: true, means: 'free' })
  if (large !== plain) return `${plain}, large ${large}`
  if (plain !== 'none') return plain
  if (out !== 'none') return `out ${out}`
  return free === 'none' ? 'none' : `free ${free}`
}

it('is what the reference asks for, and all of it is an act with its person and reason', () => {
  const found = (Object.keys(api) as ApiName[]).map((name) => [name, guardWords(name)] as const)
  expect(Object.fromEntries(found.filter(([, words]) => words !== 'none'))).toEqual(wanted)
  const acts = Object.entries(api).flatMap(([name, { act }]) => (act ? [name] : []))
  expect(acts).toEqual(expect.arrayContaining(Object.keys(wanted)))
})

it.each([
  ['found', 'qr-2026-01-01-P1-700-0', 'pin'],
  ['explained', 'payment P1', 'fourEyes'],
  ['explained', 'qr-2026-01-01-P1-700-0', 'fourEyes'],
  ['explained', 'etc-2026-01-01-P1-700-0', 'fourEyes'],
  ['explained', 'split-2026-01-01-P1-700-0', 'fourEyes'],
  ['explained', 'alone c-1', 'pin'],
  ['explained', 'feedback F1', 'pin'],
  ['refunded', 'payment P1', 'fourEyes'],
  ['found', 'cash-2026-01-01-P1-700-0', 'fourEyes'],
  ['explained', 'cash-2026-01-01-P1-700-0', 'fourEyes'],
])('an item ends as %s, %s: %s', (how, itemId, guard) => {
  expect(guardOf('day.end', { letsOut: false, how, itemId })).toBe(guard)
})

it.each([
  ['setup.key', undefined, 'pin'],
  ['setup.try', 'barrier', 'pin'],
  ['setup.try', 'camera', 'none'],
  ['setup.save', 'barrier', 'none'],
] as const)('%s of %s, where lanes run: %s', (name, device, guard) => {
  expect(guardOf(name, { device, letsOut: false, isLive: true })).toBe(guard)
  expect(guardOf(name, { device, letsOut: false })).toBe('none')
})

it.each([
  ['open', true, 'pin'],
  ['open', false, 'none'],
  ['close', true, 'none'],
  ['antenna', true, 'none'],
] as const)('a test %s where lanes run, at an exit %s: %s', (kind, letsOut, guard) => {
  expect(guardOf('test.begin', { kind, letsOut, isLive: true })).toBe(guard)
})

it('an amount that a person names, and a transfer that nothing is held against, ask for the PIN', () => {
  const settle = { letsOut: true } as const
  expect(guardOf('lane.settle', { ...settle, means: 'cash', isPriced: false })).toBe('pin')
  expect(guardOf('lane.settle', { ...settle, means: 'transfer', isPriced: true })).toBe('pin')
})

it('a car that is picked by its photo asks for none, a plate that is typed does', () => {
  const correct = { letsOut: true } as const
  expect(guardOf('lane.correctPlate', { ...correct, stayId: 'n1-S1' })).toBe('none')
  expect(guardOf('lane.correctPlate', correct)).toBe('pin')
})

it.each(['cash', 'qr', 'etc'])('money that comes in by %s waits for nobody', (means) => {
  expect(guardOf('lane.settle', { letsOut: true, means })).toBe('none')
})
