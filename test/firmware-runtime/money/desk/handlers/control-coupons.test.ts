// Coupons and arrears through the control API: a coupon reduces a price once, also after a restart and at another lane; it
// is spent, given back or free again. What a car left unpaid is charged at its next exit, once. M1 holds over all rows.
import type { AnswerOf } from '#runtime/api/table.ts'
import { expect, test } from 'vitest'
import type { ArrearsListView, CouponsView } from '#money/calls/coupon-views.ts'
import { couponCodeOf } from '#base/pure/values/coupon-code.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  arriveAtExit,
  carAtExit,
  makeLot,
  startMs,
  type TestLot,
} from '../../../runtime/control/control-kit.ts'
import { broken, callAs as call, drivesOff, entered } from '../../../runtime/control/coupon-kit.ts'

const dayMs = 86_400_000
const day = (plus: number): string => isoOf(startMs + plus * dayMs).slice(0, 10)
let commands = 0
const who = () => ({ commandId: `coupon-${1000 + ++commands}`, by: '店主', reason: '商户' })
async function issue(lot: TestLot, over: object = {}): Promise<string> {
  const given = { merchant: '面馆', kind: 'amount', value: 300, count: 1 }
  const args = { ...given, from: day(-1), until: day(30), ...over, ...who() }
  const { data } = await call(lot, 'coupons.issue', args)
  return (data as { readonly codes: readonly string[] }).codes[0] ?? ''
}
const use = (lot: TestLot, code: string, at: object = { laneId: 'exit' }) =>
  call(lot, 'coupons.use', { code, ...at, ...who() })
const stateOf = async (lot: TestLot, code: string) => {
  const { rows } = (await call(lot, 'coupons.list')).data as CouponsView
  return rows.find((row) => row.coupon.code === code)?.state
}
const arrears = async (lot: TestLot) => (await call(lot, 'arrears.list')).data as ArrearsListView
const car = (lot: TestLot) => lot.runtime.lanes.get('exit')?.state.car
const lines = (lot: TestLot) => car(lot)?.lines.map(({ rule, amountFen }) => [rule, amountFen])
const settle = (lot: TestLot, means: string) =>
  call(lot, 'lane.settle', { laneId: 'exit', means, ...who() })

test('a coupon at the exit makes a cheaper order, is a line of its own, and is spent when the car leaves', async () => {
  const lot = makeLot()
  const code = await issue(lot)
  carAtExit(lot)
  const wholeFen = car(lot)?.dueFen ?? 0
  expect(wholeFen).toBeGreaterThan(300)
  expect(await use(lot, code)).toMatchObject({ data: { ok: true } })
  expect(car(lot)?.dueFen).toBe(wholeFen - 300)
  expect(lines(lot)?.at(-1)).toEqual(['coupon', -300])
  expect(await stateOf(lot, code)).toBe('held')
  await settle(lot, 'cash')
  drivesOff(lot)
  expect(await stateOf(lot, code)).toBe('spent')
  const paid = lot.ledger.list.find(({ kind }) => kind === 'payment')
  expect(paid?.amountFen).toBe(wholeFen - 300)
  expect(broken(lot.ledger.list)).toEqual([])
})

test('once: not twice for one car, not for another, not after a restart', async () => {
  const lot = makeLot()
  const code = await issue(lot)
  entered(lot, 901, '测B12345')
  carAtExit(lot)
  await use(lot, code)
  for (const at of [{ laneId: 'exit' }, { plate: '测B12345' }])
    expect(await use(lot, code, at)).toMatchObject({ error: { code: 'COUPON-05' } })
  const again = makeLot(lot.ledger.list)
  expect(await use(again, code, { plate: '测B12345' })).toMatchObject({
    error: { code: 'COUPON-05' },
  })
  // After the restart the car is at the exit again and still has its coupon.
  arriveAtExit(again, '测A12345')
  expect(lines(again)?.at(-1)).toEqual(['coupon', -300])
  await settle(again, 'cash')
  drivesOff(again)
  expect(await use(again, code, { plate: '测B12345' })).toMatchObject({
    error: { code: 'COUPON-05' },
  })
  expect(broken(again.ledger.list)).toEqual([])
})

