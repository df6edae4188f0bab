// The dispatcher of the control API: arguments and role of every call are checked, acts are done once and audited, and only
// a car that waits for a person can be settled.
import { expect, test } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { mayDo } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { DemoControls } from '#runtime/control/control-demo.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'
import {
  arriveAtExit,
  carAtExit,
  ListLedger,
  makeLot,
  startMs,
  withBoom,
  type TestLot,
} from './control-kit.ts'
import { audits, call, refusal } from './owner-calls.ts'

const names = Object.keys(api) as ApiName[]
const who = { commandId: 'command-0001', by: '测试员', reason: '现金' }

const open = (lot: TestLot, args: unknown): Promise<ApiReply<unknown>> =>
  withBoom(lot, 'opens', call(lot, 'lane.open', args))

test.each(names)('%s: refuses a member that is not in its row, naming it', async (name) => {
  const lot = makeLot([], demoControls())
  const error = await refusal(call(lot, name, { nonsense: 1 }))
  expect(error).toMatchObject({ code: 'API-01', message: expect.stringContaining('接口') })
  expect(lot.ledger.list.filter((row) => row.kind === 'audit')).toEqual([])
})

test.each(names)('%s: refuses text, numbers, lists and null', async (name) => {
  const lot = makeLot([], demoControls())
  for (const args of ['x', 7, [], null])
    expect(await refusal(call(lot, name, args))).toMatchObject({ code: 'API-01', field: '' })
})

test.each(names.filter((name) => !mayDo('auditor', api[name].right)))(
  '%s: an auditor may not',
  async (name) => {
    const lot = makeLot([], demoControls())
    expect(await refusal(call(lot, name, {}, 'auditor'))).toMatchObject({
      code: 'API-02',
      value: name,
    })
  },
)

test.each(names.filter((name) => api[name].demoOnly))('%s: not in a real lot', async (name) => {
  expect(await refusal(call(makeLot(), name, {}))).toMatchObject({ code: 'API-02' })
})

test.each(['', 'nope', '__proto__', 'constructor', 'toString'])('%j is no call', async (name) => {
  expect(await refusal(call(makeLot(), name, {}))).toMatchObject({ code: 'API-01', field: '/name' })
})

test.each([
  ['lane.settle', { laneId: 'exit', means: 'gold', ...who }, '/means', '"gold"'],
  ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: -1, ...who }, '/amountFen', '-1'],
  ['lane.settle', { laneId: 'exit', means: 'cash', amountFen: 1.5, ...who }, '/amountFen', '1.5'],
  ['lane.open', { laneId: 'exit', ...who, commandId: 'short' }, '/commandId', '"short"'],
  ['lane.open', { laneId: 'exit', ...who, by: '' }, '/by', '""'],
  ['lane.open', { laneId: 'exit', ...who, by: ' \t' }, '/by', null],
  ['lane.open', { laneId: 'exit', ...who, by: '张\u0007三' }, '/by', null],
  ['lane.open', { laneId: 'exit', ...who, reason: '\u202e开闸' }, '/reason', null],
  ['lane.settle', { laneId: 'exit', means: 'cash', ...who, reason: '  ' }, '/reason', '"  "'],
  ['lane.open', { laneId: 'exit', ...who, reason: 'x'.repeat(201) }, '/reason', null],
  ['lane.open', { laneId: '../exit', ...who }, '/laneId', '"../exit"'],
  ['lane.open', { laneId: 'constructor', ...who }, '/laneId', '"constructor"'],
  ['ledger.query', { kind: 'stay', limit: 0 }, '/limit', '0'],
  ['ledger.query', { kind: 'stay', from: '2026-02-30T00:00:00+08:00' }, '/from', null],
  ['photo.get', { photoId: '../../keys/chain.key' }, '/photoId', null],
  ['day.get', { day: '2026-02-30' }, '/day', '"2026-02-30"'],
  ['day.get', { day: '0000-00-00' }, '/day', '"0000-00-00"'],
  ['day.reconcile', { day: '2026-13-01', ...who }, '/day', '"2026-13-01"'],
])('%s with a wrong %j names the field', async (name, args, field, value) => {
  const error = await refusal(call(makeLot(), name, args))
  expect(error).toMatchObject({ code: 'API-01', field, ...(value === null ? {} : { value }) })
})

