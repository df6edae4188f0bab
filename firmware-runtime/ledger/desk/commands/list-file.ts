// Lists of a lot as files: an import shows what it would change, and writes only with --write and without bad lines; an
// export goes to a new file or to the terminal.
import type { ImportName } from '#lane/calls/imports.ts'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { act, commandOf, whoOf, type Act, printed } from '#base/desk/commands/acts.ts'
import { folderOf, jsonText, lotReader } from '#base/desk/commands/client.ts'
import { csvTextOf } from '#base/desk/commands/csv-file.ts'
import { couponCodes, couponsTable } from '#base/pure/tables/coupons.ts'
import { importedTables } from '#base/pure/tables/imported.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { markedCopy } from '#base/pure/tables/marked-copy.ts'
import {
  shapesOf,
  templateCsv,
  type BadCell,
  type Columns,
  type Table,
  type TableForm,
} from '#base/pure/tables/table.ts'
import { templateOf, workbookOf } from '#base/tables/workbook-writer.ts'

type Exported = 'coupons' | 'members'
type Saved = Pick<Table<Columns>, 'name' | 'columns'>

const exported: Readonly<Record<Exported, Saved>> = {
  coupons: { ...couponsTable, columns: couponCodes },
  members: membersTable,
}

/** Whether the file name asks for a workbook. */
const isWorkbook = (out: string): boolean => out.toLowerCase().endsWith('.xlsx')

/** A copy of the file in which each bad line says what is wrong with it. */
async function saveMarked(
  table: TableForm,
  text: string,
  bad: readonly BadCell[],
  out: string,
): Promise<void> {
  const { csv, shapes } = markedCopy(table, text, { bad, language: 'zh' })
  exportFile(out, isWorkbook(out) ? await workbookOf(table.name.zh, csv, shapes) : csv)
}

/**
 * `--marked`: saves a copy to be corrected. Exit 1 for a bad line; then nothing is written. `--take-back`: the given number of entries missing in the file is
 * removed.
 */
const importOf = (list: ImportName): Act =>
  act(
    [
      `${list} import --data DIR --file F ${'mayBeWhole' in importedTables[list].imports ? '[--write [--take-back N]]' : '[--write]'} [--marked F] [--by NAME] [--reason TEXT] [--command-id ID]`,
    ],
    async (values, io) => {
      const { data, file, write, marked, ...flags } = values
      if (marked !== undefined) mustBeNew(marked)
      const client = lotReader(folderOf(data), io)
      const text = await csvTextOf(file)
      const diff = await client.call(`${list}.compare`, { text })
      const isOk = diff.bad.length === 0
      const written = write && isOk
      const { 'take-back': takeBack } = flags as { readonly 'take-back'?: number }
      const { digest } = diff
      const args = () => ({ text, digest, takeBack, ...whoOf(flags) })
      if (written) await client.call(`${list}.import`, args())
      if (marked !== undefined) await saveMarked(importedTables[list], text, diff.bad, marked)
      const copy = marked === undefined ? {} : { marked }
      return printed({ ok: isOk, written, file, ...copy, ...diff }, isOk)
    },
  )

/** FILE-03 when the file exists, before anything is read. A workbook when its name ends in `.xlsx`. */
export const exportOf = (list: Exported): Act =>
  act([`${list} export --data DIR [--out F]`], async ({ data, out }, io) => {
    if (out !== undefined) mustBeNew(out)
    const { csv } = await lotReader(folderOf(data), io).call(`${list}.export`, {})
    if (out === undefined) {
      io.stdout(io.json ? jsonText({ csv }, true) : csv)
      return 0
    }
    const { name, columns } = exported[list]
    exportFile(out, isWorkbook(out) ? await workbookOf(name.zh, csv, shapesOf({ columns })) : csv)
    return printed({ ok: true, file: out })
  })

/** An empty table with one example line, to be filled in. FILE-03 when the file exists. */
const template = (list: ImportName): Act =>
  act([`${list} template --out F [--language zh|en]`], async ({ out, language = 'zh' }) => {
    mustBeNew(out)
    const table = importedTables[list]
    exportFile(
      out,
      isWorkbook(out) ? await templateOf(table, language) : templateCsv(table, language),
    )
    return printed({ ok: true, file: out })
  })

/** Shows the last import that can be undone; `--write` undoes it. Exit 1 when there is none. */
const undoOf = (list: ImportName): Act =>
  act(
    [`${list} undo-import --data DIR [--write] [--by NAME] [--reason TEXT] [--command-id ID]`],
    async ({ data, write, ...flags }, io) => {
      const client = lotReader(folderOf(data), io)
      const { rows } = await client.call('imports.last', {})
      const last = rows.find(({ name }) => name === list) ?? null
      const written = write && last !== null
      if (written) await client.call(`${list}.undo`, { importId: last.importId, ...whoOf(flags) })
      return printed({ ok: last !== null, written, last }, last !== null)
    },
  )

/** The acts of each list that can be imported from a file. */
export const broughtIn = (list: ImportName): readonly Act[] => [
  importOf(list),
  undoOf(list),
  template(list),
]

export const membersCommand = commandOf('members', [...broughtIn('members'), exportOf('members')])
export const couponsCommand = commandOf('coupons', [...broughtIn('coupons'), exportOf('coupons')])
export const pointsCommand = commandOf('points', broughtIn('points'))
