// Calls of the lists that a person brings as a table: the difference that a file would make, then the whole file, for a
// named person, over the list with which it was compared.
import { z } from 'zod'
import type { importers } from '../../core/imports/table.ts'
import { importedTables } from '../../core/values/tables/imported.ts'
import type { ImportTraits } from '../../core/values/tables/table.ts'
import {
  act,
  read,
  reply,
  who,
  type ActAnswer,
  type CallRow,
  type Given,
  type Who,
} from '../rows.ts'

export type ImportName = keyof typeof importedTables

/** What a file would change, and the digest of what it was compared with. */
type ImportDiff<N extends ImportName> = Given<
  ReturnType<(typeof importers)[N]['read']>['diff'] & { readonly digest: string }
>

interface ImportArgs extends Who {
  readonly text: string
  readonly digest: string
  /** The file is the whole list: that many entries that it does not name end. */
  readonly takeBack?: number | undefined
}

type OwnRow<A, R> = CallRow<A, R> & { readonly document: false }
type ImportCalls = {
  readonly [N in ImportName as `${N}.compare`]: OwnRow<{ readonly text: string }, ImportDiff<N>>
} & { readonly [N in ImportName as `${N}.import`]: OwnRow<ImportArgs, ActAnswer> }

const text = z.string().max(400_000)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const takeBack = z.int().min(0).optional()

const rowsOf = ([name, { imports }]: [string, { readonly imports: ImportTraits }]) => {
  const whole = imports.mayBeWhole === true ? { takeBack } : {}
  const args = () => z.strictObject({ text, digest, ...whole, ...who })
  const { words } = imports
  return [
    [`${name}.compare`, read('owner', () => z.strictObject({ text }), reply(), { rest: 'folder' })],
    [`${name}.import`, act('owner', args, reply<ActAnswer>(), { words, guard: 'pin' })],
  ] as const
}

export const importCalls = Object.fromEntries(
  Object.entries(importedTables).flatMap(rowsOf),
) as unknown as ImportCalls
