// A lot's declaration selects its acceptance items: each item needs features, and without one of them the item does not
// apply, with that reason. A row that names two platforms is judged at the declared ones.
import { expect, test } from 'vitest'
import {
  declarationOf,
  declaresNothing,
  featureNames,
  features,
  type Feature,
} from '#acceptance/pure/declaration.ts'
import { noFacts, type AcceptanceFacts } from '#ledger/pure/facts.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { present } from '#base/pure/values/must.ts'
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
  const lacks = ['online', 'open', 'sensors', 'entryAntenna', 'onePiece']
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

const itemOf = (id: string) =>
  present(
    acceptanceItems.find((one) => one.id === id),
    id,
  )

test.each([
  ['7.2.2, 7.2.3 or 7.2.5', 'sensor', 'notApplicable'],
  ['7.2.1 or 7.2.4', 'camera', 'pass'],
  ['7.1', null, 'pass'],
] as const)('plates of cars that leave a lot of %s: %s', (_layout, watch, verdict) => {
  const facts = { ...cardFacts(), watch }
  for (const id of ['G12', 'G13']) {
    const found = itemOf(id).judge(facts)
    expect(found.verdict).toBe(verdict)
    expect(found.words.en.includes(features.sensors.en)).toBe(verdict === 'notApplicable')
  }
  // Its transactions are uploaded in every layout.
  expect(itemOf('G10').judge(facts).verdict).toBe('pass')
})

test('an open lot has no boom that a charge could open, an enclosed one does', () => {
  const facts = onlineFacts()
  const rows = facts.rows.filter(({ kind }) => kind !== 'pass' && kind !== 'barrier')
  const [enclosed, gantry, piles] = ([null, 'camera', 'sensor'] as const).map((watch) =>
    itemOf('F4').judge({ ...facts, rows, watch }),
  )
  expect(enclosed?.failed).toContain('stayedDown')
  expect(gantry?.failed).toEqual([])
  expect(piles?.failed).toEqual([])
  expect(gantry?.words.en).toContain('no boom')
  expect(itemOf('F4').judge(facts).words.en).not.toContain('no boom')
})

test('an open lot declares that it has no booms, and who watches its spaces', () => {
  const lot = { ...noFacts, lanes: [{ laneId: 'g', direction: 'exit', hasAntenna: true }] } as const
  const own = (watch: AcceptanceFacts['watch']) => declarationOf({ ...lot, watch }).features
  expect(own(null)).toEqual(['card', 'exit', 'exitAntenna'])
  expect(own('camera')).toEqual(['card', 'exit', 'open', 'exitAntenna'])
  expect(own('sensor')).toEqual(['card', 'exit', 'open', 'sensors', 'exitAntenna'])
})
