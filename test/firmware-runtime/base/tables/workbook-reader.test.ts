// Workbooks as text: each kind of cell, omitted rows and columns, the first visible sheet; a file that is no workbook, or
// too large, is refused.
import { describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/universal'
import { readWorkbook } from '#base/tables/workbook-reader.ts'
import { workbook } from '../../../kit/workbook-kit.ts'

const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d;@"/><numFmt numFmtId="165" formatCode="00000"/>' +
  '<numFmt numFmtId="166" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
  '<numFmt numFmtId="167" formatCode="&quot;共&quot;0&quot;days&quot;"/><numFmt numFmtId="168" formatCode="[Red]0.00"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
  `<cellXfs>${[0, 14, 22, 164, 165, 166, 167, 168, 21, 57].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
const cell = (xml: string): Uint8Array =>
  workbook({ rows: `<row r="1">${xml}</row>`, styles, texts: '<si><t>甲</t></si>' })

describe('a cell', () => {
  test.each([
    ['<c r="A1" t="s"><v>0</v></c>', '甲'],
    [
      '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>',
      'a b',
    ],
    ['<c r="A1" t="str"><f>1&amp;2</f><v>12</v></c>', '12'],
    ['<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['<c r="A1" t="e"><v>#REF!</v></c>', '#REF!'],
    ['<c r="A1"><v>12.5</v></c>', '12.5'],
    ['<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
    ['<c r="A1"><v>1.5E3</v></c>', '1500'],
    ['<c r="A1" s="4"><v>123</v></c>', '00123'],
    ['<c r="A1" s="1"><v>46027</v></c>', '2026-01-05'],
    ['<c r="A1" s="3"><v>46027</v></c>', '2026-01-05'],
    ['<c r="A1" s="5"><v>46027</v></c>', '2026-01-05'],
    ['<c r="A1" s="9"><v>46027</v></c>', '2026-01-05'],
    ['<c r="A1" s="2"><v>46351.334722222222</v></c>', '2026-11-25 08:02:00'],
    ['<c r="A1" s="1"><v>46351.334722222222</v></c>', '2026-11-25 08:02:00'],
    ['<c r="A1" s="8"><v>0.5</v></c>', '12:00:00'],
    ['<c r="A1" s="6"><v>3</v></c>', '3'],
    ['<c r="A1" s="7"><v>3.5</v></c>', '3.5'],
    ['<c r="A1" s="1"><v>-1</v></c>', '-1'],
    [
      '<c r="A1" t="inlineStr"><is><t>&#27979;&amp;&lt;_x000D_&#x6D4B;&nbsp;</t></is></c>',
      '"测&< 测&nbsp;"',
    ],
    ['<c r="A1" t="inlineStr"><is><t><![CDATA[<a>]]></t></is></c>', '<a>'],
    ['<c r="A1" t="inlineStr"><is><t>a;b</t></is></c>', '"a;b"'],
    [
      '<c r="A1" t="inlineStr"><is><t>东京</t><rPh sb="0" eb="2"><t>とう</t></rPh></is></c>',
      '东京',
    ],
  ])('%s', async (xml, text) => {
    expect(await readWorkbook(cell(xml))).toBe(`${text}\n`)
  })

  test('of the days of 1904 is four years later', async () => {
    const book =
      '<workbook><workbookPr date1904="1"/><sheets><sheet r:id="rId1"/></sheets></workbook>'
    const rows = '<row r="1"><c r="A1" s="1"><v>44565</v></c></row>'
    expect(await readWorkbook(workbook({ rows, styles, book }))).toBe(
      '2026-01-05\n#workbook hiddenRows=0 hiddenColumns=0 daysFrom=1904\n',
    )
  })
})

test('rows and columns that are left out are empty, and prefixes of names are passed over', async () => {
  const rows =
    '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="C1"><x:v>3</x:v></x:c></x:row>' +
    '<x:row r="3"><x:c><x:v>4</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row><x:row><x:c/></x:row>'
  expect(await readWorkbook(workbook({ rows }))).toBe('1,,3\n,,\n4,5,\n')
})

test('the first sheet that is shown is read', async () => {
  const book =
    '<workbook><sheets><sheet r:id="rId1" state="hidden"/><sheet r:id="rId2"/></sheets></workbook>'
  const more = {
    'xl/worksheets/sheet2.xml': '<worksheet><row r="1"><c r="A1"><v>2</v></c></row></worksheet>',
  }
  expect(await readWorkbook(workbook({ rows: '', book, more }))).toBe('2\n')
})

test('what a library writes is read as it was said', async () => {
  const blob = await writeExcelFile([
    [{ value: '车牌' }, { value: '日期' }, { value: '金额' }],
    [
      { value: '测A12345' },
      { value: new Date(Date.UTC(2026, 0, 5)), type: Date, format: 'yyyy-mm-dd' },
      { value: 12.5, type: Number, format: '0.00' },
    ],
  ]).toBlob()
  const text = await readWorkbook(new Uint8Array(await blob.arrayBuffer()))
  expect(text).toBe('车牌,日期,金额\n测A12345,2026-01-05,12.5\n')
})

describe('is refused', () => {
  const why = async (bytes: Uint8Array): Promise<unknown> => {
    const read = await readWorkbook(bytes)
    return typeof read === 'string' ? read : read.why
  }
  const whole = cell('<c r="A1"><v>1</v></c>')

  test('where it is cut, at whichever byte', async () => {
    for (let length = 4; length < whole.length; length += 7)
      expect(await why(whole.subarray(0, length))).toMatchObject({ zh: /不完整/ })
  })

  test('where a part says that it is larger than anything', async () => {
    const big = workbook({ rows: ' '.repeat(33 * 1024 * 1024) })
    expect(await why(big)).toMatchObject({ en: 'this workbook is too large' })
  })

  test('where a cell stands beyond every table', async () => {
    const far = (place: string): Promise<unknown> =>
      why(
        workbook({ rows: `<row r="${/\d+/.exec(place)?.[0]}"><c r="${place}"><v>1</v></c></row>` }),
      )
    for (const place of ['A100001', 'XFD1'])
      expect(await far(place)).toMatchObject({ en: 'this workbook is too large' })
  })

  test('where it is an archive of other things', async () => {
    expect(await why(workbook({ rows: '', book: '<document/>' }))).toMatchObject({
      en: 'this is an archive and no workbook',
    })
  })
})