test('of another lot, expired, not yet, rubbish, and no car: each has its code and changes nothing', async () => {
  const lot = makeLot()
  const [old, early] = [
    await issue(lot, { until: day(-1), from: day(-9) }),
    await issue(lot, { from: day(1) }),
  ]
  const fine = await issue(lot)
  expect(await use(lot, fine)).toMatchObject({ error: { code: 'COUPON-06' } })
  carAtExit(lot)
  const rows = lot.ledger.list.length
  const foreign = couponCodeOf('another lot', Uint8Array.of(1, 2, 3, 4, 5))
  for (const [text, code] of [
    [foreign, 'COUPON-02'],
    [old, 'COUPON-04'],
    [early, 'COUPON-04'],
    ['130123456789012345', 'COUPON-01'],
  ] as const)
    expect(await use(lot, text)).toMatchObject({ error: { code, field: '/code' } })
  expect(await use(lot, fine, { plate: '测Z99999' })).toMatchObject({
    error: { code: 'COUPON-06', value: '测Z99999' },
  })
  expect(lot.ledger.list).toHaveLength(rows)
})

test.each([
  ['count', { count: 201 }],
  ['count', { count: 0 }],
  ['value', { kind: 'percent', value: 101 }],
  ['value', { kind: 'whole', value: 5 }],
  ['value', { kind: 'amount', value: 0 }],
  ['until', { until: '2026-02-30' }],
  ['until', { until: '2020-01-01' }],
] as const)('what cannot be issued is refused by its field: %s', async (field, over) => {
  const lot = makeLot()
  const rows = lot.ledger.list.length
  const given = {
    merchant: '面馆',
    kind: 'amount',
    value: 300,
    count: 2,
    from: day(0),
    until: day(9),
  }
  expect(await call(lot, 'coupons.issue', { ...given, ...over, ...who() })).toMatchObject({
    error: { code: 'COUPON-07', field: `/${field}` },
  })
  expect(lot.ledger.list).toHaveLength(rows)
})

test('a table of batches shows what it issues, and is written whole over what it was shown of', async () => {
  const lot = makeLot()
  const table = (...lines: readonly string[]): string =>
    ['批次,商户,优惠,数值,张数,起始日,截止日', ...lines].join('\r\n')
  const line = (batch: string, count: number, until = day(9)): string =>
    `${batch},面馆,减金额,3,${count},${day(0)},${until}`
  const compared = async (text: string) =>
    (await call(lot, 'coupons.compare', { text })).data as AnswerOf<'coupons.compare'>
  const write = async (text: string, digest: string) =>
    await call(lot, 'coupons.import', { text, digest, ...who() })
  const text = table(line('A', 2), line('B', 1))
  const shown = await compared(text)
  expect(shown).toMatchObject({ bad: [], same: 0, added: [{ batch: 'A', count: 2 }, { count: 1 }] })
  const rows = lot.ledger.list.length
  const wrong = table(line('A', 2), line('B', 1, '昨天'))
  expect(await write(wrong, (await compared(wrong)).digest)).toMatchObject({
    error: { code: 'COUPON-11', field: 'line 3 截止日', value: '昨天' },
  })
  expect(lot.ledger.list).toHaveLength(rows)
  const part = table(line('A', 1))
  expect(await write(part, (await compared(part)).digest)).toMatchObject({ data: { ok: true } })
  // The list is no longer the one that was shown.
  expect(await write(text, shown.digest)).toMatchObject({
    error: { code: 'COUPON-11', field: '/digest' },
  })
  const appends: number[] = []
  const { append } = lot.ledger
  lot.ledger.append = (drafts) => {
    appends.push(drafts.length)
    return append.call(lot.ledger, drafts)
  }
  const fresh = await compared(text)
  expect(await write(text, fresh.digest)).toMatchObject({ data: { ok: true } })
  expect(appends).toEqual([3])
  expect(await compared(text)).toMatchObject({ added: [], same: 2 })
  const { csv } = (await call(lot, 'coupons.export')).data as { readonly csv: string }
  const codes = [...csv.matchAll(/^(YH\w+),[AB],面馆,减金额,3\.00,/gm)].map(([, code]) => code)
  expect(new Set(codes).size).toBe(3)
  carAtExit(lot)
  expect(await use(lot, codes[2] ?? '')).toMatchObject({ data: { ok: true } })
})

