// Lines are counted by kind and room, and a ceiling that is passed by one line is named.
import { expect, it } from 'vitest'
import { aboveCeiling, linesOf, linesTable } from './lines.ts'
import { treeOf } from './tree.ts'

const tree = treeOf({
  'firmware-runtime/lane/pure/a.ts': 'a\nb\n',
  'firmware-runtime/lane/pure/table.ts':
    '// Rows.\n// Written from this folder by test/tidy/folder-tables.test.ts.\n',
  'firmware-runtime/lane/pure/notes.md': 'a\nb\nc\n',
  'renderer/i18n/lane.ts': 'a\n',
  'renderer/kit/a.vue': 'a\nb\n\nc\n',
  'test/wire/a.test.ts': 'a\nb\nc\n',
  'vitest.config.ts': 'a\n',
})

it('counts product, catalogue, generated tables and tests apart, by room', () => {
  const lines = linesOf(tree)
  expect(Object.fromEntries(lines.product)).toEqual({ 'lane pure': 2, kit: 4 })
  expect(Object.fromEntries(lines.catalogue)).toEqual({ i18n: 1 })
  expect(Object.fromEntries(lines.generated)).toEqual({ 'lane pure': 2 })
  expect(Object.fromEntries(lines.tests)).toEqual({ 'test/wire': 3 })
})

it('names a ceiling that is passed by one line, and none that is reached', () => {
  const lines = linesOf(tree)
  expect(aboveCeiling(lines, { product: 6, catalogue: 1, tests: 3 })).toEqual([])
  expect(aboveCeiling(lines, { product: 5, tests: 2 })).toEqual([
    'product: 6 lines, above its ceiling of 5',
    'tests: 3 lines, above its ceiling of 2',
  ])
})

it('prints each kind with its sum and ceiling, and its rooms, the largest first', () => {
  expect(linesTable(linesOf(tree), { product: 6 }).split('\n').slice(0, 3)).toEqual([
    'product: 6 of 6',
    '  kit 4, lane pure 2',
    'catalogue: 1',
  ])
})
