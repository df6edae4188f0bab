// The tables of docs/coverage.md from docs/coverage.json: clause, state, where, and the tests that show it.
// What no test shows is not there: a row that claims something without a test is a fault.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const coverageStates = ['built', 'simulated', 'part', 'gap'] as const

export interface CoverageRow {
  /** Clause of the specification, or a promise in words. */
  readonly clause: string
  readonly state: (typeof coverageStates)[number]
  /** Where it is met, or what is missing. */
  readonly text: string
  /** Test files, or folders of them with `/` at the end. */
  readonly tests: readonly string[]
}

export interface CoverageTable {
  readonly id: 'guangxi' | 'liaoning' | 'promises'
  readonly rows: readonly CoverageRow[]
}

const file = join(import.meta.dirname, '..', '..', 'docs', 'coverage.json')
export const coverage = (): CoverageTable[] =>
  JSON.parse(readFileSync(file, 'utf8')) as CoverageTable[]

const shown = (tests: readonly string[]): string => tests.map((path) => `\`${path}\``).join(', ')

export function coverageLines({ id, rows }: CoverageTable): string[] {
  if (id === 'promises')
    return [
      '| promise | tested in |',
      '|---|---|',
      ...rows.map(
        ({ clause, text, tests }) =>
          `| ${clause} | ${shown(tests)}${text === '' ? '' : `; ${text}`} |`,
      ),
    ]
  return [
    '| clause | state | where, or what is missing | shown by |',
    '|---|---|---|---|',
    ...rows.map(
      ({ clause, state, text, tests }) => `| ${clause} | ${state} | ${text} | ${shown(tests)} |`,
    ),
  ]
}

/** Rows that claim without a test, name one that is not there, or have a state of their own making. */
export function coverageFaults(
  tables: readonly CoverageTable[],
  testFiles: readonly string[],
): string[] {
  return tables.flatMap(({ rows }) =>
    rows.flatMap(({ clause, state, tests }) => {
      const known: readonly string[] = coverageStates
      const faults = known.includes(state) ? [] : [`${clause}: ${state} is no state`]
      if (state === 'gap')
        return tests.length === 0 ? faults : [...faults, `${clause}: a gap with tests`]
      if (tests.length === 0) faults.push(`${clause}: ${state}, and no test shows it`)
      for (const path of tests)
        if (!testFiles.some((one) => (path.endsWith('/') ? one.startsWith(path) : one === path)))
          faults.push(`${clause}: ${path} is no test`)
      return faults
    }),
  )
}
