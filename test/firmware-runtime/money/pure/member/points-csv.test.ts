// Balances of points from a file: what a good file changes, and every bad line by its number, heading, value and words.
// A file with one bad line is not imported at all.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { readPointsCsv } from '#money/pure/member/points-csv.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'
import { Rows } from '../../../lane/pure/lot/row-kit.ts'

const nowMs = instantOfIso('2026-11-20T12:00:00+08:00')
const member = (no: string, kind: Member['kind'] = 'points'): Member => ({
  no,
  kind,
  name: '张三',
  plates: [`测A0000${no.slice(-1)}`],
  spaces: null,
  areas: null,
  from: '2026-01-01',
  until: null,
})
const rows = new Rows()
for (const one of [member('P-1'), member('P-2'), member('P-3'), member('V-4', 'visitor')])
  rows.add('member', {}, { row: 'issued', member: one })
for (const [no, points] of [
  ['P-1', 100],
  ['P-2', 20],
] as const)
  rows.add('points', {}, { row: 'brought', no, points, until: '2027-06-30' })
const lot = emptyLot()
for (const row of rows.all) foldRow(lot, row)

const head = '编号,积分,截止日'
const read = (...lines: string[]) =>
  readPointsCsv([head, ...lines].join('\n'), lot.points, { members: lot.members, nowMs })
const nothing = { added: [], changed: [], same: 0 }

describe('a good file', () => {
  test('is compared with what was brought before; who is not in it keeps his points', () => {
    const { added, changed, same, bad } = read('P-1,100,2027-06-30', 'P-3,5,2026-12-31')
    expect([changed, same, bad]).toEqual([[], 1, []])
    expect(added).toEqual([{ row: 'brought', no: 'P-3', points: 5, until: '2026-12-31' }])
  })

  test.each([
    ['other points', 'P-2,21,2027-06-30'],
    ['another last day', 'P-2,20,2027-07-01'],
  ])('%s are a change', (_, line) => {
    const { added, changed, same } = read('P-1,100,2027-06-30', line)
    expect([added, changed.map(({ no }) => no), same]).toEqual([[], ['P-2'], 1])
  })

  test('has its headings in either language, with or without the mark of its bytes and spaces', () => {
    const at = { members: lot.members, nowMs }
    for (const titles of ['no,points,until', ' 编号 , 积分 ,截止日', `\ufeff${head}`])
      expect(readPointsCsv(`${titles}\r\nP-1,7,2027-01-01`, lot.points, at).changed).toHaveLength(1)
  })

  test.skipIf(noFieldFiles)(
    'has its last day as spreadsheets write days, like every other table',
    () => {
      for (const until of ['2027/1/5', '2027.01.05', '2027-1-5'])
        expect(read(`P-3,5,${until}`).added).toMatchObject([{ until: '2027-01-05' }])
      expect(read('P-3,5,2027/13/5').bad).toMatchObject([{ field: '截止日', value: '2027-13-05' }])
      const field = readFileSync(fieldFile('csv/points-slash-date.csv'), 'utf8').replace(
        'P1',
        'P-3',
      )
      const at = { members: lot.members, nowMs }
      expect(readPointsCsv(field, lot.points, at)).toMatchObject({
        bad: [],
        added: [{ no: 'P-3', points: 100, until: '2027-01-05' }],
      })
    },
  )

  test('from today on, for a year and a day at the most', () => {
    for (const until of ['2026-11-20', '2027-11-21']) expect(read(`P-1,7,${until}`).bad).toEqual([])
    expect(read('P-1,0,2026-11-20', 'P-2,10000000,2026-11-20').bad).toEqual([])
  })
})

describe('a bad file', () => {
  const limits = ['积分为 0 到 10000000 的整数', 'points from 0 to 10000000'] as const
  const span = ['从今天起 366 天之内', 'within 366 days from 2026-11-20'] as const
  const nobody = ['没有这个积分会员', 'no points member has this number'] as const
  const noDate = ['不是日期', 'not a date such as 2026-12-31'] as const
  test.each([
    ['P-9,5,2027-01-01', '编号', 'P-9', ...nobody],
    ['V-4,5,2027-01-01', '编号', 'V-4', ...nobody],
    [',5,2027-01-01', '编号', '', ...nobody],
    ['P-1,-5,2027-01-01', '积分', '-5', ...limits],
    ['P-1,5.5,2027-01-01', '积分', '5.5', ...limits],
    ['P-1,,2027-01-01', '积分', '', ...limits],
    ['P-1,x5,2027-01-01', '积分', 'x5', ...limits],
    ['P-1,5x,2027-01-01', '积分', '5x', ...limits],
    ['P-1,10000001,2027-01-01', '积分', '10000001', ...limits],
    ['P-1,000000005,2027-01-01', '积分', '000000005', ...limits],
    ['P-1,5,2027-02-30', '截止日', '2027-02-30', ...noDate],
    ['P-1,5', '截止日', '', ...noDate],
    ['P-1,5,2026-11-19', '截止日', '2026-11-19', ...span],
    ['P-1,5,2027-11-22', '截止日', '2027-11-22', ...span],
    ['P-1,5,2027-01-01,x', '', 'x', '这一行的列太多', 'too many cells in this line'],
  ])('%s', (line, field, value, zh, en) => {
    expect(read('P-2,1,2027-01-01', line)).toMatchObject({
      ...nothing,
      bad: [{ line: 3, field, value, text: { zh, en } }],
    })
  })

  test('a number that stands twice, at its second line', () => {
    expect(read('P-1,1,2027-01-01', 'P-2,1,2027-01-01', 'P-1,2,2027-01-01')).toMatchObject({
      ...nothing,
      bad: [
        {
          line: 4,
          field: '编号',
          value: 'P-1',
          text: { zh: '编号重复', en: 'this number stands twice' },
        },
      ],
    })
  })

  test('every bad line is named', () => {
    expect(
      read('P-9,1,2027-01-01', 'P-1,1,2027-01-01', 'P-8,1,2027-01-01').bad.map(({ line }) => line),
    ).toEqual([2, 4])
  })

  test.each([
    ['', '', '', '文件是空的', 'the file is empty'],
    ['no,points', '截止日', 'no,points', '缺少这一列', 'this column is missing'],
  ])('other headings: %j', (titles, field, value, zh, en) => {
    const at = { members: lot.members, nowMs }
    expect(
      readPointsCsv(titles === '' ? '' : `${titles}\nP-1,7,2027-01-01`, lot.points, at),
    ).toMatchObject({ ...nothing, bad: [{ line: 1, field, value, text: { zh, en } }] })
  })

  test('more than two thousand lines', () => {
    const line = 'P-1,7,2027-01-01'
    const many = (count: number) => read(...Array.from({ length: count }, () => line)).bad
    expect(many(2001)).toMatchObject([
      { line: 1, field: '', value: '2001', text: { zh: '最多 2000 行', en: 'at most 2000 lines' } },
    ])
    expect(many(2000)).toHaveLength(1999)
  })
})
