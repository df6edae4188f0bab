// Tables as spreadsheets and other systems save them, from files of the field: each is read as the plain one is.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readInsideCsv } from '../../../../firmware-runtime/core/lot/inside-csv.ts'
import { readMembersCsv } from '../../../../firmware-runtime/core/member/member-csv.ts'
import { instantOfIso } from '../../../../firmware-runtime/core/values/instant.ts'
import { fieldFile, noFieldFiles } from '../../../kit/field-files.ts'

const text = (name: string): string => readFileSync(fieldFile(`csv/${name}.csv`), 'utf8')

describe.skipIf(noFieldFiles)('a table of the field', () => {
  test.each(['semicolon', 'tab', 'sep-line', 'cr-only', 'trailing-empty-columns'])(
    'members %s is read as the plain one is',
    (form) => {
      const plain = readMembersCsv(text('members-ok'), [])
      expect(plain).toMatchObject({ members: [{ no: 'M1', until: '2026-12-31' }], bad: [] })
      expect(readMembersCsv(text(`members-${form}`), [])).toEqual(plain)
    },
  )

  const at = { lanes: ['entry'], nowMs: instantOfIso('2026-11-26T00:00:00+08:00') }
  test.each(['ok', 'ms', 'iso-z', 'java-timestamp', 'head-alt', 'sheet-title'])(
    'cars inside %s are read alike',
    (form) => {
      const enteredAtMs = instantOfIso('2026-11-25T08:02:00+08:00')
      const car = { plate: '测A12345', colour: 'blue', enteredAtMs, laneId: 'entry' }
      expect(readInsideCsv(text(`inside-${form}`), at)).toEqual({ cars: [car], bad: [] })
    },
  )

  test.each(['gradient', 'newenergy'])('a colour %s is green', (form) => {
    const { cars, bad } = readInsideCsv(text(`inside-colour-${form}`), at)
    expect([cars.map(({ colour }) => colour), bad]).toEqual([['green'], []])
  })
})

test('a time in UTC that is none is refused', () => {
  const at = { lanes: ['entry'], nowMs: instantOfIso('2026-11-26T00:00:00+08:00') }
  const { bad } = readInsideCsv('车牌,入场时间\n测A12345,2026-02-30T00:00:00Z', at)
  expect(bad).toMatchObject([{ line: 2, field: '入场时间', value: '2026-02-30T00:00:00Z' }])
})