test('what a coupon that takes off all may be is said of that one', async () => {
  const given = { merchant: '面馆', count: 1, from: day(0), until: day(9), ...who() }
  const refused = async (kind: string, value: number) =>
    (await call(makeLot(), 'coupons.issue', { ...given, kind, value })).error
  expect(await refused('whole', 5)).toMatchObject({
    message: expect.stringMatching(/: 全免的券为 0$/),
    why: { en: '0, all is free' },
  })
  expect(await refused('percent', 101)).toMatchObject({
    message: expect.stringMatching(/: 1 到 100$/),
  })
})

test('a merchant validates a car inside: it pays less at the exit, in one transaction', async () => {
  const lot = makeLot()
  entered(lot, 900)
  const args = { merchant: '电影院', kind: 'time', value: 120, plate: '测A·12345' }
  expect(await call(lot, 'coupons.validate', { ...args, ...who() }, 'attendant')).toMatchObject({
    data: { ok: true },
  })
  expect(lot.ledger.list.slice(-3).map(({ kind }) => kind)).toEqual(['audit', 'coupon', 'coupon'])
  arriveAtExit(lot, '测A12345')
  expect(car(lot)?.dueFen).toBe(0)
  expect(lot.runtime.lanes.get('exit')?.state.name).toBe('opening')
})

test('one that took off nothing is free again; one that was spent never by hand', async () => {
  const lot = makeLot()
  const [code, second] = [await issue(lot, { kind: 'whole', value: 0 }), await issue(lot)]
  carAtExit(lot)
  await use(lot, code)
  // By then everything is free: the lane opened, and the second coupon has no car.
  expect(await use(lot, second, { plate: '测A12345' })).toMatchObject({
    error: { code: 'COUPON-06' },
  })
  drivesOff(lot)
  expect(await stateOf(lot, code)).toBe('spent')
  const rows = lot.ledger.list.length
  expect(await call(lot, 'coupons.giveBack', { code, ...who() })).toMatchObject({
    error: { code: 'COUPON-10', field: '/code', value: code },
  })
  expect(lot.ledger.list).toHaveLength(rows)
  expect(await stateOf(lot, code)).toBe('spent')
  entered(lot, 902, '测C12345', 1000)
  await use(lot, second, { plate: '测C12345' })
  expect(await call(lot, 'coupons.void', { code: second, ...who() })).toMatchObject({
    error: { code: 'COUPON-05' },
  })
  arriveAtExit(lot, '测C12345')
  expect(car(lot)?.dueFen).toBe(0)
  drivesOff(lot)
  expect(await stateOf(lot, second)).toBe('free')
  expect(await call(lot, 'coupons.void', { code: second, ...who() })).toMatchObject({
    data: { ok: true },
  })
  expect(await use(lot, second)).toMatchObject({ error: { code: 'COUPON-03' } })
  expect(broken(lot.ledger.list)).toEqual([])
})

test('left unpaid is asked with the next exit as its own line, paid once, and not again', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const owedFen = car(lot)?.dueFen ?? 0
  await settle(lot, 'later')
  drivesOff(lot)
  expect(await arrears(lot)).toMatchObject({
    sumFen: owedFen,
    rows: [{ plate: '测A12345', amountFen: owedFen, isDue: false }],
  })
  const again = makeLot(lot.ledger.list)
  entered(again, 910)
  arriveAtExit(again, '测A12345')
  expect(lines(again)?.at(-1)).toEqual(['arrears', owedFen])
  const ownFen = (car(again)?.dueFen ?? 0) - owedFen
  expect(ownFen).toBeGreaterThan(0)
  await settle(again, 'cash')
  drivesOff(again)
  expect((await arrears(again)).rows).toEqual([])
  entered(again, 911)
  arriveAtExit(again, '测A12345')
  expect(lines(again)?.map(([rule]) => rule)).not.toContain('arrears')
  expect(broken(again.ledger.list)).toEqual([])
})

