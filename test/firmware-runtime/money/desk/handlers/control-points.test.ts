// Points through the control API: earned when the car leaves, taken back with a refund, spent as a price line within the
// balance and the limit per stay, by one stay only, also after a restart. Balances of another system are imported from a
// file.
import { expect, test } from 'vitest'
import type { PointsStatement, PointsView } from '#money/calls/points-views.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import {
  arriveAtExit,
  carAtExit,
  makeLot,
  type TestLot,
} from '../../../runtime/control/control-kit.ts'
import { broken, callAs, drivesOff, entered } from '../../../runtime/control/coupon-kit.ts'

const rules = { perYuan: 2, perVisit: 5, validDays: 30, fenPerPoint: 10, stayFenMax: 300 }
let commands = 0
const who = () => ({ commandId: `points-${1000 + ++commands}`, by: '店主', reason: '积分' })
const member: Member = {
  no: 'P-1',
  kind: 'points',
  name: '赵',
  plates: ['测A12345', '测B12345'],
  spaces: null,
  areas: null,
  from: '2020-01-01',
  until: null,
}

function pointsLot(rows: readonly LedgerRow[] = []): TestLot {
  const lot = makeLot(rows)
  const { current } = lot.tariff
  const editions = current.editions.map((edition) => ({ ...edition, points: rules }))
  lot.tariff.current = { ...current, editions }
  if (rows.length === 0)
    lot.runtime.append([
      { kind: 'member', atMs: lot.runtime.nowMs(), body: { row: 'issued', member } },
    ])
  return lot
}

const bring = async (lot: TestLot, text: string) => {
  const { digest } = (await callAs(lot, 'points.compare', { text })).data as {
    readonly digest: string
  }
  return callAs(lot, 'points.import', { text, digest, ...who() })
}
const csv = (points: number, until = '2026-12-31'): string =>
  `编号,积分,截止日\r\nP-1,${points},${until}\r\n`
const use = (lot: TestLot, points: number, at: object = { laneId: 'exit' }) =>
  callAs(lot, 'points.use', { points, ...at, ...who() }, 'attendant')
const balance = async (lot: TestLot): Promise<number | undefined> =>
  ((await callAs(lot, 'points.list')).data as PointsView).rows[0]?.points
const statement = async (lot: TestLot) =>
  (await callAs(lot, 'points.statement', { no: 'P-1' })).data as PointsStatement
const car = (lot: TestLot) => lot.runtime.lanes.get('exit')?.state.car
const settle = (lot: TestLot, means = 'cash') =>
  callAs(lot, 'lane.settle', { laneId: 'exit', means, ...who() })

test('a member earns what its car paid, once it has left; all that went back is taken back', async () => {
  const lot = pointsLot()
  carAtExit(lot)
  const dueFen = car(lot)?.dueFen ?? 0
  await settle(lot)
  expect(await balance(lot)).toBe(0)
  drivesOff(lot)
  const earned = Math.floor((dueFen * 2) / 100) + 5
  expect(dueFen).toBeGreaterThan(0)
  expect(await balance(lot)).toBe(earned)
  const refund = (refundId: string, amountFen: number): void => {
    const at = { atMs: lot.runtime.nowMs(), stayId: 'n1-S900' }
    const by = { outTradeNo: 't', reason: '多收', operator: '店主', approvedBy: null }
    lot.runtime.append([
      { kind: 'refund', ...at, amountFen, body: { refundId, ...by } },
      { kind: 'refundState', ...at, body: { refundId, state: 'success' } },
    ])
  }
  refund('n1-R1', 100)
  expect(await balance(lot)).toBe(earned - 2)
  refund('n1-R2', dueFen - 100)
  expect(await balance(lot)).toBe(0)
  expect((await statement(lot)).entries).toMatchObject([{ stayId: 'n1-S900', points: 0 }])
})

test('a car of nobody, and a lot whose tariff knows no points, earn none', async () => {
  const lot = pointsLot()
  carAtExit(lot, '测Z12345')
  await settle(lot)
  drivesOff(lot)
  expect(await balance(lot)).toBe(0)
  expect(await use(lot, 1, { plate: '测Z12345' })).toMatchObject({ error: { code: 'COUPON-06' } })
  lot.tariff.current = makeLot().tariff.current
  entered(lot, 901, '测B12345')
  expect(await use(lot, 1, { plate: '测B12345' })).toMatchObject({ error: { code: 'POINTS-01' } })
})

test('spent at the exit they are a line of the price; what they did not take off stays', async () => {
  const lot = pointsLot()
  expect(await bring(lot, csv(100))).toMatchObject({ data: { ok: true } })
  carAtExit(lot)
  const wholeFen = car(lot)?.dueFen ?? 0
  expect(await use(lot, 20)).toMatchObject({ data: { ok: true } })
  expect(car(lot)?.lines.at(-1)).toMatchObject({ rule: 'points', amountFen: -200 })
  expect(car(lot)?.dueFen).toBe(wholeFen - 200)
  expect(await balance(lot)).toBe(80)
  await settle(lot)
  drivesOff(lot)
  const earned = Math.floor(((wholeFen - 200) * 2) / 100) + 5
  expect(await balance(lot)).toBe(80 + earned)
  expect((await statement(lot)).entries.map(({ points }) => points).sort((a, b) => a - b)).toEqual(
    [-20, earned, 100].sort((a, b) => a - b),
  )
  // Within the free time they take nothing off and return to the member.
  entered(lot, 902, '测B12345', 1000)
  await use(lot, 30, { plate: '测B12345' })
  expect(await balance(lot)).toBe(50 + earned)
  arriveAtExit(lot, '测B12345')
  expect(car(lot)?.dueFen).toBe(0)
  drivesOff(lot)
  expect(await balance(lot)).toBe(80 + earned + 5)
  expect(broken(lot.ledger.list)).toEqual([])
})

