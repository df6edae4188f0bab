// What has no answer, or was never requested, is reported and does not pass: records that wait for their platform, charges
// that a platform says nothing about, and evidence cited beyond the lines that are shown.
import { expect, it, test } from 'vitest'
import { defineAcceptanceItem, judged } from '#acceptance/pure/item.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { Scene } from './lot-scene.ts'
import { unfinished } from './planted.ts'
import { ofKind, row, unanswered } from './plants.ts'
import { cardFacts, onlineFacts, itemOf } from './scene.ts'

const open = Object.entries(unfinished).flatMap(([id, all]) =>
  all.map((one) => [id, one.what, one] as const),
)
it.each(open)('%s is incomplete: %s', (id, _what, { facts, plant, says }) => {
  const { verdict, words, failed } = itemOf(id).judge(plant(facts()))
  expect({ verdict, en: words.en, failed }).toEqual({
    verdict: 'incomplete',
    en: expect.stringContaining(says),
    failed: [],
  })
  // Without the unanswered record the same lot passes.
  expect(itemOf(id).judge(facts()).verdict).toBe('pass')
})

test('a charge that the platform refused is an answer, which F4 asks for and G10 does not hold against the lot', () => {
  const facts = { ...onlineFacts(), platforms: ['platform'] as const }
  expect(itemOf('F4').judge(facts)).toMatchObject({ verdict: 'pass', failed: [] })
  expect(itemOf('G10').judge(facts)).toMatchObject({ verdict: 'pass', failed: [] })
  // A record that the platform rejects is held for a person, which is no answer to a charge.
  const isRefusal = (one: LedgerRow): boolean =>
    one.kind === 'outboxState' && one.body.state === 'rejected'
  const held = row(isRefusal, { state: 'held', respCode: '200001' })(facts)
  expect(itemOf('G10').judge(held)).toMatchObject({ verdict: 'fail', failed: ['refused'] })
})

test('a record that a person mended waits no more, and the one in its place does', () => {
  const stuck = unanswered('exitRecord', 'operator', 'exit')
  const facts = stuck.plant(stuck.facts())
  const isStuck = (one: LedgerRow): boolean =>
    one.kind === 'outboxState' && one.body.state === 'unknown'
  expect(itemOf('G10').judge(facts).verdict).toBe('incomplete')
  expect(itemOf('G10').judge(row(isStuck, { state: 'replaced' })(facts)).verdict).toBe('pass')
})

test('what the platform did not answer is not shown by what it did', () => {
  // Besides the answered charge there are charges without an answer, and some that were never sent.
  const facts = onlineFacts()
  const charges = facts.words.filter(({ kind }) => kind === 'charge')
  expect(charges.length).toBe(3)
  const paid = charges[0]?.businessNo
  const silent = facts.words.map((one) =>
    one.businessNo === paid ? one : ({ ...one, says: 'unasked', state: 'silence' } as const),
  )
  const f4 = itemOf('F4').judge({ ...facts, words: silent })
  expect(f4).toMatchObject({ verdict: 'incomplete', failed: [] })
  expect(f4.words.en).toContain('queried about 3 of 3 charges and answered 1')
  const answered = itemOf('F4').judge({ ...facts, words: charges.slice(0, 2) })
  expect(answered.verdict).toBe('pass')
  expect(answered.words.en).toContain('2 online charges agree')
  expect(answered.words.en).toContain('queried about 2 of 3 charges and answered 2')
  // Two queries, of which one was answered.
  const asked = onlineFacts()
  const last = asked.words.at(-1)?.businessNo
  const query = asked.accesses.filter(({ interfaceId }) => interfaceId === 'chargeQuery')
  const intents = asked.rows.filter(ofKind('intent'))
  const both = intents.flatMap(({ atMs }) =>
    query.map((one) => ({
      ...one,
      atIso: new Date(atMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00'),
    })),
  )
  const words = asked.words.map((one) =>
    one.businessNo === last ? one : ({ ...one, says: 'unasked', state: 'silence' } as const),
  )
  const f5 = itemOf('F5').judge({ ...asked, accesses: both, words })
  expect(f5).toMatchObject({ verdict: 'incomplete', failed: [] })
  expect(f5.words.en).toContain('queried about 3 of 3 charges and answered 1')
})

test('at a busy lot the newest charges have a word of the platform, and it is among what a reader sees', () => {
  const scene = new Scene()
  for (let i = 0; i < 110; i++) scene.onlineCar('paid')
  scene.onlineCar('refused')
  const facts = scene.facts({ chargeMode: 'online' })
  const words = facts.words.slice(-40)
  const { verdict, words: said, evidence } = itemOf('F4').judge({ ...facts, words })
  expect([verdict, said.en]).toEqual([
    'pass',
    expect.stringContaining('queried about 40 of 111 charges and answered 40'),
  ])
  expect(evidence).toHaveLength(64)
  expect(evidence.filter(({ source }) => source === 'platform')).toHaveLength(32)
})

test('a source that stands behind a long list is not missing', () => {
  const line = (source: 'ledger' | 'access', i: number) => ({ source, ref: `${i}`, text: '' })
  const many = Array.from({ length: 100 }, (_, i) => line('ledger', i))
  const item = defineAcceptanceItem({
    ...itemOf('G1'),
    needs: [],
    judge: () => judged([], [], { zh: '', en: '' }, [...many, line('access', 0)]),
  })
  const { verdict, evidence } = item.judge(cardFacts())
  expect([verdict, evidence.length, evidence.at(-1)?.source]).toEqual(['pass', 64, 'access'])
})
