// Two lenient verdicts: breaking a mere recommendation warns without failing, and a failure that a declared quirk of a peer
// explains is tolerated by the compatibility items, never by those about money.
import { expect, it } from 'vitest'
import { found, judged, type Wrong } from '#acceptance/pure/item.ts'
import type { Assertion } from '#acceptance/pure/next-steps.ts'
import { quirkIds, quirks, twoVerdicts } from '#acceptance/pure/quirks.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { planted } from './planted.ts'
import { cardFacts, itemOf } from './scene.ts'

const words = t('话', 'words')
const wrong = (assertion: Assertion, severity?: 'should'): Wrong => ({
  assertion,
  words: t(assertion, assertion),
  evidence: [],
  ...(severity === undefined ? {} : { severity }),
})
it('what is recommended and not met is a warning, of an item that passes or is incomplete', () => {
  const warned = judged([wrong('slow', 'should')], [], words, [])
  expect(warned).toMatchObject({ verdict: 'pass', failed: ['slow'], warned: ['slow'] })
  expect(warned.words.en).toBe('slow')
  expect(twoVerdicts('R1', warned, [])).toMatchObject({
    conformance: 'warn',
    compatibility: 'pass',
  })
  const open = judged([wrong('slow', 'should')], [words], words, [])
  expect(open).toMatchObject({ verdict: 'incomplete', warned: ['slow'], words })
  const failed = judged([wrong('slow', 'should'), wrong('late')], [], words, [])
  expect(failed).toMatchObject({ verdict: 'fail', failed: ['slow', 'late'], warned: ['slow'] })
  expect(failed.words.en).toBe('late')
})

it.each(['R1', 'R2'])('%s is recommended (宜): a slow answer warns', (id) => {
  const [slow] = planted[id] ?? []
  const finding = itemOf(id).judge(present(slow, id).plant(cardFacts()))
  expect(twoVerdicts(id, finding, [])).toEqual({
    conformance: 'warn',
    compatibility: 'pass',
    quirks: [],
  })
})

/** The first confirmed record has no Request-ID, or came late. */
const spoilt: Readonly<Record<string, (facts: AcceptanceFacts, id: string) => AcceptanceFacts>> = {
  noRequestId: (facts) => ({
    ...facts,
    rows: facts.rows.map((one) =>
      one.kind === 'outboxState' ? { ...one, body: { ...one.body, requestId: null } } : one,
    ),
  }),
  entriesInBatches: (facts) => ({
    ...facts,
    rows: facts.rows.map((one) =>
      one.kind === 'outboxState' ? { ...one, atMs: one.atMs + 9_000 } : one,
    ),
  }),
}
const each = quirkIds.flatMap((name) => quirks[name].items.map((id) => [name, id] as const))

it.each(each)('%s explains a failure of %s where it is on, and no other', (name, id) => {
  const finding = itemOf(id).judge(present(spoilt[name], name)(cardFacts(), id))
  expect(finding).toMatchObject({ verdict: 'fail', failed: [quirks[name].assertion] })
  expect(twoVerdicts(id, finding, [])).toEqual({
    conformance: 'fail',
    compatibility: 'fail',
    quirks: [],
  })
  expect(twoVerdicts(id, finding, quirkIds)).toEqual({
    conformance: 'fail',
    compatibility: 'pass',
    quirks: [name],
  })
  const more = { ...finding, failed: [...finding.failed, 'refused'] }
  expect(twoVerdicts(id, more, quirkIds)).toEqual({
    conformance: 'fail',
    compatibility: 'fail',
    quirks: [name],
  })
})

it('what is explained and not whole is incomplete, and what was not judged is neither', () => {
  const open = { ...found('fail', words, [], ['noRequestId']), otherwise: 'incomplete' as const }
  expect(twoVerdicts('G5', open, quirkIds).compatibility).toBe('incomplete')
  for (const verdict of ['pass', 'incomplete', 'notApplicable'] as const)
    expect(twoVerdicts('G5', found(verdict, words), quirkIds)).toEqual({
      conformance: verdict,
      compatibility: verdict,
      quirks: [],
    })
})
