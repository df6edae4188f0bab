// Runs the rules over documents, secrets, package.json and skipped tests on the repository,
// and each rule on made-up input that it must refuse.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Linter } from 'eslint'
import ts from 'typescript-eslint'
import { expect, it } from 'vitest'
import { countRun, type Skip } from '../ci-reporter.ts'
import { documentPathFaults, documentScriptFaults, fixedPart } from './docs.ts'
import { graphOf } from './imports.ts'
import type { Manifest } from './packages.ts'
import {
  exactFaults,
  manifestFaults,
  namedPackages,
  setupFaults,
  unusedPackages,
} from './packages.ts'
import { secretFaults } from './secrets.ts'
import { readTree, repository, treeOf } from './tree.ts'

const tree = readTree()
const json = <T>(path: string): T => JSON.parse(readFileSync(join(repository, path), 'utf8')) as T
const manifest = json<Manifest & { scripts: Record<string, string> }>('package.json')
const fallback = 'installers/dev/electron-fallback'

it('every path that a document names exists', () => {
  expect(documentPathFaults(tree)).toEqual([])
})
it('every npm script that a document names exists', () => {
  expect(documentScriptFaults(tree, ['ci', ...Object.keys(manifest.scripts)])).toEqual([])
})
it('no file holds a path of one machine, a registry or a private key', () => {
  expect(secretFaults(tree)).toEqual([])
})
it('package.json names the ten packages, keeps two, and pins every version', () => {
  expect(manifestFaults(manifest)).toEqual([])
  expect(exactFaults(json<Manifest>(`${fallback}/package.json`))).toEqual([])
})
it('every package is imported or started by something', () => {
  expect(unusedPackages(manifest, tree)).toEqual([])
  const more = {
    ...manifest,
    devDependencies: { ...manifest.devDependencies, 'left-pad': '1.0.0' },
  }
  expect(unusedPackages(more, tree)).toEqual(['left-pad'])
})
it('set-up needs nothing but built-in modules', () => {
  const graph = graphOf(tree, (path) => path.startsWith('installers/'))
  expect(setupFaults(graph, 'installers/dev/bootstrap.mjs')).toEqual([])
  expect(setupFaults(graph, 'installers/dev/etc-lane.mjs')).toEqual([])
})
it('every listed skip has a reason and a file', () => {
  for (const skip of json<Skip[]>('test/skips.json')) {
    expect(skip.reason.trim()).not.toBe('')
    expect(tree.has(skip.file)).toBe(true)
  }
})

it.each([
  ['README.md', 'See `docs/none.md`.'],
  ['README.md', 'See [there](docs/none.md#part).'],
  ['docs/a.md', 'See [there](none.md).'],
  ['docs/a.md', 'Under test/none/<kind>/a.ts'],
  ['docs/a.md', '```\nnode installers/none.mjs\n```'],
])('refuses a path in %s: %s', (file, text) => {
  expect(documentPathFaults(treeOf({ [file]: text, 'docs/b.md': '' }))).toHaveLength(1)
})
it('accepts paths that exist, place holders, other sites and neighbours of the repository', () => {
  const text =
    'docs/b.md, docs/<name>.md, docs/*.md, docs/. [x](b.md) [y](https://a.b/c) ../shared/docs/z.md'
  expect(documentPathFaults(treeOf({ 'docs/a.md': text, 'docs/b.md': '' }))).toEqual([])
  expect(fixedPart('test/a/<kind>-b/c.ts')).toBe('test/a')
})
it('refuses npm scripts that do not exist', () => {
  const text = 'Run `npm run none`, `npm test`, `npm run a:b`.'
  expect(documentScriptFaults(treeOf({ 'a.md': text }), ['a:b'])).toHaveLength(2)
})

it.each([
  [`read('/${'work'}/x')`],
  [`cd /${'home'}/anna/x`],
  [`C:\\${'Users'}\\anna`],
  [`https://${'registry'}.example.org/vue`],
  [`"${'resolved'}": "https://a.b/vue.tgz"`],
  [`-----${'BEGIN'} PRIVATE KEY-----`],
  [`-----${'BEGIN'} EC PRIVATE KEY-----`],
])('refuses %s', (text) => {
  expect(secretFaults(treeOf({ 'a.ts': text }))).toHaveLength(1)
})
it('accepts a certificate, a route and a relative path', () => {
  const text = `-----BEGIN CERTIFICATE-----\nfetch('/v1/work/x')\n../work/x`
  expect(secretFaults(treeOf({ 'a.ts': text }))).toEqual([])
})

