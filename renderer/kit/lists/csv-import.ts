// A table file that a person imports: read, compared by the runtime, and written whole after its difference was
// reviewed, or dropped. Choosing a file writes nothing, and the last import can be undone.
import { onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ActAnswer, ApiError, ApiReply, Who } from '#base/calls/rows.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { BadCell, BesideTable, ImportTraits, TableForm } from '#base/pure/tables/table.ts'
import { importedTables } from '#base/pure/tables/imported.ts'
import type { ImportName } from '#lane/calls/imports.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { ask } from '../../api/client.ts'
import { csv as csvWords } from '../../i18n/csv.ts'
import { useSeat } from '../state/seat-store.ts'
import { broughtTable } from './table-file.ts'

/** What every comparison returns: faulty lines, the digest, and what was not read, which an older runtime does not tell. */
export interface CsvDiffView extends Partial<BesideTable> {
  readonly bad: readonly BadCell[]
  readonly digest: string
  readonly added?: readonly object[]
  readonly changed?: readonly object[]
}

/** Rows that are added, changed or removed, one text each. */
export interface CsvPart {
  readonly name: string
  readonly title: string
  readonly rows: readonly string[]
  /** Written only when a person says that the table is complete. */
  readonly ifComplete?: true
}

/** The table of a list that is imported. */
interface Imported extends TableForm {
  readonly imports: ImportTraits
}
type LastImport = AnswerOf<'imports.last'>['rows'][number]
type DiffOf<N extends ImportName> = AnswerOf<`${N}.compare`>

export interface CsvImport<D extends CsvDiffView> {
  readonly table: Imported
  /** Of its button and its difference. */
  readonly title: BilingualText
  readonly file: ShallowRef<{ readonly text: string; readonly diff: D } | null>
  readonly error: ShallowRef<ApiError | null>
  readonly tooLarge: Ref<boolean>
  bring(event: Event): Promise<void>
  write(who: Who, isComplete: boolean): Promise<ApiReply<ActAnswer>>
  drop(): void
  /** The last import of the list, as long as it can be undone. */
  readonly last: ShallowRef<LastImport | null>
  undo(who: Who): Promise<ApiReply<ActAnswer>>
}

/** The list has the calls `<name>.compare` and `<name>.import`, and its words. `written`: called after it was written. */
export function useCsvImport<N extends ImportName>(
  name: N,
  written: () => Promise<void>,
): CsvImport<DiffOf<N>> {
  const table: Imported = importedTables[name]
  const { bytesMax, title = csvWords.import } = table.imports
  const file: CsvImport<DiffOf<N>>['file'] = shallowRef(null)
  const error = shallowRef<ApiError | null>(null)
  const tooLarge = ref(false)
  const last = shallowRef<LastImport | null>(null)
  const drop = (): void => {
    file.value = null
  }
  async function readLast(): Promise<void> {
    if (!useSeat().can('imports.last')) return
    const reply = await ask('imports.last', {})
    last.value = (reply.ok ? reply.data.rows.find((one) => one.name === name) : null) ?? null
  }
  onMounted(() => void readLast())
  /** After an act that changed the list. */
  async function changed(reply: ApiReply<ActAnswer>): Promise<ApiReply<ActAnswer>> {
    if (reply.ok) await Promise.all([written(), readLast()])
    return reply
  }

  async function bring({ target }: Event): Promise<void> {
    const [chosen] = target instanceof HTMLInputElement ? (target.files ?? []) : []
    if (!(target instanceof HTMLInputElement) || chosen === undefined) return
    const brought = chosen.size > bytesMax ? null : await broughtTable(chosen)
    target.value = ''
    error.value = brought !== null && 'error' in brought ? brought.error : null
    const text = brought !== null && 'text' in brought ? brought.text : ''
    tooLarge.value = brought === null || new TextEncoder().encode(text).length > bytesMax
    if (tooLarge.value || error.value !== null) return
    const reply = await ask(`${name}.compare`, { text } as ArgsOf<`${N}.compare`>)
    if (reply.ok) file.value = { text, diff: reply.data }
    else error.value = reply.error
  }

  async function write(who: Who, isComplete: boolean): Promise<ApiReply<ActAnswer>> {
    const { text = '', diff = null } = file.value ?? {}
    const ended = diff !== null && 'ended' in diff ? diff.ended.length : 0
    const more = isComplete ? { takeBack: ended } : {}
    const args = { text, digest: diff?.digest ?? '', ...more, ...who }
    const reply = await ask(`${name}.import`, args as ArgsOf<`${N}.import`>)
    if (reply.ok) drop()
    return changed(reply)
  }
  async function undo(who: Who): Promise<ApiReply<ActAnswer>> {
    const args = { importId: last.value?.importId ?? '', ...who }
    return changed(await ask(`${name}.undo`, args as ArgsOf<`${N}.undo`>))
  }
  return { table, title, file, error, tooLarge, bring, write, drop, last, undo }
}
