// The list that a page declares, read and in the window's language: what ListPage.vue is bound to.
import { computed } from 'vue'
import type { AnswerOf, ApiName, ArgsOf } from '../../firmware-runtime/api/table.ts'
import { useAnswer } from './fresh.ts'
import type { ListColumn, ListOf } from './list-columns.ts'
import type { Page, RowOf } from './page.ts'
import { useWords } from './words.ts'

export function usePageList<N extends ApiName>(page: Page<N>) {
  type Row = RowOf<AnswerOf<N>> & object
  const words = useWords()
  const { data, error, read } = useAnswer(page.reads, () => ({}) as ArgsOf<N>)
  const rows = computed(() => (data.value as { readonly rows: readonly Row[] } | null)?.rows ?? [])

  const list = computed((): ListOf<Row> | undefined => {
    if (page.list === undefined) return undefined
    const { columns, search, empty, ...rest } = page.list
    return {
      ...rest,
      rows: rows.value,
      ...(search === undefined ? {} : { search: words.of(search) }),
      empty: { title: words.of(empty.title), why: words.of(empty.why) },
      columns: columns.map(({ head, text, ...more }): ListColumn<Row> => ({
        ...more,
        head: words.of(head),
        ...(text === undefined ? {} : { text: (row) => text(row, words) }),
      })),
    }
  })
  const bound = computed(() => ({
    data: data.value as AnswerOf<N> | null,
    error: error.value,
    list: list.value,
    onAgain: read,
  }))
  return { data, read, bound }
}
