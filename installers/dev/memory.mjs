// What `npm run test:all` remembers in this checkout: a file that passed with the same content is not run again.
// A result depends on content only, compared by hash; the gate never uses this memory.
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './node24.mjs'
import { pathOf, specifiers } from './reach.mjs'

const memoryFile = join(root, '.cache', 'passed.jsonl')
const left = new Set(['node_modules', '.git', '.cache', 'dist', 'out', 'coverage', 'shots'])

const hashOf = (parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !left.has(name))
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)))
}
const isPart = (file) => !file.endsWith('.test.ts')
/** One hash over files and folders of the repository, or beside it. */
const hashOfAll = (paths, wanted = () => true) =>
  hashOf(
    paths.flatMap((path) =>
      filesBelow(join(root, path))
        .filter(wanted)
        .flatMap((file) => [file, readFileSync(file)]),
    ),
  )

/** Every file of the repository that a file imports, directly or not, and the file itself, by relative imports. */
function importedBy(file, known) {
  const found = new Set()
  const walk = (path) => {
    if (found.has(path) || !existsSync(path) || statSync(path).isDirectory()) return
    found.add(path)
    if (!known.has(path)) {
      const text = readFileSync(path, 'utf8')
      const parts = [...text.matchAll(specifiers)].map(([, to]) =>
        join(root, pathOf(relative(root, path), to)),
      )
      known.set(path, { hash: hashOf([text]), parts })
    }
    for (const part of known.get(path).parts) walk(part)
  }
  walk(join(root, file))
  return [...found].toSorted()
}

/**
 * A function from a test file and the kind of its dependencies (`file`, `program` or `tree`) to a hash. `sources`: the
 * sources of dist/; `node`: version of the Node that runs the tests.
 */
export function contents({ sources, node, scale }) {
  const known = new Map()
  const once = (make) => {
    let made
    return () => (made ??= make())
  }
  const common = once(() => {
    const settings = [
      'package-lock.json',
      'vitest.config.ts',
      'test/ci-reporter.ts',
      'test/skips.json',
    ]
    const fixtures = ['test/fixtures', 'device-profiles', '../shared/fixtures', '../shared/traces']
    return hashOf([node, scale, hashOfAll([...settings, ...fixtures])])
  })
  const of = {
    file: () => '',
    // Helper programs that tests start as processes are imported by no test.
    program: once(() => hashOfAll([...sources, 'installers', 'test'], isPart)),
    tree: once(() => hashOfAll(['.'])),
  }
  return (file, kind) => {
    // A planted bug changes the product and runs other test files.
    const depth = file.startsWith('test/planted/') ? 'tree' : kind
    const parts = importedBy(file, known).map((path) => known.get(path).hash)
    return hashOf([common(), of[depth](), ...parts])
  }
}

/**
 * Earlier results by file: `{ content, passed, skipped }`, without lines cut off by a kill and without the files in
 * `forgets`.
 */
export function remembered(forgets) {
  const rows = new Map()
  if (existsSync(memoryFile))
    for (const line of readFileSync(memoryFile, 'utf8').split('\n')) {
      const row = parsed(line)
      if (row !== null) rows.set(row.file, row)
    }
  for (const name of forgets) rows.delete(name)
  mkdirSync(dirname(memoryFile), { recursive: true })
  writeFileSync(memoryFile, [...rows.values()].map((row) => `${JSON.stringify(row)}\n`).join(''))
  return rows
}

function parsed(line) {
  try {
    return line === '' ? null : JSON.parse(line)
  } catch {
    return null
  }
}

export const remember = (row) => appendFileSync(memoryFile, `${JSON.stringify(row)}\n`)
export { memoryFile }
