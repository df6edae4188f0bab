// The list that a page declares, read and in the window's language: what ListPage.vue is bound to.
import { computed } from 'vue'
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import { useAnswer } from '../state/fresh.ts'
import type { ListColumn, ListOf } from './list-columns.ts'
import type { Page, RowOf } from '../page.ts'
import { useSeat } from '../state/seat-store.ts'
import { useWords } from '../words.ts'

export function usePageList<N extends ApiName>(
  page: Page<N>,
  /** Columns that are not shown now. */
  hidden: () => readonly string[] = () => [],
) {
  type Row = RowOf<AnswerOf<N>> & object
  const words = useWords()
  const seat = useSeat()
  const answer = useAnswer(page.reads, () => ({}) as ArgsOf<N>)
  const rows = computed(() => (answer.data.value as { readonly rows: readonly Row[] } | null)?.rows)

  const list = computed((): ListOf<Row> | undefined => {
    if (page.list === undefined) return undefined
    const { columns, search, empty, saves, nameOf, ...rest } = page.list
    return {
      ...rest,
      rows: rows.value ?? [],
      ...(nameOf === undefined ? {} : { nameOf: (row) => nameOf(row, words) }),
      ...(search === undefined ? {} : { search: words.of(search) }),
      empty: { title: words.of(empty.title), why: words.of(empty.why) },
      saves: saves !== undefined && seat.can(saves.needs) ? saves.name : undefined,
      columns: columns
        .filter(([name]) => !hidden().includes(name))
        .map(([name, head, text, more]): ListColumn<Row> => {
          const { sum, ...looks } = typeof more === 'string' ? { look: more } : (more ?? {})
          return {
            name,
            head: head === undefined ? '' : words.of(head),
            ...(text === undefined ? {} : { text: (row) => text(row, words) }),
            ...looks,
            ...(sum === undefined ? {} : { sum: (shown) => sum(shown, words) }),
          }
        }),
    }
  })
  const bound = computed(() => ({ ...answer.bound.value, list: list.value }))
  return { ...answer, bound }
}
