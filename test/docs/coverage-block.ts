// The tables of docs/coverage.md from docs/coverage.json: clause, state, where, and the tests that show it.
// What no test shows is not there: a row that claims something without a test is a fault.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProfileDrivesView } from '../../firmware-runtime/api/profiles-views.ts'
import { protocols } from '../../firmware-runtime/app/profiles/protocols.ts'

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

/** What works by a device profile, by kind: as the driver of its protocol takes it. */
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

/** `5.2.1 f, h; 5.2.2 i` as its clauses: letters by themselves are of the clause before them. */
export function clausesIn(text: string): string[] {
  let head = ''
  return text.split(/[,;] /).flatMap((part) => {
    const [, own, from = '', to] = /^(?:(.*\d) )?([a-z])(?: to ([a-z]))?$/.exec(part) ?? []
    if (from === '') return [part]
    head = own ?? head
    const [first, last] = [from.charCodeAt(0), (to ?? from).charCodeAt(0)]
    return Array.from(
      { length: last - first + 1 },
      (_, i) => `${head} ${String.fromCharCode(first + i)}`,
    )
  })
}

/** What a part lacks is said in its row. */
const lack = /\b(?:missing|not|no|without|only|alone|assumed|nothing|nobody|never)\b/
const missing = /\b(?:is|are) missing\b|\bmissing:/

/** A clause that two rows of a table speak of, a part that lacks nothing, and what is built and says that it is not. */
export function contradictions(tables: readonly CoverageTable[]): string[] {
  return tables.flatMap(({ id, rows }) => {
    if (id === 'promises') return []
    const clauses = rows.flatMap(({ clause }) => clausesIn(clause))
    const twice = clauses.filter((one, at) => clauses.indexOf(one) < at)
    return [
      ...twice.map((one) => `${one}: in two rows`),
      ...rows.flatMap(({ clause, state, text }) => {
        const said = text.replace(/`[^`]*`|\]\([^)]*\)/g, '')
        if (state === 'part' && !lack.test(said)) return [`${clause}: a part of what?`]
        return state === 'built' && missing.test(said) ? [`${clause}: built, and missing`] : []
      }),
    ]
  })
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
