// After a complete run: checks that every claim of docs/coverage.json was shown by a test that passed in it.
// A file whose tests were all skipped shows nothing. The result is stored in docs/coverage-whole.json, from which the
// states in docs/coverage.md are derived.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

/** Tables of docs/coverage.json; empty when the file is missing. */
export function coverageTables() {
  const file = join(root, 'docs', 'coverage.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

const shows = (passed) => (path) =>
  passed.some((one) => (path.endsWith('/') ? one.startsWith(path) : one === path))

/** The tests that claims name and that have passed, without duplicates. */
export const shownOf = (tables, passed) =>
  [...new Set(tables.flatMap(({ rows }) => rows.flatMap(({ tests }) => tests)))]
    .filter(shows(passed))
    .toSorted()

/** Stores the result of the last complete green run; an unchanged result leaves the file as it is. */
export function keepShown({ hash, tier, shown }) {
  const file = join(root, 'docs', 'coverage-whole.json')
  if (!existsSync(join(root, 'docs', 'coverage.json'))) return false
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { shown: [] }
  if (JSON.stringify(before.shown) === JSON.stringify(shown)) return false
  writeFileSync(file, `${JSON.stringify({ hash, tier, shown }, null, 2)}\n`)
  return true
}

/** Claims that no passed test shows. `passed`: files with at least one passed test. */
export function unshown(tables, passed) {
  const has = shows(passed)
  return tables.flatMap(({ rows }) =>
    rows.flatMap(({ clause, tests }) =>
      tests
        .filter((path) => !has(path))
        .map((path) => `docs/coverage.json: ${clause}: no test of ${path} has passed`),
    ),
  )
}
