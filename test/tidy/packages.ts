// Rules for package.json: the ten named packages, exactly two native dependencies, exact versions.
// Set-up runs before anything is installed, so its files may import only built-in modules.
import { importsOf, isRelative, packageOf, resolveFrom, type ImportGraph } from './imports.ts'
import { isCode, type Tree } from './tree.ts'

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export const namedPackages = [
  'electron',
  'vite',
  'vue',
  'pinia',
  'serialport',
  'node-hid',
  'sql.js',
  'sm-crypto',
  'electron-builder',
  'vitest',
]
/** Only packages with native parts stay outside the bundles. */
export const nativePackages = ['node-hid', 'serialport']

const allOf = (manifest: Manifest): Record<string, string> => ({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
})

export const exactFaults = (manifest: Manifest): string[] =>
  Object.entries(allOf(manifest))
    .filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}: ${version} is not one exact version`)

export function manifestFaults(manifest: Manifest): string[] {
  const there = Object.keys(allOf(manifest))
  const kept = Object.keys(manifest.dependencies ?? {}).sort()
  const named = namedPackages.filter((name) => !there.includes(name))
  return [
    ...named.map((name) => `${name}: missing`),
    ...(kept.join() === nativePackages.join() ? [] : [`dependencies are ${kept.join(', ')}`]),
    ...exactFaults(manifest),
  ]
}

/** Files that set-up loads and that import a package. */
export function setupFaults(graph: ImportGraph, entry: string): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  const walk = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { specifier } of graph.get(path) ?? []) {
      if (isRelative(specifier)) walk(resolveFrom(path, specifier))
      else if (!specifier.startsWith('node:')) faults.push(`${path}: needs ${specifier}`)
    }
  }
  walk(entry)
  return faults
}

/** A package of types belongs to the package that it describes. */
const described = (name: string): string => name.replace(/^@types\//, '')

/** Where a package may be named without an import: in the set-up that starts it, or as a test's environment. */
const startsTools = (path: string): boolean =>
  path.startsWith('installers/') || /^[\w.]+\.config\.(ts|js)$/.test(path)

/** Used by other packages: by the compiler, and by `oxlint` for rules that need types. */
const calledByOthers = ['@types/node', 'oxlint-tsgolint']

/** Packages that no code imports and no tool starts. A file of a package named by its path counts as use. */
export function unusedPackages(manifest: Manifest, tree: Tree): string[] {
  const code = [...tree].filter(([path]) => isCode(path))
  const named = new Set<string>()
  for (const [path, text] of code)
    for (const [, quoted = ''] of text.matchAll(/['"`]([^'"`\n]+)['"`]/g)) {
      const name = quoted.replace(/^.*node_modules\//, '')
      if (startsTools(path) || name.includes('/')) named.add(packageOf(name))
    }
  // A string may look like an import, so the syntax trees of the first few files with the name decide.
  const imported = (name: string): boolean =>
    code.some(
      ([path, text]) =>
        text.includes(`'${name}'`) &&
        importsOf(path, text).some(({ specifier }) => specifier === name),
    )
  return Object.keys(allOf(manifest)).filter((name) => {
    const own = described(name)
    return !calledByOthers.includes(name) && !named.has(own) && !imported(own)
  })
}
