// Lists of a lot as files, of whichever kind: an import says what it would change and writes it only where nothing of
// it is bad and a person said so; an export goes to a new file or to the terminal.
import { exportFile, mustBeNew } from '../adapters/files/exported-file.ts'
import { jsonText } from './client.ts'
import type { CliIo } from './command.ts'
import { csvTextOf } from './csv-file.ts'
import { shapesOf, type Columns, type Table } from '../core/values/tables/table.ts'
import { workbookOf } from '../tables/workbook-writer.ts'

interface Compared {
  readonly digest: string
  readonly bad: readonly unknown[]
}

interface Import {
  readonly file: string
  readonly write: boolean | undefined
  compare(text: string): Promise<Compared>
  /** What was compared, under its digest. */
  take(list: { readonly text: string; readonly digest: string }): Promise<unknown>
}

/** Exit 1 where a line is bad; then nothing is written. */
export async function importList(io: CliIo, list: Import): Promise<number> {
  const text = await csvTextOf(list.file)
  const diff = await list.compare(text)
  const isOk = diff.bad.length === 0
  const written = list.write === true && isOk
  if (written) await list.take({ text, digest: diff.digest })
  io.stdout(jsonText({ ok: isOk, written, file: list.file, ...diff }, io.json))
  return isOk ? 0 : 1
}

/** FILE-03 where the file is there already, before anything is read. A workbook where its name ends in `.xlsx`. */
export async function exportList(
  io: CliIo,
  out: string | undefined,
  table: Pick<Table<Columns>, 'name' | 'columns'>,
  read: () => Promise<{ readonly csv: string }>,
): Promise<number> {
  if (out !== undefined) mustBeNew(out)
  const { csv } = await read()
  if (out === undefined) {
    io.stdout(io.json ? jsonText({ csv }, true) : csv)
    return 0
  }
  const isWorkbook = out.toLowerCase().endsWith('.xlsx')
  exportFile(out, isWorkbook ? await workbookOf(table.name.zh, csv, shapesOf(table)) : csv)
  io.stdout(jsonText({ ok: true, file: out }, io.json))
  return 0
}
