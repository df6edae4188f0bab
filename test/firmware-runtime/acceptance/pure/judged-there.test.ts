// A run aimed at a platform that the lot does not charge at: items measured elsewhere neither pass nor fail there.
import { expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { judgedBy, notThere } from '#acceptance/pure/judged-there.ts'
import { cardFacts, onlineFacts } from './scene.ts'

it.each([
  ['by card', cardFacts()],
  ['online', onlineFacts()],
])(
  '%s: nothing of elsewhere is a verdict on the platform, and the lot’s own antenna still is',
  (_, facts) => {
    const there = { ...facts, words: [], accesses: [], unasked: notThere, issuer: null }
    const verdictsOf = (isAimed: boolean) =>
      new Map(acceptanceItems.map((item) => [item.id, judgedBy(item, there, isAimed)]))
    const [aimed, own] = [verdictsOf(true), verdictsOf(false)]
    for (const [id, { verdict, failed, words }] of aimed) {
      if (/^[FGH]|R[124]/.test(id)) {
        expect(verdict, id).toMatch(/^(?:incomplete|notApplicable)$/)
        expect(failed, id).toEqual([])
        if (verdict === 'incomplete') expect(words, id).toEqual(notThere)
      } else expect([id, verdict]).toEqual([id, own.get(id)?.verdict])
    }
    // When the lot charges at that platform, they are judged as usual.
    expect(own.get('G12')?.words).not.toEqual(notThere)
  },
)
