// Which test files a change reaches: by imports, by the folder that a test mirrors, or all of them.
// Uses only Node built-ins, and runs on Node 20.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const codeFolders = ['centre', 'electron', 'firmware-runtime', 'renderer', 'test']
const isCode = (path) => /\.(ts|mts|mjs|vue)$/.test(path)
/** What a file imports relatively or by its theme (`imports` of package.json), or names by a URL. */
export const specifiers = /(?:from|import|URL)\s*\(?\s*['"]([.#][^'"]+)['"]/g
/** The generated extract of the call table (call-facts.ts) stands for the whole table. */
const callTable = 'firmware-runtime/runtime/api/table.ts'
const ofCalls = /from 'virtual:calls'/

/** Files and folders (ending with `/`) that every test may depend on without an import: settings, fixtures, registers. */
const shared = [
  'device-profiles/',
  'eslint.config.js',
  'firmware-runtime/base/pure/',
  'firmware-runtime/runtime/api/',
  ...['base', 'devices', 'money', 'ledger', 'lane', 'survey', 'acceptance', 'runtime'].map(
    (theme) => `firmware-runtime/${theme}/calls/`,
  ),
  'installers/',
  'package-lock.json',
  'package.json',
  'renderer/i18n/',
  'test/ci-reporter.ts',
  'test/fixtures/',
  'test/kit/',
  'test/skips.json',
  'test/unstub.ts',
  'tsconfig',
  'vite',
]
/** What no test but those of `check` reads. */
const documents = /^(?:docs\/|[^/]+\.md$|\.github\/|\.gitignore$)/

/** Texts of the code below a folder, by path relative to it, with slashes. */
export function codeOf(root) {
  const texts = new Map()
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (isCode(path)) texts.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  for (const folder of codeFolders) if (existsSync(join(root, folder))) walk(folder)
  return texts
}

/** The path that an import of a file names: relatively, of the window or of a theme (`imports` of package.json). */
export function pathOf(file, to) {
  if (!to.startsWith('#')) return posix.join(posix.dirname(file), to)
  return to.startsWith('#renderer/') ? to.slice(1) : `firmware-runtime/${to.slice(1)}`
}

/** For each path the files that import it, among `texts`; a path need not exist. */
function importersIn(texts) {
  const importers = new Map()
  const add = (path, file) => {
    if (!importers.has(path)) importers.set(path, new Set())
    importers.get(path).add(file)
  }
  for (const [file, text] of texts) {
    for (const [, to] of text.matchAll(specifiers)) add(pathOf(file, to.replace(/\?.*$/, '')), file)
    if (ofCalls.test(text)) add(callTable, file)
  }
  return importers
}

function withImporters(paths, importers) {
  const found = new Set(paths)
  for (const path of found) for (const file of importers.get(path) ?? []) found.add(file)
  return found
}

/**
 * What the changed paths reach: `all` names the first path that everything depends on, or is null; `files` are the
 * reached files of `texts` and the changed paths themselves, `isProgram` says whether more than tests and documents has
 * changed, and `hasTest(file)` whether a test file has to run.
 * A test runs when it imports a changed file, directly or not, or when its folder mirrors the folder of one. Another
 * changed file that no code imports reaches everything, below `test/` the tests of its folder, and a document nothing.
 */
export function reachOf(changed, texts) {
  const importers = importersIn(texts)
  const isShared = (path) => shared.some((start) => path.startsWith(start))
  const isTests = (path) => path.startsWith('test/')
  const isUnread = (path) => !isCode(path) && !importers.has(path) && !documents.test(path)
  const all = changed.find((path) => isShared(path) || (isUnread(path) && !isTests(path))) ?? null
  const files = withImporters(changed, importers)
  const mirrors = new Set(
    changed
      .filter((path) => !isTests(path) && !documents.test(path))
      .map((path) => `test/${posix.dirname(path)}`),
  )
  const folders = changed
    .filter((path) => isUnread(path) && isTests(path))
    .map((path) => path.split('/').slice(0, 2).join('/'))
  const hasTest = (file) =>
    all !== null ||
    files.has(file) ||
    mirrors.has(posix.dirname(file)) ||
    folders.some((folder) => file.startsWith(`${folder}/`))
  const isProgram = changed.some((path) => !isTests(path) && !documents.test(path))
  return { all, files, isProgram, hasTest }
}