test('a lane that does not exist', async () => {
  expect(await refusal(call(makeLot(), 'lane.open', { laneId: 'side', ...who }))).toMatchObject({
    code: 'LANE-01',
    value: 'side',
  })
})

test('opens once: audited, told, and a repeat does nothing, also after a restart', async () => {
  const lot = makeLot()
  const args = { laneId: 'exit', ...who }
  const data = {
    ok: true,
    result: 'done',
    answered: true,
    position: 'open',
    tookMs: 200,
    code: null,
  }
  expect(await open(lot, args)).toEqual({ ok: true, data: { ...data, repeated: false } })
  expect(await open(lot, args)).toEqual({ ok: true, data: { ...data, repeated: true } })
  expect(lot.told).toHaveLength(1)
  const act = { act: 'lane.open', ...who, role: 'owner' }
  expect(audits(lot)).toMatchObject([
    { ...act, result: 'commanded' },
    { ...act, result: 'done' },
  ])
  const again = makeLot(lot.ledger.list)
  expect(await call(again, 'lane.open', args)).toMatchObject({ data: { ok: true, repeated: true } })
  expect(again.told).toEqual([])
})

test('a commandId is one command: another act, lane or object with it is refused', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const settle = { laneId: 'exit', means: 'cash', ...who }
  const opening = { laneId: 'exit', ...who, commandId: 'open-00000001' }
  expect(await call(lot, 'queue.retryNow', who)).toMatchObject({ data: { repeated: false } })
  expect(await open(lot, opening)).toMatchObject({ data: { repeated: false } })
  const again = makeLot(lot.ledger.list)
  const refusedWith = async (of: ReturnType<typeof makeLot>, name: string, args: object) =>
    expect(await refusal(call(of, name, args))).toMatchObject({
      code: 'ACT-01',
      field: '/commandId',
    })
  for (const of of [lot, again]) {
    await refusedWith(of, 'lane.settle', settle)
    await refusedWith(of, 'lane.open', { laneId: 'exit', ...who })
    await refusedWith(of, 'lane.open', { ...opening, laneId: 'entry' })
    // The same command with another reason: a repeat, done once.
    const differently = { ...opening, reason: 'still standing there' }
    expect(await call(of, 'lane.open', differently)).toMatchObject({ data: { repeated: true } })
  }
  expect([lot.told.length, again.told.length]).toEqual([1, 0])
  expect(audits(lot)).toMatchObject([
    { act: 'queue.retryNow' },
    { act: 'lane.open', result: 'commanded' },
    { act: 'lane.open', result: 'done' },
  ])
})

test('a commandId of a settlement is for its means, also after a restart', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const settle = { laneId: 'exit', means: 'cash', ...who }
  expect(await call(lot, 'lane.settle', settle)).toMatchObject({ data: { repeated: false } })
  for (const of of [lot, makeLot(lot.ledger.list)]) {
    expect(await call(of, 'lane.settle', settle)).toMatchObject({ data: { repeated: true } })
    const waived = await refusal(call(of, 'lane.settle', { ...settle, means: 'free' }))
    expect(waived).toMatchObject({ code: 'ACT-01' })
  }
})

test('an emergency open is not blocked by a ledger that fails, and not done twice', async () => {
  const lot = makeLot()
  lot.ledger.fault = new LaneFault('DATA-02')
  const args = { laneId: 'exit', ...who }
  expect(await open(lot, args)).toMatchObject({ ok: true })
  expect(await open(lot, args)).toMatchObject({ data: { repeated: true } })
  expect(lot.told).toHaveLength(1)
  lot.ledger.fault = null
  lot.clock.advance(10_000)
  expect(audits(lot)).toMatchObject([{ act: 'lane.open', by: who.by }])
})

