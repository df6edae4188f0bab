// What waits for a person, asked by each role of a lot in memory: who sees a matter, who may end it, and that it is gone
// when it has ended. A call that fails is named, and one that a role may not make is not made.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboxView, MatterView } from '#lane/calls/inbox.ts'
import { roles, type Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { inboxCalls } from '#runtime/control/control-inbox.ts'
import { lotHere } from '#runtime/control/lot-here.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import type { Matter } from '#runtime/inbox/matter.ts'
import { matters } from '#runtime/inbox/table.ts'
import { MemoryPeople } from '../../lane/people/people-kit.ts'
import type { TestLot } from './control-kit.ts'
import { nameOf, peopled, secretOf, signIn } from './people-lot.ts'
import { cashNo, paidStay, stayId } from './stay-refunds-kit.ts'

let lot: TestLot
beforeEach(async () => {
  lot = await peopled(new MemoryPeople())
})
afterEach(() => lot.control.close())

async function inboxOf(seat: string | null): Promise<InboxView> {
  const reply = await lot.control.session('owner').call('inbox.get', {}, seat)
  expect(reply).toMatchObject({ ok: true })
  return (reply as { readonly data: InboxView }).data
}
const matter = ({ rows }: InboxView, kind: string): MatterView | undefined =>
  rows.find((row) => row.kind === kind)

describe('a refund that one person asked for', () => {
  const askId = 'asked-0001'
  const ask = async (): Promise<string> => {
    paidStay(lot)
    const desk = await signIn(lot, 'attendant')
    const args = {
      stayId,
      attemptNo: cashNo,
      refundFen: 300,
      reason: '多收',
      by: '',
      commandId: askId,
    }
    await lot.control.session('owner').call('refunds.ask', { ...args, by: '甲' }, desk)
    return desk
  }

  it.each([
    ['owner', true],
    ['attendant', false],
    ['support', false],
    ['auditor', false],
    ['installer', undefined],
  ] as const)('waits for %s: %s', async (role, isMine) => {
    const desk = await ask()
    const seat = role === 'attendant' ? desk : await signIn(lot, role)
    const found = matter(await inboxOf(seat), 'refund')
    expect(found?.isMine).toBe(isMine)
    if (isMine !== undefined)
      expect(found).toMatchObject({
        key: `refund ${askId}`,
        people: [nameOf('owner')],
        roles: ['owner', 'attendant'],
        isUrgent: true,
        to: `/refunds/${askId}`,
      })
  })

  it('is gone when it was answered, and the fen of it are said', async () => {
    await ask()
    const office = await signIn(lot, 'owner')
    expect(matter(await inboxOf(office), 'refund')?.what.zh).toContain('3.00')
    const { call } = lot.control.session('owner')
    const commandId = 'answer-0001'
    await call('people.confirm', { commandId, secret: secretOf('owner') }, office)
    const no = { askId, answer: 'no', by: '甲', reason: '没有多收', commandId }
    expect(await call('refunds.answer', no, office)).toMatchObject({ ok: true })
    expect(matter(await inboxOf(office), 'refund')).toBeUndefined()
  })
})

it('is empty for nobody signed in, and refused', async () => {
  expect(await lot.control.session('owner').call('inbox.get', {}, '')).toMatchObject({
    ok: false,
    error: { code: 'PEOPLE-03' },
  })
})

describe('the calls behind the list', () => {
  const callerOf = (role: Role) => ({ role, token: null, person: null, mustChange: false })
  const here = () => ({
    laneName: (id: string) => ({ zh: id, en: id }),
    street: null,
    nowMs: 0,
    upMs: 60_000,
  })
  async function made(role: Role, reply: (name: string) => ApiReply<unknown>, mode = 'production') {
    const calls: string[] = []
    const args = new Map<string, unknown>()
    const call = (name: string, given: unknown): Promise<ApiReply<unknown>> => {
      calls.push(name)
      args.set(name, given)
      return Promise.resolve(reply(name))
    }
    const view = await inboxCalls({ config: { mode }, here, call })['inbox.get'](
      {},
      role,
      callerOf(role),
    )
    return { calls, args, view }
  }
  const fails = (code: string) => (): ApiReply<unknown> => ({
    ok: false,
    error: { code, message: '', means: '', todo: '', field: '', value: '' },
  })

  it.each(roles)('are made once, and only those that %s may make', async (role) => {
    const { calls } = await made(role, fails('LOT-01'))
    expect(calls).toEqual([...new Set(calls)])
    expect(calls.includes('stays.toCheck')).toBe(['owner', 'support', 'auditor'].includes(role))
    expect(calls.includes('refunds.asked')).toBe(role !== 'installer')
    expect(calls.includes('backup.status')).toBe(role !== 'attendant')
  })
  it('are made with the arguments of every kind that reads them, and price no car', async () => {
    const { args } = await made('owner', fails('LOT-01'))
    const kinds: readonly Matter[] = Object.values(matters as never)
    for (const { reads, args: own = {} } of kinds) expect(args.get(reads)).toEqual(own)
    expect(args.get('spaces.list')).toEqual({ withoutDue: true })
  })
  it('leave out what a demo needs not', async () => {
    expect((await made('owner', fails('LOT-01'), 'demo')).calls).not.toContain('backup.status')
  })
  it.each([
    ['LOT-01', 0],
    ['API-02', 0],
    ['RUN-03', 1],
    ['LEDGER-02', 1],
  ])('that fail with %s: each is named %i times', async (code, times) => {
    const { calls, view } = await made('owner', fails(code))
    expect(view.rows).toEqual([])
    expect(view.unread.map(({ call }) => call)).toEqual(times === 0 ? [] : calls)
  })
})

describe('cars in spaces, by what the layout has', () => {
  const devices = { 识别桩: 'pile', 手持机: 'handheld', 巡检车: 'patrol car', 相机: 'camera' }
  const payers = { 门架: 'gantry', 平台: 'platform' }
  const stay = {
    stayId: 'S1',
    plate: null,
    enteredAtIso: '2026-11-20T07:00:00+08:00',
    isRead: false,
    dueFen: null,
    overIso: '2026-11-20T07:50:00+08:00',
  }
  const rows = [{ spaceId: 'A01', street: '北侧', stay }]
  const caller = { role: 'owner', token: null, person: null, mustChange: false } as const
  const call = (name: string): Promise<ApiReply<unknown>> =>
    Promise.resolve(
      name === 'spaces.list'
        ? { ok: true, data: { rows } }
        : {
            ok: false,
            error: { code: 'LOT-01', message: '', means: '', todo: '', field: '', value: '' },
          },
    )
  async function whyIn(layout: string) {
    const config = { layout, lanes: [{ id: 'exit', name: '出口', layout }] } as unknown as LotConfig
    const runtime = { nowMs: () => Date.parse('2026-11-20T08:00:00+08:00') }
    const here = lotHere({ config, runtime, mono: { nowUs: () => 0 } })
    const view = await inboxCalls({ config: { mode: 'production' }, here, call })['inbox.get'](
      {},
      'owner',
      caller,
    )
    return (kind: string) => present(matter(view, kind), kind).why
  }
  const named = ({ zh, en }: BilingualText, words: Readonly<Record<string, string>>) => {
    const inZh = Object.keys(words).filter((word) => zh.includes(word))
    expect(Object.values(words).filter((word) => en.includes(word))).toEqual(
      inZh.map((word) => words[word]),
    )
    return inZh
  }

  it.each([
    ['7.2.1', '门架', '相机'],
    ['7.2.2', '平台', '识别桩'],
    ['7.2.3', '平台', '手持机'],
    ['7.2.4', '门架', '相机'],
    ['7.2.5', '门架', '巡检车'],
  ])('%s: %s charges, %s reads', async (layout, payer, reader) => {
    const why = await whyIn(layout)
    expect(named(why('spaceUnread'), payers)).toEqual([payer])
    expect(named(why('spaceUnread'), devices)).toEqual([reader])
    expect(named(why('spaceOver'), { ...devices, ...payers, 检测器: 'sensor' })).toEqual([])
  })
})
