// Which calls of the API ask for the own PIN again and which for a second person, over the whole table: four eyes for what goes back,
// is written off or closed unpaid, the PIN for what lets a car out, takes off what it owes, opens the drawer or copies the key.
import { expect, it } from 'vitest'
import { api } from '../../../../firmware-runtime/api/table.ts'
import { guardOf } from '../../../../firmware-runtime/core/people/assent.ts'

/** By call; `free` and `out` only where a car is let out, unpaid or by hand. */
const wanted = {
  'lane.open': 'out pin',
  'lane.settle': 'free pin',
  'lane.release': 'pin, large fourEyes',
  'pay.refund': 'fourEyes',
  'refunds.given': 'fourEyes',
  'day.writeOff': 'fourEyes',
  'charges.settle': 'fourEyes',
  'stays.close': 'fourEyes',
  'inside.recount': 'fourEyes',
  'coupons.validate': 'pin',
  'arrears.waive': 'pin',
  'day.drawer': 'pin',
  'backup.key': 'pin',
}

function guardWords(name: string): string {
  const plain = guardOf({ name, letsOut: false })
  const large = guardOf({ name, letsOut: false, largeNeedsTwo: true })
  const out = guardOf({ name, letsOut: true })
  const free = guardOf({ name, letsOut: true, means: 'free' })
  if (large !== plain) return `${plain}, large ${large}`
  if (plain !== 'none') return plain
  if (out !== 'none') return `out ${out}`
  return free === 'none' ? 'none' : `free ${free}`
}

it('is what the reference asks for, and all of it is an act with its person and reason', () => {
  const found = Object.keys(api).map((name) => [name, guardWords(name)] as const)
  expect(Object.fromEntries(found.filter(([, words]) => words !== 'none'))).toEqual(wanted)
  const acts = Object.entries(api).flatMap(([name, { act }]) => (act ? [name] : []))
  expect(acts).toEqual(expect.arrayContaining(Object.keys(wanted)))
})

it.each(['cash', 'qr', 'etc'])('money that comes in by %s waits for nobody', (means) => {
  expect(guardOf({ name: 'lane.settle', letsOut: true, means })).toBe('none')
})