test.each([
  ['answers', 'commanded', true, true, 'BOOM-03'],
  ['refuses', 'failed', false, false, 'BOOM-02'],
  ['nothing', 'failed', false, false, 'BOOM-02'],
] as const)('a board that %s: the open is %s, and the ledger says so', async (does, ...rest) => {
  const [result, ok, answered, code] = rest
  const lot = makeLot()
  const reply = withBoom(lot, does, call(lot, 'lane.open', { laneId: 'exit', ...who }))
  // The position is unknown, as no limit input was ever read.
  expect(await reply).toMatchObject({
    data: { ok, repeated: false, result, answered, position: 'unknown', code },
  })
  expect(audits(lot)).toMatchObject([{ result: 'commanded' }, { act: 'lane.open', result }])
})

test('a boom that stays closed although the board answered: commanded, not opened', async () => {
  const lot = makeLot()
  lot.runtime.dispatch('exit', { type: 'position', position: 'closed' })
  const reply = withBoom(lot, 'answers', call(lot, 'lane.open', { laneId: 'exit', ...who }))
  expect(await reply).toMatchObject({
    data: { ok: false, result: 'commanded', position: 'closed', code: 'BOOM-03' },
  })
})

test('a position from before the command is no proof: a dead board that stood open fails', async () => {
  const lot = makeLot()
  lot.runtime.dispatch('exit', { type: 'position', position: 'open' })
  const reply = withBoom(lot, 'nothing', call(lot, 'lane.open', { laneId: 'exit', ...who }))
  expect(await reply).toMatchObject({ data: { ok: false, result: 'failed', code: 'BOOM-02' } })
})

test('a lane without a barrier cannot be opened', async () => {
  expect(await refusal(call(makeLot(), 'lane.open', { laneId: 'entry', ...who }))).toMatchObject({
    code: 'LANE-02',
  })
})

test('settles a car that waits for a person: payment, audit and pass in one, once', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const orderId = lot.runtime.lanes.get('exit')?.state.car?.orderId
  const args = { laneId: 'exit', means: 'cash', orderId, ...who }
  expect(await call(lot, 'lane.settle', args)).toMatchObject({ data: { repeated: false } })
  expect(await call(lot, 'lane.settle', args)).toMatchObject({ data: { repeated: true } })
  const payments = lot.ledger.list.filter((row) => row.kind === 'payment')
  expect(payments).toMatchObject([{ amountFen: 500, orderId, body: { means: 'cash', by: who.by } }])
  expect(audits(lot)).toMatchObject([{ act: 'lane.settle cash', reason: who.reason }])
  expect(lot.told).toMatchObject([{ do: 'open' }])
})

test('settle: nothing waits, or another order stands there', async () => {
  const lot = makeLot()
  const args = { laneId: 'exit', means: 'cash', ...who }
  expect(await refusal(call(lot, 'lane.settle', args))).toMatchObject({ code: 'LANE-02' })
  carAtExit(lot)
  const wrong = await refusal(call(lot, 'lane.settle', { ...args, orderId: 'n1-O1' }))
  expect(wrong).toMatchObject({ code: 'LANE-02', field: '/orderId', value: 'n1-O1' })
  expect(lot.ledger.list.some((row) => row.kind === 'payment')).toBe(false)
  expect(lot.told).toEqual([])
})

test.each([0, 1, 499, 501, 99_999_999])(
  'settle: %i fen are refused where 500 are due, naming the amount',
  async (amountFen) => {
    const lot = makeLot()
    carAtExit(lot)
    const args = { laneId: 'exit', means: 'cash', ...who }
    expect(await refusal(call(lot, 'lane.settle', { ...args, amountFen }))).toMatchObject({
      code: 'LANE-02',
      field: '/amountFen',
      value: String(amountFen),
    })
    expect(lot.ledger.list.some((row) => row.kind === 'payment')).toBe(false)
    expect(lot.told).toEqual([])
    expect(await call(lot, 'lane.settle', { ...args, amountFen: 500 })).toMatchObject({ ok: true })
  },
)

test('settle: waived is 0 fen, and a car without a stay is given its price', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', ...who }
  const waived = { ...args, means: 'free', amountFen: 0 }
  expect(await call(lot, 'lane.settle', waived)).toMatchObject({ ok: true })
  const other = makeLot()
  arriveAtExit(other, null)
  expect(other.runtime.lanes.get('exit')?.state.car?.stayId).toBeNull()
  const priced = { ...args, means: 'cash', amountFen: 700 }
  expect(await call(other, 'lane.settle', priced)).toMatchObject({ ok: true })
  const paid = [lot, other].map((l) => l.ledger.list.filter((row) => row.kind === 'payment'))
  expect(paid).toMatchObject([[{ amountFen: 0 }], [{ amountFen: 700 }]])
})

