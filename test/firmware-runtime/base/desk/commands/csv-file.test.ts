// A CSV file given to a command: every encoding in which spreadsheets save gives the same text. A file that is too large is
// refused by its size before it is sent, and one of five thousand lines by its row count.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { api } from '#runtime/api/table.ts'
import { csvTextOf } from '#base/desk/commands/csv-file.ts'
import { readMembersCsv } from '#money/pure/member/member-csv.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('csv-file-')
const read = (bytes: Uint8Array | string): Promise<string> => {
  const file = join(dir, 'list.csv')
  writeFileSync(file, bytes)
  return csvTextOf(file)
}
const head = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'
const text = `${head}\r\nM-1,月租车,张三,测A12345,1,,2026-12-01,2026-12-31\r\n`
const wide = Buffer.from(`\ufeff${text}`, 'utf16le')
/** 张三 in GB 18030, written as bytes, so that the test does not use the encoder under test. */
const gbk = Buffer.concat([Buffer.from('M-1,'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])])

it.each([
  ['UTF-8', Buffer.from(text), text],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), text],
  ['UTF-16 of a spreadsheet', wide, text],
  ['UTF-16, the other way round', Buffer.from(wide).swap16(), text],
  ['GB 18030', gbk, 'M-1,张三'],
])('%s', async (_, bytes, expected) => {
  expect(await read(bytes)).toBe(expected)
})

it('a broken character of what is marked as UTF-8 is refused where it stands', async () => {
  const bytes = Buffer.from(`\ufeff${text}`)
  bytes[bytes.indexOf('张') + 1] = 0xff
  const { bad, members } = readMembersCsv(await read(bytes), [])
  expect([members, bad.map(({ line, field }) => [line, field])]).toEqual([[], [[2, '姓名']]])
})

it('five thousand lines are refused for their number, a huge file for its size', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => {
    const no = String(i).padStart(5, '0')
    return `P${no},月租车,人${i},桂Q${no},,,2026-11-01,2027-01-31`
  })
  const many = await read([head, ...lines].join('\r\n'))
  expect(api['members.compare'].args.safeParse({ text: many }).success).toBe(true)
  expect(readMembersCsv(many, []).bad).toMatchObject([{ value: '5000' }])
  for (const size of [400_001, 900_000])
    await expect(read('x'.repeat(size))).rejects.toThrow(/^FILE-01 .*400000|^FILE-01 .*800000/)
})
