// The vitest projects as data: which test files belong to which. vitest.config.ts and the stages are derived from it.
// Uses only Node built-ins, and runs on Node 20.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { root } from './node24.mjs'

/** Folders of test/ that are a project of their own; every other test file belongs to `unit`, `ui` or `hosts`. */
export const ownFolders = [
  'smoke',
  'wire',
  'fuzz',
  'sim',
  'e2e',
  'package',
  'windows',
  'bench',
  'rows',
]
const apart = ['tidy', 'docs', 'renderer', 'planted', 'crash', ...ownFolders]

/**
 * Tests that replace a module, run other test files, or open hundreds of pages: each loads its modules in a process of
 * its own (project `NAME-mocking`). All other tests share the modules of their process, since loading them for each
 * file would take a third of the time.
 */
const mocking = {
  /** Checks that the code reads every member of a profile; a rule about code, like the tidy tests. */
  'tidy-mocking': ['test/firmware-runtime/devices/profiles/members-read.test.ts'],
  'unit-mocking': [
    'test/kit/eventually.test.ts',
    'test/electron/main/windows-paths.test.ts',
    ...[
      'runtime/host/full-disk',
      'devices/pure/barrier/modbus-relay/on-rtu',
      'base/crypto/prove',
      'base/crypto/precompute',
    ].map((name) => `test/firmware-runtime/${name}.test.ts`),
  ],
  'ui-mocking': [
    'pages/devices/bench',
    'pages/files/files',
    'pages/lane/lane-setting',
    'kit/planted',
  ].map((name) => `test/renderer/${name}.test.ts`),
}

/**
 * Whole days of lots, every step of a start, every role on every page, and memory figures: tests that take minutes and
 * are not part of the gate. They load their modules for each file.
 */
const long = [
  'ledger/pure/fold/harness',
  'lane/pure/lot/a-year',
  'ledger/pure/fold/snapshot.property',
  'harness/lot/flat-memory',
  'harness/lot/mixed-lanes',
  'harness/lot/same-effects',
  'harness/lot/toy-layout',
  'ledger/pure/platforms/by-table/invented',
  'ledger/pure/platforms/liaoning/replay',
  'ledger/pure/platforms/toy/replay',
  'runtime/host/start-steps',
]
  .map((name) => `test/firmware-runtime/${name}.test.ts`)
  .concat('test/pins/traces.test.ts')
/** The same for the window. */
const longUi = ['test/renderer/shell/roles.test.ts']

const slashed = (path) => relative(root, path).split(sep).join('/')
function filesBelow(folder, ending = '.test.ts') {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, ending)
    return entry.name.endsWith(ending) ? [path] : []
  })
}
const testsBelow = (...names) =>
  names.flatMap((name) => filesBelow(join(root, 'test', name)).map(slashed)).toSorted()

/** Every test file, relative to the root, with slashes. */
export const allTests = () => testsBelow('.')

/** Node modules that start a process or open a socket. */
const opensSomething =
  /^import (?!type ).*?from 'node:(?:child_process|cluster|dgram|http|http2|https|net|tls)'/m
const imported = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

/** The test files that start a process or open a socket, themselves or in a part of test/ that they import. */
function hostsOf(files) {
  const known = new Map()
  const opens = (file) => {
    if (known.has(file)) return known.get(file)
    known.set(file, false)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const parts = [...text.matchAll(imported)].map(([, path]) => resolve(dirname(file), path))
    const ofTests = parts.filter((path) => path.startsWith(join(root, 'test') + sep))
    known.set(file, opensSomething.test(text) || ofTests.some(opens))
    return known.get(file)
  }
  return files.filter((file) => opens(join(root, file)))
}

/** The test files of each project, by its name. */
export function projectFiles() {
  const set = new Set([...Object.values(mocking).flat(), ...long, ...longUi])
  const rest = (files) => files.filter((file) => !set.has(file))
  const own = apart.map((name) => `test/${name}/`)
  const others = rest(allTests().filter((file) => !own.some((folder) => file.startsWith(folder))))
  const hosts = new Set(hostsOf(others))
  return {
    tidy: testsBelow('tidy', 'docs'),
    ...mocking,
    unit: others.filter((file) => !hosts.has(file)),
    hosts: [...hosts],
    long,
    'long-ui': longUi,
    ui: rest(testsBelow('renderer')),
    // Planted bugs are runs of processes too, so they belong to the stage of the crash tests.
    crash: testsBelow('crash', 'planted'),
    ...Object.fromEntries(ownFolders.map((name) => [name, testsBelow(name)])),
  }
}
