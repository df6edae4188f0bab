// Members through the control API: issued, renewed, cancelled. One car in two passes is refused; a file shows its
// differences and is written in one transaction over the list it was compared with. Also what a car then pays at the exit.
import type { AnswerOf } from '#runtime/api/table.ts'
import { expect, test } from 'vitest'
import type { MembersView, SaleMoney } from '#money/calls/member-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { carAtExit, makeLot, startMs, type TestLot } from '../../../runtime/control/control-kit.ts'
import { callAs as call } from '../../../runtime/control/coupon-kit.ts'
import { violationsOf } from '../../../lane/pure/lot/violations.ts'

const dayMs = 86_400_000
const day = (plus: number): string => isoOf(startMs + plus * dayMs).slice(0, 10)
const member = {
  no: 'M-1',
  kind: 'period',
  name: '张三',
  plates: ['测A·12345', '测B12345'],
  spaces: 1,
  areas: null,
  from: day(-30),
  until: day(30),
}
let commands = 0
const who = () => ({ commandId: `command-${1000 + ++commands}`, by: '店主', reason: '月租' })
const issue = (lot: TestLot, over: object = {}) =>
  call(lot, 'members.issue', { member: { ...member, ...over }, ...who() })
const listed = async (lot: TestLot) => (await call(lot, 'members.list')).data as MembersView
const compared = async (lot: TestLot, text: string) =>
  (await call(lot, 'members.compare', { text })).data as AnswerOf<'members.compare'>
const orders = (lot: TestLot) =>
  lot.ledger.list.flatMap((row) => (row.kind === 'orderMade' ? [row] : []))

test('a member parks for nothing, and the order says why', async () => {
  const lot = makeLot()
  expect(await issue(lot)).toMatchObject({ data: { ok: true } })
  carAtExit(lot)
  expect(lot.runtime.lanes.get('exit')?.state.name).toBe('opening')
  expect(orders(lot)).toMatchObject([
    { amountFen: 0, body: { lines: [{ rule: 'member', amountFen: 0 }], cover: [{ no: 'M-1' }] } },
  ])
  expect(lot.ledger.list.map(({ kind }) => kind).slice(0, 3)).toEqual(['boot', 'audit', 'member'])
})

test('a plate with a digit short is taken, and named to look at again', async () => {
  const lot = makeLot()
  expect(await issue(lot, { plates: ['测B·2222', '测B22222'] })).toMatchObject({
    data: { ok: true, unusual: ['测B2222'] },
  })
  const [head] = ((await call(lot, 'members.export')).data as { csv: string }).csv.split('\r\n')
  const line = `M-2,月租车,李四,测B333 测C3333,1,,${day(-1)},${day(9)}`
  expect((await compared(lot, `${head}\n${line}`)).bad).toMatchObject([{ value: '测B333' }])
  expect((await compared(lot, `${head}\n${line.replace('测B333 ', '')}`)).unusual).toEqual([
    '测C3333',
  ])
})

