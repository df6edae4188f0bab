// Cells of the members list, one by one: quoted, blank, guarded or truncated; the words that a file is written with; and
// each refusal in both languages. A date or a number with anything after or before it is refused.
import { describe, expect, it } from 'vitest'
import { membersCsv, readMembersCsv } from '#money/pure/member/member-csv.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { readCell, rowsOf } from '#base/pure/data/table-rows.ts'
import { memberKinds, type Member } from '#base/pure/rows/member-row.ts'

const head = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'
const good = 'M-1,月租车,张三,测A12345 测B12345,1,,2026-12-01,2026-12-31'
const badOf = (...lines: string[]) => readMembersCsv([head, ...lines].join('\n'), ['B1']).bad
const oneOf = (line: string): Member | undefined =>
  readMembersCsv(`${head}\n${line}`, ['B1']).members[0]

describe('rows of a text', () => {
  it.each([
    ['a,b\r\nc', [['a', 'b'], ['c']]],
    ['a\rb', [['a'], ['b']]],
    [
      'a;b,c;d\n"1;2";3',
      [
        ['a', 'b,c', 'd'],
        ['1;2', '3'],
      ],
    ],
    [
      'a\tb\n1\t2,3',
      [
        ['a', 'b'],
        ['1', '2,3'],
      ],
    ],
    ['\ufeffsep=;\r\na,b;c', [['a,b', 'c']]],
    [
      'a,b,,\n1,2,,\n,,,\n3,,,x',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '', '', 'x'],
      ],
    ],
    [' "a",b', [['a', 'b']]],
    ['a"b,c', [['a"b', 'c']]],
    ['a "b",c', [['a "b"', 'c']]],
    ['"a,""b""\nc",d', [['a,"b"\nc', 'd']]],
    ['a\n , \n\nb', [['a'], ['b']]],
    ['', []],
  ])('%j', (text, cells) => {
    expect(rowsOf(text).map((row) => row.cells)).toEqual(cells)
  })
  it('count their lines, those within quotes too', () => {
    for (const end of ['\n', '\r', '\r\n'])
      expect(
        rowsOf(['a', '', '"b', 'c"', 'd'].join(end)).map(({ line }) => line),
        JSON.stringify(end),
      ).toEqual([1, 3, 5])
  })
})

it.each([
  ['  张三 ', '张三'],
  ["'=1+1", '=1+1'],
  ["' -1", ' -1'],
  ["'张=1", "'张=1"],
  ["x'=1", "x'=1"],
  ["'张三", "'张三"],
  ['="00123"', '00123'],
  ['="a""b"', 'a"b'],
  [`'="1"`, '="1"'],
  ['=1+1', '=1+1'],
])('a cell %j is %j', (text, plain) => {
  expect(readCell(text)).toBe(plain)
})

it('is written with the words of each kind, and with nothing where there is no end, limit or area', () => {
  const member: Member = {
    no: 'M-1',
    kind: 'white',
    name: '张三',
    plates: ['测A12345'],
    spaces: null,
    areas: null,
    from: '2026-12-01',
    until: null,
  }
  const words = memberKinds.map((kind) => membersCsv([{ ...member, kind }]).split(/[,\n]/)[9])
  expect(words.toSorted()).toEqual(['月租车', '白名单', '应急', '访客', '积分会员'].toSorted())
  expect(membersCsv([member])).toBe(`\ufeff${head}\r\nM-1,白名单,张三,测A12345,,,2026-12-01,\r\n`)
  expect(oneOf('M-1,白名单,张三,测A12345,,,2026-12-01,')).toEqual(member)
})

describe('a date or a number', () => {
  it.each([
    ['2026/1/5', '2026-01-05'],
    ['2026.1.15', '2026-01-15'],
    ['2026-10-5', '2026-10-05'],
  ])('%s is %s', (text, day) => {
    expect(oneOf(`M-1,月租车,张三,测A12345,1,,${text},2026-12-31`)?.from).toBe(day)
  })
  it.each([
    ['起始日', '12026/1/5', `M-1,月租车,张三,测A12345,1,,12026/1/5,2026-12-31`],
    ['起始日', '2026-01-55', `M-1,月租车,张三,测A12345,1,,2026/1/55,2026-12-31`],
    ['起始日', '2026/1/5x', `M-1,月租车,张三,测A12345,1,,2026/1/5x,2026-12-31`],
    ['车位', '1a', `M-1,月租车,张三,测A12345,1a,,2026-12-01,2026-12-31`],
    ['车位', 'a1', `M-1,月租车,张三,测A12345,a1,,2026-12-01,2026-12-31`],
    ['车位', '1234', `M-1,月租车,张三,测A12345,1234,,2026-12-01,2026-12-31`],
  ])('%s %s is none', (field, value, line) => {
    expect(badOf(line)).toMatchObject([{ line: 2, field, value }])
  })
})

