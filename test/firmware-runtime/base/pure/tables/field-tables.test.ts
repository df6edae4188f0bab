// Usual lists of other parking software: each of the field is read as its README says, and further ones beside them. Two
// cars in a cell are two cars or a refusal; every fault of a file is in one list, and its marked copy is read when corrected.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readInsideCsv } from '#lane/pure/lot/inside-csv.ts'
import { readMembersCsv } from '#money/pure/member/member-csv.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { couponsTable } from '#base/pure/tables/coupons.ts'
import { insideTable } from '#base/pure/tables/inside.ts'
import { markedCopy } from '#base/pure/tables/marked-copy.ts'
import { membersTable } from '#base/pure/tables/members.ts'
import { pointsTable } from '#base/pure/tables/points.ts'
import { isFaultCode } from '#base/pure/faults/faults.ts'
import { readWorkbook } from '#base/tables/workbook-reader.ts'
import { workbookOf } from '#base/tables/workbook-writer.ts'
import { tableText } from '#base/tables/table-text.ts'
import { noSecondFieldFiles, secondFieldFile } from '../../../../kit/field-files.ts'

const nowMs = instantOfIso('2026-11-26T00:00:00+08:00')
const cars = (text: string) => readInsideCsv(text, { lanes: ['entry'], nowMs })
const members = (text: string) => readMembersCsv(text, [])
const member = {
  no: 'M1',
  kind: 'period',
  name: '张三',
  plates: ['测A12345'],
  spaces: 1,
  areas: null,
  from: '2026-01-05',
  until: '2026-12-31',
}
const car = (clock: string) => ({
  plate: '测A12345',
  colour: 'blue',
  enteredAtMs: instantOfIso(`2026-11-25T${clock}+08:00`),
})

const isMember =
  (more: object, beside: object = {}) =>
  (text: string) =>
    expect(members(text)).toMatchObject({ members: [{ ...member, ...more }], bad: [], ...beside })
const isCar = (clock: string) => (text: string) =>
  expect(cars(text)).toMatchObject({ cars: [car(clock)], bad: [] })
const two = { plates: ['测A12345', '测A12346'], spaces: 2 }

const files: Readonly<Record<string, (text: string) => void>> = {
  'inside-cn.csv': isCar('08:02:00'),
  'inside-sec1.csv': isCar('08:02:05'),
  'inside-two-pipe.csv': (text) =>
    expect(cars(text)).toMatchObject({
      cars: [],
      bad: [{ code: 'INSIDE-01', line: 2, field: '车牌', value: '测A12345|测A12346' }],
    }),
  'members-date-2359.csv': isMember({}),
  'members-extra-col.csv': isMember({}, { aside: ['电话'] }),
  'members-head-alt.csv': isMember({}),
  'members-kind-month.csv': isMember({}),
  'members-two-comma.csv': isMember(two),
  'members-two-pipe.csv': isMember(two),
  'members-x-time2359.xlsx': isMember({}),
}

describe.skipIf(noSecondFieldFiles)('a list of the field', () => {
  test.each(Object.entries(files))('%s', async (name, isRead) => {
    isRead(await tableText(readFileSync(secondFieldFile(`csv/${name}`)), name))
  })

  test('is judged here, each of them', () => {
    expect(Object.keys(files).toSorted()).toEqual(readdirSync(secondFieldFile('csv/')).toSorted())
  })
})

const head = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'
const line = (plates: string, more = '1,,2026/1/5,2026/12/31') => `M1,月租车,张三,${plates},${more}`

