// The page of outage rehearsals: what is disconnected and the remaining time, the grade of the last one, why none may
// start, one button with a dialog, and the exposure of the lot against its caps.
import { beforeEach, expect, it } from 'vitest'
import type { ExposureView, RehearsalView } from '#lane/calls/rehearsal-views.ts'
import { done, lastOf, sign } from '../../kit/acts-kit.ts'
import { all, named, one, openPage, wordOf, textOf, pick, press } from '../../kit/page.ts'
import { cut, exposure, rehearsal } from './rehearsal-view.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

async function open(
  over: Partial<RehearsalView> = {},
  risk: Partial<ExposureView> = {},
): Promise<void> {
  lot.answers('rehearse.get', { ...rehearsal, ...over })
  lot.answers('exposure.get', { ...exposure, ...risk })
  await openPage(lot, '/rehearsal')
}

it('begins by a dialog that says what cars meet, with its cut and minutes', async () => {
  await open()
  expect(textOf('rehearsal-none')).toContain(wordOf('rehearsal.none'))
  lot.replies.set('rehearse.begin', done)
  await press('rehearse')
  expect(document.body.innerText).toContain(wordOf('rehearsal.warnDemo'))
  expect(textOf('do')).toContain('切断 5 分钟')
  await sign()
  expect(lastOf(lot, 'rehearse.begin')).toMatchObject({ cut: 'platform', minutes: 5 })
})

it('does not send what cannot be cut now, and says why', async () => {
  await open()
  await press('rehearse')
  await pick('[name="rehearse-cut"]', 'rsu exit')
  expect(document.body.innerText).toContain('天线现在就没有应答')
  await sign()
  expect(lastOf(lot, 'rehearse.begin')).toBeUndefined()
})

it('counts down what is cut, and restores it early', async () => {
  const sums = { grade: 'passed', carsOut: 2, waitedMaxSec: 65, lostFen: 0, doubledFen: 0 } as const
  const times = {
    beganAtIso: '2026-03-02T08:00:00.000+08:00',
    endsAtIso: '2026-03-02T08:05:00.000+08:00',
  }
  await open({ running: { ...cut, ...times, ...sums, phase: 'cut', leftSec: 200 }, bar: null })
  expect(textOf('rehearsal-running')).toContain('平台已切断，3:20 后自动恢复')
  lot.replies.set('rehearse.end', done)
  await press('rehearse-end')
  await sign()
  expect(lastOf(lot, 'rehearse.end')).toBeDefined()
})

it.each([
  ['passed', 0, '通过'],
  ['failed', 500, '未通过'],
  ['noCars', 0, '没有车来'],
  ['notJudged', 0, '没有结论'],
] as const)('shows how the last one went: %s', async (grade, lostFen, words) => {
  const sums = { carsOut: 3, waitedMaxSec: 200, lostFen, doubledFen: 0, restored: true } as const
  const times = {
    beganAtIso: '2026-03-02T08:00:00.000+08:00',
    endedAtIso: '2026-03-02T08:05:10.000+08:00',
  }
  await open({ last: { ...cut, ...times, ...sums, grade, endedBy: 'restart' } })
  expect(textOf('rehearsal-last')).toContain(words)
  expect(textOf('rehearsal-last')).toContain(wordOf('rehearsal.by.restart'))
  expect(textOf('rehearsal-last')).toContain(`¥ ${(lostFen / 100).toFixed(2)}`)
})

it('says why none can begin, and offers no button for it', async () => {
  await open({
    bar: { zh: '出口 1有车,等它离开', en: 'a car is in lane Exit 1: wait until it leaves' },
  })
  expect(textOf('rehearsal-bar')).toContain('出口 1有车，等它离开')
  expect(one(named('rehearse'))).toHaveProperty('disabled', true)
})

it('marks a cap that is near, and one that is reached', async () => {
  await open()
  const dials = all(`${named('exposure-dial')} .dial > span:last-child`).map(
    (dial) => dial.className,
  )
  expect(dials).toEqual(['warn', '', '', 'bad'])
  expect(textOf('exposure-dial')).toContain('欠费 2 笔，¥ 15.00')
})

it('never shows a list that is not there as a fresh one', async () => {
  await open({}, { oldestAgeMin: null, listAgeMin: null })
  const dial = textOf('exposure-dial')
  expect(dial).toContain(wordOf('rehearsal.dialNone.list'))
  expect(dial).toContain(wordOf('rehearsal.dialNone.oldest'))
  const bars = all(`${named('exposure-dial')} meter`).map((bar) => bar.getAttribute('value'))
  expect(bars.slice(2)).toEqual(['0', '1440'])
})

it('stands in the bar below while it runs', async () => {
  lot.board = {
    ...lot.board,
    status: { ...lot.board.status, cut: { ...cut, endsAtIso: '2026-03-02T08:05:00.000+08:00' } },
  }
  await open()
  expect(textOf('cut')).toContain('平台已切断')
})

it.each([
  ['demo', 'rehearsal.warnDemo', 'rehearsal.warn'],
  ['production', 'rehearsal.warn', 'rehearsal.warnDemo'],
] as const)('in a lot that is %s it says whether real cars may come', async (mode, says, never) => {
  lot.board = { ...lot.board, status: { ...lot.board.status, mode } }
  await open()
  await press('rehearse')
  expect(one('form.act').textContent).toContain(wordOf(says))
  expect(one('form.act').textContent).not.toContain(wordOf(never))
})
