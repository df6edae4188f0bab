// A lot's declaration selects its acceptance items: each item needs features, and without one of them the item does not
// apply, with that reason. A row that names two platforms is judged at the declared ones.
import { expect, test } from 'vitest'
import {
  declarationOf,
  declaresNothing,
  featureNames,
  features,
  type Feature,
} from '../../../firmware-runtime/acceptance/declaration.ts'
import { noFacts, type AcceptanceFacts } from '../../../firmware-runtime/acceptance/facts.ts'
import { acceptanceItems } from '../../../firmware-runtime/acceptance/items/index.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import { cardFacts, onlineFacts } from './scene.ts'

/** The same lot without this feature in its declaration. */
function without(facts: AcceptanceFacts, feature: Feature): AcceptanceFacts {
  const { lanes, platforms, interfaces, chargeMode } = facts
  const [direction, isAntenna] = [feature.replace('Antenna', ''), feature.endsWith('Antenna')]
  switch (feature) {
    case 'card':
    case 'online':
      return { ...facts, chargeMode: chargeMode === 'card' ? 'online' : 'card' }
    case 'anyPlatform':
      return { ...facts, platforms: [] }
    case 'recordsTo':
      return { ...facts, platforms: ['etcOperator'] }
    default:
      return {
        ...facts,
        lanes: isAntenna
          ? lanes.map((lane) =>
              lane.direction === direction ? { ...lane, hasAntenna: false } : lane,
            )
          : lanes.filter((lane) => lane.direction !== direction),
        platforms: platforms.filter((one) => one !== feature),
        interfaces: interfaces.filter((one) => one !== feature),
      }
  }
}

const needed = acceptanceItems.flatMap((item) =>
  item.needs.map((need) => [item.id, need, item] as const),
)
test.each(needed)('%s falls away where %s is not declared', (_id, need, item) => {
  const facts = item.needs.includes('online') ? onlineFacts() : cardFacts()
  expect(item.judge(facts).verdict).not.toBe('notApplicable')
  const { verdict, words } = item.judge(without(facts, need))
  expect({ verdict, en: words.en }).toEqual({
    verdict: 'notApplicable',
    en: expect.stringContaining(features[need].en),
  })
})

test.each(['G9', 'G10', 'G11', 'G12', 'G13', 'G14'])(
  '%s is judged at the platform that is declared, and says that the other one is not',
  (id) => {
    const item = present(
      acceptanceItems.find((one) => one.id === id),
      id,
    )
    for (const platforms of [['platform'], ['operator']] as const) {
      const facts = { ...cardFacts(), platforms }
      const own = [...platforms][0]
      const { verdict, words } = item.judge(facts)
      expect({ verdict, en: words.en }).toEqual({
        verdict: 'pass',
        en: expect.stringContaining('not declared and therefore not applicable'),
      })
      // Requests to the other platform do not count.
      const rows = facts.rows.filter((row) => row.kind !== 'outbox' || row.body.destination !== own)
      const accesses = facts.accesses.filter(({ destination }) => destination !== own)
      expect(item.judge({ ...facts, rows, accesses }).verdict).toBe('fail')
    }
    expect(item.judge(cardFacts()).words.en).not.toContain('not declared')
  },
)

test('a lot declares what it has, in one order, and nothing where it has neither antenna nor platform', () => {
  const { features: own } = declarationOf({
    ...cardFacts(),
    testObus: [{ obuId: '1A2B3C4D', pieces: 2 }],
  })
  const lacks = ['online', 'entryAntenna', 'onePiece']
  expect(own).toEqual(featureNames.filter((name) => !lacks.includes(name)))
  const bare = {
    ...noFacts,
    lanes: [{ laneId: '1', direction: 'exit', hasAntenna: false }] as const,
  }
  expect(declarationOf({ ...bare, interfaces: ['bill'] }).features).toEqual(['card', 'exit'])
  expect(declaresNothing(declarationOf(bare))).toBe(true)
  expect(declaresNothing(declarationOf({ ...bare, platforms: ['operator'] }))).toBe(false)
  expect(
    declaresNothing(
      declarationOf({ ...bare, lanes: [{ laneId: '1', direction: 'entry', hasAntenna: true }] }),
    ),
  ).toBe(false)
})