it('refuses a missing package, a third dependency and a range', () => {
  const dev = Object.fromEntries(namedPackages.map((name) => [name, '1.0.0']))
  const good = { dependencies: { 'node-hid': '1.0.0', serialport: '1.0.0' }, devDependencies: dev }
  expect(manifestFaults(good)).toEqual([])
  expect(manifestFaults({ ...good, devDependencies: {} })).toHaveLength(8)
  expect(manifestFaults({ ...good, dependencies: { ...dev } })).toHaveLength(1)
  for (const range of ['^1.0.0', '~1.0.0', '1.x', '*', 'latest', 'file:../a']) {
    expect(exactFaults({ optionalDependencies: { a: range } })).toHaveLength(1)
  }
})
it('refuses a package in set-up', () => {
  const files = { 'installers/a.mjs': `import './b.mjs'`, 'installers/b.mjs': `import 'vite'` }
  const graph = graphOf(treeOf(files), () => true)
  expect(setupFaults(graph, 'installers/a.mjs')).toEqual(['installers/b.mjs: needs vite'])
})

it('counts failures, unfinished tests and, in CI, skips without a reason', () => {
  const at = (test: string, state: 'passed' | 'failed' | 'skipped' | 'pending') => ({
    file: 'test/a.test.ts',
    test,
    state,
  })
  const run = [at('a', 'passed'), at('b', 'failed'), at('c', 'skipped'), at('d', 'pending')]
  const listed = { file: 'test/a.test.ts', test: 'c', reason: 'needs a Windows machine' }
  expect(countRun(run, [{ file: 'x', why: 'y' }], [], false)).toMatchObject({
    passed: 1,
    failed: 3,
    skipped: 1,
  })
  expect(countRun(run, [{ file: 'x', why: 'y' }], [], false).broken.at(-1)).toBe('x: y')
  expect(countRun(run, [], [], true)).toMatchObject({ passed: 1, failed: 3, skipped: 0 })
  expect(countRun(run, [], [listed], true)).toMatchObject({ failed: 2, skipped: 1 })
  // A skipped test proves nothing, also outside CI, unless its reason is listed.
  expect(countRun(run, [], [], false).passedFiles).toEqual([])
  expect(countRun(run, [], [listed], false).passedFiles).toEqual(['test/a.test.ts'])
  expect(countRun(run, [], [{ ...listed, reason: ' ' }], true)).toMatchObject({ failed: 3 })
  expect(countRun(run, [], [{ ...listed, test: 'b' }], true)).toMatchObject({ failed: 3 })
  // A group whose hook failed skips its tests, so the hook is counted as the failure.
  const hook = [{ file: 'test/a.test.ts', why: 'Hook timed out in 1ms.', isLate: true }]
  expect(countRun(run.slice(2, 3), hook, [], true)).toMatchObject({
    failed: 1,
    brokenFiles: [{ failed: 1, late: 1 }],
  })
})

it('lint refuses enums, and events of our own, in the window', async () => {
  const { windowRules: rules } = (await import(join(repository, 'eslint.config.js'))) as {
    readonly windowRules: Linter.RulesRecord
  }
  const languageOptions = { parser: ts.parser as Linter.Parser }
  const lint = (text: string): number =>
    new Linter().verify(text, { languageOptions, rules }).length
  const planted = [
    `enum Means { Cash }`,
    `window.dispatchEvent(new Event('refresh'))`,
    `dispatchEvent(new Event('refresh'))`,
    `window.addEventListener('studio-refresh', read)`,
    `window.removeEventListener('studio-refresh', read)`,
    `new CustomEvent('refresh')`,
    `new EventTarget()`,
  ]
  for (const text of planted) expect([text, lint(text)]).toEqual([text, 1])
  expect(lint(`window.addEventListener('keydown', press)`)).toBe(0)
})
