// Tables as files of the window: a workbook is imported like any table, a file that is not a table is a fault with its
// name, and lists and templates are saved as workbooks.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readMembersCsv } from '#money/pure/member/member-csv.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { readTable } from '#base/pure/tables/table.ts'
import { readWorkbook } from '#base/tables/workbook-reader.ts'
import { eventually } from '../../kit/eventually.ts'
import { workbook } from '../../kit/workbook-kit.ts'
import { bringTable, eachOn, lastOf } from '../kit/acts-kit.ts'
import { named, one, settle, press } from '../kit/page.ts'

const lot = eachOn('/members')
const make = URL.createObjectURL
const saved: Blob[] = []
beforeEach(() => {
  saved.length = 0
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob)
    return 'blob:x'
  }
})
afterEach(() => {
  URL.createObjectURL = make
})
async function savedText(): Promise<string> {
  await eventually(() => saved.length).toBe(1)
  const bytes = new Uint8Array(await (saved[0] ?? new Blob()).arrayBuffer())
  return String(await readWorkbook(bytes))
}

it('a workbook is compared as the text of its first sheet', async () => {
  const diff = { added: [], changed: [], ended: [], same: 1, unusual: [], bad: [], digest: 'd' }
  lot().answers('members.compare', diff)
  const bytes = workbook({ rows: '<row r="1"><c r="A1"><v>7</v></c></row>' })
  await bringTable(lot(), 'members.compare', new Uint8Array(bytes))
  expect(lastOf(lot(), 'members.compare')).toEqual({ text: '7\n' })
})

it('what is no table says so with its name, and nothing is asked', async () => {
  const picker = one(named('file')) as HTMLInputElement
  const files = [new File([new Uint8Array([0x89, 0x50, 0, 0, 0, 0])], '车位.png')]
  Object.defineProperty(picker, 'files', { value: files, configurable: true })
  picker.dispatchEvent(new Event('change'))
  await settle()
  await eventually(() => document.body.innerText).toContain('FILE-01')
  expect(document.body.innerText).toContain('车位.png')
  expect(lastOf(lot(), 'members.compare')).toBeUndefined()
})

it('the list is saved as a workbook', async () => {
  lot().answers('members.export', { csv: '\ufeff编号,车位\r\n007,2\r\n' })
  await press('export-xlsx')
  expect(await savedText()).toBe('编号,车位\n007,2\n')
})

it('the template is a workbook that is read', async () => {
  await press('template')
  const { rows, bad } = readTable(membersTable, await savedText(), (row) => row)
  expect([rows.map(({ no }) => no), bad]).toEqual([['M-001'], []])
})

it('a refused table names every fault and what was not read, and its marked copy is saved', async () => {
  const text =
    '编号,类别,姓名,车牌,电话,车位,区域,起始日,截止日\nM1,储值卡,张三,测A12345,1380,1,,2026/1/5,2026/12/31\n'
  const { bad, aside, notes } = readMembersCsv(text, [])
  const diff = { added: [], changed: [], ended: [], same: 0, unusual: [], bad, aside, notes }
  lot().answers('members.compare', { ...diff, digest: 'd' })
  await bringTable(lot(), 'members.compare', new TextEncoder().encode(text))
  await eventually(() => one(named('diff')).textContent).toContain('储值卡')
  expect(one(named('aside')).textContent).toContain('电话')
  await press('save-marked')
  const copy = await savedText()
  expect(copy).toContain('M1,储值卡,张三,测A12345,1,,2026-01-05,2026-12-31,1380,')
  expect(copy).toContain('类别')
})
