// Tables of the cars inside: an unknown colour is refused, also when it is the name of an object property, and a recount
// refuses a text that is no list of cars.
import { describe, expect, it } from 'vitest'
import { readInsideCsv, readRecount } from '#lane/pure/lot/inside-csv.ts'

const at = { lanes: ['entry'], nowMs: Date.UTC(2026, 10, 24) }

it.each(['constructor', 'toString', '__proto__', 'valueOf'])(
  'a colour %s is none, though every object has it',
  (word) => {
    const text = `车牌,颜色,入场时间\n测A12345,${word},2026-11-20 08:00\n`
    expect(readInsideCsv(text, at)).toMatchObject({ cars: [], bad: [{ line: 2, field: '颜色' }] })
  },
)

describe('a recount', () => {
  const stays = new Set(['n1-S7'])
  const read = (text: string) => {
    const { there, bad } = readRecount(text, stays)
    return { there: [...there], bad: bad.map(({ line }) => line) }
  }

  it.each([
    ['测A12345\n测B·12345\r\n\n', ['测A12345', '测B12345']],
    ['\ufeff车牌,颜色\n"测A12345",蓝\nn1-S7,\n', ['测A12345', 'n1-S7']],
    ['测A12345 测B12345;测C12345', ['测A12345', '测B12345', '测C12345']],
    ['测A12345;测B12345\n测C12345,蓝', ['测A12345', '测B12345', '测C12345']],
    ['plate,entered\n测A 12345,2026-11-20 08:00', ['测A12345']],
    ['="测A12345"\n"=""测B12345"""', ['测A12345', '测B12345']],
    ['测A12345|测B12345', ['测A12345', '测B12345']],
    ['测A12345｜测B12345\n测C12345／测D12345', ['测A12345', '测B12345', '测C12345', '测D12345']],
    ['"测A12345，测B12345",蓝', ['测A12345', '测B12345']],
    ['"测A12345\n测B12345"', ['测A12345', '测B12345']],
    ['测A12345、测B12345;测C12345 蓝', ['测A12345', '测B12345', '测C12345']],
    ['n1-S7|测A12345', ['n1-S7', '测A12345']],
    ['测Z1234澳|MX1234|ZM123', ['测Z1234澳']],
    ['测A12345,张三,13800000000,M-001', ['测A12345']],
  ])('reads %j', (text, there) => {
    expect(read(text)).toEqual({ there, bad: [] })
  })

  it.each([
    ['', [1]],
    ['车牌\n', [1]],
    ['测A12345\n=1+1\n测B12', [2, 3]],
    ['{"ok":true}', [1]],
    ['n1-S8', [1]],
    ['测A12345|测B12', [1]],
    ['测A12345,测B1234?', [1]],
    ['测A12345\n测B12345 MX1234', [2]],
  ])('refuses %j', (text, bad) => {
    expect(read(text).bad).toEqual(bad)
  })
})
