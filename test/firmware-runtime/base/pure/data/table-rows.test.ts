// Tables as spreadsheets and other systems save them: every table from the field is read as its README says, and each is
// named here.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withDays } from '#lane/lot/files/day-list.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { readInsideCsv } from '#lane/pure/lot/inside-csv.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { readMembersCsv } from '#money/pure/member/member-csv.ts'
import { readPointsCsv } from '#money/pure/member/points-csv.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { tableText } from '#base/tables/table-text.ts'
import { fieldFile, noFieldFiles } from '../../../../kit/field-files.ts'
import { Rows } from '../../../lane/pure/lot/row-kit.ts'

const nowMs = instantOfIso('2026-11-26T00:00:00+08:00')
const inside = { lanes: ['entry'], nowMs }
const member = {
  no: 'M1',
  kind: 'period',
  name: '车主一',
  plates: ['测A12345'],
  spaces: 1,
  areas: null,
  from: '2026-01-05',
  until: '2026-12-31',
} as const
const enteredAtMs = instantOfIso('2026-11-25T08:02:00+08:00')
const car = { plate: '测A12345', colour: 'blue', enteredAtMs, laneId: 'entry' }

const noBeside = { aside: [], notes: [] }
const members = (found: object) => (text: string) =>
  expect(readMembersCsv(text, [])).toEqual({
    members: [{ ...member, ...found }],
    bad: [],
    ...noBeside,
  })
const cars = (found: object) => (text: string) =>
  expect(readInsideCsv(text, inside)).toEqual({
    cars: [{ ...car, ...found }],
    bad: [],
    ...noBeside,
  })
const plate = (of: string) => members({ kind: 'white', plates: [of] })
const green = cars({ plate: '测AD12345', colour: 'green' })
const isSame = members({})

function pointsOfOne(text: string): void {
  const rows = new Rows()
  rows.add('member', {}, { row: 'issued', member: { ...member, no: 'P1', kind: 'points' } })
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const read = readPointsCsv(text, lot.points, { members: lot.members, nowMs })
  const added = [{ row: 'brought', no: 'P1', points: 100, until: '2027-01-05' }]
  expect(read).toMatchObject({ added, bad: [] })
}

const files: Readonly<Record<string, (text: string) => void>> = {
  'days-utf16': (text) =>
    expect(withDays(demoTariff, text, 'days').tariff.days.holidays).toContain('2026-10-01'),
  'inside-colour-gradient': green,
  'inside-colour-newenergy': green,
  'inside-head-alt': cars({}),
  'inside-iso-z': cars({}),
  'inside-java-timestamp': cars({}),
  'inside-ms': cars({}),
  'inside-ok': cars({}),
  'inside-sheet-title': cars({}),
  'members-cr-only': isSame,
  'members-ok': isSame,
  'members-semicolon': isSame,
  'members-sep-line': isSame,
  'members-tab': isSame,
  'members-trailing-empty-columns': isSame,
  'members-utf16le-tab': isSame,
  'plate-armed-police': plate('WJ测1234X'),
  'plate-aviation': plate('民航A1234'),
  'plate-military': plate('VA12345'),
  'plate-rescue': plate('测X1234应急'),
  'plate-rescue-ministry': plate('测12345应急'),
  'plate-three-places': plate('测Z1234澳'),
  'points-slash-date': pointsOfOne,
}

describe.skipIf(noFieldFiles)('a table of the field', () => {
  const bytesOf = (name: string): Uint8Array => readFileSync(fieldFile(`csv/${name}.csv`))

  test.each(Object.entries(files))('%s', async (name, isRead) => {
    isRead(await tableText(bytesOf(name), name))
  })

  test('that is a cut workbook is called a workbook', async () => {
    const read = tableText(bytesOf('members-is-xlsx'), 'members-is-xlsx')
    await expect(read).rejects.toMatchObject({
      code: 'FILE-01',
      detail: { file: 'members-is-xlsx', note: { zh: /工作簿/ } },
    })
  })

  test('is judged here, each of them', () => {
    const there = readdirSync(fieldFile('csv/')).map((name) => name.replace('.csv', ''))
    expect([...Object.keys(files), 'members-is-xlsx'].toSorted()).toEqual(there.toSorted())
  })
})

test('a time in UTC that is none is refused', () => {
  const { bad } = readInsideCsv('车牌,入场时间\n测A12345,2026-02-30T00:00:00Z', inside)
  expect(bad).toMatchObject([{ line: 2, field: '入场时间', value: '2026-02-30T00:00:00Z' }])
})
