// A table file that a person imports: read, compared by the runtime, and written whole after its difference was
// reviewed, or dropped. Choosing a file writes nothing.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import type { MembersDiffView } from '../../firmware-runtime/api/member-views.ts'
import type { ActAnswer, ApiReply, Who } from '../../firmware-runtime/api/table.ts'
import type { BesideTable } from '../../firmware-runtime/core/values/tables/table.ts'
import { ask } from '../api/client.ts'
import { broughtTable } from './table-file.ts'

/** What every comparison returns: faulty lines, the digest, and what was not read, which an older runtime does not tell. */
export interface CsvDiffView extends Partial<BesideTable> {
  readonly bad: MembersDiffView['bad']
  readonly digest: string
}

/** Rows that are added, changed or removed, one text each. */
export interface CsvPart {
  readonly name: string
  readonly title: string
  readonly rows: readonly string[]
  /** Written only when a person says that the table is complete. */
  readonly ifComplete?: true
}

/** The lists that are imported by `<list>.compare` and `<list>.import`. */
type ListName = 'members' | 'points' | 'inside' | 'coupons'

export interface CsvImport<D extends CsvDiffView> {
  readonly file: ShallowRef<{ readonly text: string; readonly diff: D } | null>
  readonly error: ShallowRef<ApiError | null>
  readonly tooLarge: Ref<boolean>
  bring(event: Event): Promise<void>
  write(who: Who, isComplete: boolean): Promise<ApiReply<ActAnswer>>
  drop(): void
}

/** Rows that are taken back, where a table may say that it is complete. */
interface Complete {
  readonly takeBack?: number
}

export function useCsvImport<D extends CsvDiffView>(
  list: ListName,
  bytesMax: number,
  /** Called after the table was written. */
  written: () => Promise<void>,
  /** Further arguments when a person said that the table is complete. */
  ofComplete: (diff: D) => Complete = () => ({}),
): CsvImport<D> {
  const file: CsvImport<D>['file'] = shallowRef(null)
  const error = shallowRef<ApiError | null>(null)
  const tooLarge = ref(false)
  const drop = (): void => {
    file.value = null
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
    // The comparisons of all lists take the same arguments.
    const reply = await ask(`${list}.compare` as 'members.compare', { text })
    if (reply.ok) file.value = { text, diff: reply.data as CsvDiffView as D }
    else error.value = reply.error
  }

  async function write(who: Who, isComplete: boolean): Promise<ApiReply<ActAnswer>> {
    const { text = '', diff = null } = file.value ?? {}
    const more = isComplete && diff !== null ? ofComplete(diff) : {}
    const args = { text, digest: diff?.digest ?? '', ...more, ...who }
    const reply = await ask(`${list}.import` as 'members.import', args)
    if (!reply.ok) return reply
    drop()
    await written()
    return reply
  }
  return { file, error, tooLarge, bring, write, drop }
}
