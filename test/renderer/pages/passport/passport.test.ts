// The passport screen: a file opens without a runtime, a changed byte is named, drift and the first car
// are shown in words, and nothing is made without name and reason.
import { beforeEach, expect, it } from 'vitest'
import type { FirstCarView } from '#lane/calls/first-car-views.ts'
import { firstCar, powerRow, passportDrift } from './passport-views.ts'
import {
  all,
  named,
  openPage,
  submit,
  type,
  wordOf,
  press,
  textOf,
  pass,
  sign,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const drift = (rows: readonly object[]) => ({
  ok: true as const,
  data: { ...passportDrift, drifted: rows.length > 0, rows },
})
const stateOf = (test: FirstCarView | null) => ({
  ok: true as const,
  data: { laneId: 'exit', test },
})

const open = (): Promise<unknown> => openPage(lot, '/passport')

beforeEach(() => {
  lot = lotOnFakeTime()
  lot.replies.set('passport.drift', drift([powerRow]))
  lot.replies.set('first.state', stateOf(null))
})

it('names what drifted, with both values and the unit', async () => {
  await open()
  const text = textOf('drift')
  for (const word of [
    '与最近的车道档案不一致',
    '天线 · 发射功率档位',
    '12 档',
    '14 档',
    '已改变',
    '装机员',
  ])
    expect(text).toContain(word)
})

it('reads the wiring of a barrier out, and leaves what it cannot read as it is', async () => {
  const before = JSON.stringify({
    unitId: 1,
    wiring: {
      outputs: { open: 0, stop: null },
      inputs: { loopUnder: { di: 2, activeHigh: false } },
    },
    pulseMs: 500,
  })
  const wiring = { kind: 'identity', device: 'barrier', name: 'wiring', unit: '', title: null }
  lot.replies.set('passport.drift', drift([{ ...powerRow, ...wiring, before, now: '{' }]))
  await open()
  const cells = all(`${named('drift')} td`).map((cell) => cell.innerText)
  expect(cells.slice(1, 4)).toEqual([
    '道闸 · 接线',
    '站号 1 · 抬杆输出 0 · 停止输出 未接 · 防砸地感 DI2（常闭） · 脉冲 500 毫秒',
    '{',
  ])
})

it('says that nothing drifted, and that there is no passport, in other words', async () => {
  lot.replies.set('passport.drift', drift([]))
  await open()
  expect(textOf('drift')).toContain(`✓ ${wordOf('passport.same')}`)
})

it('makes one with name and reason; a wrong certificate id is not sent', async () => {
  await open()
  await press('make')
  await type('input[name="certificate"]', 'A1')
  await sign('装机员')
  expect(lot.sent('passport.make')).toEqual([])
  await type('input[name="certificate"]', 'A1'.repeat(16))
  await submit()
  expect(lot.sent('passport.make')[0]?.args).toMatchObject({
    by: '装机员',
    reason: '验收',
    certificateId: 'A1'.repeat(16),
  })
})

it('asks for a first car by its plate, and tells what to ask when the fen is not back', async () => {
  await open()
  await press('first-ask')
  await type('input[name="plate"]', '测A12345')
  await sign('装机员', 3)
  expect(lot.sent('first.start')[0]?.args).toMatchObject({ plate: '测A12345', reason: '首车试验' })
  lot.replies.set('first.state', stateOf({ ...firstCar, phase: 'refundAsked', ask: true }))
  await pass(1_000)
  expect(textOf('first-car')).toContain(wordOf('first.ask', { trade: 'P1', refund: 'n1-R3' }))
})