test('settle: a car that may go already is settled no second time', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', means: 'cash', ...who }
  expect(await call(lot, 'lane.settle', args)).toMatchObject({ ok: true })
  expect(lot.runtime.lanes.get('exit')?.state.name).toBe('opening')
  const again = await refusal(call(lot, 'lane.settle', { ...args, commandId: 'command-0002' }))
  expect(again).toMatchObject({ code: 'LANE-02', field: '/laneId' })
})

test('settle on a full disk: refused, the boom stays down, the same act works later', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', means: 'cash', ...who }
  lot.ledger.fault = new LaneFault('DATA-02')
  expect(await refusal(call(lot, 'lane.settle', args))).toMatchObject({ code: 'DATA-02' })
  expect(lot.told).toEqual([])
  lot.ledger.fault = null
  expect(await call(lot, 'lane.settle', args)).toMatchObject({ data: { repeated: false } })
  expect(lot.told).toHaveLength(1)
})

test('a person corrects the plate of a car that no stay was found for', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const args = { laneId: 'exit', plate: '测a·12345', ...who }
  expect(await refusal(call(lot, 'lane.correctPlate', args))).toMatchObject({ code: 'LANE-02' })
  const other = makeLot()
  other.runtime.append(lot.ledger.list.flatMap((row) => (row.kind === 'stayOpened' ? [row] : [])))
  arriveAtExit(other, null)
  expect(other.runtime.lanes.get('exit')?.state.car?.manual).toBe('plateNotRead')
  expect(await refusal(call(other, 'lane.correctPlate', { ...args, plate: '???' }))).toMatchObject({
    code: 'API-01',
    field: '/plate',
  })
  expect(await call(other, 'lane.correctPlate', args)).toMatchObject({ ok: true })
  expect(other.runtime.lanes.get('exit')?.state.car).toMatchObject({
    plate: '测A12345',
    stayId: 'n1-S900',
  })
  expect(audits(other)).toMatchObject([{ act: 'lane.correctPlate 测A12345', by: who.by }])
})

test('a plate that the car has already corrects nothing: refused, and no act is recorded', async () => {
  const lot = makeLot()
  arriveAtExit(lot, '测B54321')
  expect(lot.runtime.lanes.get('exit')?.state.car).toMatchObject({
    plate: '测B54321',
    stayId: null,
  })
  const args = { laneId: 'exit', plate: '测b·54321', ...who }
  const refused = await refusal(call(lot, 'lane.correctPlate', args))
  expect(refused).toMatchObject({ code: 'LANE-02', field: '/laneId' })
  expect(JSON.stringify(refused)).toContain('already')
  expect(audits(lot)).toEqual([])
})

test('an audit that cannot be written blocks the act, except the emergency open', async () => {
  const lot = makeLot()
  lot.ledger.fault = new LaneFault('DATA-02')
  expect(await refusal(call(lot, 'queue.retryNow', who))).toMatchObject({ code: 'DATA-02' })
  lot.ledger.fault = null
  expect(await call(lot, 'queue.retryNow', who)).toMatchObject({ data: { repeated: false } })
})

test('a ledger that failed half way is answered, then the process is ended', async () => {
  const lot = makeLot()
  lot.ledger.fault = new LaneFault('LEDGER-06')
  expect(await refusal(call(lot, 'queue.retryNow', who))).toMatchObject({ code: 'LEDGER-06' })
  expect(lot.fatal).toEqual([])
  lot.clock.advance(100)
  expect(lot.fatal).toMatchObject([{ code: 'LEDGER-06' }])
})

test('only a runtime that brought its simulators along offers their controls', async () => {
  const lot = makeLot([], demoControls())
  await lot.control.start()
  const reply = await call(lot, 'status.get', {}, 'auditor')
  expect(reply.ok && (reply.data as { rehearsal?: boolean }).rehearsal).toBe(undefined)
})

