// No import circle: not among files, including types, not among the rooms of the table, not among the folders of
// decisions, of a theme and of the harness.
// The made-up trees below must be found faulty, which shows that the search works.
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { arrowsOf, circlesOf } from './circles.ts'
import { graphOf } from './imports.ts'
import { inRooms, rooms } from './rooms.ts'
import { readTree, treeOf } from './tree.ts'

const product = () => graphOf(readTree(), inRooms)
const itself = (path: string): string => path
const firstOf = (path: string, names: number): string =>
  posix.dirname(path).split('/').slice(0, names).join('/')
/** The folder of a path, such as `firmware-runtime/devices/profiles` for everything below it; ports are of the pure part. */
const folderOf = (path: string): string => firstOf(path, 3).replace(/\/ports$/, '/pure')
/** The same within pure parts. */
const pureFolderOf = (path: string): string => firstOf(path, 4)

it('files do not import each other in a circle', () => {
  expect(circlesOf(arrowsOf(product(), itself, { types: true }))).toEqual([])
})

it('rooms of the table do not allow a circle, types left out', () => {
  expect(circlesOf(new Map(rooms.map(({ name, may }) => [name, new Set(may)])))).toEqual([])
})

it('folders of decisions do not stand in a circle, types with them', () => {
  const inside = (path: string): boolean =>
    /^firmware-runtime\/(?:money|ledger|lane|runtime)\/pure\/[\w-]+\//.test(path)
  const arrows = arrowsOf(graphOf(readTree(), inside), pureFolderOf, { types: true })
  expect(circlesOf(arrows)).toEqual([])
})

it('folders of themes and of the harness do not stand in a circle, types with them', () => {
  const inside = (path: string): boolean => /^firmware-runtime\/(?!simulators)\w+\//.test(path)
  const arrows = arrowsOf(graphOf(readTree(), inside), folderOf, { types: true })
  expect(circlesOf(arrows)).toEqual([])
})

const found = (files: Readonly<Record<string, string>>, types = false): string[][] =>
  circlesOf(
    arrowsOf(
      graphOf(treeOf(files), () => true),
      itself,
      { types },
    ),
  )

it.each([
  ['two', { 'a.ts': `import './b.ts'`, 'b.ts': `import './a.ts'` }, ['a.ts', 'b.ts']],
  ['later', { 'a.ts': `await import('./b.ts')`, 'b.ts': `import './a.ts'` }, ['a.ts', 'b.ts']],
  [
    'three behind a door',
    {
      'door.ts': `import './a.ts'`,
      'a.ts': `import './b.ts'\nimport './end.ts'`,
      'b.ts': `export * from './c.ts'`,
      'c.ts': `import './a.ts'`,
      'end.ts': '',
    },
    ['a.ts', 'b.ts', 'c.ts'],
  ],
])('finds a circle: %s', (_what, files, circle) => {
  expect(found(files)).toEqual([circle])
})

it('two roads to one file are no circle', () => {
  const files = {
    'a.ts': `import './b.ts'\nimport './c.ts'`,
    'b.ts': `import './d.ts'`,
    'c.ts': `import './d.ts'\nimport './b.ts'`,
    'd.ts': '',
  }
  expect(found(files)).toEqual([])
})

it('a type is gone at run time', () => {
  const files = { 'a.ts': `import type { B } from './b.ts'`, 'b.ts': `import './a.ts'` }
  expect(found(files)).toEqual([])
  expect(found(files, true)).toHaveLength(1)
})
