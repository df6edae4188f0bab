// After a whole run: every claim of docs/coverage.json was shown by a test that passed in this run.
// A file whose tests were all skipped shows nothing. What was shown is kept in docs/coverage-whole.json, from which the states of
// docs/coverage.md are made: nobody writes a state.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

/** Tables of docs/coverage.json; none where the file is not in the tree. */
export function coverageTables() {
  const file = join(root, 'docs', 'coverage.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

const shows = (passed) => (path) =>
  passed.some((one) => (path.endsWith('/') ? one.startsWith(path) : one === path))

/** Tests that claims name and that have passed, each once. */
export const shownOf = (tables, passed) =>
  [...new Set(tables.flatMap(({ rows }) => rows.flatMap(({ tests }) => tests)))]
    .filter(shows(passed))
    .toSorted()

/** Of the last whole run that was green. A run that shows the same leaves the file as it is. */
export function keepShown({ hash, tier, shown }) {
  const file = join(root, 'docs', 'coverage-whole.json')
  if (!existsSync(join(root, 'docs', 'coverage.json'))) return false
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { shown: [] }
  if (JSON.stringify(before.shown) === JSON.stringify(shown)) return false
  writeFileSync(file, `${JSON.stringify({ hash, tier, shown }, null, 2)}\n`)
  return true
}

/** Claims that no passed test shows. `passed` are the files with a test that passed. */
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
