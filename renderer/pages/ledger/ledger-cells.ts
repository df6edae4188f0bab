// A row of the ledger cell by cell, as people read it; and the same columns for an exported file.
import type { SheetColumn } from '#base/ports/ledger-sheet.ts'
import { isPlain, type Row } from '../../kit/lists/row-body.ts'
import { factsOf, said } from '../../kit/said.ts'
import { plateText, type Words } from '../../kit/words.ts'
import type { Column } from './ledger-columns.ts'

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
