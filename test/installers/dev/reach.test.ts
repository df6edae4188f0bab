// What a change reaches: tests that import it, tests that mirror its folder, or all of them.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../../tidy/tree.ts'

interface Reach {
  readonly all: string | null
  readonly files: ReadonlySet<string>
  hasTest(file: string): boolean
}
const { reachOf } = (await import(join(repository, 'installers', 'dev', 'reach.mjs'))) as {
  reachOf(changed: readonly string[], texts: ReadonlyMap<string, string>): Reach
}

const texts = new Map([
  ['firmware-runtime/money/price.ts', 'export const price = 1'],
  ['firmware-runtime/money/bill.ts', "import { price } from './price.ts'"],
  ['firmware-runtime/money/table.ts', "import words from './words.json'"],
  ['firmware-runtime/lane/boom.ts', "import type { Bill } from '../money/bill.ts'"],
  ['firmware-runtime/lane/start.ts', "new URL('./worker.ts', import.meta.url)"],
  ['firmware-runtime/runtime/api/table.ts', "export { day } from '#money/calls/day.ts'"],
  ['renderer/Shell.vue', "import { callNames } from 'virtual:calls'\nimport './shell.css'"],
  [
    'test/firmware-runtime/money/price.test.ts',
    "import '../../../firmware-runtime/money/price.ts'",
  ],
  ['test/firmware-runtime/money/words.test.ts', ''],
  [
    'test/firmware-runtime/lane/boom.test.ts',
    "await import('../../../firmware-runtime/lane/boom.ts')",
  ],
  ['test/firmware-runtime/lane/start.test.ts', "from '../../../firmware-runtime/lane/start.ts'"],
  ['test/renderer/shell.test.ts', "import Shell from '../../renderer/Shell.vue'"],
  ['test/pins/forms.test.ts', "import { readFileSync } from 'node:fs'"],
])
const tests = [...texts.keys()].filter((path) => path.endsWith('.test.ts'))
const named = (changed: readonly string[]): string[] => {
  const reach = reachOf(changed, texts)
  return tests
    .filter((file) => reach.hasTest(file))
    .map((file) => /(\w+)\.test/.exec(file)?.[1] ?? '')
}

it.each([
  ['nothing', [], []],
  [
    'a file, through its importers and the tests beside',
    ['firmware-runtime/money/price.ts'],
    ['price', 'words', 'boom'],
  ],
  [
    'a file that only types are taken of',
    ['firmware-runtime/money/bill.ts'],
    ['price', 'words', 'boom'],
  ],
  ['a worker, by its URL', ['firmware-runtime/lane/worker.ts'], ['boom', 'start']],
  ['a file that is gone and was imported', ['firmware-runtime/lane/gone.ts'], ['boom', 'start']],
  ['a test', ['test/renderer/shell.test.ts'], ['shell']],
  ['data that code imports', ['firmware-runtime/money/words.json'], ['price', 'words']],
  ['a style that a component imports', ['renderer/shell.css'], ['shell']],
  ['what only the tests of its folder may read', ['test/pins/kept/usage.txt'], ['forms']],
  ['documents', ['docs/cli.md', 'README.md'], []],
])('reaches by %s', (_what, changed, expected) => {
  expect(named(changed)).toEqual(expected)
  expect(reachOf(changed, texts).all).toBeNull()
})

it.each([
  'package-lock.json',
  'tsconfig.core.json',
  'vitest.config.ts',
  'test/kit/eventually.ts',
  'test/fixtures/lots/one.json',
  'device-profiles/rsu/generic/any.json',
  'firmware-runtime/money/calls/day.ts',
  'firmware-runtime/base/pure/values/fen.ts',
  'firmware-runtime/base/pure/faults/lane.ts',
  'installers/dev/stages.mjs',
  'centre/schema/unread.sql',
])('reaches all tests by %s', (path) => {
  expect(reachOf(['docs/cli.md', path], texts).all).toBe(path)
  expect(named([path])).toHaveLength(tests.length)
})

it('names the files that the change reaches, for their types', () => {
  const { files } = reachOf(['firmware-runtime/money/price.ts'], texts)
  expect(files).toContain('firmware-runtime/lane/boom.ts')
  expect(files).not.toContain('firmware-runtime/lane/start.ts')
})
