// The platforms of a lot, from the members of its file: which are named, which are joined, and which get records.
import { expect, it } from 'vitest'
import {
  batchesTo,
  destinationsOf,
  joinedDestinations,
  linkOf,
  takersOf,
} from '#ledger/pure/lot/destinations.ts'

const link = (appId: string) => ({
  url: 'https://p.test',
  caFile: 'ca.pem',
  certDir: 'keys',
  appId,
})
const [platform, operator, etcOperator] = [link('P'), link('O'), link('E')]
const all = { platform, operator, etcOperator }
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

it('has each platform that the lot names, in their order', () => {
  expect(ids(destinationsOf(all))).toEqual(['platform', 'operator', 'etcOperator'])
  expect(ids(destinationsOf({ platform: null, operator }))).toEqual(['operator'])
  expect(destinationsOf({ platform: null })).toEqual([])
})

it('one that is joined later is named, and leads nowhere yet', () => {
  const lot = { ...all, platform: 'later' as const }
  expect(ids(destinationsOf(lot))).toEqual(['platform', 'operator', 'etcOperator'])
  expect(ids(joinedDestinations(lot))).toEqual(['operator', 'etcOperator'])
  expect(['platform', 'operator', 'nobody'].map((id) => linkOf(lot, id)?.appId)).toEqual([
    undefined,
    'O',
    undefined,
  ])
})

it.each([
  ['both', all, ['platform', 'operator'], ['operator']],
  ['later', { ...all, platform: 'later' as const }, ['platform', 'operator'], ['operator']],
  ['no operator', { platform }, ['platform'], []],
  ['nowhere', { platform: null, etcOperator }, [], []],
  [
    'of its charges alone',
    { platform: { ...platform, records: [] }, operator },
    ['operator'],
    ['operator'],
  ],
  [
    'of no entries',
    { platform, operator: { ...operator, records: ['exit-plate' as const] } },
    ['platform', 'operator'],
    [],
  ],
])('who is told of plates at exits, and of entries: %s', (_, lot, plates, entries) => {
  expect([takersOf(lot, 'exit-plate'), takersOf(lot, 'entry')]).toEqual([plates, entries])
})

it('hours are counted of all kinds, or of those that are named', () => {
  expect(batchesTo(all)).toEqual(['platform', 'operator'])
  const some = { ...operator, records: ['exit' as const, 'monitoring' as const] }
  expect(batchesTo({ platform: { ...platform, records: [] }, operator: some })).toEqual([
    'operator exit',
  ])
})