describe('further lists of members', () => {
  test.each([
    [
      '会员卡号,卡种,车主,号牌号码,车位数量,开始时间,到期时间\nM1,年卡,张三,测A12345,1,2026年1月5日,20261231235959',
      {},
    ],
    [
      '*编号(必填),类别：,姓名,车牌号,车位,起始日期（yyyy-MM-dd）,截止日期\nM1,包月,张三,测a·12345,1,46027,46387',
      {},
    ],
    ['NO,Kind,name,PLATES,spaces,from,until\nM1,period,张三,测A12345,1,2026-01-05,2026-12-31', {}],
    [
      `会员名单,,,,,,,\n导出时间:2026-11-25,,,,,,,\n\n${head}\n${line('测A12345')}\n合计,,,1,1,,,\n备注:月租车须先登记`,
      {},
    ],
    [`说明;勿改\n${head}\n${line('测A12345')}`, {}],
    [
      `编号,类别,姓名,车牌1,车牌2,车位,起始日,截止日\nM1,月卡,张三,测A12345,测A12346,2,2026/1/5,2026/12/31`,
      two,
    ],
    [`${head}\n${line('"测A12345\n测A12346"', '2,,2026/1/5,2026/12/31')}`, two],
    [`${head}\n${line('测A12345、测A12346', '2,,2026/1/5,2026/12/31')}`, two],
    [`${head}\n${line('测A12345／测A12346', '2,,2026/1/5,2026/12/31')}`, two],
    [`${head}\nM1,永久卡,张三,测A12345,1,,2026/1/5,永久`, { kind: 'white', until: null }],
    [
      `${head}\nM1,免费车,张三,测A12345,1,,2026/1/5,9999-12-31 23:59:59`,
      { kind: 'white', until: null },
    ],
    [
      `${head.replace('车位,区域,', '')}\nM1,月租车,张三,测A12345,2026/1/5,2026/12/31`,
      { spaces: null },
    ],
  ])('%j', (text, more) => {
    isMember(more)(text)
  })

  test('a heading and its synonym: the table’s own is read, the other is kept aside', () => {
    const text = `卡号,${head}\n0007,${line('测A12345')}`
    expect(members(text)).toMatchObject({ members: [member], aside: ['卡号'], bad: [] })
  })

  test('notes and sums are told, and a car is never taken for one', () => {
    const text = `${head}\n${line('测A12345')}\n共 1 人,,,,,,,\n备注,月租车,李四,测A12347,1,,2026/1/5,2026/12/31`
    const { notes, bad } = members(text)
    expect(notes).toEqual([{ line: 3, text: '共 1 人' }])
    expect(bad).toMatchObject([{ line: 4, field: '编号', value: '备注' }])
  })

  test('several cars without a column of spaces are a question, not a guess', () => {
    const text =
      '编号,类别,姓名,车牌,起始日,截止日\nM1,月卡,张三,测A1234G 测A12346,2026/1/5,2026/12/31'
    expect(members(text)).toMatchObject({ members: [], bad: [{ line: 2, field: '车位' }] })
  })

  test('a period pass without end says so with its word', () => {
    expect(members(`${head}\n${line('测A12345', '1,,2026/1/5,永久')}`).bad).toMatchObject([
      { code: 'MEMBER-05', line: 2, field: '截止日', value: '永久' },
    ])
  })

  test('cells behind the last heading are a shifted line', () => {
    const bad = members(`${head}\n${line('测A12345,测A12346')}`).bad
    expect(bad).toMatchObject([{ line: 2, text: { zh: '这一行的列太多' } }])
  })
})

describe('two cars in a cell of the cars inside', () => {
  test.each(['|', '｜', '，', ';', '；', '、', '/', '\n', ' ', '&'])('parted by %j', (mark) => {
    const found = cars(`车牌,入场时间\n"测A12345${mark}测A12346",2026/11/25 8:02\n`)
    expect(found.cars).toEqual([])
    expect(found.bad).toMatchObject([{ line: 2, field: '车牌', text: { zh: /2 个车牌/ } }])
  })

  test('a car with plates of three places is one', () => {
    const found = cars('车牌,入场时间\n测Z1234澳|MX1234|ZM123,2026/11/25 8:02\n')
    expect(found.cars.map(({ plate }) => plate)).toEqual(['测Z1234澳'])
  })
})

