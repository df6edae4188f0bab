// After a whole run: every claim of docs/coverage.json was shown by a test that passed in this run.
// A file whose tests were all skipped shows nothing.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

/** Tables of docs/coverage.json; none where the file is not in the tree. */
export function coverageTables() {
  const file = join(root, 'docs', 'coverage.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** Claims that no passed test shows. `passed` are the files with a test that passed. */
export function unshown(tables, passed) {
  const has = (path) =>
    passed.some((one) => (path.endsWith('/') ? one.startsWith(path) : one === path))
  return tables.flatMap(({ rows }) =>
    rows.flatMap(({ clause, tests }) =>
      tests
        .filter((path) => !has(path))
        .map((path) => `docs/coverage.json: ${clause}: no test of ${path} has passed`),
    ),
  )
}
