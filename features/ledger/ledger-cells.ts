// A row of the ledger cell by cell, as people read it; and the same columns for an exported file.
// Acts of people are stored as JSON; each member is shown under its name.
import type { SheetColumn } from '../../firmware-runtime/api/table.ts'
import { factsOf, said } from '../../renderer/kit/said.ts'
import { plateText, type Words } from '../../renderer/kit/words.ts'
import type { Column } from './ledger-columns.ts'

export type Row = Readonly<Record<string, unknown>>

function parsed(text: string): unknown {
  if (!text.startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members that have a column of their own, or that only a program reads. */
const elsewhere = ['by', 'amountFen', 'commandId', 'digest']

/** An event row whose detail is JSON text, with that detail parsed into members. */
export function opened(row: Row): Row {
  const { detail } = row
  const body = typeof detail === 'string' ? parsed(detail) : detail
  if (!isPlain(body)) return row
  const facts = Object.fromEntries(
    Object.entries(body).filter(([name]) => !elsewhere.includes(name)),
  )
  return { ...row, by: body['by'] ?? null, amountFen: body['amountFen'] ?? null, detail: facts }
}

export function cellText(
  row: Row,
  column: Column,
  words: Words,
  laneName: (laneId: string) => string,
): string {
  const value = row[column.member]
  if (value === null || value === undefined || value === '')
    return column.member === 'end' ? words.t('end.inside') : words.t('common.none')
  if (column.shape === 'money') return words.money(Number(value))
  if (isPlain(value)) return factsOf(words, value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (column.shape === 'time') return words.dateTime(text)
  if (column.shape === 'plate') return plateText(text)
  if (column.shape === 'said') return said(words, text)
  if (column.shape === 'lane') return laneName(text)
  return column.shape === 'word' ? words.known(column.list ?? '', text) : text
}

const shapes = { lane: 'word', said: 'facts', mono: 'text' } as const

/** The columns with their words, so that a file says what the page says. */
export function sheetColumns(
  columns: readonly Column[],
  words: Words,
  lists: Readonly<Record<string, Readonly<Record<string, string>>>>,
): SheetColumn[] {
  return columns.map(({ member, head, shape, list }) => {
    const own = shape === 'lane' || shape === 'said' ? shape : (list ?? '')
    const found = lists[own]
    return {
      member,
      head: words.t(`ledger.col.${head}`),
      shape:
        shape in shapes ? shapes[shape as keyof typeof shapes] : (shape as SheetColumn['shape']),
      ...(found === undefined ? {} : { words: { ...found } }),
    }
  })
}