test('a pass is sold: its money is a payment of its own, behind the row that issued it', async () => {
  const lot = makeLot()
  const sold = { amountFen: 30_000, means: 'cash' }
  const args = { member, sold, ...who() }
  expect(await call(lot, 'members.issue', args)).toMatchObject({ data: { ok: true } })
  expect(lot.ledger.list.slice(1).map((row) => [row.kind, row.amountFen])).toEqual([
    ['audit', undefined],
    ['member', undefined],
    ['payment', 30_000],
  ])
  expect(lot.ledger.list.at(-1)).toMatchObject({
    body: { means: 'cash', by: '店主', reason: '月租', sold: 'M-1' },
  })
  expect(lot.ledger.list.at(-1)).not.toHaveProperty('orderId')
  // A repeat of the command does not sell it twice.
  expect(await call(lot, 'members.issue', args)).toMatchObject({ data: { repeated: true } })
  expect(lot.ledger.list.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  expect(makeLot(lot.ledger.list).runtime.lot).toEqual(lot.runtime.lot)
  expect(violationsOf(lot.ledger.list)).toEqual([])
})

test('the price of a pass goes back by the number of its payment, and never more than is left', async () => {
  const lot = makeLot()
  const sold = { amountFen: 30_000, means: 'cash' }
  await call(lot, 'members.issue', { member, sold, ...who() })
  const reversed = { no: 'M-1', ...who() }
  const { data } = await call(lot, 'members.reverse', reversed)
  expect(data).toMatchObject({ ok: true, paidFen: 30_000, leftFen: 30_000, payments: [{}] })
  const [{ attemptNo } = { attemptNo: '' }] = (data as SaleMoney).payments
  const give = (refundFen: number, over: object = {}) =>
    call(lot, 'pay.refund', { attemptNo, refundFen, approvedBy: '王老板', ...over, ...who() })
  expect(await give(30_001)).toMatchObject({ error: { code: 'PAY-03' } })
  expect(await give(10_000, { approvedBy: undefined })).toMatchObject({ error: { code: 'PAY-03' } })
  expect(await give(100, { attemptNo: 'n1-M99' })).toMatchObject({ error: { code: 'PAY-03' } })
  const appends: string[][] = []
  const { append } = lot.ledger
  lot.ledger.append = (drafts) => {
    appends.push(drafts.map(({ kind }) => kind))
    return append.call(lot.ledger, drafts)
  }
  expect(await give(12_000)).toMatchObject({ data: { ok: true } })
  // One transaction: a power cut leaves all rows or none.
  expect(appends).toEqual([['audit', 'refund', 'refundState']])
  expect(lot.ledger.list.every((row) => row.stayId === undefined)).toBe(true)
  expect(await give(18_001)).toMatchObject({ error: { code: 'PAY-03' } })
  const left = await call(lot, 'pay.attempts', { passNo: 'M-1' })
  expect(left.data).toMatchObject({ rows: [{ paidFen: 30_000, leftFen: 18_000 }] })
  expect(await call(lot, 'pay.attempts', {})).toMatchObject({ error: { code: 'ARG-01' } })
  // A repeat refunds nothing more, and answers with the remaining amount.
  expect((await call(lot, 'members.reverse', reversed)).data).toMatchObject({
    repeated: true,
    leftFen: 18_000,
  })
  const day = (await call(lot, 'day.get')).data
  expect(day).toMatchObject({ back: [{ means: 'cash', count: 1, amountFen: 12_000 }] })
  expect(makeLot(lot.ledger.list).runtime.lot).toEqual(lot.runtime.lot)
  expect(violationsOf(lot.ledger.list)).toEqual([])
})

test.each([
  [{ sold: { amountFen: 0, means: 'cash' } }, 'API-01', '/sold/amountFen'],
  [{ sold: { amountFen: 1.5, means: 'cash' } }, 'API-01', '/sold/amountFen'],
  [{ sold: { amountFen: 500, means: 'etc' } }, 'API-01', '/sold/means'],
  [{ sold: { amountFen: 500 } }, 'API-01', '/sold/means'],
  [
    { sold: { amountFen: 500, means: 'cash' }, member: { ...member, kind: 'white' } },
    'MEMBER-01',
    '/sold',
  ],
])('is not sold: %j', async (over, code, field) => {
  const lot = makeLot()
  const { error } = await call(lot, 'members.issue', { member, ...over, ...who() })
  expect(error).toMatchObject({ code, field })
  expect(lot.ledger.list.map(({ kind }) => kind)).toEqual(['boot'])
})

test('the list shows who is inside and whose the space is', async () => {
  const lot = makeLot()
  await issue(lot)
  for (const [n, plate] of ['测B12345', '测A12345'].entries())
    lot.runtime.append([
      {
        kind: 'stayOpened',
        atMs: startMs,
        laneId: 'entry',
        stayId: `n1-S${n}`,
        body: { plate, colour: 'blue', enteredAtMs: startMs + n, noEntry: false, photo: null },
      },
    ])
  lot.clock.advance(60_000)
  const { rows, todayIso } = await listed(lot)
  expect(rows).toMatchObject([
    {
      state: 'valid',
      daysLeft: 31,
      inside: [
        { plate: '测A12345', isCovered: false },
        { plate: '测B12345', isCovered: true },
      ],
    },
  ])
  expect(todayIso).toBe(day(0))
})

test('renewed under its number, taken back, and refused where it is none', async () => {
  const lot = makeLot()
  await issue(lot, { until: day(-1) })
  expect((await listed(lot)).rows).toMatchObject([{ state: 'expired', daysLeft: 0 }])
  await issue(lot, { until: day(30) })
  expect((await listed(lot)).rows).toMatchObject([{ state: 'valid' }])
  await issue(lot, { no: 'M-2', plates: ['测C12345'], from: day(1) })
  expect((await listed(lot)).rows[1]).toMatchObject({ state: 'notYet' })
  expect(await call(lot, 'members.reverse', { no: 'M-1', ...who() })).toMatchObject({
    data: { ok: true },
  })
  expect(await call(lot, 'members.reverse', { no: 'M-1', ...who() })).toMatchObject({
    error: { code: 'MEMBER-03', field: '/no', value: 'M-1' },
  })
  expect((await listed(lot)).rows.map((row) => row.member.no)).toEqual(['M-2'])
})

test('taken back while its car is inside, it covers what was before', async () => {
  const lot = makeLot()
  await issue(lot)
  const entered = { plate: '测A12345', colour: 'blue', noEntry: false, photo: null } as const
  lot.runtime.append([
    {
      kind: 'stayOpened',
      atMs: startMs,
      laneId: 'entry',
      stayId: 'n1-S1',
      body: { ...entered, enteredAtMs: startMs },
    },
  ])
  lot.clock.advance(3_600_000)
  await call(lot, 'members.reverse', { no: 'M-1', ...who() })
  lot.clock.advance(3_600_000)
  const stay = lot.runtime.lot.stays.get('n1-S1')
  if (stay === undefined) throw new Error('the car is inside')
  const answer = lot.runtime.priced('exit', stay)
  const lines = [{ rule: 'classUnknown' }, { rule: 'member', amountFen: 0 }, {}]
  expect(answer).toMatchObject({ order: { lines } })
  if (answer.kind === 'claimed') expect(answer.order.lines[1]?.toMs).toBe(startMs + 3_600_000)
})

test('one car in two passes is refused, with its plate and the other number', async () => {
  const lot = makeLot()
  await issue(lot)
  const rows = lot.ledger.list.length
  expect(await issue(lot, { no: 'M-2', plates: ['测B 12345'] })).toMatchObject({
    error: { code: 'MEMBER-02', field: '/member/plates', value: '测B12345' },
  })
  expect(await issue(lot, { plates: [] })).toMatchObject({
    error: { code: 'MEMBER-01', field: '/member/plates' },
  })
  expect(lot.ledger.list).toHaveLength(rows)
})

const head = '编号,类别,姓名,车牌,车位,区域,起始日,截止日'
const line = (no: string, plate: string, until = day(30)): string =>
  `${no},月租车,张三,${plate},1,,${day(-30)},${until}`

test('a file shows what it changes, and is written over that list alone, in one transaction', async () => {
  const lot = makeLot()
  await issue(lot)
  await issue(lot, { no: 'M-2', plates: ['测C12345'] })
  const text = [head, line('M-2', '测C12345', day(60)), line('M-3', '测D12345')].join('\n')
  const diff = await compared(lot, text)
  expect(diff).toMatchObject({
    bad: [],
    added: [{ no: 'M-3' }],
    changed: [{ before: { until: day(30) }, after: { until: day(60) } }],
    ended: [{ no: 'M-1' }],
    same: 0,
  })
  const write = (digest: string, takeBack = 2) =>
    call(lot, 'members.import', { text, digest, takeBack, ...who() })
  await issue(lot, { no: 'M-9', plates: ['测E12345'] })
  expect(await write(diff.digest)).toMatchObject({ error: { code: 'MEMBER-04' } })
  const fresh = await compared(lot, text)
  for (const other of [0, 1, 3])
    expect(await write(fresh.digest, other)).toMatchObject({
      error: { code: 'MEMBER-04', field: '/takeBack', value: '2' },
    })
  const appends: number[] = []
  const { append } = lot.ledger
  lot.ledger.append = (drafts) => {
    appends.push(drafts.length)
    return append.call(lot.ledger, drafts)
  }
  expect(await write(fresh.digest)).toMatchObject({ data: { ok: true } })
  expect(appends).toEqual([5])
  const again = await compared(lot, text)
  expect([again.added, again.changed, again.ended, again.same]).toEqual([[], [], [], 2])
  expect((await call(lot, 'members.export')).data).toMatchObject({
    csv: expect.stringContaining('M-3,月租车'),
  })
})

test('a file with a bad line, and a ledger that cannot write, leave the old list', async () => {
  const lot = makeLot()
  await issue(lot)
  const text = [head, line('M-2', '测C12345'), line('M-3', '坏')].join('\n')
  const { bad, digest, added } = await compared(lot, text)
  expect([bad.map((one) => one.line), added]).toEqual([[3], []])
  const before = await listed(lot)
  expect(await call(lot, 'members.import', { text, digest, ...who() })).toMatchObject({
    error: { code: 'MEMBER-05', field: 'line 3 车牌', value: '坏' },
  })
  lot.ledger.fault = new LaneFault('DATA-02', { note: 'full' })
  const full = [head, line('M-2', '测C12345')].join('\n')
  expect(await call(lot, 'members.import', { text: full, digest, ...who() })).toMatchObject({
    error: { code: 'DATA-02' },
  })
  lot.ledger.fault = null
  expect(await listed(lot)).toEqual(before)
})

test('a file adds and changes: who is not in it stays, until a person says of how many they go', async () => {
  const lot = makeLot()
  await issue(lot)
  await issue(lot, { no: 'M-2', plates: ['测C12345'] })
  const text = [head, line('M-3', '测D12345')].join('\n')
  const { digest, ended } = await compared(lot, text)
  expect(ended.map(({ no }) => no)).toEqual(['M-1', 'M-2'])
  const write = (more: object = {}) =>
    call(lot, 'members.import', { text, digest, ...more, ...who() })
  expect(await write()).toMatchObject({ data: { ok: true } })
  const now = async () => (await listed(lot)).rows.map(({ member: { no } }) => no)
  expect(await now()).toEqual(['M-1', 'M-2', 'M-3'])
  const second = await compared(lot, text)
  const last = { digest: second.digest, takeBack: second.ended.length }
  expect(await write(last)).toMatchObject({ data: { ok: true } })
  expect(await now()).toEqual(['M-3'])
  const audits = lot.ledger.list.filter(({ kind }) => kind === 'audit')
  expect(JSON.stringify(audits.at(-1))).toContain('members.import 2 takeBack 2')
})

test('a car of somebody who stays is not given to another one by a file', async () => {
  const lot = makeLot()
  await issue(lot)
  const text = [head, line('M-3', '测B12345')].join('\n')
  const { digest, bad } = await compared(lot, text)
  expect(bad).toEqual([])
  const write = (more: object = {}) =>
    call(lot, 'members.import', { text, digest, ...more, ...who() })
  expect(await write()).toMatchObject({ error: { code: 'MEMBER-02', value: '测B12345' } })
  expect(await write({ takeBack: 1 })).toMatchObject({ data: { ok: true } })
})
