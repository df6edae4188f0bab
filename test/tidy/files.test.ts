// Applies the rules for single files to the repository, and each rule to made-up files that it must refuse.
// A rule that refuses nothing would always pass, so every rule has its planted fault.
import { expect, it } from 'vitest'
import {
  entryPoints,
  lengthFaults,
  orphanFaults,
  pageEntries,
  topLevel,
  topLevelFaults,
  wordFaults,
} from './files.ts'
import { graphOf } from './imports.ts'
import { ignoreRule, readTree, treeOf } from './tree.ts'

const tree = readTree()
const inGraph = (path: string): boolean =>
  /^(firmware-runtime|electron|renderer|centre|installers|test)\/|^\w+(\.\w+)?\.config\.ts$/.test(
    path,
  )

it('the top level holds exactly what the design names', () => {
  expect(topLevelFaults(tree, topLevel)).toEqual([])
})
it('no file is too long', () => {
  expect(lengthFaults(tree)).toEqual([])
})
it('no open ends, no tests left out, no checks switched off', () => {
  expect(wordFaults(tree)).toEqual([])
})
it('somebody imports every file', () => {
  const entries = [...entryPoints, ...pageEntries(tree)]
  expect(orphanFaults(graphOf(tree, inGraph), entries)).toEqual([])
})

it('refuses a stray and a missing top-level name', () => {
  const small = treeOf({ 'a.txt': '', 'docs/b.md': '' })
  expect(topLevelFaults(small, ['docs', 'test'])).toEqual(['a.txt: not expected', 'test: missing'])
})

it('refuses the line after the last allowed one', () => {
  const lines = (count: number): string => 'x\n'.repeat(count)
  expect(lengthFaults(treeOf({ 'a.ts': lines(500), 'a.json': lines(900) }))).toEqual([])
  expect(lengthFaults(treeOf({ 'a.vue': lines(501) }))).toHaveLength(1)
})

it.each([
  ['a.ts', `// ${'TO'}${'DO'} later`],
  ['a.vue', `<!-- ${'FIX'}${'ME'} -->`],
  ['a.ts', `// ${'eslint'}-disable-next-line`],
  ['a.ts', `// ${'@ts'}-ignore`],
  ['a.ts', `const a = { ..${'.{'} b, c }, d }`],
  ['test/a.test.ts', `it${'.only'}('a', () => {})`],
  ['test/a.test.ts', `describe${'.skip'}.each([])('a', () => {})`],
  ['test/a.test.ts', `context${'.skip'}()`],
])('refuses in %s: %s', (path, text) => {
  expect(wordFaults(treeOf({ [path]: text }))).toHaveLength(1)
})

it('accepts a test that is skipped by a condition, and a reader that skips bytes', () => {
  const files = { 'test/a.test.ts': `it.skipIf(absent)('a', f)`, 'b.ts': `reader${'.skip'}(4)` }
  expect(wordFaults(treeOf(files))).toEqual([])
})

it('refuses a file that only its own test imports, and a helper that no test imports', () => {
  const files = treeOf({
    'firmware-runtime/main.ts': `import './lane/a.ts'`,
    'firmware-runtime/lane/a.ts': `new Worker(new URL('./b.ts', import.meta.url))`,
    'firmware-runtime/lane/b.ts': '',
    'firmware-runtime/lane/alone.ts': '',
    'test/lane/alone.test.ts': `import '../../firmware-runtime/lane/alone.ts'\nimport '../c.ts'`,
    'test/c.ts': '',
    'test/d.ts': '',
  })
  expect(orphanFaults(graphOf(files, inGraph), ['firmware-runtime/main.ts'])).toEqual([
    'firmware-runtime/lane/alone.ts: nobody imports it',
    'test/d.ts: nobody imports it',
  ])
})

it('finds the script that the page names', () => {
  const page = { 'renderer/index.html': '<script type="module" src="./shell/main.ts"></script>' }
  expect(pageEntries(treeOf(page))).toEqual(['renderer/shell/main.ts'])
})

it('leaves out what git ignores and nothing else', () => {
  const ignored = ignoreRule('node_modules/\n*.log\n.cache/\ntest/e2e/shots/\n')
  expect(ignored('installers/dev/node_modules', true)).toBe(true)
  expect(ignored('test/e2e/shots', true)).toBe(true)
  expect(ignored('a/b.log', false)).toBe(true)
  expect(ignored('docs/node_modules', false)).toBe(false)
  expect(ignored('test/shots', true)).toBe(false)
})
