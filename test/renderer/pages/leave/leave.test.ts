// The last page of a set-up: a line each with state, figure, what to do and where; nothing can be ticked; busy, after a
// fault, done.
import { beforeEach, expect, it, vi } from 'vitest'
import { apiErrorOf } from '#base/process/api-fault.ts'
import type { LeaveView } from '#lane/calls/lot-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { leaveView } from './leave-view.ts'
import { all, named, one, openPage, settle, wordOf, press, textOf, pass } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot
const open = async (view: LeaveView = leaveView()): Promise<void> => {
  lot.answers('lot.leave', view)
  await openPage(lot, '/leave')
}
const asked = () => lot.sent('lot.leave').length

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
  lot = new ScriptedLot()
})

it('says of each line its state, what was measured, what to do next and where', async () => {
  await open()
  expect(textOf('verdict')).toContain(wordOf('leave.no', { all: 9, open: 9 }))
  expect(all('[data-test^="line-"]')).toHaveLength(9)
  const cars = textOf('line-carsRead')
  for (const said of ['各车道识别的真车', '▲ 未完', '入口 车牌 1', '让真车通过'])
    expect(cars).toContain(said)
  expect(all(`${named('lines')} input`)).toHaveLength(0)
  await press('go-copy')
  expect(one('h1').innerText).toBe(wordOf('copies.title'))
})

it('every line leads to a page that is there; a demo has no settings of its lot', async () => {
  await open()
  const to = all('[data-test^="go-"]').map((link) => link.getAttribute('href'))
  expect(to).toHaveLength(8)
  for (const path of to) {
    closePage()
    await openPage(lot, path ?? '')
    expect(all(named('lines'))).toHaveLength(0)
    expect(all('h1').length).toBeGreaterThan(0)
  }
})

it('where all is done it says so, and leads nowhere', async () => {
  const lines = leaveView().lines.map((line) => ({ ...line, state: 'done' as const, todo: null }))
  await open(leaveView({ ok: true, simulated: false, lines }))
  expect(textOf('verdict')).toContain(wordOf('leave.yes', { all: 9 }))
  expect(all(named('simulated'))).toHaveLength(0)
  expect(all('[data-test^="go-"]')).toHaveLength(0)
})

it('says how long it has judged, and judges again by its button', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  lot.waits.set('lot.leave', promise)
  await open()
  expect(all(named('judging'))).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(textOf('judging')).toContain(wordOf('leave.judging', { n: 2 }))
  resolve()
  await settle()
  await pass(500)
  expect(all(named('judging'))).toHaveLength(0)
  await press('judge')
  expect(asked()).toBe(2)
})

it('what cannot be judged is said, and asked again', async () => {
  lot.replies.set('lot.leave', { ok: false, error: apiErrorOf(new LaneFault('LOT-01')) })
  await openPage(lot, '/leave')
  expect(one('.screen').innerText).toContain('LOT-01')
  expect(all(named('verdict'))).toHaveLength(0)
})
