// The quality filters of 000 A.2.3 a: each alone, in order, at its limit, and which province requires it.
// A lane applies them before money moves; a record that a filter stops is held from the start and counts as at risk.
import { expect, it } from 'vitest'
import { isForeign, stoppedBy, type FilterPolicy } from '#devices/pure/etc/quality-filters.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'

const atMs = instantOf(2026, 11, 20, 14 * 3_600_000)
const card = {
  obuId: '02001234',
  cardNo: '21010000000000000001',
  issuerHex: 'C1C9C4FE21010001',
  cardExpire: '20261120',
}
const facts = (change: Partial<typeof card> = {}) =>
  ({ atMs, obu: { ...card, ...change } }) as unknown as Parameters<typeof stoppedBy>[0]

const liaoning = dialectOf({ provinceCode: '2101' }).rules
const policy: FilterPolicy = {
  filters: liaoning.filters,
  networks: liaoning.networks,
  isListed: () => false,
  chargedMs: () => null,
}

const at = (apartMs: number): Partial<FilterPolicy> => ({ chargedMs: () => atMs - apartMs })
const listed = (one: string): Partial<FilterPolicy> => ({ isListed: (no) => no === one })

it.each<[string, Partial<typeof card>, Partial<FilterPolicy>, string | null]>([
  ['a sound card', {}, {}, null],
  ['charged 299 s before', {}, at(299_999), 'repeat'],
  ['charged 300 s before', {}, at(300_000), null],
  ['a later charge that came first', {}, at(-299_999), 'repeat'],
  ['its own charge', {}, at(0), null],
  ['ended yesterday', { cardExpire: '20261119' }, {}, 'expired'],
  ['ends today', { cardExpire: '20261120' }, {}, null],
  ['its card is listed', {}, listed(card.cardNo), 'blacklisted'],
  ['its OBU is listed', {}, listed(card.obuId), 'blacklisted'],
  ['another is listed', {}, listed('0'), null],
  ['a network of no province', { cardNo: '99010000000000000001' }, {}, 'network'],
  ['an issuer of no province', { issuerHex: 'C1C9C4FE99010001' }, {}, 'network'],
  ['an issuer that names none', { issuerHex: 'C1C9C4FEABCD0001' }, {}, null],
  ['the networks of this lot', {}, { networks: ['4501'] }, 'network'],
  ['two at once: the first of A.2.3', { cardExpire: '20200101' }, at(1), 'repeat'],
])('%s', (_name, change, over, filter) => {
  expect(stoppedBy(facts(change), { ...policy, ...over })?.id ?? null).toBe(filter)
})

it('is asked before a record goes up in Liaoning alone, and networks nowhere else', () => {
  const guangxi = dialectOf({ provinceCode: '4501' }).rules
  const foreign = { cardNo: '99010000000000000001' }
  const everything = { ...policy, ...at(1), ...guangxi, isListed: () => true }
  expect(stoppedBy(facts(foreign), everything)).toBeNull()
  expect(isForeign(guangxi.networks, { ...card, ...foreign })).toBe(false)
  expect(liaoning.filters.map(({ id, when }) => `${id} ${when}`)).toEqual([
    'repeat both',
    'expired both',
    'blacklisted both',
    'network both',
    'large charge',
  ])
})
