// `platformRecords` of older lot files, from before each platform named its records, is read with its old meaning and
// written anew.
import { expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { readDraft } from '#lane/desk/setup/draft-file.ts'
import { takersOf } from '#ledger/pure/lot/destinations.ts'
import { channel, lotFile } from '../lot-kit.ts'

const lotOf = (more: object) => checkLot({ ...lotFile(), platform: channel, ...more }, 'lot.json')

it.each([
  ['false: of how its lanes are alone', false, [[], ['platform']]],
  ['true: of all that table G.1 gives it', true, [['platform'], ['platform']]],
])('platformRecords %s', (_, platformRecords, takers) => {
  const lot = lotOf({ platformRecords })
  expect([takersOf(lot, 'exit-plate'), takersOf(lot, 'monitoring')]).toEqual(takers)
  expect(JSON.stringify(lot)).not.toContain('platformRecords')
})

it('one that is said beside its own list is not heard, and one of another kind is refused', () => {
  const platform = { ...channel, records: ['exit-plate'] }
  expect(lotOf({ platform, platformRecords: false }).platform).toEqual(platform)
  expect(lotOf({ platform: 'later', platformRecords: false }).platform).toBe('later')
  expect(() => lotOf({ platformRecords: 'no' })).toThrowError(
    expect.objectContaining({
      code: 'LOT-02',
      detail: expect.objectContaining({ field: '/platformRecords' }),
    }),
  )
  expect(() => lotOf({ platform: { ...channel, records: ['entry'] } })).toThrowError(
    expect.objectContaining({
      detail: expect.objectContaining({ field: '/platform/records/0', value: '"entry"' }),
    }),
  )
})

it('a draft of before says it the same way', () => {
  const charge = { mode: 'card', platform: channel }
  const draft = readDraft(JSON.stringify({ version: 1, charge, platformRecords: false }), 's.json')
  expect(draft.charge?.platform).toEqual({ ...channel, records: ['monitoring'] })
})
