// A table by columns in short: what is left out has no cell, one column heads its rows, headings are there where one is
// said and sort where they are asked to, and what stands below a row stays with it.
import { afterEach, expect, it } from 'vitest'
import { createApp, h, type App } from 'vue'
import ListTable from '#renderer/components/lists/ListTable.vue'
import { all, named, one, settle, press } from '../kit/page.ts'

interface Line {
  readonly id: string
  readonly n: number | null
}
const rows: readonly Line[] = [
  { id: 'b', n: 10 },
  { id: 'a', n: null },
  { id: 'c', n: 9 },
]
let app: App
async function draw(props: object): Promise<void> {
  document.body.innerHTML = '<div id="app"></div>'
  const below = ({ row, span }: { row: Line; span: number }) =>
    row.id === 'a' ? h('tr', { class: 'sheet' }, h('td', { colspan: span }, 'below a')) : []
  app = createApp(() => h(ListTable as never, { rows, ...props } as never, { below } as never))
  app.mount('#app')
  await settle()
}
afterEach(() => app.unmount())
const cells = () => all('tbody tr').map((tr) => [...tr.children].map((td) => td.textContent))

it('has no headings where none is said, and a row by its heading', async () => {
  await draw({
    columns: [
      ['id', '', ({ id }: Line) => id, 'mono'],
      false,
      ['n', '', ({ n }: Line) => n, ({ n }: Line) => ({ bad: n === null })],
    ],
    rowHead: 'id',
    testOf: ({ id }: Line) => `line-${id}`,
  })
  expect(all('thead')).toHaveLength(0)
  expect(cells()).toEqual([['b', '10'], ['a', ''], ['below a'], ['c', '9']])
  const head = one(`${named('line-a')} th`)
  expect([head.getAttribute('scope'), head.className]).toEqual(['row', 'mono'])
  expect(all('td.bad')).toHaveLength(1)
  expect(one('.sheet td').getAttribute('colspan')).toBe('2')
})

it('sorts by figures as figures, and what stands below a row goes with it', async () => {
  const columns = [
    ['id', 'Id', ({ id }: Line) => id],
    ['n', 'N', ({ n }: Line) => n, 'number quiet'],
    ['acts', ''],
  ]
  await draw({ columns })
  expect(all('thead button')).toHaveLength(0)
  app.unmount()
  await draw({ columns, sorts: true })
  expect(all('thead th').map(({ className }) => className)).toEqual(['', 'number', ''])
  await press('sort-n')
  expect(cells()).toEqual([['a', '', ''], ['below a'], ['c', '9', ''], ['b', '10', '']])
})

const sumOf = (shown: readonly Line[]): number => shown.reduce((sum, { n }) => sum + (n ?? 0), 0)
it.each([
  ['of all rows', rows, ['Sum', '19', '']],
  ['of the rows that are shown', rows.slice(0, 1), ['Sum', '10', '']],
])('sums %s stand at the foot', async (_what, given, foot) => {
  const columns = [
    ['id', 'Id', ({ id }: Line) => id, { sum: () => 'Sum' }],
    ['n', 'N', ({ n }: Line) => n, { look: 'number', sum: sumOf }],
    ['acts', ''],
  ]
  await draw({ columns, rows: given })
  expect(all('tfoot td').map((td) => td.textContent.trim())).toEqual(foot)
})

it('has no foot without sums, and no row to walk to in a list that does not sort', async () => {
  await draw({ columns: [['id', 'Id', ({ id }: Line) => id]] })
  expect(all('tfoot, tr[tabindex]')).toEqual([])
})
