// What an attendant sees of the own shift: since when records are shown, how many of others wait, and nothing that
// would be refused: no sums, no ledger check, no debtors, no merchants. An auditor has all of it.
import { beforeEach, expect, it } from 'vitest'
import type { Role } from '#base/pure/values/roles.ts'
import { all, named, one, openPage, type, textOf, submit } from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

const sits = (role: Role): void => void (lot.seat = seatOf(role))
const asked = (): readonly string[] => lot.calls.map(({ name }) => name)
const since = '2026-03-14T08:00:00+08:00'

it('records say since when they are shown, and offer no sums, no check of the ledger and no stays to check', async () => {
  sits('attendant')
  const data = { rows: [{ stayId: 'n1-S1', plate: '测A10001' }], next: null, sinceIso: since }
  lot.answers('ledger.query', data)
  await openPage(lot, '/ledger')
  expect(one(named('own-shift')).textContent).toContain('只显示本班，自 2026-03-14 08:00:00 起')
  for (const name of ['sums', 'sums-long', 'to-check']) expect(all(named(name))).toHaveLength(0)
  expect(asked()).toContain('ledger.query')
  for (const name of ['ledger.sums', 'stays.toCheck']) expect(asked()).not.toContain(name)
})

it('an auditor has sums and the list of stays to check, and no word of a shift', async () => {
  sits('auditor')
  await openPage(lot, '/ledger')
  expect(all(named('own-shift'))).toHaveLength(0)
  expect(all(named('to-check'))).toHaveLength(1)
  expect(asked()).toEqual(expect.arrayContaining(['ledger.sums', 'stays.toCheck']))
})

it('the queue says how much waits of other shifts, and holds nothing back for mending', async () => {
  sits('attendant')
  lot.answers('queue.list', { rows: [], others: 3 })
  await openPage(lot, '/queue')
  expect(one(named('others')).textContent).toContain('另有 3 条属于其他班次')
  expect(asked()).not.toContain('queue.held')
})

it('coupons are shown without what cars owe and what merchants gave', async () => {
  sits('attendant')
  await openPage(lot, '/coupons')
  expect(asked()).toContain('coupons.list')
  for (const name of ['arrears.list', 'merchants.list']) expect(asked()).not.toContain(name)
  expect(all(named('arrears'))).toHaveLength(0)
})

it('the desk finds what one plate left owing, and nothing of other cars', async () => {
  sits('attendant')
  await openPage(lot, '/coupons')
  await type('[name="arrearsPlate"]', ' 测B12345 ')
  await submit(one(named('find-arrears')))
  expect(lot.sent('arrears.find').at(-1)?.args).toEqual({ plate: '测B12345' })
  const text = textOf('arrears')
  expect(text).toContain('¥ 12.00')
  expect(text).not.toContain('测C')
  expect(all(named('waive-n1-O7'))).toHaveLength(0)
})
