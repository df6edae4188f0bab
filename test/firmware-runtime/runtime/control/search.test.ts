// What the search field finds: each kind against answers of its call, for each role only what its calls would show.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searchCalls } from '#runtime/control/control-search.ts'
import { roles, type Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { MemoryPeople } from '../../lane/people/people-kit.ts'
import type { TestLot } from './control-kit.ts'
import { peopled } from './people-lot.ts'

const name = { zh: '出口1', en: 'Exit 1' }
const atIso = '2026-11-20T08:00:00.000+08:00'
const config = { lanes: [{ id: 'exit', name }], largeAmountFen: 12_300 }
const here = () => ({ config: config as never, nowIso: atIso, laneName: () => name })
const link = 'tcp://10.0.0.7:9527'
const ok = { state: 'up', link }
const off = { state: 'off', link: '' }
const devices = { rsu: ok, camera: ok, barrier: ok, display: off, gate: off }
const setting = {
  id: 'powerStep',
  title: { zh: '功率', en: 'Power' },
  unit: 'dBm',
  value: 12,
  options: [],
}
const answers: Readonly<Record<string, (args: never) => object>> = {
  'ledger.query': ({ kind }: { kind: string }) => ({
    rows:
      kind === 'stay'
        ? [{ stayId: 's1', plate: '桂A22210', enteredAtIso: atIso, leftAtIso: null }]
        : [{ paymentId: 'p1', stayId: 's1', plate: '桂A22210', amountFen: 22_200, means: 'cash' }],
  }),
  'members.list': () => ({ rows: [{ member: { no: 'M01', name: '李四', plates: ['桂B33310'] } }] }),
  'people.list': () => ({ rows: [{ id: 'p1', name: '李四光', role: 'attendant' }], gone: [] }),
  'board.get': () => ({ lanes: [{ laneId: 'exit', name, devices }] }),
  'device.settings': () => ({ laneId: 'exit', settings: [setting] }),
  'status.get': () => ({}),
}

async function find(text: string, role: Role = 'owner') {
  const asked: { name: string; args: unknown }[] = []
  const call = (called: string, args: unknown): Promise<ApiReply<unknown>> => {
    asked.push({ name: called, args })
    return Promise.resolve({ ok: true, data: answers[called]?.(args as never) })
  }
  const caller = { role, token: null, person: null, mustChange: false }
  const view = await searchCalls({ here, call })['search.find']({ text }, role, caller)
  return { asked, rows: view.rows.map(({ kind, title, to }) => [kind, title.zh, to]) }
}

it.each([
  ['222', 'car', '桂A22210', '/ledger/s1'],
  [' a222 ', 'car', '桂A22210', '/ledger/s1'],
  ['桂A·222', 'car', '桂A22210', '/ledger/s1'],
  ['222', 'payment', '¥ 222.00', '/ledger/s1'],
  ['222.00', 'payment', '¥ 222.00', '/ledger/s1'],
  ['¥222', 'payment', '¥ 222.00', '/ledger/s1'],
  ['222 元', 'payment', '¥ 222.00', '/ledger/s1'],
  ['李四', 'member', '李四', '/members/M01'],
  ['b333', 'member', '李四', '/members/M01'],
  ['m01', 'member', '李四', '/members/M01'],
  ['李四', 'person', '李四光', '/people/p1'],
  ['相机', 'device', '出口1的相机', '/gear/exit/camera'],
  ['camera', 'device', '出口1的相机', '/gear/exit/camera'],
  ['10.0.0.7', 'device', '出口1的天线', '/gear/exit/rsu'],
  ['功率', 'antennaSetting', '功率', '/devices/settings/exit'],
  ['power 12', 'antennaSetting', '功率', '/devices/settings/exit'],
  ['１２ dBm', 'antennaSetting', '功率', '/devices/settings/exit'],
  ['超过这个金额', 'lotSetting', '超过这个金额由人处理', '/settings'],
  ['123.00', 'lotSetting', '超过这个金额由人处理', '/settings'],
])('%s finds the %s %s', async (text, kind, title, to) => {
  const { rows } = await find(text)
  const found = rows.find(([of, said]) => of === kind && said === title)
  expect(found?.[2]?.startsWith(to), JSON.stringify(rows)).toBe(true)
})

it.each([
  ['22', 'car'],
  ['222.', 'payment'],
  ['222.001', 'payment'],
  ['显示屏', 'device'],
  ['王五', 'member'],
  ['王五', 'person'],
  ['电流', 'antennaSetting'],
  ['  ', 'lotSetting'],
])('%j finds no %s', async (text, kind) => {
  const { rows } = await find(text)
  expect(rows.filter(([of]) => of === kind)).toEqual([])
})

it.each(roles)('asks for %s only calls of that role', async (role) => {
  const { asked } = await find('222', role)
  const names = asked.map((one) => one.name)
  expect(names.includes('people.list')).toBe(['owner', 'auditor'].includes(role))
  expect(names.includes('ledger.query')).toBe(role !== 'installer')
  expect(names.includes('device.settings')).toBe(role !== 'attendant')
})

it('asks for payments of a month, because an amount is searched in 31 days at most', async () => {
  const { asked } = await find('222')
  const spans = asked.flatMap(({ args }) => {
    const { from, to } = args as { from?: string; to?: string }
    return from === undefined || to === undefined ? [] : [Date.parse(to) - Date.parse(from)]
  })
  expect(spans).toEqual([31, 31].map((days) => days * 86_400_000))
})

describe('a lot in memory', () => {
  let lot: TestLot
  beforeEach(async () => {
    lot = await peopled(new MemoryPeople())
  })
  afterEach(() => lot.control.close())

  it('is refused to nobody signed in, and a longer text by its field', async () => {
    const { call } = lot.control.session('owner')
    expect(await call('search.find', { text: '123' }, '')).toMatchObject({
      error: { code: 'PEOPLE-03' },
    })
    expect(await call('search.find', { text: 'a'.repeat(41) }, null)).toMatchObject({
      error: { code: 'API-01', field: '/text' },
    })
  })
})
