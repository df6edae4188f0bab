// The undo of an import, for every imported list: the list becomes what it was, in one transaction and also after a restart.
// What was used since stays, and an import that is no longer the last word on its list is not undone.
import { describe, expect, test } from 'vitest'
import type { AnswerOf } from '#runtime/api/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { importers } from '#lane/pure/imports/table.ts'
import { membersNow } from '#money/pure/member/member-diff.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { arriveAtExit, makeLot, startMs, type TestLot } from './control-kit.ts'
import { broken, callAs as call } from './coupon-kit.ts'

type Name = keyof typeof importers
const dayMs = 86_400_000
const day = (plus: number): string => isoOf(startMs + plus * dayMs).slice(0, 10)
const hour = (ago: number): string =>
  isoOf(startMs - ago * 3_600_000)
    .slice(0, 19)
    .replace('T', ' ')
let commands = 0
const who = () => ({ commandId: `undo-${1000 + ++commands}`, by: '店主', reason: '导错了文件' })

const bring = async (lot: TestLot, name: Name, text: string, over: object = {}) => {
  const { digest } = (await call(lot, `${name}.compare`, { text })).data as { digest: string }
  const answer = await call(lot, `${name}.import`, { text, digest, ...over, ...who() })
  expect(answer).toMatchObject({ data: { ok: true } })
}
const lastOf = async (lot: TestLot, name: Name) =>
  ((await call(lot, 'imports.last')).data as AnswerOf<'imports.last'>).rows.find(
    (one) => one.name === name,
  )
const undo = async (lot: TestLot, name: Name, importId?: string) =>
  call(lot, `${name}.undo`, {
    importId: importId ?? (await lastOf(lot, name))?.importId ?? 'none-1000',
    ...who(),
  })

const member = (no: string, name: string, plate: string, kind = '月租车') =>
  `${no},${kind},${name},${plate},1,,${day(-9)},${day(9)}`
const members = (...lines: readonly string[]) =>
  ['编号,类别,姓名,车牌,车位数,区域,起始日,截止日', ...lines].join('\r\n')
const points = (...lines: readonly string[]) => ['编号,积分,截止日', ...lines].join('\r\n')
const coupons = (...lines: readonly string[]) =>
  [
    '批次,商户,优惠,数值,张数,起始日,截止日',
    ...lines.map((one) => `${one},${day(0)},${day(9)}`),
  ].join('\r\n')
const inside = (...lines: readonly string[]) =>
  ['车牌,颜色,入场时间,车道', ...lines.map((one) => `${one},`)].join('\r\n')

interface Case {
  readonly name: Name
  /** There before. */
  readonly before: string
  /** The wrong file. */
  readonly text: string
  readonly over?: object
  /** Refused after the list has changed. */
  readonly code: string
  /** What a person sees of the list. */
  seen(lot: TestLot): unknown
}

const cases: readonly Case[] = [
  {
    name: 'members',
    before: members(member('M-1', '张三', '测A12345'), member('M-2', '李四', '测B12345')),
    text: members(member('M-1', '张五', '测A12346'), member('M-3', '王五', '测C12345')),
    code: 'MEMBER-04',
    seen: ({ runtime }) => membersNow(runtime.lot.members),
  },
  {
    name: 'members',
    before: members(member('M-1', '张三', '测A12345'), member('M-2', '李四', '测B12345')),
    // The whole list: M-1 ends, and M-2 gets its plate.
    text: members(member('M-2', '李四', '测A12345')),
    over: { takeBack: 1 },
    code: 'MEMBER-04',
    seen: ({ runtime }) => membersNow(runtime.lot.members),
  },
  {
    name: 'points',
    before: points(`P-1,35,${day(90)}`),
    text: points(`P-1,350,${day(80)}`, `P-2,7,${day(90)}`),
    code: 'POINTS-02',
    seen: ({ runtime }) =>
      [...runtime.lot.points.brought].flatMap(([no, { points: has, until }]) =>
        has === 0 ? [] : [[no, has, until]],
      ),
  },
  {
    name: 'coupons',
    before: coupons('A,面馆,减金额,3,2'),
    text: coupons('A,面馆,减金额,3,3', 'B,面馆,减金额,5,4'),
    code: 'COUPON-11',
    seen: ({ runtime }) =>
      [...runtime.lot.coupons.byCode.values()].flatMap(({ coupon, isVoid }) =>
        isVoid ? [] : [coupon.code],
      ),
  },
  {
    name: 'inside',
    before: inside(`测A12345,蓝,${hour(2)}`),
    text: inside(`测A12345,蓝,${hour(2)}`, `测B12345,绿,${hour(30)}`, `测C12345,蓝,${hour(1)}`),
    code: 'INSIDE-02',
    seen: ({ runtime }) => [...runtime.lot.stays.values()].map(({ plate }) => plate),
  },
]

/** A lot with two members that earn points. */
async function lotWith({ name, before }: Case): Promise<TestLot> {
  const lot = makeLot()
  const earning = ['P-1', 'P-2'].map((no, i) => member(no, '赵', `测P1234${i}`, '积分会员'))
  if (name === 'points') await bring(lot, 'members', members(...earning))
  await bring(lot, name, before)
  return lot
}

