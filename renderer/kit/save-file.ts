// A file that the runtime or this window made, into the folder for downloads of this machine.
// The window has no other way to the disk, and asks for none.
import type { Columns, Table } from '../../firmware-runtime/core/values/tables/table.ts'
import { shapesOf } from '../../firmware-runtime/core/values/tables/table.ts'
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
type Declared = Pick<Table<Columns>, 'name' | 'columns'>

/** A table of text as it is, or as a workbook whose cells are as its columns say. */
export async function saveTable(
  table: Declared,
  csv: string,
  { day, format }: { readonly day: string; readonly format: TableFormat },
): Promise<void> {
  const name = `${table.name.en}-${day}.${format}`
  if (format === 'csv') save(name, 'text/csv', csv)
  else save(name, workbookMime, await workbookOf(table.name.zh, csv, shapesOf(table)))
}

export async function saveTemplate(table: Declared, language: 'zh' | 'en'): Promise<void> {
  save(`${table.name[language]}.xlsx`, workbookMime, await templateOf(table, language))
}
