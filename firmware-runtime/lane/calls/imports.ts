// Calls of the lists that a person brings as a table: the difference that a file would make, then the whole file, for a
// named person, over the list with which it was compared; and the undo of the last one.
import { z } from 'zod'
import type { importers } from '../pure/imports/table.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { importedTables } from '#base/pure/tables/imported.ts'
import type { ImportTraits } from '#base/pure/tables/table.ts'
import {
  act,
  none,
  read,
  reply,
  who,
  type ActAnswer,
  type CallRow,
  type Given,
  type Who,
} from '#base/calls/rows.ts'

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

interface UndoArgs extends Who {
  /** The commandId of the import: the one that the person saw. */
  readonly importId: string
}

/** The last import of a list. */
interface LastImportView {
  readonly name: ImportName
  readonly importId: string
  readonly by: string
  readonly atIso: string
  /** Rows that it wrote. */
  readonly count: number
}

type OwnRow<A, R> = CallRow<A, R> & { readonly document: false }
type ImportCalls = {
  readonly [N in ImportName as `${N}.compare`]: OwnRow<{ readonly text: string }, ImportDiff<N>>
} & { readonly [N in ImportName as `${N}.import`]: OwnRow<ImportArgs, ActAnswer> } & {
  readonly [N in ImportName as `${N}.undo`]: OwnRow<UndoArgs, ActAnswer>
} & {
  readonly 'imports.last': OwnRow<
    Record<never, never>,
    { readonly rows: readonly LastImportView[] }
  >
}

const text = z.string().max(400_000)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const takeBack = z.int().min(0).optional()

const rowsOf = ([name, { imports }]: [string, { readonly imports: ImportTraits }]) => {
  const whole = imports.mayBeWhole === true ? { takeBack } : {}
  const args = () => z.strictObject({ text, digest, ...whole, ...who })
  const { words } = imports
  const undone = t(`撤销:${words.zh}`, `Undo: ${words.en}`)
  const guard = imports.isUndoneByTwo === true ? 'fourEyes' : 'pin'
  const undo = () => z.strictObject({ importId: z.string().min(1).max(64), ...who })
  return [
    [`${name}.compare`, read('owner', () => z.strictObject({ text }), reply(), { rest: 'folder' })],
    [`${name}.import`, act('owner', args, reply<ActAnswer>(), { words, guard: 'pin' })],
    [`${name}.undo`, act('owner', undo, reply<ActAnswer>(), { words: undone, guard })],
  ] as const
}

export const importCalls = {
  ...Object.fromEntries(Object.entries(importedTables).flatMap(rowsOf)),
  'imports.last': read('owner', none, reply(), { rest: 'folder' }),
} as unknown as ImportCalls
