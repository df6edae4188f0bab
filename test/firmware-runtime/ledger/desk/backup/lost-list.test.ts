// A platform's bill is read like every other table: in any encoding, with any separator and headings in which it was saved.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lostSources } from '#ledger/desk/backup/lost-list.ts'
import { workbookOf } from '#base/tables/workbook-writer.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('bill-')
async function billed(bytes: Uint8Array | string) {
  const bill = join(dir, 'bill.csv')
  writeFileSync(bill, bytes)
  return (await lostSources({ bill })).billed
}

const text =
  '平台账单\n退款（分）;订单号;金额（分）;状态\n0;T1;1200;成\n"";T2;2000;成\n500;T2;2000;成\n'
const rows = [
  { outTradeNo: 'T1', amountFen: 1200, refundedFen: 0, atIso: '' },
  { outTradeNo: 'T2', amountFen: 2000, refundedFen: 0, atIso: '' },
  { outTradeNo: 'T2', amountFen: 2000, refundedFen: 500, atIso: '' },
]

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
])('below a title, parted by semicolons, in %s', async (_encoding, bytes) => {
  expect(await billed(bytes)).toEqual(rows)
})

it('as a workbook, and by the names of our own', async () => {
  const csv = 'outTradeNo,amountFen,refundFee,atIso\nT1,1200,0,2026-11-22T10:00:00+08:00\n'
  const row = { ...rows[0], atIso: '2026-11-22T10:00:00+08:00' }
  expect(await billed(csv)).toEqual([row])
  const shapes = ['text', 'number', 'number', 'text'] as const
  expect(await billed(await workbookOf('bill', csv, shapes))).toEqual([row])
})

it.each([
  ['outTradeNo,amountFen\nT1,12.50\n', { field: 'line 2, 金额（分）', value: '12.50' }],
  ['outTradeNo,amountFen\nT1,1\n,1\n', { field: 'line 3, 订单号', value: '' }],
  ['outTradeNo,fee\nT1,1\n', { field: 'line 1, 金额（分）' }],
])('%j is refused by line, heading and value', async (bad, detail) => {
  await expect(billed(bad)).rejects.toMatchObject({ code: 'FILE-01', detail })
})
