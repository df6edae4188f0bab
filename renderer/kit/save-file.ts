// Saves a file that the runtime or this window made, where the person says in the system's dialog. It is saved when the dialog
// was answered and the file is written (ADR 351): until then no page says so, and nothing counts it.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { CellShape } from '#base/pure/tables/cells.ts'
import { markedCopy } from '#base/pure/tables/marked-copy.ts'
import type { BadCell, Columns, Table, TableForm } from '#base/pure/tables/table.ts'
import { templateOf, workbookOf } from '#base/tables/workbook-writer.ts'

/** True: the file is written. False: the person cancelled, or it could not be written, which Studio says itself. */
export async function saveFile(name: string, type: string, content: BlobPart): Promise<boolean> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  const ended = window.saves?.ended(link.href)
  link.click()
  const end = await ended
  URL.revokeObjectURL(link.href)
  return end === undefined || end === 'saved'
}

export const saveBytes = (name: string, mime: string, base64: string): Promise<boolean> =>
  saveFile(
    name,
    mime,
    Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
  )

export const saveText = (name: string, mime: string, text: string): Promise<boolean> =>
  saveFile(name, mime, text)

const workbookMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export type TableFormat = 'csv' | 'xlsx'

interface Saved {
  readonly name: BilingualText
  readonly shapes: readonly CellShape[]
  readonly day: string
}

/** Saves a table as text, or as a workbook whose cells have the shapes of its columns. */
export async function saveTable(
  { name, shapes, day }: Saved,
  csv: string,
  format: TableFormat,
): Promise<boolean> {
  const file = `${name.en}-${day}.${format}`
  if (format === 'csv') return saveFile(file, 'text/csv', csv)
  return saveFile(file, workbookMime, await workbookOf(name.zh, csv, shapes))
}

export async function saveTemplate(
  table: Pick<Table<Columns>, 'name' | 'columns'>,
  language: 'zh' | 'en',
): Promise<boolean> {
  return saveFile(`${table.name[language]}.xlsx`, workbookMime, await templateOf(table, language))
}

/** A copy of a refused table, with what is wrong behind each line. */
export async function saveMarked(
  table: TableForm,
  text: string,
  marks: { readonly bad: readonly BadCell[]; readonly language: 'zh' | 'en' },
): Promise<boolean> {
  const { csv, shapes } = markedCopy(table, text, marks)
  const name = `${table.name.en}-marked.xlsx`
  return saveFile(name, workbookMime, await workbookOf(table.name[marks.language], csv, shapes))
}
