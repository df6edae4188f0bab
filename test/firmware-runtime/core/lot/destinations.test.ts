// The list of a lot's platforms, made of the keys of its file: who is on it, who is joined, and who is told of records.
import { expect, it } from 'vitest'
import {
  destinationsOf,
  joinedDestinations,
  linkOf,
  recordsTo,
} from '../../../../firmware-runtime/core/lot/destinations.ts'

const link = (appId: string) => ({
  url: 'https://p.test',
  caFile: 'ca.pem',
  certDir: 'keys',
  appId,
})
const [platform, operator, etcOperator] = [link('P'), link('O'), link('E')]
const all = { platform, operator, etcOperator, platformRecords: true }
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
  ['both', all, ['platform', 'operator']],
  ['later', { ...all, platform: 'later' as const }, ['platform', 'operator']],
  ['without the word for the platform', { platform, operator }, ['operator']],
  ['no operator', { platform, platformRecords: true }, ['platform']],
  ['nowhere', { platform: null, platformRecords: true, etcOperator }, []],
])('records go to: %s', (_, lot, to) => {
  expect(recordsTo(lot)).toEqual(to)
})
