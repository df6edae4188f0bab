// Bytes of tables as text, whichever program saved them; a file that is no table is refused with its name.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodedText, tableText } from '#base/tables/table-text.ts'
import { fieldFile, noFieldFiles } from '../../../kit/field-files.ts'
import { workbook } from '../../../kit/workbook-kit.ts'

const text = '编号,姓名\r\nM-1,车主一\r\n'
const wide = Buffer.from(text, 'utf16le')
/** 张三 in GB 18030, written as bytes, so that the test does not use the encoder under test. */
const gbk = Buffer.concat([Buffer.from('M-1,'), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd])])

test.each([
  ['UTF-8', Buffer.from(text), text],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), text],
  ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), text],
  ['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), text],
  ['UTF-16 without a mark', wide, text],
  ['UTF-16 the other way round without one', Buffer.from(wide).swap16(), text],
  ['GB 18030', gbk, 'M-1,张三'],
  ['nothing', Buffer.from(''), ''],
])('%s', async (_, bytes, expected) => {
  expect(await tableText(bytes, 'f.csv')).toBe(expected)
})

test('a character that no file of text has is refused in its cell, and not here', () => {
  expect(decodedText(Buffer.from(`编号,姓名\nM-1,张\u0007三\n`))).toContain('\u0007')
  expect(decodedText(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff]))).toBe('a\ufffd')
})

test('a workbook is read under any name', async () => {
  const bytes = workbook({ rows: '<row r="1"><c r="A1" t="b"><v>0</v></c></row>' })
  expect(await tableText(bytes, 'members.csv')).toBe('FALSE\n')
})

describe('FILE-01 with the name of the file', () => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44]
  test.each([
    ['a picture', Buffer.from(png), /no table/],
    ['zeros', Buffer.alloc(64), /no table/],
    ['half a character of UTF-16', Buffer.concat([wide, Buffer.from([0])]), /no table/],
    ['a workbook of old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /old Excel/],
    ['a workbook that is cut', Buffer.from('PK\u0003\u0004'), /this is a workbook/],
  ])('%s', async (_, bytes, en) => {
    await expect(tableText(bytes, 'f.csv')).rejects.toMatchObject({
      code: 'FILE-01',
      detail: { file: 'f.csv', note: { en: en } },
    })
  })
})

describe('what a web system exports as .xls', () => {
  const refused = async (bytes: Uint8Array) =>
    tableText(bytes, 'f.xls').catch((fault: unknown) => fault)

  test.skipIf(noFieldFiles).each([
    ['members-html.xls', /web page/],
    ['members-xml2003.xls', /XML table/],
  ])('%s is named with the way out', async (name, en) => {
    const read = await refused(readFileSync(fieldFile(`../field-3/xlsx/${name}`)))
    expect(read).toMatchObject({ code: 'FILE-01', detail: { file: 'f.xls', note: { en } } })
  })

  test.each<[string, string, RegExp | null]>([
    ['a table alone', '<table><tr><td>编号</td></tr></table>', /web page/],
    ['a comment, then a page', '<!-- a\n-- >x -->\r\n<HTML><body>', /web page/],
    ['a page of XML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD">', /web page/],
    ['styles before the table', '  <style>td{}</style><table>', /web page/],
    [
      'a page saved as one file',
      'MIME-Version: 1.0\r\nContent-Type: multipart/related',
      /web page/,
    ],
    ['a workbook of XML with a prefix', '<?xml version="1.0"?>\n<ss:Workbook>', /XML table/],
    ['a cell that begins with a mark', '<编号>,姓名\nM-1,张三\n', null],
    ['a cell with a word of HTML', 'table,<table>\n1,2\n', null],
  ])('%s', async (_name, text, en) => {
    const bytes = new TextEncoder().encode(text)
    const read = await refused(bytes)
    if (en === null) expect(read).toBe(text)
    else expect(read).toMatchObject({ code: 'FILE-01', detail: { note: { en } } })
    if (en !== null)
      expect(await refused(Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatchObject(read as object)
  })
})

test('a workbook with bytes that are others is a table or FILE-01, whichever they are', async () => {
  const whole = workbook({
    rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46027.5</v></c></row>',
    texts: '<si><t>车牌&amp;</t></si>',
    styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>',
  })
  const change = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = new Uint8Array(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      const read = await tableText(bytes, 'f.xlsx').catch((fault: unknown) => fault)
      if (typeof read !== 'string') expect(read).toMatchObject({ code: 'FILE-01' })
    }),
    { numRuns: 300 },
  )
})
