// Rules that a new file could break: every driver passes the common contract, everything that a
// doctor can find is found in a test, and a test that replaces a module runs in its own process.
import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { findFaults } from '#base/pure/faults/find-faults.ts'
import { graphOf, isRelative, resolveFrom, type ImportGraph } from './imports.ts'
import { readTree, treeOf, type Tree } from './tree.ts'
import config from '../../vitest.config.ts'

/** Below this folder a driver is tested against the model of its simulator. */
const devices = 'test/firmware-runtime/devices/pure/'

/** Every file that these files load, directly or not. */
function reached(from: readonly string[], graph: ImportGraph): ReadonlySet<string> {
  const seen = new Set(from)
  for (const path of seen)
    for (const { specifier, typeOnly } of graph.get(path) ?? [])
      if (!typeOnly && isRelative(specifier)) seen.add(resolveFrom(path, specifier))
  return seen
}

/** Drivers that no contract suite loads. */
function outsideContract(tree: Tree): string[] {
  const suites = [...tree]
    .filter(([path, text]) => path.startsWith(devices) && /\bdriverContract\(\{/.test(text))
    .filter(([path]) => path.endsWith('.test.ts'))
    .map(([path]) => path)
  const loaded = reached(
    suites,
    graphOf(tree, (path) => path.endsWith('.ts')),
  )
  return [...tree.keys()].filter((path) => {
    if (!path.startsWith('firmware-runtime/devices/pure/')) return false
    return posix.basename(path) === 'driver.ts' && !loaded.has(path)
  })
}

const tree = readTree()

it('every driver is in the contract of all drivers', () => {
  expect(outsideContract(tree)).toEqual([])
})

it('a driver without it is seen', () => {
  const driver = 'firmware-runtime/devices/pure/kettle/driver.ts'
  const suite = `import { kettle } from '#devices/pure/kettle/driver.ts'\ndriverContract({ make })`
  expect(outsideContract(treeOf({ [driver]: '' }))).toEqual([driver])
  expect(
    outsideContract(treeOf({ [driver]: '', [`${devices}kettle/contract.test.ts`]: suite })),
  ).toEqual([])
})

it('every finding of the doctors has its test', () => {
  const tests = [...tree].filter(([path]) => path.startsWith('test/') && path.endsWith('.test.ts'))
  const all = tests
    .filter(([path]) => !path.startsWith('test/renderer/'))
    .map(([, text]) => text)
    .join('\n')
  expect(Object.keys(findFaults).filter((code) => !all.includes(`'${code}'`))).toEqual([])
})

/** Matches replaced modules; the last kind opens every page as every role and leaves too much in its process. */
const replaces =
  /\bvi\.(?:mock|doMock|resetModules)\(|\bimport\('[^']+\.test\.ts'\)|\bfrom '\.\/role-walk\.ts'/
/** Files of the projects with shared modules that nevertheless replace one. */
const sharingMocks = (tree: Tree, apart: readonly string[]): string[] =>
  [...tree]
    .filter(
      ([path, text]) =>
        /^test\/(?:firmware-runtime|renderer|installers|kit|wire|e2e|fuzz)\//.test(path) &&
        replaces.test(text),
    )
    .map(([path]) => path)
    .filter((path) => !apart.includes(path))

it('a test that replaces a module has its modules for itself, and no other does', () => {
  const apart = (config.test?.projects ?? []).flatMap((project) =>
    typeof project === 'object' && 'test' in project && project.test?.isolate === true
      ? [{ name: project.test.name, include: project.test.include ?? [] }]
      : [],
  )
  const isMocking = (name: unknown): boolean => String(name).endsWith('-mocking')
  const mocking = apart.filter(({ name }) => isMocking(name)).flatMap(({ include }) => include)
  const others = apart.filter(({ name }) => !isMocking(name)).flatMap(({ include }) => include)
  expect(mocking.filter((path) => !replaces.test(tree.get(path) ?? ''))).toEqual([])
  expect(sharingMocks(tree, [...mocking, ...others])).toEqual([])
  expect(sharingMocks(tree, [...mocking.slice(1), ...others])).toEqual(mocking.slice(0, 1))
})
