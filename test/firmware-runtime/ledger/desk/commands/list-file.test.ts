// Each list that can be imported has a template by command, as text and as a workbook, which reads back as a list.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { insideCommand } from '#lane/desk/commands/inside.ts'
import { couponsCommand, pointsCommand } from '#ledger/desk/commands/list-file.ts'
import { membersCommand } from '#ledger/desk/commands/list-file.ts'
import { couponsTable } from '#base/pure/tables/coupons.ts'
import { insideTable } from '#base/pure/tables/inside.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { pointsTable } from '#base/pure/tables/points.ts'
import { readTable, type Columns, type Table } from '#base/pure/tables/table.ts'
import { tableText } from '#base/tables/table-text.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { noIo } from '../../../../kit/run-command.ts'

const dir = folderOfFile('template-')

it.each([
  ['members', membersCommand, membersTable],
  ['coupons', couponsCommand, couponsTable],
  ['points', pointsCommand, pointsTable],
  ['inside', insideCommand, insideTable],
])('%s', async (name, command, table) => {
  for (const [kind, language] of [
    ['csv', 'zh'],
    ['xlsx', 'en'],
  ] as const) {
    const out = join(dir, `${name}.${kind}`)
    const args = ['template', '--out', out, '--language', language]
    expect(await command.run(args, noIo)).toBe(0)
    const text = await tableText(readFileSync(out), out)
    const { rows, bad } = readTable(table as unknown as Table<Columns>, text, (row) => row)
    expect([rows.length, bad]).toEqual([1, []])
    const [head = '', { zh = '' } = {}] = Object.entries(table.columns)[0] ?? []
    expect(text.replace('\ufeff', '').startsWith(language === 'zh' ? zh : head)).toBe(true)
    await expect(command.run(args, noIo)).rejects.toMatchObject({ code: 'FILE-03' })
  }
})