test('left unpaid a second time, both are owed once, and waived is asked of nobody', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const firstFen = car(lot)?.dueFen ?? 0
  await settle(lot, 'later')
  drivesOff(lot)
  entered(lot, 920)
  arriveAtExit(lot, '测A12345')
  const bothFen = car(lot)?.dueFen ?? 0
  expect(await call(lot, 'arrears.waive', { orderId: 'none', ...who() })).toMatchObject({
    error: { code: 'COUPON-08' },
  })
  await settle(lot, 'later')
  drivesOff(lot)
  const { rows, sumFen } = await arrears(lot)
  expect([rows.length, sumFen]).toEqual([2, bothFen])
  expect(rows[0]?.amountFen).toBe(firstFen)
  const { orderId = '' } = rows[0] ?? {}
  expect(await call(lot, 'arrears.waive', { orderId, ...who() })).toMatchObject({
    data: { ok: true },
  })
  expect((await arrears(lot)).sumFen).toBe(bothFen - firstFen)
  expect(broken(lot.ledger.list)).toEqual([])
})

test('paid for this stay before, arrears are not asked a second time when the driver stays on', async () => {
  const lot = makeLot()
  carAtExit(lot)
  await settle(lot, 'later')
  drivesOff(lot)
  entered(lot, 930)
  arriveAtExit(lot, '测A12345')
  await settle(lot, 'cash')
  // The driver backs out after paying, and returns hours later.
  lot.runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'off' })
  lot.clock.advance(6 * 3_600_000)
  arriveAtExit(lot, '测A12345')
  const due = car(lot)
  expect(due?.lines.map(({ rule }) => rule)).toContain('arrears')
  const payments = lot.ledger.list.filter(({ kind }) => kind === 'payment')
  const paidFen = payments.reduce((sum, row) => sum + (row.amountFen ?? 0), 0)
  const costFen = due?.lines.reduce((sum, line) => sum + line.amountFen, 0) ?? 0
  expect(due?.dueFen).toBe(costFen - paidFen)
  await settle(lot, 'cash')
  drivesOff(lot)
  expect((await arrears(lot)).rows).toEqual([])
  expect(broken(lot.ledger.list)).toEqual([])
})

const rows = (lot: TestLot): LedgerRow[] => lot.ledger.list

test('the checker sees a coupon that two cars left with, and arrears that two stays paid', async () => {
  const lot = makeLot()
  const code = await issue(lot)
  carAtExit(lot)
  await use(lot, code)
  await settle(lot, 'later')
  drivesOff(lot)
  entered(lot, 940)
  arriveAtExit(lot, '测A12345')
  await settle(lot, 'cash')
  drivesOff(lot)
  expect(broken(rows(lot))).toEqual([])
  const paidAgain = 'were paid by 2 stays'
  expect(broken([...rows(lot), ...copyOf(lot, 'n1-S940')])).toEqual([
    expect.stringContaining(paidAgain),
  ])
  expect(broken([...rows(lot), ...copyOf(lot, 'n1-S900')])).toEqual([
    expect.stringContaining(`coupon ${code} took off twice`),
  ])
  const never = rows(lot).filter(({ kind, body }) => kind !== 'coupon' || !('code' in body))
  expect(broken(never)[0]).toContain('its stay never had')
})

/** The rows of a stay once more, under new numbers. */
function copyOf(lot: TestLot, stayId: string): LedgerRow[] {
  const own = rows(lot).filter((row) => row.stayId === stayId && row.kind !== 'audit')
  const ids = new Set(own.flatMap((row) => [row.stayId ?? '', row.orderId ?? '']))
  return own.map((row, i) => {
    let text = JSON.stringify(row)
    for (const id of ids) if (id !== '') text = text.replaceAll(`"${id}"`, `"${id}9"`)
    const again = JSON.parse(text) as LedgerRow
    return { ...again, seq: rows(lot).length + 1 + i }
  })
}

test('whole codes are read by who issues them alone: nobody else takes one off the list for a car', async () => {
  const lot = makeLot()
  const code = await issue(lot)
  for (const role of ['attendant', 'support', 'auditor'] as const) {
    const { call: ask } = lot.control.session(role)
    const listed = await ask('coupons.list', {})
    expect(JSON.stringify(listed), role).not.toContain(code)
    expect(listed, role).toMatchObject({
      data: { rows: [{ coupon: { code: `…${code.slice(-4)}` } }] },
    })
    expect(await ask('coupons.export', {}), role).toMatchObject({ error: { code: 'API-02' } })
  }
  expect(await stateOf(lot, code)).toBe('free')
})