test('not more than there are, not more than one stay may, not twice by two cars or after a restart', async () => {
  const lot = pointsLot()
  await bring(lot, csv(35))
  carAtExit(lot)
  entered(lot, 903, '测B12345')
  const rows = lot.ledger.list.length
  for (const points of [36, 31])
    expect(await use(lot, points)).toMatchObject({
      error: { code: 'POINTS-01', field: '/points', value: String(points) },
    })
  expect(lot.ledger.list).toHaveLength(rows)
  await use(lot, 20)
  expect(await use(lot, 11)).toMatchObject({ error: { code: 'POINTS-01' } })
  for (const one of [lot, pointsLot(lot.ledger.list)])
    expect(await use(one, 16, { plate: '测B12345' })).toMatchObject({
      error: { code: 'POINTS-01' },
    })
  const again = pointsLot(lot.ledger.list)
  arriveAtExit(again, '测A12345')
  expect(car(again)?.lines.at(-1)).toMatchObject({ rule: 'points', amountFen: -200 })
  await settle(again)
  drivesOff(again)
  // Folding the restarted lot's rows once more gives the same balance.
  expect(await balance(pointsLot(again.ledger.list))).toBe(await balance(again))
  expect(broken(again.ledger.list)).toEqual([])
})

test('spent points come back with the money, and by the hand of the owner', async () => {
  const lot = pointsLot()
  await bring(lot, csv(100))
  carAtExit(lot)
  await use(lot, 10)
  const { code } = (await statement(lot)).entries.find(({ points }) => points < 0) ?? {}
  expect(await callAs(lot, 'coupons.giveBack', { code, ...who() })).toMatchObject({
    data: { ok: true },
  })
  expect(await balance(lot)).toBe(100)
  expect(car(lot)?.lines.some(({ rule }) => rule === 'points')).toBe(false)
  // The code is used up: it cannot be used as a coupon.
  expect(await callAs(lot, 'coupons.use', { code, laneId: 'exit', ...who() })).toMatchObject({
    error: { code: 'COUPON-03' },
  })
  await use(lot, 10)
  const paidFen = car(lot)?.dueFen ?? 0
  await settle(lot)
  drivesOff(lot)
  const at = { atMs: lot.runtime.nowMs(), stayId: 'n1-S900' }
  const by = { outTradeNo: 't', reason: '多收', operator: '店主', approvedBy: null }
  lot.runtime.append([
    { kind: 'refund', ...at, amountFen: paidFen, body: { refundId: 'n1-R1', ...by } },
    { kind: 'refundState', ...at, body: { refundId: 'n1-R1', state: 'success' } },
  ])
  expect(await balance(lot)).toBe(100)
  expect(broken(lot.ledger.list)).toEqual([])
})

test('a car whose charge is under way cannot be paid by points', async () => {
  const lot = pointsLot()
  await bring(lot, csv(100))
  carAtExit(lot)
  const order = lot.ledger.list.findLast(({ kind }) => kind === 'orderMade')
  const at = { atMs: lot.runtime.nowMs(), laneId: 'exit', stayId: 'n1-S900' }
  const tried = { orderId: order?.orderId ?? '', deductionId: 'n1-D1', amountFen: 1 }
  const by = { chargeMode: 'card', outTradeNo: 't', plate: null, colour: 'blue' } as const
  lot.runtime.append([
    { kind: 'intent', ...at, ...tried, body: { ...by, obuId: null, cardNo: null } },
  ])
  expect(await use(lot, 10)).toMatchObject({ error: { code: 'COUPON-06' } })
  expect(await balance(lot)).toBe(100)
})

test.each([
  ['a number that is no points member', csv(5).replace('P-1', 'P-9'), 'line 2 编号'],
  ['points that are no number', csv(5).replace('5', '五'), 'line 2 积分'],
  ['a day of the past', csv(5, '2020-01-01'), 'line 2 截止日'],
  ['a day beyond a year', csv(5, '2030-01-01'), 'line 2 截止日'],
  ['a number twice', `${csv(5)}P-1,6,2026-12-31\r\n`, 'line 3 编号'],
  ['other headings', csv(5).replace('积分', '余额'), 'line 1'],
])('a file with %s is refused whole', async (_, text, field) => {
  const lot = pointsLot()
  const rows = lot.ledger.list.length
  const { error } = await bring(lot, text)
  expect(error).toMatchObject({ code: 'POINTS-02' })
  expect(error?.field).toContain(field)
  expect(lot.ledger.list).toHaveLength(rows)
})

test('a file brought again changes what differs, and one of before a change is not written', async () => {
  const lot = pointsLot()
  const stale = (await callAs(lot, 'points.compare', { text: csv(10) })).data as object
  await bring(lot, csv(10))
  const ours = csv(10).replace('编号,积分,截止日', 'no,points,until')
  expect((await callAs(lot, 'points.compare', { text: ours })).data).toMatchObject({
    added: [],
    changed: [],
    same: 1,
  })
  await bring(lot, csv(40))
  expect(await balance(lot)).toBe(40)
  const { digest } = stale as { readonly digest: string }
  expect(await callAs(lot, 'points.import', { text: csv(10), digest, ...who() })).toMatchObject({
    error: { code: 'POINTS-02', field: '/digest' },
  })
  expect(await balance(lot)).toBe(40)
})
