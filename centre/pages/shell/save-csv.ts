// Saves an export as a text file by the browser, while its rows arrive.
import { columnsOf, csvRows, listCsv, type AnyColumn } from '#renderer/kit/lists/list-columns.ts'

export async function saveCsv<R>(
  name: string,
  columns: readonly AnyColumn<R>[],
  chunks: AsyncIterable<readonly R[]>,
): Promise<void> {
  const all = columnsOf(columns)
  // The browser keeps a large part on its disk, a text of all rows it would not.
  const parts = [new Blob([listCsv(all, [])])]
  for await (const rows of chunks) parts.push(new Blob([csvRows(all, rows)]))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }))
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
