// Limits of merchants through the control API: by count and by amount, per day and per month, refused before the first
// row is written. A merchant owes what its coupons took off the stays that ended in the month.
import { expect, test } from 'vitest'
import type { MerchantsView } from '#money/calls/coupon-views.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { carAtExit, makeLot, startMs, type TestLot } from './control-kit.ts'
import { callAs, drivesOff, entered } from './coupon-kit.ts'

let commands = 0
const who = () => ({ commandId: `limit-${1000 + ++commands}`, by: '店主', reason: '商户' })
const none = { dayCount: null, monthCount: null, dayFen: null, monthFen: null }
const limit = (lot: TestLot, over: object, merchant = '面馆') =>
  callAs(lot, 'merchants.limit', { merchant, ...none, ...over, ...who() })
const day = (plus: number): string => isoOf(startMs + plus * dayMs).slice(0, 10)
const issue = (lot: TestLot, count: number, over: object = {}) => {
  const given = { merchant: '面馆', kind: 'amount', value: 300, from: day(-1), until: day(90) }
  return callAs(lot, 'coupons.issue', { ...given, ...over, count, ...who() })
}
const merchants = async (lot: TestLot, args: object = {}) =>
  (await callAs(lot, 'merchants.list', args)).data as MerchantsView
const refused = { error: { code: 'COUPON-09' } }
const fine = { data: { ok: true } }

test.each([
  ['number of a day', { dayCount: 3 }, 1],
  ['yuan of a day', { dayFen: 900 }, 1],
  ['number of a month', { monthCount: 3 }, 31],
  ['yuan of a month', { monthFen: 1_000 }, 31],
])('the %s: up to it and not one more, until it is over', async (_, most, days) => {
  const lot = makeLot()
  await limit(lot, most)
  expect(await issue(lot, 2)).toMatchObject(fine)
  const rows = lot.ledger.list.length
  expect(await issue(lot, 2)).toMatchObject(refused)
  expect(lot.ledger.list).toHaveLength(rows)
  expect(await issue(lot, 1)).toMatchObject(fine)
  entered(lot, 900)
  const given = { merchant: '面馆', kind: 'amount', value: 300, plate: '测A12345' }
  expect(await callAs(lot, 'coupons.validate', { ...given, ...who() })).toMatchObject(refused)
  // The limit of one merchant does not apply to another.
  expect(await issue(lot, 9, { merchant: '电影院' })).toMatchObject(fine)
  const left = makeLot(lot.ledger.list)
  expect(await issue(left, 1), 'after a restart').toMatchObject(refused)
  left.clock.advance((days - 1) * dayMs)
  expect(await issue(left, 1), 'on its last day').toMatchObject(days === 1 ? refused : fine)
  left.clock.advance(dayMs)
  expect(await issue(left, 1), 'afterwards').toMatchObject(fine)
})

test('what was made void is not counted, and a limit is lifted by one of nothing', async () => {
  const lot = makeLot()
  await limit(lot, { dayCount: 1 })
  const { codes } = (await issue(lot, 1)).data as { readonly codes: readonly string[] }
  expect(await issue(lot, 1)).toMatchObject(refused)
  await callAs(lot, 'coupons.void', { code: codes[0], ...who() })
  expect(await issue(lot, 1)).toMatchObject(fine)
  expect(await issue(lot, 1)).toMatchObject(refused)
  // Leading and trailing blanks do not make another merchant.
  expect(await issue(lot, 1, { merchant: '面馆 ' })).toMatchObject(refused)
  await limit(lot, {}, ' 面馆')
  expect(await issue(lot, 200)).toMatchObject(fine)
})

test('within a limit of yuan nothing is issued whose yuan nobody knows yet', async () => {
  const lot = makeLot()
  await limit(lot, { monthFen: 100_000 })
  expect(await issue(lot, 1, { kind: 'whole', value: 0 })).toMatchObject({
    error: { code: 'COUPON-09', field: '/kind', value: 'whole' },
  })
})

test('a merchant owes what its coupons took off cars that left in the month', async () => {
  const lot = makeLot()
  const { codes } = (await issue(lot, 2)).data as { readonly codes: readonly string[] }
  await limit(lot, { dayCount: 5 })
  carAtExit(lot)
  await callAs(lot, 'coupons.use', { code: codes[0], laneId: 'exit', ...who() })
  const own = async (args: object = {}) => (await merchants(lot, args)).rows[0]
  expect(await own()).toMatchObject({ name: '面馆', spent: { count: 0, fen: 0 } })
  await callAs(lot, 'lane.settle', { laneId: 'exit', means: 'cash', ...who() })
  drivesOff(lot)
  expect(await own()).toMatchObject({
    limits: { dayCount: 5, monthFen: null },
    issuedToday: { count: 2, fen: 600 },
    spent: { count: 1, fen: 300 },
  })
  expect((await merchants(lot)).owedFen).toBe(300)
  expect((await merchants(lot, { month: '2025-01' })).owedFen).toBe(0)
  // The merchant that issued the coupon owes it, even after the coupon is returned by hand.
  await callAs(lot, 'coupons.giveBack', { code: codes[0], ...who() })
  expect((await merchants(lot)).owedFen).toBe(300)
})
