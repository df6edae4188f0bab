// People in the window: nothing is shown before sign-in, a lock says how long, a new secret comes first,
// pages and acts without permission are missing, and money acts ask for a PIN.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#base/pure/values/roles.ts'
import { boards } from '../lane/lane-views.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  faultWhat,
  press,
  textOf,
  click,
  pick,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot

const people = [
  { id: 'p1', name: '王老板', role: 'owner', lockedForSec: 0, isBarred: false },
  { id: 'p2', name: '李四', role: 'attendant', lockedForSec: 0, isBarred: false },
  { id: 'p3', name: '赵六', role: 'auditor', lockedForSec: 272, isBarred: false },
] as const
const nobody: ScriptedLot['seat'] = {
  hasPeople: true,
  people,
  me: null,
  fault: null,
  waitingLanes: [],
}
const seated = (role: Role, mustChange = false): ScriptedLot['seat'] => ({
  ...nobody,
  me: {
    id: 'p2',
    name: '李四',
    role,
    mustChange,
    idleLeftSec: 600,
    endsIso: '2026-01-01T00:00:00Z',
  },
})
/** The person types the own PIN for it. */
const commandId = expect.any(String) as string
const done = { ok: true, data: { ok: true } } as const

async function open(seat: ScriptedLot['seat'], path = '/lane'): Promise<void> {
  lot.seat = seat
  await openPage(lot, path)
  await settle()
}
const callsOf = (name: string) => lot.sent(name)

beforeEach(() => void (lot = new ScriptedLot()))

describe('before somebody signs in', () => {
  it('shows who may, where a car waits, and nothing of the lot', async () => {
    await open({ ...nobody, waitingLanes: [{ zh: '出口 1', en: 'Exit 1' }] })
    expect(all('.tile strong').map((tile) => tile.innerText)).toEqual(['王老板', '李四', '赵六'])
    expect(all('.top, .nav, footer')).toEqual([])
    expect(one('[role="alert"]').innerText).toContain('出口 1')
    expect(textOf('person-p3')).toContain('4:32')
    expect(textOf('where')).toContain('测试停车场 · 南宁市青秀区 · ETC Lane Studio')
  })

  it('six digits sign in by themselves; a wrong one says what is left', async () => {
    await open(nobody)
    await press('person-p2')
    lot.refuses('people.signIn', 'PEOPLE-01', { message: '姓名或密码不对: 4' })
    for (const digit of ['2', '7', '4', '9', '1', '6']) {
      all('.pad button')
        .find((button) => button.innerText.trim() === digit)
        ?.click()
      await settle()
    }
    expect(callsOf('people.signIn').at(-1)?.args).toEqual({ personId: 'p2', secret: '274916' })
    expect(textOf('refused')).toContain('还可以试 4 次')
    lot.answers('people.signIn', { token: '', me: null })
    lot.seat = seated('attendant')
    await type('[name="secret"]', '274916')
    await settle()
    expect(all(named('sign-in'))).toEqual([])
    expect(textOf('shift')).toContain('李四')
  })

  it('who is locked is told how long, and has nothing to type into', async () => {
    await open(nobody)
    await press('person-p3')
    expect(textOf('locked')).toContain('4:32')
    expect(all('[name="secret"]')).toEqual([])
  })

  it('an owner types a phrase, without a pad', async () => {
    await open(nobody)
    await press('person-p1')
    expect(all('.pad')).toEqual([])
    expect(all('[name="secret"]')).toHaveLength(1)
  })

  it('a secret from others is changed first, by its rules', async () => {
    await open(seated('attendant', true))
    expect(all('.top')).toEqual([])
    await type('[name="before"]', '274916')
    expect(all('[name="before"]')).toHaveLength(1)
    await type('[name="fresh"]', '123456')
    await type('[name="again"]', '123456')
    expect(one('[role="alert"]').innerText).toContain('顺子')
    await type('[name="fresh"]', '507382')
    await type('[name="again"]', '507382')
    lot.answers('people.changeSecret', { token: '', me: null })
    lot.seat = seated('attendant')
    await click(one('form button[type="submit"]'))
    expect(callsOf('people.changeSecret').at(-1)?.args).toEqual({
      before: '274916',
      secret: '507382',
    })
    expect(all('.top')).toHaveLength(1)
  })
})

