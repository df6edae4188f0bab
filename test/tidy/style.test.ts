// The style lists find what is planted in a made-up tree, and fail nothing: they are only printed.
// No test applies them to the repository.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { hasHead, longComments, longPages, longSentences, longTitles } from './prose.ts'
import { readTree, repository, treeOf } from './tree.ts'
import { bareLocals, retiredNames, retiredOf, screenWords } from './words.ts'
import { folderOfTest } from '../kit/own-folder.ts'

it('retired words are those of the last table of the glossary', () => {
  const words = retiredOf(readTree())
  expect(words).toContain('Desk')
  expect(words.length).toBeGreaterThan(5)
})

it.each([
  ['firmware-runtime/a.ts', 'class FindDesk {}', 'FindDesk', 'dDesk'],
  ['renderer/a.vue', 'const deskOf = 1', 'deskOf', 'desk'],
  ['electron/a.ts', 'type DeskRow = 1', 'DeskRow', 'Desk'],
  ['firmware-runtime/find-desk.ts', '', 'its name', 'find-desk.ts'],
  ['firmware-runtime/desks.ts', '', 'its name', 'desks.ts'],
  ['test/a.ts', 'const desksOf = 1', 'desksOf', 'desks'],
])('a retired word is found in %s: %s (%s)', (path, text, _what, word) => {
  expect(retiredNames(treeOf({ [path]: text }), ['Desk'])).toEqual([`${path}:1: ${word}`])
})

it.each([
  ['firmware-runtime/a.ts', "// a person at a desk\nconst desktop = 'Desktop'"],
  ['renderer/i18n/desk.ts', 'export const desk = {}'],
  ['docs/a.md', 'FindDesk'],
])('is left in %s: %s', (path, text) => {
  expect(retiredNames(treeOf({ [path]: text }), ['Desk'])).toEqual([])
})

it('a local is told alone, or a member takes it on', () => {
  const found = (text: string): string[] => bareLocals(treeOf({ 'renderer/a.ts': text }))
  expect(found('const told = 1\nsay(told)')).toEqual(['renderer/a.ts:1: const told'])
  expect(found('const told = 1\nsay({ at, told })')).toEqual([])
})

it('a word of programmers is found in what a person reads', () => {
  const tree = treeOf({
    'renderer/i18n/a.ts': "\n  at: t('链头', 'head of the hash chain'),",
    'renderer/kit/a.ts': '// The hash chain.',
  })
  expect(screenWords(tree)).toEqual([
    'renderer/i18n/a.ts:2: 链头',
    'renderer/i18n/a.ts:2: hash chain',
  ])
})

it.each([
  ['a.ts', 'export const a = 1\n'],
  ['a.ts', '// One line.\nexport const a = 1\n'],
  ['a.ts', '//\n//\n'],
  ['a.mjs', '#!/usr/bin/env node\n// One line.\nrun()\n'],
  ['a.ts', '/** One line. */\nexport const a = 1\n'],
  ['a.vue', '<script setup>\n'],
  ['a.vue', '<!-- One line. -->\n<script setup>\n'],
])('no head has a file %s that begins %j', (path, text) => {
  expect(hasHead(path, text)).toBe(false)
})

it.each([
  ['a.ts', '// What.\n// More.\n'],
  ['a.mjs', '#!/usr/bin/env node\n// What.\n// More.\n'],
  ['a.ts', '/*\n * What.\n */\n'],
  ['a.vue', '<!-- What.\n     More. -->\n'],
  ['a.vue', '<!-- What. -->\n<!-- More. -->\n'],
])('a head has a file %s that begins %j', (path, text) => {
  expect(hasHead(path, text)).toBe(true)
})

it('a comment is long in lines, in characters and in words, each at its line', () => {
  const many = 'word '.repeat(41)
  const text = `// Short.\n\nrun()\n${'// A line.\n'.repeat(5)}run()\n/** ${many}\n * last. */\nlet a\n// no end\n`
  const tree = treeOf({ 'a.ts': text })
  expect(longComments(tree)).toEqual(['a.ts:4: 5 lines', 'a.ts:10: 209 characters'])
  expect(longSentences(tree)).toEqual([
    'a.ts:10: a sentence of 42 words',
    'a.ts:13: does not end as a sentence',
  ])
})

it('a title is long, of a test of a table and of a page', () => {
  const long = 'x'.repeat(91)
  const tree = treeOf({
    'a.test.ts': `it('short', run)\nit.each([1])('${long}', run)`,
    'docs/a.md': `# ${long}\n`,
  })
  expect(longTitles(tree)).toEqual(['a.test.ts:2: 91 characters', 'docs/a.md:1: 93 characters'])
})

it('a decision is long, and so is a walk', () => {
  const tree = treeOf({
    'docs/decisions/a.md': `# A\n\n## Short\n\n## Long\n${'line\n'.repeat(20)}`,
    'docs/architecture.md': `# A\n## One car\n${'1. `a.ts`\n'.repeat(11)}\n## More\n1. x\n`,
  })
  expect(longPages(tree)).toEqual([
    'docs/decisions/a.md:5: 21 lines',
    'docs/architecture.md:2: 11 stops',
  ])
})

it('all of it is printed with its count, and fails nothing', () => {
  const folder = folderOfTest('etc-style-')
  const files = {
    '.gitignore': '',
    'docs/glossary.md': '## Retired words\n\n| retired |\n|---|\n| Desk | x |\n',
    'firmware-runtime/find-desk.ts': 'export const told = 1\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const program = join(repository, 'test', 'tidy', 'style.ts')
  const { status, stdout } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' })
  expect(status).toBe(0)
  const path = 'firmware-runtime/find-desk.ts'
  for (const part of [
    `retired words in names: 1\n${path}:1: find-desk.ts\n`,
    `told, heard or asked alone: 1\n${path}:1: const told\n`,
    `heads of files: 1\n${path}:1: does not begin`,
    'lengths of pages: 0\n',
  ])
    expect(stdout).toContain(part)
})