describe('every fault of a file', () => {
  const text = [
    '会员编号,电话,类别,姓名,车牌,车位,区域,起始日,截止日',
    'M1,1380,月卡,张三,测A12345|测A12346,2,,2026年1月5日,2026/12/31 23:59',
    'M 2,1381,储值卡,李四,测B1,x,,昨天,2026/12/31',
    'M3,1382,月卡,,测C12345,1,,2026/1/5,2026/1/4',
    'M1,1383,月卡,王五,测A12345,1,,2026/1/5,2026/12/31',
    '合计,,,,4,,,,',
  ].join('\n')
  const { bad } = members(text)

  test('is in one list, with code, line, heading and value', () => {
    expect(bad.map(({ code, line: of, field, value }) => [code, of, field, value])).toEqual([
      ['MEMBER-05', 3, '类别', '储值卡'],
      ['MEMBER-05', 3, '车位', 'x'],
      ['MEMBER-05', 3, '起始日', '昨天'],
      ['MEMBER-05', 4, '姓名', ''],
      ['MEMBER-05', 4, '截止日', '2026-01-04'],
      ['MEMBER-05', 5, '编号', 'M1'],
    ])
  })

  test('is marked in a copy that keeps what was read, what was not, and further columns', async () => {
    const { csv, shapes } = markedCopy(membersTable, text, { bad, language: 'zh' })
    const rows = csv.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(rows).toEqual(
      [
        `${head},电话,问题`,
        'M1,月租车,张三,测A12345 测A12346,2,,2026-01-05,2026-12-31,1380,',
        'M 2,储值卡,李四,测B1,x,,昨天,2026-12-31,1381,类别 类别为 月租车、白名单、应急、访客、积分会员; 车位 车位为整数,空着为不限,可以不填; 起始日 不是日期',
        'M3,月租车,,测C12345,1,,2026-01-05,2026-01-04,1382,姓名 姓名为 1 到 40 个字; 截止日 截止日早于起始日',
        'M1,月租车,王五,测A12345,1,,2026-01-05,2026-12-31,1383,编号 编号重复',
      ].map((one, at) =>
        at === 2 ? expect.stringContaining('M 2,储值卡,李四,测B1,x,,昨天,2026-12-31,1381,') : one,
      ),
    )
    const corrected = csv
      .replace('M 2,储值卡,李四,测B1,x,,昨天', 'M2,月租车,李四,测B12345,1,,2026-01-05')
      .replace('M3,月租车,,', 'M3,月租车,赵六,')
      .replace('2026-01-05,2026-01-04', '2026-01-05,2026-12-31')
      .replace('M1,月租车,王五,测A12345', 'M4,月租车,王五,测D12345')
    const again = members(corrected)
    expect(again).toMatchObject({ bad: [], aside: ['电话', '问题'] })
    expect(again.members.map(({ no }) => no)).toEqual(['M1', 'M2', 'M3', 'M4'])
    expect(markedCopy(membersTable, corrected, { bad: [], language: 'zh' }).csv).not.toContain(
      '问题,问题',
    )
    const sheet = await readWorkbook(await workbookOf('会员', csv, shapes))
    expect(String(sheet)).toContain(
      'M1,月租车,张三,测A12345 测A12346,2,,2026-01-05,2026-12-31,1380,',
    )
  })

  test('of a line that cannot be parted is marked with the whole line', () => {
    const wide = `${head}\n${line('测A12345,测A12346')}`
    const { csv } = markedCopy(membersTable, wide, { bad: members(wide).bad, language: 'zh' })
    expect(csv).toContain('M1 | 月租车 | 张三 | 测A12345 | 测A12346')
  })

  test('a missing column is in the copy, to be filled in', () => {
    const short = '编号,姓名,车牌号,电话\nM1,张三,测A12345,1380\n'
    const found = members(short).bad
    expect(found.map(({ field }) => field)).toEqual(['类别', '起始日', '截止日'])
    const { csv } = markedCopy(membersTable, short, { bad: found, language: 'zh' })
    expect(csv).toContain(
      '编号,类别,姓名,车牌,起始日,截止日,电话,问题\r\nM1,,张三,测A12345,,,1380,',
    )
  })
})

test.each([membersTable, insideTable, pointsTable, couponsTable])(
  'the headings of $name.zh name one column each, and its code is a fault',
  ({ columns, code }) => {
    const heads = Object.entries(columns).flatMap(
      ([name, { zh, also = [] }]: [string, { zh: string; also?: readonly string[] }]) => [
        name,
        zh,
        ...also,
      ],
    )
    expect(new Set(heads).size).toBe(heads.length)
    expect(isFaultCode(code)).toBe(true)
  },
)
