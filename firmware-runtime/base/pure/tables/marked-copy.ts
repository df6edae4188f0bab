// A copy of a table file whose lines were refused, to be corrected and chosen again: what could be read is written as the
// table has it, every other cell as it was, each bad line with what is wrong, and further columns of the file behind.
import { csvLine, csvText } from '../data/csv-text.ts'
import { t, whyIn } from '../words/fault-text.ts'
import { readCell } from '../data/table-rows.ts'
import type { CellShape } from './cells.ts'
import { asideOf, headOf, isNote, rowIn, type BadCell, type TableForm } from './table.ts'

const problem = t('问题', 'problem')

interface MarkedCopy {
  readonly csv: string
  readonly shapes: readonly CellShape[]
}

interface Marks {
  readonly bad: readonly BadCell[]
  readonly language: 'zh' | 'en'
}

const textOf = (bad: readonly BadCell[], language: 'zh' | 'en'): string =>
  bad.map(({ field, text }) => [field, whyIn(text, language)].join(' ').trim()).join('; ')

/** A column that the file lacks is there, empty, where the table needs it. */
export function markedCopy(table: TableForm, text: string, { bad, language }: Marks): MarkedCopy {
  const head = headOf(table, text)
  if (head === null) return { csv: '', shapes: [] }
  const columns = Object.entries(table.columns).filter(
    ([name, { isOptional }]) => head.places.has(name) || isOptional === undefined,
  )
  const aside = asideOf(head).filter((at) => {
    const heading = readCell(head.row.cells[at] ?? '')
    return heading !== problem.zh && heading !== problem.en
  })
  const titles = [
    ...columns.map(([, { zh }]) => zh),
    ...aside.map((at) => readCell(head.row.cells[at] ?? '')),
    problem[language],
  ]
  const lines = head.rows.flatMap((row) => {
    const { values, bad: faults, at } = rowIn(table, row, head)
    if (faults.length > 0 && isNote(table, row, head)) return []
    const own = bad.filter(({ line }) => line === row.line)
    const isRead = Object.keys(values).length > 0
    const whole = isRead ? '' : ` (${row.cells.map(readCell).join(' | ')})`
    return [
      [
        ...columns.map(([name, { cell }]) => ({
          text: name in values ? cell.write(values[name]) : at.cell(name),
          isNumber: cell.shape === 'number' && name in values,
        })),
        ...aside.map((place) => ({ text: readCell(row.cells[place] ?? ''), isNumber: false })),
        { text: own.length === 0 ? '' : textOf(own, language) + whole, isNumber: false },
      ],
    ]
  })
  const first = titles.map((one) => ({ text: one, isNumber: false }))
  const shapes = columns.map(([, { cell }]) => cell.shape)
  return {
    csv: csvText([first, ...lines].map(csvLine)),
    shapes: [...shapes, ...aside.map(() => 'text' as const), 'text'],
  }
}