test.each([
  [0, 10],
  [3, 7],
  [10, 0],
  [12, 0],
])('with %i cars inside the status has %i of ten spaces free', async (inside, free) => {
  const cars = Array.from({ length: inside }, (_, n) => cameIn(`n1-S${n + 1}`, startMs))
  const lot = makeLot(new ListLedger().append(cars))
  const data = { inside, capacity: 10, free }
  expect(await call(lot, 'status.get', {}, 'auditor')).toMatchObject({ data })
})

test('status, board and queue say what the lot says', async () => {
  const lot = makeLot()
  await lot.control.start()
  carAtExit(lot)
  expect(await call(lot, 'status.get', {}, 'auditor')).toMatchObject({
    data: {
      mode: 'demo',
      rehearsal: true,
      inside: 1,
      clock: { platformOffsetMs: 12, ntp: 'notSynchronised' },
      platform: { state: 'off' },
      network: 'off',
      today: { passages: 7, paidFen: 4200 },
    },
  })
  expect(await call(lot, 'board.get', {}, 'auditor')).toMatchObject({
    data: {
      lanes: [{ laneId: 'entry' }, { laneId: 'exit', state: 'manual', car: { dueFen: 500 } }],
      last: [{ end: 'etc', amountFen: 5 }],
    },
  })
  expect(await call(lot, 'queue.list', { limit: 1 })).toMatchObject({ data: { rows: [] } })
})

test('a waived passage took nothing of what was due, and a paid one all of it', async () => {
  for (const [means, takenFen] of [
    ['free', 0],
    ['cash', 500],
  ] as const) {
    const lot = makeLot()
    await lot.control.start()
    carAtExit(lot)
    await call(lot, 'lane.settle', { laneId: 'exit', means, ...who })
    const passId = lot.runtime.lanes.get('exit')?.state.car?.pass?.passId ?? ''
    lot.runtime.dispatch('exit', { type: 'passed', passId })
    expect(await call(lot, 'board.get', {}, 'auditor')).toMatchObject({
      data: { last: [{ end: 'other', amountFen: 500, takenFen }, {}] },
    })
  }
})

test('a timeline joins rows, events and photo of one stay', async () => {
  const lot = makeLot()
  carAtExit(lot)
  const reply = await call(lot, 'ledger.timeline', { stayId: 'n1-S900' })
  expect(reply).toMatchObject({ ok: true, data: { photoId: 'p1' } })
  const data = reply.ok ? (reply.data as { rows: { kind: string }[]; events: unknown[] }) : null
  expect(data?.rows.map((row) => row.kind)).toContain('orderMade')
  expect(data?.events.length).toBeGreaterThan(0)
  expect(await call(lot, 'photo.get', { photoId: 'p1' })).toEqual({
    ok: true,
    data: { jpegBase64: 'AQID' },
  })
  expect(await call(lot, 'photo.get', { photoId: 'p2' })).toEqual({
    ok: true,
    data: { jpegBase64: null },
  })
})

const done: string[] = []
function demoControls(): DemoControls {
  return {
    sendCar: () => Promise.resolve({ plate: '测A12345' }),
    network: (up) => Promise.resolve({ up }),
    rsuSilent: (_laneId, on) => Promise.resolve({ on }),
    traffic: (on) => ({ on }),
    powerCut: () => done.push('powerCut'),
    state: () => ({ networkUp: false, rsuSilent: [], traffic: false, isStreet: false }),
  }
}

test('demo controls are reached, after their lane was looked at', async () => {
  const lot = makeLot([], demoControls())
  expect(await call(lot, 'demo.sendCar', { laneId: 'exit', kind: 'etc' })).toMatchObject({
    data: { plate: '测A12345' },
  })
  expect(await refusal(call(lot, 'demo.sendCar', { laneId: 'side', kind: 'etc' }))).toMatchObject({
    code: 'LANE-01',
  })
  expect(await refusal(call(lot, 'demo.rsuSilent', { laneId: 'entry', on: true }))).toMatchObject({
    code: 'LANE-02',
  })
  expect(await call(lot, 'demo.powerCut', {})).toMatchObject({ ok: true })
  expect(done).toEqual(['powerCut'])
})
