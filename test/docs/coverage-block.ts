// The tables of docs/coverage.md from docs/coverage.json: clause, where it is met, what is missing, and the tests that show it.
// The state is derived from these and from the last complete run (docs/coverage-whole.json); a row that states it is a
// fault, and so is a row that claims something without a test.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProfileDrivesView } from '#devices/calls/profiles-views.ts'
import { protocols } from '#devices/profiles/protocols.ts'

export interface CoverageRow {
  /** Clause of the specification, or a promise in words. */
  readonly clause: string
  /** Where it is met. */
  readonly text: string
  /** What is missing; absent: nothing. */
  readonly lacks?: string
  /** Test files, or folders of them with `/` at the end. */
  readonly tests: readonly string[]
}

export interface CoverageTable {
  readonly id: 'guangxi' | 'liaoning' | 'shenzhen' | 'promises'
  readonly rows: readonly CoverageRow[]
}

const file = join(import.meta.dirname, '..', '..', 'docs', 'coverage.json')
export const coverage = (): CoverageTable[] =>
  JSON.parse(readFileSync(file, 'utf8')) as CoverageTable[]

/** Tests that claims name and that passed in the last complete run. */
export const shownByWhole = (): readonly string[] =>
  (
    JSON.parse(readFileSync(join(file, '..', 'coverage-whole.json'), 'utf8')) as {
      readonly shown: readonly string[]
    }
  ).shown

type CoverageState = 'built' | 'part' | 'gap' | 'not shown'

/** Derived from its tests and from what is missing, never stated by hand. */
export function stateOf({ tests, lacks }: CoverageRow, shown: readonly string[]): CoverageState {
  if (tests.length === 0) return 'gap'
  if (!tests.every((path) => shown.includes(path))) return 'not shown'
  return lacks === undefined ? 'built' : 'part'
}

const whole = ({ text, lacks }: CoverageRow): string =>
  [text, ...(lacks === undefined ? [] : [`lacks: ${lacks}`])].filter((one) => one !== '').join('; ')

const named = (tests: readonly string[]): string => tests.map((path) => `\`${path}\``).join(', ')

export function coverageLines({ id, rows }: CoverageTable, shown: readonly string[]): string[] {
  if (id === 'promises')
    return [
      '| promise | tested in |',
      '|---|---|',
      ...rows.map(
        ({ clause, text, tests }) =>
          `| ${clause} | ${named(tests)}${text === '' ? '' : `; ${text}`} |`,
      ),
    ]
  return [
    '| clause | state | where, and what it lacks | shown by |',
    '|---|---|---|---|',
    ...rows.map(
      (row) => `| ${row.clause} | ${stateOf(row, shown)} | ${whole(row)} | ${named(row.tests)} |`,
    ),
  ]
}

/** What works through a device profile, by kind, as the driver of its protocol uses it. */
export function drivesLines(): string[] {
  const said = { lane: 'a lane', survey: 'a survey', nothing: 'nothing yet' } as const
  const kinds = (drives: ProfileDrivesView): string => {
    const rows = protocols.filter((row) => row.drives === drives)
    return [...new Set(rows.flatMap((row) => row.kinds))].toSorted().join(', ')
  }
  return [
    '| works by it | kinds of profiles |',
    '|---|---|',
    ...(['lane', 'survey', 'nothing'] as const).map(
      (drives) => `| ${said[drives]} | ${kinds(drives)} |`,
    ),
  ]
}

const listed = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/**
 * Splits text such as `5.2.1 f, h; 5.2.2 i` into clauses, and `Table D.1 rows 1 to 4` into rows; a letter alone belongs to
 * the clause before it.
 */
export function clausesIn(text: string): string[] {
  let head = ''
  return text.split(/[,;] /).flatMap((part) => {
    const [, table, first, last = first] =
      /^(Table .*) rows? (\d+)(?: (?:to|and) (\d+))?$/.exec(part) ?? []
    if (table !== undefined)
      return listed(Number(first), Number(last)).map((row) => `${table} row ${row}`)
    const [, own, from = '', to] = /^(?:(.*\d) )?([a-z])(?: to ([a-z]))?$/.exec(part) ?? []
    if (from === '') return [part]
    head = own ?? head
    const letters = listed(from.charCodeAt(0), (to ?? from).charCodeAt(0))
    return letters.map((code) => `${head} ${String.fromCharCode(code)}`)
  })
}

const missing = /\b(?:is|are) missing\b|\bmissing:/

/** Clauses that two rows of a table name, and rows that mention something missing without naming it in `lacks`. */
export function contradictions(tables: readonly CoverageTable[]): string[] {
  return tables.flatMap(({ id, rows }) => {
    if (id === 'promises') return []
    const clauses = rows.flatMap(({ clause }) => clausesIn(clause))
    const twice = clauses.filter((one, at) => clauses.indexOf(one) < at)
    return [
      ...twice.map((one) => `${one}: in two rows`),
      ...rows.flatMap(({ clause, text, lacks, tests }) => {
        const said = text.replace(/`[^`]*`|\]\([^)]*\)/g, '')
        const isWhole = lacks === undefined && tests.length > 0
        return isWhole && missing.test(said) ? [`${clause}: lacks nothing, and missing`] : []
      }),
    ]
  })
}

const members = ['clause', 'text', 'lacks', 'tests']

/** Rows that state their own state, have an empty `lacks`, or name a test that does not exist. */
export function coverageFaults(
  tables: readonly CoverageTable[],
  testFiles: readonly string[],
): string[] {
  return tables.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const { clause, lacks, tests } = row
      const faults = Object.keys(row)
        .filter((member) => !members.includes(member))
        .map((member) => `${clause}: nobody writes ${member}`)
      if (lacks?.trim() === '') faults.push(`${clause}: lacks what?`)
      for (const path of tests)
        if (!testFiles.some((one) => (path.endsWith('/') ? one.startsWith(path) : one === path)))
          faults.push(`${clause}: ${path} is no test`)
      return faults
    }),
  )
}
