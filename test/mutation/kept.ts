// Mutants that no test can notice because the program behaves the same: listed with the reason.
// A row that matches no surviving mutant is stale and fails the run, like one for a changed file.
import { readFileSync } from 'node:fs'
import type { Tried } from './engine.ts'
import type { Mutant } from './mutants.ts'
import { roomNames, rooms, sourcesOf, repository, type RoomName } from './rooms.ts'
import { join, relative } from 'node:path'

export interface KeptRow {
  readonly file: string
  /** The trimmed source line in which the mutant begins. */
  readonly line: string
  /** `original -> replacement`, each shortened to one line. */
  readonly mutation: string
  readonly reason: string
}

const oneLine = (text: string): string => {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length > 70 ? `${flat.slice(0, 67)}...` : flat
}

export const mutationOf = (mutant: Mutant): string =>
  `${oneLine(mutant.original)} -> ${oneLine(mutant.replacement)}`

const textOf = (file: string): string => readFileSync(join(repository, file), 'utf8')

export const lineOf = ({ file, line }: Mutant): string =>
  textOf(file).split('\n')[line - 1]?.trim() ?? ''

export const readKept = (): readonly KeptRow[] =>
  JSON.parse(readFileSync(new URL('./equivalent.json', import.meta.url), 'utf8')) as KeptRow[]

export const fits = (row: KeptRow, mutant: Mutant): boolean =>
  row.file === mutant.file && row.mutation === mutationOf(mutant) && row.line === lineOf(mutant)

const isLeft = ({ fate }: Tried): boolean => fate === 'survived' || fate === 'notReached'

/** Rows of this folder that match no mutant. */
export function staleIn(
  room: RoomName,
  tried: readonly Tried[],
  rows: readonly KeptRow[],
): string[] {
  const files = sourcesOf(rooms[room]).map((path) => relative(repository, path))
  return rows
    .filter(({ file }) => files.includes(file))
    .filter((row) => !tried.some((one) => isLeft(one) && fits(row, one.mutant)))
    .map(({ file, line, mutation }) => `${file}: ${line} | ${mutation}`)
}

/** What can be checked without a run: the file is mutated, has the line, and a reason is given. */
export function faultsOf(rows: readonly KeptRow[]): string[] {
  const files = roomNames.flatMap((name) =>
    sourcesOf(rooms[name]).map((path) => relative(repository, path)),
  )
  return rows.flatMap(({ file, line, reason, mutation }) => {
    if (!files.includes(file)) return [`${file} is of no room`]
    const lines = textOf(file).split('\n')
    if (!lines.some((one) => one.trim() === line)) return [`${file} has no line: ${line}`]
    return reason.length < 20 || !mutation.includes(' -> ') ? [`${file}: ${line}: no reason`] : []
  })
}
