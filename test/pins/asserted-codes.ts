// Fault codes that tests name: `node test/pins/asserted-codes.ts` prints how many, and in how many files.
// Counts each test string that is a code or begins with one: `'LOT-03'`, `'SETUP-09 /tariff'`.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { faults } from '#base/pure/faults/faults.ts'

const root = join(import.meta.dirname, '..', '..')
export const knownCodes: readonly string[] = Object.keys(faults).toSorted()
const known = new Set(knownCodes)
const literal = /(?<=['"`])[A-Z][A-Z0-9]*-\d{2}(?![\w-])/g

/** Counts by code in a text. */
export function codesIn(text: string): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [code] of text.matchAll(literal))
    if (known.has(code)) found[code] = (found[code] ?? 0) + 1
  return found
}

/** Counts by file below test/, relative to the repository. */
export function assertedCodes(): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const names = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => name.endsWith('.ts') && !name.startsWith(`pins${sep}`))
  return new Map(
    files.toSorted().flatMap((name) => {
      const path = join(root, 'test', name)
      const codes = codesIn(readFileSync(path, 'utf8'))
      const shown = relative(root, path).split(sep).join('/')
      return Object.keys(codes).length === 0 ? [] : [[shown, codes] as const]
    }),
  )
}

export function sumsOf(files: ReturnType<typeof assertedCodes>) {
  const all = [...files.values()].flatMap((codes) => Object.entries(codes))
  return {
    asserted: all.reduce((sum, [, times]) => sum + times, 0),
    codes: new Set(all.map(([code]) => code)).size,
    of: knownCodes.length,
    files: files.size,
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(sumsOf(assertedCodes()))}\n`)
