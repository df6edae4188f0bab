// Every example of the table of facts turns its item red: a fact that is wrong or missing never passes. The examples are
// written from the clauses, not from the judges, on the facts of a lot that works.
import { expect, it, test } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { twoVerdicts } from '#acceptance/pure/quirks.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { present } from '#base/pure/values/must.ts'
import { demands } from './demands.ts'
import type { Demand } from './example.ts'

function saidOf(item: string, facts: AcceptanceFacts): string {
  const judge = present(
    acceptanceItems.find(({ id }) => id === item),
    item,
  )
  const finding = judge.judge(facts)
  return twoVerdicts(item, finding, []).conformance
}

const isRed = (said: string): boolean => said !== 'pass' && said !== 'notApplicable'

const examplesOf = ({ item, demands: what, lot, wrong, absent }: Demand) =>
  [
    ...Object.entries(wrong).map(([name, change]) => ['wrong', name, change] as const),
    ...Object.entries(absent).map(([name, change]) => ['absent', name, change] as const),
  ].map(([of, name, change]) => ({ item, name: `${item} ${what}: ${of}: ${name}`, lot, change }))

const all = demands.flatMap(examplesOf)
const green: string[] = []

it.each(demands.map((one) => [`${one.item} ${one.demands}`, one] as const))(
  'the lot that works fulfils %s',
  (_name, { item, lot }) => {
    expect(saidOf(item, lot())).toBe('pass')
  },
)

it.each(all.map((one) => [one.name, one] as const))('%s', (name, { item, lot, change }) => {
  const said = saidOf(item, change(lot()))
  if (!isRed(said)) green.push(name)
  expect([name, isRed(said)]).toEqual([name, true])
})

test('no example stays green', () => {
  expect(green).toEqual([])
})

test('each item has demands, with examples that are wrong and examples that are absent', () => {
  const items = acceptanceItems.map(({ id }) => id)
  const of = (item: string) => demands.filter((one) => one.item === item)
  expect(items.filter((id) => of(id).length === 0)).toEqual([])
  const lacks = (part: 'wrong' | 'absent') =>
    items.filter((id) => of(id).every((one) => Object.keys(one[part]).length === 0))
  expect([lacks('wrong'), lacks('absent')]).toEqual([[], []])
  const names = all.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(300)
})