it('a mark is taken off the beginning of a file and nowhere else; headings may have blanks', () => {
  const spaced = head.replaceAll(',', ' , ')
  expect(readMembersCsv(`\ufeff${spaced}\n${good}`, []).members).toHaveLength(1)
  const english = 'no ,kind, name,plates,spaces,areas,from,until'
  expect(readMembersCsv(`${english}\n${good}`, []).members).toHaveLength(1)
  expect(readMembersCsv(`${head}\n${good.replace('张三', '张\ufeff三')}`, []).bad[0]?.value).toBe(
    '张\\ufeff三',
  )
})

describe('what a refusal says', () => {
  const kinds = memberKinds.join(', ')
  it.each([
    ['', { line: 1, field: '', value: '' }, '文件是空的', 'the file is empty'],
    ['编号,颜色', { field: '截止日', value: '编号,颜色' }, '缺少这一列', 'this column is missing'],
    ['编号,编号', { field: '编号', value: '编号' }, '表头写了两次', 'a heading stands twice'],
    ['编号,类别', { field: '姓名', value: '编号,类别' }, '缺少这一列', 'this column is missing'],
    [
      `${head}\n${good},x`,
      { field: '', value: 'x' },
      '这一行的列太多',
      'too many cells in this line',
    ],
    [`${head}\nM-1`, { field: '', value: '' }, '这一行的列不够', 'too few cells in this line'],
    [
      `${head}\n${good.replace('月租车', '储值卡')}`,
      { field: '类别', value: '储值卡' },
      '类别为 月租车、白名单、应急、访客、积分会员',
      `one of ${kinds}`,
    ],
    [
      `${head}\n${good.replace(',1,', ',一,')}`,
      { field: '车位', value: '一' },
      '车位为整数,空着为不限',
      'a whole number, empty for no limit',
    ],
    [
      `${head}\n${good}\n${good}`,
      { line: 3, field: '编号', value: 'M-1' },
      '编号重复',
      'this number stands twice',
    ],
    [
      `${head}\n${good}\n${good.replace('M-1', 'M-2')}`,
      { line: 3, field: '车牌', value: '测A12345' },
      '与编号 M-1 重复',
      'also in number M-1',
    ],
  ])('%j', (text, found, zh, en) => {
    expect(readMembersCsv(text, []).bad).toContainEqual(
      expect.objectContaining({ code: 'MEMBER-05', ...found, text: { zh, en } }),
    )
  })
  it.each(['202e', '200b', '0007', '2066'])('is of a name with U+%s, which nobody sees', (hex) => {
    const name = `张${String.fromCharCode(parseInt(hex, 16))}三`
    expect(badOf(good.replace('张三', name))).toMatchObject([
      {
        line: 2,
        field: '姓名',
        value: `张\\u${hex}三`,
        text: { zh: '姓名里有看不见的字符', en: 'invisible characters' },
      },
    ])
  })
  it('is of as many lines as may be in a file, and says how many those are', () => {
    const full = Array.from({ length: membersTable.rowsMax }, () => good)
    expect(badOf(...full)).toHaveLength(membersTable.rowsMax - 1)
    expect(badOf(...full, good)).toMatchObject([
      { line: 1, field: '', text: { zh: '最多 2000 行', en: 'at most 2000 lines' } },
    ])
  })
  it('shows no more of a cell than a person reads', () => {
    const [bad] = readMembersCsv('x'.repeat(100), []).bad
    expect(bad?.value).toBe('x'.repeat(80))
  })
  it('names the line on which a number stood first', () => {
    const second = good.replace('M-1', 'M-2')
    expect(badOf(good, second, second).map(({ line, field }) => [line, field])).toEqual([
      [3, '车牌'],
      [3, '车牌'],
      [4, '编号'],
    ])
  })
})
