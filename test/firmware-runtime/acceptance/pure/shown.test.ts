// Each item fails with its planted fault and passes without it, at a lot of each charge mode that it applies to, or gives
// the reason why no fault can be planted. The test files that run these items are compared with the list counted here.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noFacts } from '#ledger/pure/facts.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { isPlant } from '#acceptance/pure/plant.ts'
import { declared } from './lot-scene.ts'
import { cardFacts } from './scene.ts'
import { shownRed } from '../../../kit/shown-red.ts'

const wire = join(import.meta.dirname, '../../../wire')

describe.each(['card', 'online'] as const)('at a lot that charges %s', (chargeMode) => {
  const { acts, hours } = shownRed[chargeMode]

  const { lanes } = cardFacts()
  const facts = { ...noFacts, ...declared, lanes, chargeMode }

  it('each item is shown, or says why it is not', () => {
    const wanted = acceptanceItems.filter(
      ({ judge, plant }) => isPlant(plant) && judge(facts).verdict !== 'notApplicable',
    )
    expect([...acts, ...hours].toSorted()).toEqual(wanted.map(({ id }) => id).toSorted())
  })

  it.each([
    [`acceptance-red-${chargeMode}.test.ts`, 'acts'],
    [`acceptance-red-${chargeMode}-hours.test.ts`, 'hours'],
  ])('%s runs its %s', (file, part) => {
    const at = join(wire, file)
    const text = existsSync(at) ? readFileSync(at, 'utf8') : ''
    expect(text).toContain(`turnRedThenGreen('${chargeMode}', shownRed.${chargeMode}.${part})`)
  })
})

it('items that nothing plants are these', () => {
  const without = acceptanceItems.filter(({ plant }) => !isPlant(plant)).map(({ id }) => id)
  expect(without).toEqual(['E1', 'E2', 'R3', 'R4', 'R5'])
})