describe.each(cases)('$name', (one) => {
  const { name, text, over, code, seen } = one

  test('the list is what it was, in one transaction, and once', async () => {
    const lot = await lotWith(one)
    const before = seen(lot)
    await bring(lot, name, text, over)
    const after = seen(lot)
    expect(after).not.toEqual(before)
    expect(await lastOf(lot, name)).toMatchObject({ by: '店主', atIso: isoOf(lot.runtime.nowMs()) })
    const rows = lot.ledger.list.length
    const importId = (await lastOf(lot, name))?.importId ?? ''
    lot.ledger.fault = new LaneFault('DATA-02', { note: 'full' })
    expect(await undo(lot, name)).toMatchObject({ error: { code: 'DATA-02' } })
    lot.ledger.fault = null
    expect([lot.ledger.list.length, seen(lot)]).toEqual([rows, after])
    // The machine restarts before anyone has seen the mistake.
    const next = makeLot(lot.ledger.list)
    expect(next.runtime.lot.imports).toEqual(lot.runtime.lot.imports)
    expect(await undo(next, name)).toMatchObject({ data: { ok: true } })
    expect(seen(next)).toEqual(before)
    expect(await lastOf(next, name)).toBeUndefined()
    expect(await undo(next, name, importId)).toMatchObject({ error: { code, field: '/importId' } })
    expect(broken(next.ledger.list)).toEqual([])
    expect(makeLot(next.ledger.list).runtime.lot).toEqual(next.runtime.lot)
    // The same file can be imported again.
    await bring(next, name, text, over)
  })

  test('another import than the last one, an old one, and one that never was are refused', async () => {
    const lot = await lotWith(one)
    const importId = (await lastOf(lot, name))?.importId ?? ''
    await bring(lot, name, text, over)
    const after = seen(lot)
    for (const id of [importId, 'never-1000'])
      expect(await undo(lot, name, id)).toMatchObject({ error: { code, value: id } })
    const last = (await lastOf(lot, name))?.importId ?? ''
    lot.clock.advance(7 * dayMs + 1_000)
    expect(await lastOf(lot, name)).toBeUndefined()
    expect(await undo(lot, name, last)).toMatchObject({ error: { code, value: last } })
    expect(seen(lot)).toEqual(after)
  })
})

test('a member that was added by hand since makes the import of the list final', async () => {
  const [one] = cases
  const lot = makeLot()
  await bring(lot, 'members', one?.text ?? '')
  const importId = (await lastOf(lot, 'members'))?.importId ?? ''
  await call(lot, 'members.reverse', { no: 'M-3', ...who() })
  expect(await lastOf(lot, 'members')).toBeUndefined()
  expect(await undo(lot, 'members', importId)).toMatchObject({ error: { code: 'MEMBER-04' } })
})

test('a coupon that a car has, one made void, and a car at the exit stay as they are', async () => {
  const lot = makeLot()
  await bring(lot, 'inside', inside(`测A12345,蓝,${hour(2)}`, `测B12345,蓝,${hour(3)}`))
  await bring(lot, 'coupons', coupons('A,面馆,减金额,3,3'))
  const [used = '', voided = '', free = ''] = [...lot.runtime.lot.coupons.byCode.keys()]
  await call(lot, 'coupons.use', { code: used, plate: '测A12345', ...who() })
  await call(lot, 'coupons.void', { codes: [voided], ...who() })
  arriveAtExit(lot, '测A12345')
  expect(await undo(lot, 'coupons')).toMatchObject({ data: { ok: true } })
  const { byCode } = lot.runtime.lot.coupons
  expect([used, voided, free].map((code) => byCode.get(code)?.isVoid)).toEqual([false, true, true])
  expect(await undo(lot, 'inside')).toMatchObject({ data: { ok: true } })
  expect([...lot.runtime.lot.stays.values()].map(({ plate }) => plate)).toEqual(['测A12345'])
  expect(lot.ledger.list.at(-1)).toMatchObject({ kind: 'stayClosed', body: { end: 'open' } })
  expect(lot.runtime.lot.exits).toBe(0)
  expect(broken(lot.ledger.list)).toEqual([])
})

test('points that were spent since keep the balance of their member', async () => {
  const [, , one] = cases
  const lot = await lotWith(one as Case)
  await bring(lot, 'points', (one as Case).text)
  const spent = { no: 'P-1', points: 300, fenPerPoint: 1 }
  const term = { from: day(0), until: day(9) }
  const coupon = { merchant: '', kind: 'amount', value: 300, batch: '', ...term } as const
  const body = { row: 'issued', coupon: { ...coupon, code: 'X', points: spent } } as const
  lot.runtime.append([{ kind: 'coupon', atMs: lot.runtime.nowMs(), body }])
  expect(await undo(lot, 'points')).toMatchObject({ data: { ok: true } })
  const { brought } = lot.runtime.lot.points
  expect([brought.get('P-1')?.points, brought.get('P-2')?.points]).toEqual([350, 0])
})
