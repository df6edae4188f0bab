// What the province requires of each lane of a lot: an antenna only at the exit, and nothing of a handheld.
// Rows come from the dialect's tables, with their clauses.
import { expect, it } from 'vitest'
import { rulesOf } from '#acceptance/desk/handlers/control-rules.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'

const name = { zh: 'x', en: 'x' }
const layout = '7.1.1'
const links = { layout, rsu: null, camera: null, barrier: null, display: null }
const rules = rulesOf(guangxi, {
  provinceCode: '4501',
  lanes: [
    { id: 'entry', name, direction: 'entry', ...links },
    { id: 'exit', name, direction: 'exit', ...links },
    { id: 'hand', name, direction: 'exit', ...links, place: {} as never },
  ],
})

it('asks each lane for its devices, with the clause', () => {
  const requiredDevices = rules.lanes.map(({ laneId, needs }) => [
    laneId,
    needs.map(({ device }) => device),
  ])
  expect(requiredDevices).toEqual([
    ['entry', ['camera', 'barrier', 'display']],
    ['exit', ['camera', 'barrier', 'display', 'rsu']],
  ])
  expect(rules.lanes[1]?.needs.at(-1)).toMatchObject({ clause: '7.1.1 b' })
})

it('leaves no row of the dialect out', () => {
  expect(rules.lanes[1]?.needs).toHaveLength(guangxi.laneEquipment.length)
  expect(rules.access).toHaveLength(guangxi.accessFlow.length)
})
