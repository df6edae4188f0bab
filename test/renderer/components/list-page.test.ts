// A list page is one file: a made-up one says its columns, and is drawn, searched, sorted, saved, empty, busy and at fault
// with nothing else written for it.
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp, h, shallowRef, type App } from 'vue'
import type { SeatView } from '#lane/calls/people-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import ListPage from '#renderer/components/lists/ListPage.vue'
import { i18n } from '#renderer/i18n/index.ts'
import { column, listCsv, type ListOf } from '#renderer/kit/lists/list-columns.ts'
import { useSeat } from '#renderer/kit/state/seat-store.ts'
import { codeFault } from '#renderer/kit/words.ts'
import { all, named, one, settle, type, wordOf, press } from '../kit/page.ts'

interface Towed {
  readonly plate: string
  readonly fen: number
  readonly day: string
}
const rows: readonly Towed[] = [
  { plate: '测B·22222', fen: 1_000, day: '2026-11-02' },
  { plate: '测A·11111', fen: 200, day: '2026-11-03' },
  { plate: '测C·33333', fen: 30, day: '2026-11-01' },
]
const page = shallowRef<{ data: readonly Towed[] | null; error: ApiError | null }>({
  data: rows,
  error: null,
})
const listOf = (of: readonly Towed[]): ListOf<Towed> => ({
  rows: of,
  keyOf: ({ plate }) => plate,
  search: '查找',
  empty: { title: '没有拖车', why: '拖走的车列在这里' },
  saves: { zh: '拖车', en: 'towed' },
  columns: [
    column('plate', '车牌', ({ plate }) => plate),
    column('fee', '费用', ({ fen }) => `¥ ${(fen / 100).toFixed(2)}`, {
      order: ({ fen }) => fen,
      saved: ({ fen }) => (fen / 100).toFixed(2),
      shape: 'number',
    }),
    column('day', '日期', ({ day }) => day, { shape: 'day' }),
    { name: 'acts', head: '' },
  ],
})

let released: string[] = []
const actOf = (plate: string) =>
  h('button', { onClick: () => released.push(plate) }, `放行 ${plate}`)

let app: App
async function mount(personId?: string): Promise<void> {
  document.body.innerHTML = '<div id="app"></div>'
  page.value = { data: rows, error: null }
  const pinia = createPinia()
  if (personId !== undefined) useSeat(pinia).view = { me: { id: personId } } as SeatView
  app = createApp(() =>
    h(
      ListPage,
      { title: '拖车', list: listOf(page.value.data ?? []) as never, ...page.value },
      { 'cell-acts': ({ row }: { row: object }) => actOf((row as Towed).plate) },
    ),
  )
  app.use(pinia).use(i18n).mount('#app')
  await settle()
}
beforeEach(async () => {
  localStorage.clear()
  released = []
  await mount()
})
afterEach(() => app.unmount())

const plates = (): string[] =>
  all('tbody tr').map((row) => row.querySelector('td')?.innerText ?? '')

it('shows its rows with the cell that a hand draws, sorted up, down and as they came', async () => {
  expect(plates()).toEqual(['测B·22222', '测A·11111', '测C·33333'])
  expect(one('tbody tr').innerText).toContain('放行 测B·22222')
  await press('sort-fee')
  expect(plates()).toEqual(['测C·33333', '测A·11111', '测B·22222'])
  expect(one('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending')
  await press('sort-fee')
  expect(plates()).toEqual(['测B·22222', '测A·11111', '测C·33333'])
  expect(one('th[aria-sort]').getAttribute('aria-sort')).toBe('descending')
  await press('sort-plate')
  expect(plates()).toEqual(['测A·11111', '测B·22222', '测C·33333'])
  await press('sort-plate')
  await press('sort-plate')
  expect(all('th[aria-sort]')).toEqual([])
})

it('finds by any column, with or without the point of a plate', async () => {
  await type('[name="search"]', '测a1')
  expect(plates()).toEqual(['测A·11111'])
  await type('[name="search"]', '11-01')
  expect(plates()).toEqual(['测C·33333'])
  await type('[name="search"]', '没有')
  expect(plates()).toEqual([])
  expect(document.body.innerText).toContain(wordOf('csv.noneFits'))
})

it('is busy, empty or at fault', async () => {
  page.value = { data: null, error: null }
  await settle()
  expect(all('table, [name="search"]')).toEqual([])
  page.value = { data: [], error: null }
  await settle()
  expect(one('.panel').innerText).toContain('拖走的车列在这里')
  expect(all(named('export'))).toEqual([])
  page.value = { data: null, error: codeFault('RUN-01') }
  await settle()
  expect(document.body.innerText).toContain('RUN-01')
})

it('is saved as what its columns hold, without those of acts', () => {
  expect(all(named('export-xlsx'))).toHaveLength(1)
  expect(listCsv(listOf(rows).columns, rows.slice(0, 1))).toBe(
    '\ufeff车牌,费用,日期\r\n测B·22222,10.00,2026-11-02\r\n',
  )
})

const heads = (): string[] => all('thead th').map((head) => head.innerText.trim())
const toggle = async (name: string): Promise<void> => {
  one(`[name="column-${name}"]`).dispatchEvent(new Event('change'))
  await settle()
}

it('columns are switched off and on again, but not what a row is, nor its acts', async () => {
  expect(all('[name^="column-"]').map((box) => box.getAttribute('name'))).toEqual([
    'column-fee',
    'column-day',
  ])
  await toggle('fee')
  expect(heads()).toEqual(['车牌', '日期', ''])
  await type('[name="search"]', '10.00')
  expect(plates()).toEqual([])
  await type('[name="search"]', '')
  await toggle('fee')
  expect(heads()).toEqual(['车牌', '费用', '日期', ''])
})

it.each([
  ['the same person', 'p1', 'p1', ['车牌', '费用', '']],
  ['another person', 'p1', 'p2', ['车牌', '费用', '日期', '']],
  ['nobody, after a person', 'p1', undefined, ['车牌', '费用', '日期', '']],
  ['nobody, after nobody', undefined, undefined, ['车牌', '费用', '']],
] as const)('the choice of columns is kept for %s', async (_who, first, then, shown) => {
  app.unmount()
  await mount(first)
  await toggle('day')
  app.unmount()
  await mount(then)
  expect(heads()).toEqual(shown)
})

const rowKey = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    const init = { key, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
    await settle()
  }
}
const rowNow = () => document.activeElement?.querySelector('td')?.innerText

it.each([
  [[], '测B·22222'],
  [['ArrowDown'], '测A·11111'],
  [['ArrowDown', 'ArrowUp', 'ArrowUp'], '测B·22222'],
  [['End'], '测C·33333'],
  [['End', 'ArrowDown'], '测C·33333'],
  [['End', 'Home'], '测B·22222'],
] as const)('from the search field the rows are walked by %j', async (keys, row) => {
  one('[name="search"]').focus()
  await rowKey('ArrowDown', ...keys)
  expect(rowNow()).toBe(row)
  expect(all('tbody tr[tabindex="0"]')).toEqual([document.activeElement])
})

it('filtered to one row, Enter does what is in it', async () => {
  await type('[name="search"]', '测c')
  one('[name="search"]').focus()
  await rowKey('ArrowDown', 'Enter')
  expect(released).toEqual(['测C·33333'])
})
