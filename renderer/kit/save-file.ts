// Saves a file that the runtime or this window made, to the downloads folder of this machine.
// The window has no other access to the disk, and asks for none.
import type { BilingualText } from '../../firmware-runtime/core/faults/faults.ts'
import type { CellShape } from '../../firmware-runtime/core/values/tables/cells.ts'
import type { Columns, Table } from '../../firmware-runtime/core/values/tables/table.ts'
import { templateOf, workbookOf } from '../../firmware-runtime/tables/workbook-writer.ts'

function save(name: string, type: string, content: BlobPart): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export const saveBytes = (name: string, mime: string, base64: string): void =>
  save(
    name,
    mime,
    Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
  )

export const saveText = (name: string, mime: string, text: string): void => save(name, mime, text)

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
): Promise<void> {
  const file = `${name.en}-${day}.${format}`
  if (format === 'csv') save(file, 'text/csv', csv)
  else save(file, workbookMime, await workbookOf(name.zh, csv, shapes))
}

export async function saveTemplate(
  table: Pick<Table<Columns>, 'name' | 'columns'>,
  language: 'zh' | 'en',
): Promise<void> {
  save(`${table.name[language]}.xlsx`, workbookMime, await templateOf(table, language))
}
