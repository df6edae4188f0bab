// Refund requests in the window: open and answered ones, and answers of another person with a reason.
// The person who asked may withdraw the request and is not offered to approve it.
import { beforeEach, expect, it } from 'vitest'
import {
  all,
  choose,
  named,
  one,
  openPage,
  settle,
  submit,
  wordOf,
  press,
  click,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
const me = {
  id: 'p2',
  name: '李四',
  role: 'attendant',
  mustChange: false,
  idleLeftSec: 600,
  endsIso: '2026-01-01T00:00:00Z',
} as const
const people = [
  { id: 'p1', name: '王老板', role: 'owner', lockedForSec: 0, isBarred: false },
  { id: 'p2', name: '李四', role: 'attendant', lockedForSec: 0, isBarred: false },
] as const

beforeEach(async () => {
  lot = new ScriptedLot()
  lot.seat = { hasPeople: true, people, me, fault: null, waitingLanes: [] }
  await openPage(lot, '/refunds')
  await settle()
})
const answers = () => lot.sent('refunds.answer')

it('list what waits with who may agree, and how others ended', () => {
  expect(all(named('ask-waiting'))).toHaveLength(2)
  expect(one(named('ask-agreed')).textContent).toContain('✓ 已同意')
  expect(one(named('ask-declined')).textContent).toContain('收费没有错')
  expect(one(named('ask-declined')).textContent).toContain('月租费')
  expect(all(`${named('ask-waiting')} ${named('agree')}`)).toHaveLength(1)
})

it('are agreed to over exactly that request', async () => {
  await press('agree')
  expect(one(named('do')).textContent.trim()).toBe(wordOf('refunds.do_yes', { amount: '¥ 2.50' }))
  await choose('[name="reason"]', 0)
  await submit()
  expect(answers()).toMatchObject([{ args: { askId: 'ask-00000001', answer: 'yes' } }])
})

it.each([
  [0, 'ask-00000001', '不同意'],
  [1, 'ask-00000002', '撤回申请'],
])('are declined or taken back: row %i', async (row, askId, words) => {
  await click(all(named('decline'))[row])
  expect(one(named('do')).textContent.trim()).toBe(words)
  await choose('[name="reason"]', 0)
  await submit()
  expect(answers()).toMatchObject([{ args: { askId, answer: 'no' } }])
})
