// Rules for single files: their place, their length, unfinished work and disabled checks.
// Also finds files that nobody imports, starting from the entry points.
import { isRelative, resolveFrom, type ImportGraph } from './imports.ts'
import { isCode, type Tree } from './tree.ts'

/** The complete content of the top level. */
export const topLevel = [
  '.ci',
  '.gitignore',
  '.npmrc',
  '.oxlintrc.json',
  '.prettierignore',
  '.prettierrc.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  'centre',
  'device-profiles',
  'docs',
  'electron',
  'eslint.config.js',
  'firmware-runtime',
  'installers',
  'package-lock.json',
  'package.json',
  'renderer',
  'test',
  'tsconfig.base.json',
  'tsconfig.core.json',
  'tsconfig.json',
  'tsconfig.node.json',
  'tsconfig.web.json',
  'vite.node.config.ts',
  'vite.renderer.config.ts',
  'vitest.config.ts',
]

export function topLevelFaults(tree: Tree, allowed: readonly string[]): string[] {
  const there = new Set([...tree.keys()].map((path) => path.split('/')[0] ?? ''))
  return [
    ...[...there].filter((name) => !allowed.includes(name)).map((name) => `${name}: not expected`),
    ...allowed.filter((name) => !there.has(name)).map((name) => `${name}: missing`),
  ]
}

const lineMax = 500

export const lengthFaults = (tree: Tree): string[] =>
  [...tree]
    .filter(([path, text]) => isCode(path) && text.trimEnd().split('\n').length > lineMax)
    .map(([path]) => `${path}: longer than ${lineMax} lines`)

// Concatenated here, so that this file does not contain the words that it searches for.
const word = (...parts: string[]): string => parts.join('')
const bannedEverywhere: [RegExp, string][] = [
  [
    new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('X', 'XX')})\\b`),
    'an open end',
  ],
  [new RegExp(word('eslint-', 'disable')), 'lint switched off'],
  [new RegExp(word('@ts-', '(ignore|expect-error|nocheck)')), 'types switched off'],
  [new RegExp(word('[.]{2}', '[.][{]')), 'a spread of a literal only steers the formatter'],
]
const bannedInTests: [RegExp, string][] = [
  [/\.(only|skip|todo|fails)\b\s*[(.]/, 'a test left out; use skipIf and test/skips.json'],
]

export function wordFaults(tree: Tree): string[] {
  const faults: string[] = []
  for (const [path, text] of tree) {
    if (!isCode(path)) continue
    const rules = path.startsWith('test/')
      ? [...bannedEverywhere, ...bannedInTests]
      : bannedEverywhere
    for (const [shape, what] of rules) {
      const at = text.split('\n').findIndex((line) => shape.test(line))
      if (at >= 0) faults.push(`${path}:${at + 1}: ${what}`)
    }
  }
  return faults
}

/** Files named by a tool or a page, from which imports are followed. */
export const entryPoints = [
  'firmware-runtime/main.ts',
  'electron/main/main.ts',
  'electron/preload/preload.ts',
  'vite.node.config.ts',
  'vite.renderer.config.ts',
  'vitest.config.ts',
  'installers/dev/bootstrap.mjs',
  'firmware-runtime/runtime/api/call-forms.ts',
  'installers/dev/build.mjs',
  'installers/dev/etc-lane.mjs',
  'installers/dev/package.mjs',
  'installers/dev/release-command.mjs',
  'installers/dev/sign-release.mjs',
  'installers/dev/window-types.mjs',
  'test/bench/main.ts',
  'test/ci-reporter.ts',
  'test/unstub.ts',
  'test/wire/kit/parent-port.mjs',
  'test/renderer/i18n/missing-words.ts',
  'test/e2e/shown.ts',
  'test/mutation/main.ts',
  'test/tidy/style.ts',
  'test/tidy/map.ts',
]

/** Scripts named by the pages of the window, of the platform simulator and of the centre. */
export const pageEntries = (tree: Tree): string[] =>
  ['renderer/index.html', 'renderer/platform-sim/index.html', 'centre/pages/index.html'].flatMap(
    (page) => {
      const sources = [...(tree.get(page) ?? '').matchAll(/<script[^>]+src="([^"]+)"/g)]
      return sources.map(([, src = '']) => resolveFrom(page, `./${src.replace(/^\.?\//, '')}`))
    },
  )

/** A typing file belongs to a package and needs no importer. */
const needsImporter = (path: string): boolean => !path.endsWith('.d.ts')

/** Files that no entry point reaches. A test is an entry point only for its own helpers. */
export function orphanFaults(graph: ImportGraph, entries: readonly string[]): string[] {
  const reached = new Set<string>()
  const walk = (path: string, inside: (path: string) => boolean): void => {
    if (reached.has(path) || !inside(path)) return
    reached.add(path)
    for (const { specifier } of graph.get(path) ?? []) {
      if (isRelative(specifier)) walk(resolveFrom(path, specifier), inside)
    }
  }
  for (const path of entries) walk(path, () => true)
  const isHelper = (path: string): boolean => path.startsWith('test/')
  for (const path of graph.keys()) if (path.endsWith('.test.ts')) walk(path, isHelper)
  return [...graph.keys()]
    .filter((path) => needsImporter(path) && !reached.has(path))
    .map((path) => `${path}: nobody imports it`)
}
