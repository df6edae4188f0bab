// The list of members as a file: it reads back as written, both headings are known, also dates and guards of spreadsheets;
// a bad cell is named by line, heading and value, and nothing is imported.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { membersCsv, readMembersCsv } from '#money/pure/member/member-csv.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { memberTwice } from '#money/pure/member/member-rules.ts'
import { memberKinds, type Member } from '#base/pure/rows/member-row.ts'

const head = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'
const good = 'M-1,月租车,张三,测A12345 测B12345,1,,2026-12-01,2026-12-31'
const areas = ['B1', 'B2']
const badOf = (...lines: string[]) => readMembersCsv([head, ...lines].join('\n'), areas).bad
const member: Member = {
  no: 'M-1',
  kind: 'period',
  name: '张三',
  plates: ['测A12345', '测B12345'],
  spaces: 1,
  areas: null,
  from: '2026-12-01',
  until: '2026-12-31',
}

const anyMember = (no: string): fc.Arbitrary<Member> =>
  fc.record({
    no: fc.constant(no),
    kind: fc.constantFrom(...memberKinds),
    name: fc.constantFrom('张三', '=1+1', 'a "b", c', '+王', '-1'),
    plates: fc.uniqueArray(fc.constantFrom('测A12345', '测B12345', '测C1234警'), { minLength: 1 }),
    spaces: fc.constantFrom(null, 1, 2, 20),
    areas: fc.constantFrom(null, ['B1'], ['B1', 'B2']),
    from: fc.constant('2026-12-01'),
    until: fc.constantFrom('2026-12-01', '2027-02-28'),
  })

describe('a file', () => {
  it('is read as it is written, and no cell of it is a formula', () => {
    fc.assert(
      fc.property(anyMember('M-1'), (one) => {
        const csv = membersCsv([one])
        expect(readMembersCsv(csv, areas)).toMatchObject({ members: [one], bad: [] })
        for (const cell of csv.slice(1).split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+\-@]/)
      }),
    )
  })
  it('may come with either headings in any order, with days as a spreadsheet writes them', () => {
    const own = 'until,from,areas,spaces,plates,name,kind,no\r\n2026/12/31,2026/12/1,,1,'
    const text = `\ufeff${own}"测A·12345;测b12345",张三,period,M-1\r\n\r\n`
    expect(readMembersCsv(text, areas)).toMatchObject({ members: [member], bad: [] })
    expect(readMembersCsv(`${head}\n${good}`, areas).members).toEqual([member])
  })
  it.each([
    ['M 1,月租车,张三,测A12345,1,,2026-12-01,2026-12-31', '编号', 'M 1'],
    ['M-1,储值卡,张三,测A12345,1,,2026-12-01,2026-12-31', '类别', '储值卡'],
    ['M-1,月租车,,测A12345,1,,2026-12-01,2026-12-31', '姓名', ''],
    ['M-1,白名单,张三,测A12345,,,2026-12-01', '', ''],
    ['M-1,月租车,张三,A12,1,,2026-12-01,2026-12-31', '车牌', 'A12'],
    ['M-1,月租车,张三,*警,1,,2026-12-01,2026-12-31', '车牌', '*警'],
    ['M-1,月租车,张三,测A12345 测A12345,1,,2026-12-01,2026-12-31', '车牌', '测A12345'],
    ['M-1,月租车,张三,,1,,2026-12-01,2026-12-31', '车牌', '0'],
    ['M-1,月租车,张三,测A12345,一个,,2026-12-01,2026-12-31', '车位', '一个'],
    ['M-1,月租车,张三,测A12345,0,,2026-12-01,2026-12-31', '车位', '0'],
    ['M-1,月租车,张三,测A12345,1,B9,2026-12-01,2026-12-31', '区域', 'B9'],
    ['M-1,月租车,张三,测A12345,1,,2026-02-30,2026-12-31', '起始日', '2026-02-30'],
    ['M-1,月租车,张三,测A12345,1,,2026-12-01,2026-11-30', '截止日', '2026-11-30'],
    ['M-1,访客,张三,测A12345,1,,2026-12-01,', '截止日', ''],
    ['M-1,月租车,张三,测A12345,1,,2026-12-01,2026-12-31,x', '', 'x'],
  ])('%s is refused by name', (line, field, value) => {
    expect(badOf('', line)).toMatchObject([{ line: 3, field, value }])
  })
  it('names every bad line, and takes none of the good ones', () => {
    const { members, bad } = readMembersCsv([head, good, 'x', good, 'y'].join('\n'), areas)
    expect(bad.map(({ line }) => line)).toEqual([3, 4, 5])
    expect(members).toHaveLength(1)
  })
  it('has its headings once, all of them, and is not without end', () => {
    const fieldsOf = (text: string) => readMembersCsv(text, []).bad.map(({ field }) => field)
    expect(fieldsOf('')).toEqual([''])
    expect(fieldsOf('编号,编号')).toContain('编号')
    expect(fieldsOf('编号,类别')).toEqual(['姓名', '车牌', '起始日', '截止日'])
    const many = Array.from({ length: membersTable.rowsMax + 1 }, () => good)
    expect(badOf(...many)).toMatchObject([{ value: String(membersTable.rowsMax + 1) }])
  })
  it('emergency vehicles may be named by the last character of their plates', () => {
    expect(badOf('E-1,应急,警车,*警,,,2026-12-01,')).toEqual([])
  })
})

describe('one car twice', () => {
  const other = { ...member, no: 'M-2' }
  it.each([
    ['at one time', other, true],
    ['on the same day', { ...other, from: '2026-12-31', until: '2027-01-31' }, true],
    ['one after the other', { ...other, from: '2027-01-01', until: '2027-01-31' }, false],
    ['one before the other', { ...other, from: '2026-11-01', until: '2026-11-30' }, false],
    ['without an end', { ...other, from: '2026-01-01', until: null }, true],
    ['in another kind', { ...other, kind: 'white' as const }, false],
    ['another car', { ...other, plates: ['测C12345'] }, false],
  ])('%s', (_name, second, isTwice) => {
    expect(memberTwice([member, second]) !== null).toBe(isTwice)
    expect(memberTwice([second, member]) !== null).toBe(isTwice)
  })
  it('in areas that do not meet it is two things', () => {
    const areasOf = (first: string[] | null, second: string[] | null) =>
      memberTwice([
        { ...member, areas: first },
        { ...other, areas: second },
      ])
    expect(areasOf(['B1'], ['B2'])).toBeNull()
    expect(areasOf(['B1', 'B2'], ['B2'])).not.toBeNull()
    expect(areasOf(null, ['B2'])).not.toBeNull()
  })
  it('in a file it is named at its line', () => {
    expect(badOf(good, good.replace('M-1', 'M-2'))).toMatchObject([
      { line: 3, field: '车牌', value: '测A12345' },
      { line: 3, field: '车牌', value: '测B12345' },
    ])
  })
})
