// Rules over package.json: the ten named packages, exactly two native dependencies, exact versions.
// Set-up runs before anything is installed, so its files may use built-in modules only.
import type { ImportGraph } from './imports.ts'
import { isRelative, resolveFrom } from './imports.ts'

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
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
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

/** Files that set-up reaches and that import a package. */
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
