// Cars inside through the control API: a file of another system becomes stays in one transaction, and its cars are priced
// from their own entry times. A bad line, or a recount that lists a car which cannot be gone, changes nothing.
import type { AnswerOf } from '#runtime/api/table.ts'
import { expect, test } from 'vitest'
import type { InsideView } from '#lane/calls/inside-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import {
  arriveAtExit,
  carAtExit,
  makeLot,
  startMs,
  type TestLot,
} from '../../../runtime/control/control-kit.ts'
import { callAs as call } from '../../../runtime/control/coupon-kit.ts'

const hour = (ago: number): string =>
  isoOf(startMs - ago * 3_600_000)
    .slice(0, 19)
    .replace('T', ' ')
let commands = 0
const who = () => ({ commandId: `inside-${1000 + ++commands}`, by: '店主', reason: '换系统' })
const compared = async (lot: TestLot, text: string) =>
  (await call(lot, 'inside.compare', { text })).data as AnswerOf<'inside.compare'>
const listed = async (lot: TestLot) => (await call(lot, 'inside.list')).data as InsideView
const bring = async (lot: TestLot, text: string) => {
  const { digest } = await compared(lot, text)
  return call(lot, 'inside.import', { text, digest, ...who() })
}
const file = [
  '车牌,颜色,入场时间,车道',
  `测A·12345,蓝牌,${hour(2)},`,
  `测B12345,绿,${hour(30)},entry`,
].join('\r\n')

test('a file becomes stays in one transaction, and its cars pay from their own time of entry', async () => {
  const lot = makeLot()
  const diff = await compared(lot, file)
  expect(diff).toMatchObject({ bad: [], same: 0, missing: 0, added: [{ plate: '测A12345' }, {}] })
  const appends: number[] = []
  const { append } = lot.ledger
  lot.ledger.append = (drafts) => {
    appends.push(drafts.length)
    return append.call(lot.ledger, drafts)
  }
  expect(await bring(lot, file)).toMatchObject({ data: { ok: true } })
  expect(appends).toEqual([3])
  expect((await listed(lot)).rows.map(({ plate }) => plate)).toEqual(['测B12345', '测A12345'])
  expect(lot.runtime.lot.entries).toBe(0)
  arriveAtExit(lot, '测A12345')
  const car = lot.runtime.lanes.get('exit')?.state.car
  expect(car?.enteredAtMs).toBe(startMs - 2 * 3_600_000)
  expect(car?.dueFen).toBeGreaterThan(0)
  const again = await compared(lot, file)
  expect([again.added, again.same]).toEqual([[], 2])
})

test.each<[string, number, boolean]>([
  ['a day', 24, false],
  ['30 days', 30 * 24, false],
  ['an hour more', 30 * 24 + 1, true],
  ['four years, as of a workbook of 1904', 1_462 * 24, true],
])('a car of %s ago is accepted, and a person checks it: %o', async (_name, hours, isOld) => {
  const lot = makeLot()
  const { bad, added, unusual, longInside } = await compared(
    lot,
    `${file}\n测C12345,蓝,${hour(hours)},`,
  )
  const plates = isOld ? ['测C12345'] : []
  expect([bad, added.length, unusual]).toEqual([[], 3, plates])
  expect(longInside.map(({ plate }) => plate)).toEqual(plates)
})

test.each([
  ['车牌', `坏,蓝,${hour(1)},`],
  ['车牌', `测A12345,蓝,${hour(1)},`],
  ['颜色', `测C12345,粉,${hour(1)},`],
  ['入场时间', '测C12345,蓝,2026-02-30 08:00,'],
  ['入场时间', `测C12345,蓝,${hour(-1)},`],
  ['车道', `测C12345,蓝,${hour(1)},exit`],
])('a file with a bad %s is refused whole: %s', async (field, line) => {
  const lot = makeLot()
  const rows = lot.ledger.list.length
  const text = `${file}\r\n${line}`
  expect((await compared(lot, text)).bad).toMatchObject([{ line: 4, field }])
  expect(await bring(lot, text)).toMatchObject({
    error: { code: 'INSIDE-01', field: `line 4 ${field}` },
  })
  expect(lot.ledger.list).toHaveLength(rows)
})

test('a file without its columns, over another state, or on a full disk writes nothing', async () => {
  const lot = makeLot()
  expect((await compared(lot, '车牌\n测A12345')).bad).toMatchObject([
    { line: 1, field: '入场时间' },
  ])
  const { digest } = await compared(lot, file)
  carAtExit(lot, '测Z12345')
  expect(await call(lot, 'inside.import', { text: file, digest, ...who() })).toMatchObject({
    error: { code: 'INSIDE-02' },
  })
  lot.ledger.fault = new LaneFault('DATA-02', { note: 'full' })
  expect(await bring(lot, file)).toMatchObject({ error: { code: 'DATA-02' } })
  lot.ledger.fault = null
  expect((await listed(lot)).rows).toHaveLength(1)
})

test('a recount closes the stays of cars that are gone, counted, with who and why, and none that is in a lane', async () => {
  const lot = makeLot()
  await bring(lot, file)
  carAtExit(lot, '测Z12345')
  const { rows } = await listed(lot)
  const idOf = (plate: string): string => rows.find((row) => row.plate === plate)?.stayId ?? ''
  const inLane = idOf('测Z12345')
  const [gone, other] = [idOf('测A12345'), idOf('测B12345')]
  const recount = (ids: readonly string[]) => call(lot, 'inside.recount', { gone: ids, ...who() })
  for (const bad of [inLane, 'n1-S404'])
    expect(await recount([gone, bad])).toMatchObject({ error: { code: 'INSIDE-03', value: bad } })
  expect((await listed(lot)).rows).toHaveLength(3)
  expect(await recount([gone, gone])).toMatchObject({ data: { ok: true } })
  expect((await listed(lot)).rows.map(({ stayId }) => stayId)).toEqual([other, inLane])
  expect(lot.ledger.list.slice(-2)).toMatchObject([
    { kind: 'audit', body: { act: 'inside.recount 1 of 3', by: '店主', reason: '换系统' } },
    { kind: 'stayClosed', stayId: gone, body: { end: 'open' } },
  ])
  // No arrears: nobody saw these cars leave.
  expect(lot.runtime.lot.arrears.size).toBe(0)
})