describe('what is not theirs is not there', () => {
  const pages = (): string[] => all('.nav .link').map((link) => link.innerText.split('\n')[0] ?? '')

  it.each([
    ['owner', 5, true],
    ['attendant', 3, true],
    ['installer', 5, true],
    ['support', 5, false],
    ['auditor', 5, false],
  ] as const)('%s: %i entries, acts on cars: %s', async (role, count, acts) => {
    await open(seated(role))
    expect(pages()).toHaveLength(count)
    expect(all(named('open')).length > 0).toBe(acts)
  })

  it('a lot without people shows everything', async () => {
    await open({ ...nobody, hasPeople: false, people: [] })
    expect(pages()).toHaveLength(5)
    expect(all(named('open'))).toHaveLength(1)
  })
})

describe('an act on money', () => {
  beforeEach(() => {
    lot.show(boards.error)
  })
  const openBarrier = async (): Promise<void> => {
    await press('open')
    await click(one('[name="reason"]'))
    await press('do')
  }

  it('asks for the own PIN, then goes on with the same command', async () => {
    await open(seated('attendant'))
    lot.refuses('lane.open', 'PEOPLE-05', { value: 'x' })
    await openBarrier()
    expect(textOf('signed-as')).toContain('李四')
    const asked = callsOf('lane.open').at(-1)?.args['commandId']
    lot.replies.set('people.confirm', done)
    lot.replies.delete('lane.open')
    await type(`${named('assent')} [name="secret"]`, '274916')
    await settle()
    expect(callsOf('people.confirm').at(-1)?.args).toEqual({ commandId: asked, secret: '274916' })
    expect(callsOf('lane.open').map(({ args }) => args['commandId'])).toEqual([asked, asked])
    expect(all(named('assent'))).toEqual([])
  })

  it('that nobody can approve says so, and asks for no PIN', async () => {
    await open(seated('owner'))
    lot.refuses('lane.open', 'PEOPLE-06', { value: '00112233aabbccdd' })
    lot.answers('people.requests', { rows: [] })
    await openBarrier()
    expect(all(named('no-second'))).toHaveLength(1)
    expect(all(`${named('assent')} [name="secret"]`)).toEqual([])
  })

  it('that another person has to approve names that person', async () => {
    await open(seated('owner'))
    lot.refuses('lane.open', 'PEOPLE-06', { value: '00112233aabbccdd' })
    const request = {
      name: 'pay.refund',
      right: 'till',
      by: '李四',
      reason: '投诉',
      facts: { stayId: 'n1-S1', refundFen: 500 },
      second: [{ id: 'p1', name: '王老板', role: 'owner' }],
      leftSec: 600,
      isApproved: false,
    }
    const other = { ...request, id: 'ffffffffffffffff', facts: { refundFen: 1 } }
    const rows = [other, { ...request, id: '00112233aabbccdd' }]
    lot.answers('people.requests', { rows })
    lot.answers('ledger.query', { rows: [{ stayId: 'n1-S1', plate: '测A12345' }], next: null })
    await openBarrier()
    const about = textOf('about').replaceAll(/\s+/g, ' ')
    for (const part of ['退款', '测A·12345', '¥ 5.00', '李四 · 投诉']) expect(about).toContain(part)
    // Only people who may approve are offered.
    expect(all(`${named('assent')} option`).map(({ innerText }) => innerText)).toEqual([
      '王老板 业主',
    ])
    lot.refuses('people.approve', 'PEOPLE-07')
    await type(`${named('assent')} [name="secret"]`, 'correct horse')
    await click(one(`${named('assent')} button[type="submit"]`))
    expect(callsOf('people.approve').at(-1)?.args).toEqual({
      requestId: '00112233aabbccdd',
      personId: 'p1',
      secret: 'correct horse',
    })
    expect(one(`${named('assent')} [role="alert"]`).innerText).toContain(faultWhat('PEOPLE-07'))
  })
})

const change = (act: string, reason: string) => ({
  act,
  by: '王老板',
  reason,
  atIso: '2026-01-02T08:00:00.000+08:00',
})

