// Saves a table as a text file by the browser.
import { columnsOf, listCsv, type AnyColumn } from '../../../renderer/kit/list-columns.ts'

export function saveCsv<R>(
  name: string,
  columns: readonly AnyColumn<R>[],
  rows: readonly R[],
): void {
  const text = listCsv(columnsOf(columns), rows)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