describe('the page of people', () => {
  const rows = people.map((one, at) => ({
    ...one,
    mustChange: at === 1,
    secretAtIso: '2026-01-01T08:00:00.000+08:00',
    changed: at === 1 ? change('secretSet', '忘记密码') : null,
  }))
  const gone = [{ id: 'p4', name: '钱七', role: 'attendant', changed: change('removed', '离职') }]

  it('adds a person with a secret that fits, typed twice', async () => {
    lot.answers('people.list', { rows, gone })
    await open(seated('owner'), '/people')
    expect(all('tbody tr')).toHaveLength(3)
    expect(one('tbody').innerText).toContain('4:32')
    await type('[name="name"]', '钱七')
    await type('[name="secret"]', '111111')
    await type('[name="again"]', '111111')
    expect((one(named('save-person')) as HTMLButtonElement).disabled).toBe(true)
    await type('[name="secret"]', '507382')
    await type('[name="again"]', '507382')
    // Adding a person needs a reason.
    expect((one(named('save-person')) as HTMLButtonElement).disabled).toBe(true)
    await type('[name="account-reason"]', ' 新员工 ')
    lot.answers('people.add', rows[1])
    await press('save-person')
    const given = { name: '钱七', role: 'attendant', secret: '507382', reason: '新员工' }
    expect(callsOf('people.add').at(-1)?.args).toEqual({ ...given, commandId })
  })

  it('says who changed an account last and why, also of those who are gone', async () => {
    lot.answers('people.list', { rows, gone })
    await open(seated('owner'), '/people')
    expect(textOf('changed-p2')).toMatch(/王老板 · 重设密码 · 忘记密码/)
    expect(textOf('changed-p1').trim()).toBe('—')
    expect(textOf('gone')).toMatch(/钱七 · 值班员 · .*移除 · 离职/)
    lot.answers('people.unlock', rows[2])
    await press('unlock-p3')
    expect(all('[name="secret"]')).toEqual([])
    await type('[name="account-reason"]', '本人输错')
    await press('save-person')
    expect(callsOf('people.unlock').at(-1)?.args).toEqual({
      id: 'p3',
      reason: '本人输错',
      commandId,
    })
  })

  it('gives another role with a secret of it, and locks until it is unlocked', async () => {
    lot.answers('people.list', { rows, gone })
    lot.answers('people.setRole', rows[1])
    lot.answers('people.lock', rows[1])
    await open(seated('owner'), '/people')
    await press('role-p2')
    for (const name of ['secret', 'again']) await type(`[name="${name}"]`, 'correct horse')
    await type('[name="account-reason"]', '换了岗位')
    const isOff = () => (one(named('save-person')) as HTMLButtonElement).disabled
    // The person's present role cannot be chosen as the new one.
    expect(isOff()).toBe(true)
    await pick('[name="role"]', 'owner')
    await press('save-person')
    expect(callsOf('people.setRole').map(({ args }) => args)).toEqual([
      { id: 'p2', role: 'owner', secret: 'correct horse', reason: '换了岗位', commandId },
    ])
    await press('bar-p2')
    expect(all('[name="secret"]')).toEqual([])
    await type('[name="account-reason"]', '休假')
    lot.answers('people.list', {
      rows: rows.map((one) => ({ ...one, isBarred: one.id === 'p2' })),
      gone,
    })
    await press('save-person')
    expect(callsOf('people.lock').map(({ args }) => args)).toEqual([
      { id: 'p2', reason: '休假', commandId },
    ])
    expect(one('.people').innerText).toContain('已停用')
    expect(all(named('bar-p2'))).toEqual([])
    expect(all(named('unlock-p2'))).toHaveLength(1)
  })

  it('removes with a reason, and says why it was refused', async () => {
    lot.answers('people.list', { rows, gone })
    lot.refuses('people.remove', 'PEOPLE-08')
    await open(seated('owner'), '/people')
    await press('remove-p1')
    expect(callsOf('people.remove')).toEqual([])
    await type('[name="account-reason"]', '离职')
    await press('save-person')
    expect(callsOf('people.remove').map(({ args }) => args)).toEqual([
      { id: 'p1', reason: '离职', commandId },
    ])
    expect(one('.fault').innerText).toContain(faultWhat('PEOPLE-08'))
  })

  it('without people offers the first owner alone', async () => {
    lot.answers('people.list', { rows: [], gone: [] })
    await open({ ...nobody, hasPeople: false, people: [] }, '/people')
    expect((one('[name="role"]') as HTMLSelectElement).disabled).toBe(true)
    expect((one('[name="role"]') as HTMLSelectElement).value).toBe('owner')
  })

  it('an auditor sees them and changes nothing', async () => {
    lot.answers('people.list', { rows, gone })
    await open(seated('auditor'), '/people')
    expect(all('tbody tr')).toHaveLength(3)
    expect(all(named('person-form'))).toEqual([])
    expect(all('tbody button')).toEqual([])
  })
})
